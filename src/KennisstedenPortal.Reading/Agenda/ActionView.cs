using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Reading.Search;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace KennisstedenPortal.Reading.Agenda;

/// <summary>Base of the views of the agenda: reads the address, answers what can't be used with a sentence, and asks for what the view shows.</summary>
public abstract class ActionView : AgendaComponent
{
    public const string TablePath = ChainPath + "/acties", BoardPath = ChainPath + "/bord", TimelinePath = ChainPath + "/tijdlijn", MatrixPath = ChainPath + "/matrix";

    [Inject] protected ActionsQuery Actions { get; set; } = default!;
    [Inject] private ReferenceData References { get; set; } = default!;
    [Inject] private TimeProvider Time { get; set; } = default!;

    protected ReferenceSnapshot Reference { get; private set; } = default!;
    protected ActionAddress? Asked { get; private set; }
    protected bool IsTooSlow { get; private set; }
    protected DateOnly Today => Time.Today();

    protected IReadOnlyList<ElementName> Lines => [.. Reference.Elements.Values.Where(e => e.Kind == ElementKind.Line)];

    /// <summary>Asks for what the view shows; only when the address can be used.</summary>
    protected abstract Task LoadAsync(ActionFilter filter);

    protected override async Task OnInitializedAsync()
    {
        Reference = await References.GetAsync(Cancelled);
        Asked = await ActionAddress.ReadAsync(Http.Request.Query, Reference, Actions, Cancelled);
        if (Asked.Problems.Count > 0)
        {
            Http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        try
        {
            await LoadAsync(Asked.Filter);
        }
        catch (SearchTooSlowException)
        {
            IsTooSlow = true;
            Http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    /// <summary>The table behind a number.</summary>
    protected string Table(ActionFilter filter) => Href(TablePath) + Asked!.Query(filter);

    /// <summary>What a view of one city, party or theme is headed by.</summary>
    protected (string Title, string Words, string Address)? Subject => Asked is { Problems.Count: 0, Filter: var f } ? (f.City, Asked.PartyLink, f.Theme) switch
    {
        ({ } city, null, null) => (T($"Acties van {FilterWords.CityName(city, Reference)}", $"Actions of {FilterWords.CityName(city, Reference)}"), T("Acties die over deze kennisstad gaan, of waarin de stad of gemeente eigenaar of partner is.", "Actions that are about this knowledge city, or of which the city or municipality is owner or partner."), "/kennissteden/" + city),
        (null, { } party, null) => (T($"Acties met {party.Name}", $"Actions with {party.Name}"), T("Acties waarvan deze partij eigenaar, partner of plaatsvervanger is, of waarvoor zij iets toezegde.", "Actions of which this party is owner, partner or deputy, or for which it committed to something."), $"/{KindRegistry.OfCode(party.KindCode).Path}/{party.Slug}"),
        (null, null, { } theme) => (T($"Acties over {FilterWords.ThemeName(theme, Reference, Language)}", $"Actions about {FilterWords.ThemeName(theme, Reference, Language)}"), T("Acties met dit thema, of met een officiële code die eronder valt.", "Actions with this theme, or with an official code under it."), "/themas/" + theme),
        _ => null,
    } : null;

    protected string ProblemTitle => Asked is { Problems.Count: > 0 } ? T("Fout: ", "Error: ") : "";

    /// <summary>3 acties en 9 voorbeelden; at a bound "meer dan 1.000".</summary>
    protected string NumberOf(ActionCount count) => count.AtLeast ? T($"meer dan {Number(SearchFilter.CountLimit)} acties", $"more than {Number(SearchFilter.CountLimit)} actions") : CountOf(count.Serving);

    protected string ShortDay(DateOnly day) => day.ToString("d MMM yyyy", Culture);

    /// <summary>1 januari 2026 tot en met 3 mei 2027, as far as it is known.</summary>
    protected string PeriodOf(ActionRow action) => (action.StartsOn, action.EndsOn) switch
    {
        ({ } start, { } end) => T($"{ShortDay(start)} tot en met {ShortDay(end)}", $"{ShortDay(start)} to {ShortDay(end)}"),
        ({ } start, null) => T($"vanaf {ShortDay(start)}, zonder einddatum", $"from {ShortDay(start)}, without an end date"),
        (null, { } end) => T($"tot en met {ShortDay(end)}, begin onbekend", $"until {ShortDay(end)}, start unknown"),
        _ => T("zonder data", "without dates"),
    };
}
