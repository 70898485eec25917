using System.Globalization;
using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.History;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Data.Provenance;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Working.Administration;
using KennisstedenPortal.Working.Meetings;
using KennisstedenPortal.Working.Shared;
using Microsoft.AspNetCore.Components;

namespace KennisstedenPortal.Working.Steering;

/// <summary>What is late, stuck, unowned or unproven and for whom it waits, for the secretariat; and one change to many actions, which is looked over before it is saved.</summary>
public partial class SteeringPage
{
    private const string Path = "/werkplek/sturen", Secretariat = "secretariaat", Yes = "ja", ByParty = "wie";

    [Inject] private SteeringQuery Query { get; set; } = default!;
    [Inject] private BulkWriter Bulk { get; set; } = default!;
    [Inject] private PeopleQuery Objects { get; set; } = default!;
    [Inject] private EditQuery Edits { get; set; } = default!;
    [Inject] private TimeProvider Time { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "signaal")] private string? Signal { get; set; }
    [SupplyParameterFromQuery(Name = "wie")] private string? Who { get; set; }
    [SupplyParameterFromQuery(Name = "per")] private string? Per { get; set; }
    [SupplyParameterFromQuery(Name = "voorbeelden")] private string? Examples { get; set; }
    [SupplyParameterFromQuery(Name = "pagina")] private string? PageNumber { get; set; }

    private static readonly string[] Fields = ["wat", "einddatum", "eigenaar", "status", "zichtbaarheid", "reden"];
    private static readonly ObjectKind Kind = KindRegistry.Of<AgendaAction>();

    private readonly FormErrors _errors = new();
    private readonly ChosenObject _owner = new("eigenaar", KindRegistry.Of<Organisation>().Code, KindRegistry.Of<City>().Code, KindRegistry.Of<Campus>().Code);
    private SteeringFilter _filter = new();
    private SteeringList? _page;
    private IReadOnlyList<WaitingParty>? _parties;
    private IReadOnlyList<BulkRow>? _review;
    private IReadOnlyList<BulkRow> _results = [];
    private HashSet<Guid> _ticked = [];
    private JsonNode? _value;
    private DifferenceWords? _words;
    private string? _told;
    private bool _toldIsProblem, _asked;
    private DateOnly _today;

    protected override Task OnInitializedAsync() => AllowedAsync(async () =>
    {
        _today = Time.Today();
        _filter = new SteeringFilter(Codes<SteeringSignal>.TryParseSlug(Signal, out var signal) ? signal : SteeringSignal.Any, Guid.TryParse(Who, out var party) ? party : null, Who == Secretariat, Examples == Yes,
            int.TryParse(PageNumber, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, SteeringQuery.MaxPage) : 1);
        _ticked = [.. Targets.Select(t => t.Id)];
        await LoadAsync();
    });

    private async Task LoadAsync()
    {
        var actor = await CurrentActorAsync();
        _page = await Query.RunAsync(_filter, actor, Cancelled);
        _parties = Per == ByParty ? await Query.PartiesAsync(_filter.Examples, actor, Cancelled) : null;
    }

    private Task ChooseAsync() => AllowedAsync(async () =>
    {
        IsHandled = true;
        var actor = await CurrentActorAsync();
        if (Targets.Count == 0) _errors.Add("lijst", T("Kruis eerst acties aan.", "Tick actions first."));
        if (PostedOne("wat") == "vraag")
        {
            if (_errors.Any) return;
            var asked = await Bulk.AskAsync([.. Targets.Select(t => t.Id)], actor, Cancelled);
            if (asked.Problem is { } problem)
            {
                _errors.Add("lijst", T(problem));
                return;
            }
            (_asked, _results) = (true, asked.Rows);
            Tell(Count(BulkState.Done) switch { 0 => T("Er is nu niemand om een bericht gevraagd.", "Nobody was asked for an update now."), 1 => T("Over 1 actie is om een bericht gevraagd.", "An update was requested on 1 action."), var count => T($"Over {count} acties is om een bericht gevraagd.", $"An update was requested on {count} actions.") }, isProblem: Count(BulkState.Refused) > 0);
            _ticked = [];
            return;
        }
        if (InputText.Clean(PostedOne("reden")) is not { } reason) _errors.Add("reden", T("Schrijf waarom. Het komt in de geschiedenis van elke actie.", "Write why. It stands in the history of each action."));
        else if (InputText.Problem(reason, AgendaAction.ReasonMaxLength, multiline: true) is { } wrong) _errors.Add("reden", T(wrong));
        if (PostedOne("wat") == "eigenaar") await _owner.ResolveAsync(Objects, PostedOne("eigenaar"), PostedOne("eigenaar-gezocht"), PostedOne("eigenaar-keuze"), actor, _errors, T, Cancelled);
        if (ValueOfForm(_owner.Id?.ToString()) is not { } value) return;
        if (_errors.Any) return;
        var preview = await Bulk.PreviewAsync(new BulkInput(Targets, value.Path, value.Value, PostedOne("reden")), actor, Cancelled);
        if (preview.Problem is { } refused)
        {
            _errors.Add("lijst", T(refused));
            return;
        }
        (_review, _value) = (preview.Rows, value.Value);
        _words = new DifferenceWords(Kind, Guid.Empty, await Edits.NamesAsync(preview.Rows.Select(r => r.Before).Append(value.Value), actor, Cancelled), Language);
    });

    private Task SaveAsync() => AllowedAsync(async () =>
    {
        IsHandled = true;
        if (PostedOne("terug") == Yes)
        {
            Tell(T("Er is niets gewijzigd. Wat u aankruiste, staat er nog.", "Nothing was changed. What you ticked is still there."));
            return;
        }
        if (ValueOfForm(PostedOne("eigenaar-id")) is not { } value) return;
        var saved = await Bulk.SaveAsync(new BulkInput(Targets, value.Path, value.Value, PostedOne("reden")), await CurrentActorAsync(), Cancelled);
        if (saved.Problem is { } problem) _errors.Add("lijst", T(problem));
        else
        {
            _results = saved.Rows;
            Tell(Count(BulkState.Done) switch { 0 => T("Er is niets gewijzigd.", "Nothing was changed."), 1 => T("1 actie is gewijzigd.", "1 action was changed."), var count => T($"{count} acties zijn gewijzigd.", $"{count} actions were changed.") }, isProblem: Count(BulkState.Refused) > 0);
            _ticked = [];
        }
        await LoadAsync();
    });

    private int Count(BulkState state) => _results.Count(r => r.State == state);

    private void Tell(string told, bool isProblem = false) => (_told, _toldIsProblem) = (told, isProblem);

    /// <summary>What every chosen action gets; null, with a sentence, when it can't be used.</summary>
    private (string Path, JsonNode? Value)? ValueOfForm(string? owner)
    {
        switch (PostedOne("wat"))
        {
            case "einddatum" when DayText.Parse(PostedOne("einddatum")) is { } day:
                return (BulkWriter.EndsOn, DayText.Iso(day));
            case "einddatum":
                _errors.Add("einddatum", T("Vul een einddatum in.", "Enter an end date."));
                return null;
            case "eigenaar" when Guid.TryParse(owner, out var id):
                return (BulkWriter.Owner, id.ToString());
            case "eigenaar":
                if (!_errors.Any) _errors.Add("eigenaar", T("Kies een eigenaar.", "Choose an owner."));
                return null;
            case "status" when Codes<ActionStatus>.TryParse(PostedOne("status"), out var status):
                return (BulkWriter.Status, Codes<ActionStatus>.Code(status));
            case "zichtbaarheid" when Codes<Visibility>.TryParse(PostedOne("zichtbaarheid"), out var visibility):
                return (BulkWriter.Visibility, Codes<Visibility>.Code(visibility));
            default:
                _errors.Add("wat", T("Kies wat u wilt doen.", "Choose what you want to do."));
                return null;
        }
    }

    /// <summary>Each as it was seen: identity and revision.</summary>
    private IReadOnlyList<BulkTarget> Targets => [.. Posted("actie").Select(v => v.Split('_')).Where(v => v.Length == 2 && Guid.TryParseExact(v[0], "N", out _) && int.TryParse(v[1], NumberStyles.None, CultureInfo.InvariantCulture, out _)).Select(v => new BulkTarget(Guid.ParseExact(v[0], "N"), int.Parse(v[1], CultureInfo.InvariantCulture)))];

    /// <summary>What was filled in, until it is done.</summary>
    private string? Typed(string name) => _results.Count > 0 ? null : PostedOne(name);

    private static string ValueOf(SteeringRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.Action.Id:N}_{row.Revision}");
    private bool IsTicked(Guid id) => _ticked.Contains(id);

    /// <summary>What the review carries along to what saves.</summary>
    private IEnumerable<(string Name, string? Value)> Kept => [.. Posted("actie").Select(v => ("actie", (string?)v)), .. Fields.Select(n => (n, PostedOne(n))), ("eigenaar-id", _owner.Id?.ToString())];

    private RenderFragment Choice(string value, string label) => builder =>
    {
        builder.OpenElement(0, "label");
        builder.AddAttribute(1, "class", "choice");
        builder.OpenElement(2, "input");
        builder.AddAttribute(3, "type", "radio");
        builder.AddAttribute(4, "name", "wat");
        builder.AddAttribute(5, "value", value);
        builder.AddAttribute(6, "checked", Typed("wat") == value);
        builder.CloseElement();
        builder.OpenElement(7, "span");
        builder.AddContent(8, label);
        builder.CloseElement();
        builder.CloseElement();
    };

    private string Heading => _filter.OnSecretariat ? T("Wacht op het secretariaat", "Waiting for the secretariat")
        : _filter.Party is not null ? T($"Wacht op {_page!.Party?.Name ?? "deze partij"}", $"Waiting for {_page!.Party?.Name ?? "this party"}")
        : T(Codes<SteeringSignal>.Label(_filter.Signal));

    private string What => T(PostedOne("wat") switch { "einddatum" => new Text("Einddatum zetten", "Set the end date"), "eigenaar" => new("Eigenaar zetten", "Set the owner"), "status" => new("Status zetten", "Set the status"), _ => new("Kiezen wie het mag zien", "Choose who may see it") });

    private bool IsShown(SteeringSignal signal) => _parties is null && !_filter.OnSecretariat && _filter.Party is null && _filter.Signal == signal;

    private string Words(JsonNode? value) => _words!.Choice(PostedOne("wat") switch { "einddatum" => BulkWriter.EndsOn, "eigenaar" => BulkWriter.Owner, "status" => BulkWriter.Status, _ => BulkWriter.Visibility }, value);

    private string ResultOf(BulkRow row) => row.State switch
    {
        BulkState.Done => _asked ? T("gevraagd.", "asked.") : T("gewijzigd.", "changed."),
        BulkState.Waits => T("wacht op een collega van de eigenaar, die erover beslist.", "waits for a colleague of the owner, who decides on it."),
        BulkState.Same => _asked ? T("is net al gevraagd en nog niet gelezen.", "was asked just now and has not been read yet.") : T("stond al zo.", "was already like that."),
        _ => T(row.Why!.Value),
    };

    private string NameOf(ObjectLink? party) => party?.Name ?? T("Secretariaat", "Secretariat");

    private string WaitWords(Wait wait) => wait.Why switch
    {
        WaitReason.Silent => wait.Since is { } last ? T($"geen bericht sinds {Day(last)}", $"no update since {Day(last)}") : T("nog nooit een bericht", "never an update"),
        WaitReason.Late => wait.What is { } milestone ? T($"mijlpaal ‘{milestone}’ was {Day(wait.Since!.Value)}", $"milestone ‘{milestone}’ was {Day(wait.Since!.Value)}") : T($"het einde was {Day(wait.Since!.Value)}", $"the end was {Day(wait.Since!.Value)}"),
        WaitReason.Evidence => T("bewijs ontbreekt", "evidence is missing"),
        WaitReason.Commitment => T($"toezegging ‘{wait.What}’ was {Day(wait.Since!.Value)}", $"commitment ‘{wait.What}’ was {Day(wait.Since!.Value)}"),
        WaitReason.Decision => T($"besluit ‘{wait.What}’ moest op {Day(wait.Since!.Value)} zijn uitgevoerd", $"decision ‘{wait.What}’ had to be carried out by {Day(wait.Since!.Value)}"),
        WaitReason.Unowned => T("zoekt een eigenaar", "looks for an owner"),
        _ => T($"beslist over een voorstel van {Day(wait.Since!.Value)}", $"decides on a proposal of {Day(wait.Since!.Value)}"),
    };

    private string DaysLate(DateOnly late) => (_today.DayNumber - late.DayNumber) switch { 1 => T("1 dag te laat", "1 day late"), var days => T($"{Number(days)} dagen te laat", $"{Number(days)} days late") };

    private string Short(DateOnly day) => day.ToString("d MMM yyyy", Culture);

    /// <summary>The page of an action; a hidden one has none, and stands in its form.</summary>
    private string AddressOf(SteeringRow row) => Href(row.Visibility == Visibility.Public ? WorkAddress.Public(Kind, row.Action.Slug) : WorkAddress.Edit(Kind, row.Action.Slug));

    /// <summary>A meeting has a page for who signed in, a document only its public one.</summary>
    private string AddressOf(LooseTerm term)
    {
        var kind = KindRegistry.OfCode(term.Holder.KindCode);
        return Href(kind.Type == typeof(Meeting) ? MeetingAddress.Of(term.Holder.Slug) : term.Visibility == Visibility.Public ? WorkAddress.Public(kind, term.Holder.Slug) : WorkAddress.Edit(kind, term.Holder.Slug));
    }

    private string LateOutside => _page!.LooseTotal == 1 ? T("1 toezegging of besluit buiten acties is te laat", "1 commitment or decision outside actions is late")
        : T($"{Number(_page.LooseTotal)} toezeggingen en besluiten buiten acties zijn te laat", $"{Number(_page.LooseTotal)} commitments and decisions outside actions are late");

    private string Address(SteeringFilter filter, bool byParty = false)
    {
        var query = new List<string>();
        if (byParty) query.Add($"per={ByParty}");
        else if (filter.OnSecretariat) query.Add($"wie={Secretariat}");
        else if (filter.Party is { } party) query.Add($"wie={party}");
        else if (filter.Signal != SteeringSignal.Any) query.Add($"signaal={Codes<SteeringSignal>.Slug(filter.Signal)}");
        if (filter.Examples) query.Add($"voorbeelden={Yes}");
        if (filter.Page > 1) query.Add($"pagina={filter.Page}");
        return Href(Path) + (query.Count == 0 ? "" : "?" + string.Join('&', query));
    }
}
