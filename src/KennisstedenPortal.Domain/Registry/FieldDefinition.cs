using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Geography;

namespace KennisstedenPortal.Domain.Registry;

/// <summary>How people enter a field.</summary>
public enum FieldInput
{
    /// <summary>Not at all: the portal or the import keeps it.</summary>
    [Label("niet in te vullen", "not entered")] None,
    [Label("één regel", "one line")] Line,
    [Label("tekst", "text")] Paragraphs,
    /// <summary>Several short texts, one per line.</summary>
    [Label("meer regels", "several lines")] List,
    [Label("webadres", "web address")] WebAddress,
    [Label("jaartal", "year")] Year,
    /// <summary>A day, kept as yyyy-MM-dd; see <see cref="DayText"/>.</summary>
    [Label("dag", "day")] Day,
    /// <summary>Euros, kept as a number; see <see cref="AmountText"/>.</summary>
    [Label("bedrag", "amount")] Amount,
    [Label("ja of nee", "yes or no")] Flag,
    [Label("keuze", "choice")] Choice,
    [Label("gemeente", "municipality")] Municipality,
    [Label("gebied", "area")] Area,
    [Label("plaats op de kaart", "place on the map")] Point,
    /// <summary>The city, campus or organisation that keeps the object.</summary>
    [Label("beheerder van het gegeven", "steward")] Steward,
}

/// <summary>Where a field stands in the form.</summary>
public enum FieldGroup
{
    [Label("Naam en omschrijving", "Name and description")] Description,
    [Label("Kenmerken", "Properties")] Properties,
    [Label("Wie het doet", "Who does it")] Responsible,
    [Label("Status en looptijd", "Status and period")] Course,
    [Label("Resultaat", "Result")] Result,
    [Label("Geld", "Money")] Funding,
    [Label("Plaats", "Place")] Place,
    [Label("Andere namen en toelichting", "Other names and note")] More,
    [Label("Beheer", "Keeping")] Keeping,
}

/// <summary>
/// A field of a kind: its name in history, citations and provenance, its label, limit and help, how to read it and how
/// people change it. A value is JSON, the same in snapshots, drafts and proposals; null is unknown.
/// </summary>
/// <param name="Name">Stable camelCase name; citations and history refer to it.</param>
/// <param name="MaxLength">Characters, for text.</param>
/// <param name="IsSearched">Its text is part of what search looks through, beside names and labels.</param>
public sealed record FieldDefinition(string Name, Text Label, Func<RegisterObject, object?> Read, int? MaxLength = null, Text? Help = null, bool IsSearched = false)
{
    /// <summary>Items that a list may hold.</summary>
    public const int MaxItems = 40;
    public const int MinYear = 1200, MaxYear = 2100;

    /// <summary>Puts a value that <see cref="Problem"/> has nothing against on an object.</summary>
    public required Action<RegisterObject, JsonNode?> Write { get; init; }
    public FieldInput Input { get; init; }
    public FieldGroup Group { get; init; } = FieldGroup.Properties;
    /// <summary>What one may choose from, by code.</summary>
    public IReadOnlyList<(string Code, Text Label)> Options { get; init; } = [];
    /// <summary>What may follow an option, and with what something new may begin (null), for a field that goes step by step; none: any may.</summary>
    public Func<string?, IReadOnlyList<string>>? After { get; init; }
    public bool IsRequired { get; init; }
    /// <summary>What a text must be beside short enough: why it can't be kept, or null when it can.</summary>
    public Func<string, Text?>? Check { get; init; }
    /// <summary>What a new object is (its sort): it begins empty, since a first choice that stands there is easily kept by mistake. Not what follows a flow: that begins where the flow does.</summary>
    public bool IsChosen => IsRequired && Input == FieldInput.Choice && Group == FieldGroup.Properties && After is null;
    /// <summary>What it takes to change the field.</summary>
    public Right Needs { get; init; } = Right.Edit;

    /// <summary>Why the value can't be kept, or null when it can. What only the database knows (codes of areas, identities) is not checked here.</summary>
    public Text? Problem(JsonNode? value)
    {
        if (value is null) return !IsRequired ? null : Input == FieldInput.Choice ? new("Kies een van de mogelijkheden.", "Choose one of the options.") : new("Vul dit in.", "Fill this in.");
        return Input switch
        {
            FieldInput.Line => OfText(value, multiline: false),
            FieldInput.Paragraphs => OfText(value, multiline: true),
            FieldInput.WebAddress => OfText(value, multiline: false) ?? InputText.WebAddressProblem(Json.Text(value)),
            FieldInput.List => OfList(value),
            FieldInput.Year => Json.Whole(value) is >= MinYear and <= MaxYear ? null : new($"Vul een jaartal in van {MinYear} tot en met {MaxYear}, bijvoorbeeld 2012.", $"Enter a year from {MinYear} to {MaxYear}, for example 2012."),
            FieldInput.Day => Json.Text(value) is { } day ? DayText.Problem(day) : DayText.Problem(""),
            FieldInput.Amount => Json.Number(value) is { } amount ? AmountText.Problem(amount) : AmountText.Problem(Json.Text(value) ?? ""),
            FieldInput.Flag => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? null : new("Kies ja of nee.", "Choose yes or no."),
            FieldInput.Choice => Options.Any(o => string.Equals(o.Code, Json.Text(value), StringComparison.Ordinal)) ? null : new("Kies een van de mogelijkheden.", "Choose one of the options."),
            FieldInput.Municipality or FieldInput.Area => InputText.IsCode(Json.Text(value)) ? null : new("Kies een gemeente of gebied uit de lijst.", "Choose a municipality or area from the list."),
            FieldInput.Steward => Guid.TryParse(Json.Text(value), out _) ? null : new("Kies wie dit bijhoudt.", "Choose who keeps this."),
            FieldInput.Point => GeoPoint.TryParse(Json.Text(value)) is not { } point ? new("Vul twee getallen in: breedte en lengte, bijvoorbeeld 52,2393 6,8497.", "Enter two numbers: latitude and longitude, for example 52.2393 6.8497.")
                : point.IsInTheNetherlands ? null : new("Deze plek ligt niet in Nederland. Kijk of breedte (50 tot 54) en lengte (3 tot 8) niet zijn verwisseld.", "This place is not in the Netherlands. Check that latitude (50 to 54) and longitude (3 to 8) are not swapped."),
            _ => new("Dit kan hier niet worden gewijzigd.", "This can't be changed here."),
        };
    }

    private Text? OfText(JsonNode value, bool multiline) => Json.Text(value) is not { } text ? new("Vul een tekst in.", "Enter a text.")
        : InputText.IsBlank(text) ? new("Vul een tekst in.", "Enter a text.") : InputText.Problem(text, MaxLength!.Value, multiline) ?? Check?.Invoke(text);

    private Text? OfList(JsonNode value)
    {
        if (value is not JsonArray items || items.Any(i => Json.Text(i) is null)) return new("Vul teksten in, één per regel.", "Enter texts, one per line.");
        if (items.Count > MaxItems) return new($"Vul er hooguit {MaxItems} in.", $"Enter at most {MaxItems}.");
        return items.Select(i => Json.Text(i)!).Select(t => InputText.IsBlank(t) ? new Text("Laat geen regel leeg.", "Leave no line empty.") : InputText.Problem(t, MaxLength!.Value)).FirstOrDefault(p => p is not null);
    }
}

/// <summary>Reads values out of JSON that may come from anywhere; null when it is something else.</summary>
public static class Json
{
    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
    /// <summary>Whatever number it was made from: JSON knows one sort of number, its values in memory several.</summary>
    public static int? Whole(JsonNode? node) => Digits(node) is { } digits && int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null;
    public static decimal? Number(JsonNode? node) => Digits(node) is { } digits && decimal.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) ? number : null;
    private static string? Digits(JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number ? node.ToJsonString() : null;
    public static bool? Flag(JsonNode? node) => node?.GetValueKind() switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };
    public static Guid? Id(JsonNode? node) => Guid.TryParse(Text(node), out var id) ? id : null;
    public static DateOnly? Day(JsonNode? node) => DateOnly.TryParseExact(Text(node), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    public static T? Code<T>(JsonNode? node) where T : struct, Enum => Codes<T>.TryParse(Text(node), out var value) ? value : null;
}
