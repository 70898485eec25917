using System.Globalization;
using KennisstedenPortal.Data.Provenance;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.Agenda;

public enum ActionOrder
{
    [Label("Nummer", "Number")] Number,
    [Label("Einddatum", "End date")] End,
    [Label("Laatst gemeld", "Last reported")] Reported,
}

/// <summary>How an action that is not closed goes, as a filter.</summary>
public enum LightFilter
{
    [Label("Op koers", "On track")] Green,
    [Label("Aandacht nodig", "Needs attention")] Amber,
    [Label("Loopt vast", "Stuck")] Red,
    [Label("Onbekend", "Unknown")] Unknown,
}

/// <summary>Which actions a view shows. All members are valid values: the page checks what the address says first.</summary>
/// <param name="Text">What somebody typed.</param>
/// <param name="Element">Code of an element of the agenda: what serves it, or a part of it.</param>
/// <param name="City">Slug of a kennisstad that it is about, that owns it or is partner in it, itself or by its municipality.</param>
/// <param name="Theme">Code of any theme; an entry theme takes everything that rolls up to it.</param>
/// <param name="Party">Who owns it, is partner or deputy in it, or committed to something for it.</param>
/// <param name="Page">From 1 to <see cref="SearchFilter.MaxPage"/>.</param>
/// <param name="After">Instead of a page: what follows this place.</param>
public sealed record ActionFilter(string? Text = null, ActionStatus? Status = null, string? Element = null, string? City = null, string? Theme = null, Guid? Party = null, Guid? Owner = null,
    LightFilter? Light = null, ActionSignal? Signal = null, Verification? Verification = null, ActionOrder Order = ActionOrder.Number, int Page = 1, ActionPlace? After = null)
{
    /// <summary>The facets that an action must have; what depends on the clock is in <see cref="ActionConditions"/>.</summary>
    internal IReadOnlyList<string> Facets
    {
        get
        {
            var facets = new List<string>();
            if (Status is { } status) facets.Add(ActionFacet.Of(status));
            if (Element is not null) facets.Add(ActionFacet.Of(ActionFacet.Element, Element));
            if (City is not null) facets.Add(ActionFacet.Of(ActionFacet.City, City));
            if (Theme is not null) facets.Add(ActionFacet.Of(ActionFacet.Theme, Theme));
            if (Party is { } party) facets.Add(ActionFacet.Of(ActionFacet.Party, party.ToString()));
            if (Owner is { } owner) facets.Add(ActionFacet.Of(ActionFacet.Owner, owner.ToString()));
            if (Verification is { } check) facets.Add(ActionFacet.Of(ActionFacet.Check, Codes<Verification>.Code(check)));
            if (Light is { } light and not LightFilter.Unknown) facets.Add(ActionFacet.Of(ActionFacet.Light, Codes<LightFilter>.Code(light)));
            if (Signal switch { ActionSignal.NoOwner => ActionFacet.NoOwner, ActionSignal.NoEnd => ActionFacet.NoEnd, ActionSignal.NoEvidence => ActionFacet.NoEvidence, _ => null } is { } lack) facets.Add(lack);
            return facets;
        }
    }

    /// <summary>Key of the exact number, or null where it is counted to a bound.</summary>
    internal string? Kept => Text is not null || Light is not null || Signal is ActionSignal.Late or ActionSignal.Silent ? null : Facets switch
    {
        [] => ActionFacet.Key(ActionFacet.All),
        [var one] => ActionFacet.Key(one),
        [var one, var other] when ActionFacet.IsKept(one, other) => ActionFacet.Key(one, other),
        _ => null,
    };
}

/// <summary>The place of an action in an order: the day by which it stands there, and its number.</summary>
public sealed record ActionPlace(DateOnly Day, int Number)
{
    private const string DayFormat = "yyyyMMdd";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Day.ToString(DayFormat, CultureInfo.InvariantCulture)}-{Number}");

    /// <summary>Null for anything that <see cref="ToString"/> did not make.</summary>
    public static ActionPlace? TryParse(string text) =>
        text.Split('-') is [{ Length: 8 } day, { Length: > 0 and < 10 } number] && DateOnly.TryParseExact(day, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var on) && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? new ActionPlace(on, n) : null;
}

/// <summary>The rules of <see cref="ActionHealth"/> as conditions on a row (alias <c>a</c>) and the day it is; a test holds that both agree.</summary>
internal static class ActionConditions
{
    public static string IsLate(int day) => $"a.late_after < ${day}";

    public static string IsSilent(int day) => $"a.silent_from <= ${day}";

    /// <summary>Not closed, and nobody knows how it goes: silent, or never reported on.</summary>
    public static string IsUnknown(int day) => $"(a.silent_from <= ${day} or a.silent_from is not null and a.last_light is null)";

    /// <summary>Not closed, and reported on lately enough that the last light holds.</summary>
    public static string IsKnown(int day) => $"a.silent_from > ${day} and a.last_light is not null";
}

/// <summary>An action in a view.</summary>
/// <param name="Owner">Null when there is none or it is not public; <see cref="HasOwner"/> tells which.</param>
/// <param name="LastOn">Day of the last update.</param>
/// <param name="Next">The next milestone that is not completed.</param>
public sealed record ActionRow(Guid Id, string Slug, string Name, ActionStatus Status, bool IsExample, Guid? OwnerId, ObjectLink? Owner, DateOnly? StartsOn, DateOnly? EndsOn, DateOnly? LastOn, string? Next, DateOnly? NextOn,
    int Milestones, int Completed, ActionHealth Health)
{
    /// <summary>See <see cref="ActionHealth.LateAfter"/>.</summary>
    public DateOnly? LateAfter { get; init; }
    /// <summary>It is late by its next milestone; else by its end.</summary>
    public bool IsLateByMilestone => Health.IsLate && NextOn == LateAfter && Next is not null;

    /// <summary>What is late and since when; null when nothing is.</summary>
    /// <param name="day">Writes a day.</param>
    public Text? Late(Func<DateOnly, string> day) => !Health.IsLate || LateAfter is not { } due ? null
        : IsLateByMilestone ? new($"mijlpaal ‘{InputText.Shortened(Next!, LateMost)}’ was {day(due)}", $"milestone ‘{InputText.Shortened(Next!, LateMost)}’ was due {day(due)}") : new($"het einde was {day(due)}", $"the end was {day(due)}");

    private const int LateMost = 80;

    /// <summary>VA-001 and up.</summary>
    public string Code => Slug.ToUpperInvariant();
    public bool HasOwner => OwnerId is not null;
    public ActionLink Link => new(Slug, Name, Status, IsExample);
}

/// <param name="Total">Number found, examples included since a list shows them; null when there are more than <see cref="SearchFilter.CountLimit"/> and the number is not known.</param>
/// <param name="Next">Where the page after this one begins, beyond the last numbered page; else null.</param>
/// <param name="Correction">The words that were searched instead of misspelled ones; null when nothing was corrected.</param>
/// <param name="Examples">How many of the total are examples; null when the total is.</param>
public sealed record ActionList(IReadOnlyList<ActionRow> Items, int? Total, int? Examples, int Page, ActionPlace? Next, string? Correction = null)
{
    /// <summary>Numbered pages.</summary>
    public int Pages => Math.Clamp(((Total ?? SearchFilter.CountLimit) + SearchFilter.PageSize - 1) / SearchFilter.PageSize, 1, SearchFilter.MaxPage);
}

/// <summary>How many actions; examples apart, since they count nowhere.</summary>
/// <param name="AtLeast">Counted to a bound: there are more.</param>
public sealed record ActionCount(int Real, int Examples, bool AtLeast = false)
{
    public static ActionCount None { get; } = new(0, 0);
    public int Total => Real + Examples;
    /// <summary>The same in the form of the chain, without naming any.</summary>
    public Serving Serving => new(Real, Examples, []);
}

/// <param name="Cards">The first <see cref="ActionsQuery.CardsShown"/>: real before example, then what ends first.</param>
public sealed record BoardColumn(ActionStatus Status, ActionCount Count, IReadOnlyList<ActionRow> Cards);

/// <summary>A milestone on the timeline.</summary>
public sealed record TimelineMark(string Title, DateOnly On, bool IsCompleted);

public sealed record TimelineRow(ActionRow Action, IReadOnlyList<TimelineMark> Marks);

/// <param name="Line">Code of the line, or of the element that the view is about; null for what belongs to no line.</param>
/// <param name="HasMore">There are more in these years than this page shows.</param>
public sealed record TimelineGroup(string? Line, IReadOnlyList<TimelineRow> Rows, bool HasMore);

/// <param name="Undated">The first of the actions without a single day; <paramref name="UndatedCount"/> counts them all.</param>
public sealed record Timeline(IReadOnlyList<TimelineGroup> Groups, IReadOnlyList<ActionRow> Undated, ActionCount UndatedCount);

/// <summary>Numbers of actions per element and city.</summary>
/// <param name="Cells">By element and city; a pair without any is absent.</param>
/// <param name="Elements">Per element, wherever it is.</param>
/// <param name="Cities">Per city, whatever it serves.</param>
/// <param name="All">Of the whole agenda.</param>
public sealed record ActionMatrix(IReadOnlyDictionary<(string Element, string City), ActionCount> Cells, IReadOnlyDictionary<string, ActionCount> Elements, IReadOnlyDictionary<string, ActionCount> Cities, ActionCount All);
