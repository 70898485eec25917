using System.Text.Json.Nodes;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Editing;

/// <summary>
/// Puts a change on an object that is loaded with all that belongs to it, in memory. Every value is untrusted: what can't be
/// kept becomes a problem with a sentence, and then nothing is saved. The one place that knows how each section is written.
/// </summary>
/// <param name="reader">Who looks: what this person can't read does not exist.</param>
/// <param name="isProposal">The change is only proposed: the rights of who accepts it decide which fields may change.</param>
/// <param name="isRestore">An older version is put back: it says itself why what it brings back is so.</param>
internal sealed partial class ChangeApplier(PortalDbContext db, RegisterObject item, Actor reader, bool isProposal, DateOnly today, bool isRestore)
{
    private static readonly Text UnknownPath = new("Dit gegeven bestaat hier niet.", "There is no such fact here."), NotYours = new("Dit kan alleen het secretariaat wijzigen.", "Only the secretariat can change this.");

    private static readonly string[] Sections = ["location", "theme", "relation", "observation", "swot", "exchange", "element", "milestone", "commitment", "point", "citation", "provenance"];

    /// <summary>Whose rights decide; null for a proposal.</summary>
    private readonly Actor? _actor = isProposal ? null : reader;
    private readonly ObjectKind _kind = KindRegistry.Of(item);
    private readonly ActionStatus? _statusBefore = (item as AgendaAction)?.Status;
    private readonly List<Problem> _problems = [];
    private ChangeSet _changes = new();

    public IReadOnlyList<Problem> Problems => _problems;

    public async Task ApplyAsync(ChangeSet changes, CancellationToken cancellation)
    {
        _changes = changes;
        // In this order: what is referred to first, and in each section what goes before what comes in its place.
        foreach (var section in (string?[])["source", null, .. Sections])
            foreach (var (path, value) in changes.Values.Where(p => ChangeSet.SectionOf(p.Key) == section).OrderBy(p => p.Value is not null))
                await ApplyAsync(section, path, value, cancellation);
        if (item is AgendaAction action) CheckAction(action);
        if (item is AgendaObject agenda) CheckNumbers("commitment", agenda.Commitments.Select(c => (c.Id, c.Number)));
        if (item is Meeting meeting) CheckPoints(meeting);
        foreach (var (path, _) in changes.Values.Where(p => ChangeSet.SectionOf(p.Key) is { } section && section != "source" && !Sections.Contains(section)))
            Refuse(path, UnknownPath);
    }

    private Task ApplyAsync(string? section, string path, JsonNode? value, CancellationToken cancellation) => section switch
    {
        "source" => SourceAsync(path, value, cancellation),
        null => FieldAsync(path, value, cancellation),
        "location" => LocationAsync(path, value, cancellation),
        "theme" => ThemeAsync(path, value, cancellation),
        "relation" => RelationAsync(path, value, cancellation),
        "observation" => ObservationAsync(path, value, cancellation),
        "swot" => SwotAsync(path, value, cancellation),
        "exchange" => ExchangeAsync(path, value, cancellation),
        "element" or "milestone" or "commitment" or "point" => item is AgendaObject agenda && (section != "milestone" || item is AgendaAction) && (section != "point" || item is Meeting) ? AgendaPartAsync(agenda, section, path, value, cancellation) : Done(() => Refuse(path, UnknownPath)),
        "citation" => CitationAsync(path, value, cancellation),
        _ => Done(() => Provenance(path, value)),
    };

    private void Refuse(string path, Text message, string? member = null) => _problems.Add(new Problem(path, message, member));
    private void Refuse(string path, string nl, string en, string? member = null) => Refuse(path, new Text(nl, en), member);

    /// <summary>Off the object at once, so that a look at the result shows it, and out of the database at the save.</summary>
    private void Drop<T>(ICollection<T> from, T gone) where T : class
    {
        db.Remove(gone);
        from.Remove(gone);
    }

    private static Task Done(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    /// <summary>The identity in a path, or null (with a problem) when it is none.</summary>
    private Guid? IdOf(string path)
    {
        if (Guid.TryParseExact(ChangeSet.KeyOf(path), "D", out var id)) return id;
        Refuse(path, UnknownPath);
        return null;
    }

    /// <summary>An identity is given once: one that stands elsewhere already is refused.</summary>
    private bool IsTaken(string path, bool elsewhere)
    {
        if (elsewhere) Refuse(path, "Dit hoort al bij iets anders. Voeg het opnieuw toe.", "This belongs to something else already. Add it anew.");
        return elsewhere;
    }

    /// <summary>The steward that a new object gets, by the same rule as one that is changed.</summary>
    public async Task CheckStewardAsync(JsonNode? steward, CancellationToken cancellation)
    {
        if (steward is null) return;
        var field = _kind.FieldsByName["steward"];
        if ((field.Problem(steward) ?? await ProblemInDatabaseAsync(field, steward, cancellation)) is not { } problem) return;
        item.StewardId = null;
        Refuse("steward", problem);
    }

    /// <summary>A text of a member, cleaned; a problem when it can't be kept.</summary>
    private string? TextOf(string path, JsonNode node, string member, int maxLength, bool required = false, bool multiline = false)
    {
        var given = (node as JsonObject)?[member];
        var text = InputText.Clean(Json.Text(given));
        if (given is not null && Json.Text(given) is null) Refuse(path, "Vul een tekst in.", "Enter a text.", member);
        else if (InputText.Problem(text, maxLength, multiline) is { } problem) Refuse(path, problem, member);
        else if (required && text is null) Refuse(path, "Vul een tekst in.", "Enter a text.", member);
        else return text;
        return null;
    }

    /// <summary>A period of a member (2023, 2023-10, 2023-10-01), or null.</summary>
    private string? PeriodOf(string path, JsonNode node, string member)
    {
        var given = (node as JsonObject)?[member];
        var text = InputText.Clean(Json.Text(given));
        if (InputText.PeriodProblem(given is not null && Json.Text(given) is null ? "" : text) is not { } problem) return text;
        Refuse(path, problem);
        return null;
    }

    private async Task FieldAsync(string path, JsonNode? value, CancellationToken cancellation)
    {
        if (path == "slug")
        {
            await SlugAsync(value, cancellation);
            return;
        }
        if (!_kind.FieldsByName.TryGetValue(path, out var field))
        {
            Refuse(path, UnknownPath);
            return;
        }
        var wanted = Normal(field, value);
        var before = field.Read(item);
        if (field.Problem(wanted) is { } problem)
        {
            // What the portal keeps itself may stand in a change as long as it does not change it.
            Refuse(path, problem);
            return;
        }
        if (_actor is not null && field.Needs != Right.Edit && !Rights.Allows(_actor, field.Needs, new Resource(item.Id, item.StewardId)))
        {
            Refuse(path, NotYours);
            return;
        }
        if (await ProblemInDatabaseAsync(field, wanted, cancellation) is { } unknown)
        {
            Refuse(path, unknown);
            return;
        }
        if (path == "state" && item.State is not ObjectState.Draft && Json.Text(wanted) == Codes<ObjectState>.Code(ObjectState.Draft))
        {
            Refuse(path, "Wat gepubliceerd is geweest, wordt geen concept meer. Archiveer het als het niet meer klopt.", "What was published does not become a draft again. Archive it when it is no longer right.");
            return;
        }
        field.Write(item, wanted);
        if (!Same(before, field.Read(item))) Unverify(field);
    }

    /// <summary>A new value was not seen in the source of the old one: mark, remark and citation go, unless the change says that they still hold.</summary>
    private void Unverify(FieldDefinition field)
    {
        if (item.Provenance.FirstOrDefault(p => p.Field == field.Name) is { } provenance && !_changes.Has($"provenance/{field.Name}"))
        {
            provenance.Verification = null;
            if (provenance.Note is null || field.Name != FieldProvenance.OfTheWhole) Drop(item.Provenance, provenance);
        }
        foreach (var citation in item.Citations.Where(c => c.Field == field.Name && !_changes.Has($"citation/{c.Id}") && db.Entry(c).State == EntityState.Unchanged).ToList()) Drop(item.Citations, citation);
    }

    private static bool Same(object? before, object? after) => (before, after) is (IEnumerable<string> one, IEnumerable<string> other) ? one.SequenceEqual(other, StringComparer.Ordinal) : Equals(before, after);

    /// <summary>As it will be kept: without space around it, empty is unknown, a place in one notation.</summary>
    private static JsonNode? Normal(FieldDefinition field, JsonNode? value) => field.Input switch
    {
        FieldInput.Line or FieldInput.Paragraphs or FieldInput.WebAddress when Json.Text(value) is { } text => InputText.Clean(text),
        FieldInput.List when value is JsonArray items && items.All(i => Json.Text(i) is not null) => new JsonArray([.. items.Select(i => InputText.Clean(Json.Text(i))).OfType<string>().Distinct(StringComparer.Ordinal).Select(t => (JsonNode)t)]),
        FieldInput.List when value is null => new JsonArray(),
        FieldInput.Point when Domain.Geography.GeoPoint.TryParse(Json.Text(value)) is { } point => point.ToString(),
        FieldInput.Day when DayText.Parse(Json.Text(value)) is { } day => DayText.Iso(day),
        FieldInput.Amount when AmountText.Parse(Json.Text(value)) is { } amount => amount,
        FieldInput.Day or FieldInput.Amount when Json.Text(value) is { } blank && InputText.IsBlank(blank) => null,
        FieldInput.Choice or FieldInput.Municipality or FieldInput.Area or FieldInput.Steward or FieldInput.Point when Json.Text(value) is { Length: 0 } => null,
        _ => value,
    };

    private async Task<Text?> ProblemInDatabaseAsync(FieldDefinition field, JsonNode? value, CancellationToken cancellation)
    {
        if (value is null) return null;
        var text = Json.Text(value);
        switch (field.Input)
        {
            case FieldInput.Municipality when !await db.Areas.AnyAsync(a => a.Code == text && a.Kind == Domain.Geography.AreaKind.Municipality, cancellation):
            case FieldInput.Area when !await db.Areas.AnyAsync(a => a.Code == text, cancellation):
                return new("Kies een gemeente of gebied uit de lijst.", "Choose a municipality or area from the list.");
            case FieldInput.Steward:
                var id = Json.Id(value);
                var steward = await db.Objects.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id && o.State != ObjectState.Archived, cancellation);
                return steward is City or Campus or Organisation ? null : new("Kies een stad, campus of organisatie als beheerder.", "Choose a city, campus or organisation as steward.");
            default:
                return null;
        }
    }

    private async Task SlugAsync(JsonNode? value, CancellationToken cancellation)
    {
        var slug = Json.Text(value);
        if (slug is null || !SlugText.IsValid(slug))
        {
            Refuse("slug", "Gebruik alleen kleine letters, cijfers en streepjes, bijvoorbeeld kennispark-twente.", "Use lower-case letters, digits and hyphens only, for example kennispark-twente.");
            return;
        }
        if (slug == item.Slug) return;
        if (_kind.NumberedAs is not null)
        {
            Refuse("slug", "De code blijft dezelfde: anderen verwijzen ernaar.", "The code stays the same: others refer to it.");
            return;
        }
        var taken = _kind.ReservedSlugs.Contains(slug)
            || await db.Objects.AnyAsync(o => EF.Property<string>(o, Configurations.RegisterObjectConfiguration.Kind) == _kind.Code && o.Slug == slug && o.Id != item.Id, cancellation)
            || await db.FormerSlugs.AnyAsync(f => f.Kind == _kind.Code && f.Slug == slug && f.ObjectId != item.Id, cancellation);
        if (taken)
        {
            Refuse("slug", "Dit adres is al in gebruik. Kies een ander.", "This address is in use. Choose another.");
            return;
        }
        if (await db.FormerSlugs.FirstOrDefaultAsync(f => f.Kind == _kind.Code && f.Slug == slug, cancellation) is { } back) db.Remove(back);
        // Who knows the old address still finds the object.
        if (item.Revision > 0 && !await db.FormerSlugs.AnyAsync(f => f.Kind == _kind.Code && f.Slug == item.Slug, cancellation)) db.Add(new FormerSlug { Kind = _kind.Code, Slug = item.Slug, ObjectId = item.Id });
        item.Slug = slug;
    }

    private async Task LocationAsync(string path, JsonNode? value, CancellationToken cancellation)
    {
        var code = ChangeSet.KeyOf(path);
        var present = item.OtherLocations.FirstOrDefault(l => l.MunicipalityCode == code);
        if (value is null)
        {
            if (present is not null) Drop(item.OtherLocations, present);
        }
        else if (present is null)
        {
            if (InputText.IsCode(code) && await db.Areas.AnyAsync(a => a.Code == code && a.Kind == Domain.Geography.AreaKind.Municipality, cancellation)) item.OtherLocations.Add(new ObjectLocation { ObjectId = item.Id, MunicipalityCode = code });
            else Refuse(path, "Kies een gemeente uit de lijst.", "Choose a municipality from the list.");
        }
    }
}
