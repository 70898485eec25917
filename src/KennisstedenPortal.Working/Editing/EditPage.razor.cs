using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.History;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Working.Meetings;
using KennisstedenPortal.Working.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;

namespace KennisstedenPortal.Working.Editing;

/// <summary>
/// The form of an object of any kind: fill in, look at what changes, save. Who keeps the object saves; anybody else proposes;
/// a draft that adjusts a proposal takes that over.
/// </summary>
public partial class EditPage
{
    private sealed record Ending(string Title, string Words, IReadOnlyList<(string Address, string Words)> Links);

    [Parameter] public string KindPath { get; set; } = "";
    [Parameter] public string? Slug { get; set; }
    [Parameter] public Guid? NewId { get; set; }
    /// <summary>Elements of the agenda, and objects, that a new action is about.</summary>
    [SupplyParameterFromQuery(Name = "onderdeel")] private string[]? Elements { get; set; }
    /// <inheritdoc cref="Elements"/>
    [SupplyParameterFromQuery(Name = "over")] private string[]? About { get; set; }

    [Inject] private HistoryQuery Past { get; set; } = default!;
    [Inject] private EditQuery Edits { get; set; } = default!;
    [Inject] private DraftStore Drafts { get; set; } = default!;
    [Inject] private ObjectWriter Writer { get; set; } = default!;
    [Inject] private ProposalWriter Proposals { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private ILogger<EditPage> Log { get; set; } = default!;

    [LoggerMessage(LogLevel.Error, "The form could not do what was asked")]
    private static partial void LogFailure(ILogger logger, Exception error);

    private readonly FormErrors _errors = new();
    private EditSession? _session;
    private EditView? _view;
    private DraftKeeper? _keeper;
    private EditPreview? _preview;
    private Ending? _done;
    private SaveWay _way;
    private DateTimeOffset? _resumed;
    private string? _sentence, _reasonProblem;
    /// <summary>This object on the form of this person: what the browser remembers is given back to no other.</summary>
    private string _mark = "";
    private bool _isBusy, _mayAssign, _focusTop, _focusSummary, _focusTold;
    private ElementReference _top, _summary, _told;

    private string Title => _view is { } view ? _preview is not null ? T($"Klopt dit zo? {view.Name}", $"Is this right? {view.Name}") : _way == SaveWay.Propose ? T($"Wijziging voorstellen: {view.Name}", $"Propose a change: {view.Name}") : T($"Wijzigen: {view.Name}", $"Edit: {view.Name}")
        : _session is { } session ? T($"{session.Kind.Singular.Nl} toevoegen", $"Add: {session.Kind.Singular.En}") : T("Wijzigen", "Edit");

    private static bool IsPublic(JsonNode? state, JsonNode? visibility) => Json.Code<ObjectState>(state) == ObjectState.Published && Json.Code<Visibility>(visibility) == Visibility.Public;

    private string Lede => _way switch
    {
        SaveWay.Propose when _session!.IsNew => T("U stelt iets nieuws voor. Wie het gaat bijhouden, beslist erover.", "You propose something new. Who would keep it decides on it."),
        SaveWay.Propose when _view is { Decider: null, StewardName: { } steward } => T($"{steward} is eigenaar, maar niemand met een account houdt dit bij. Het secretariaat beslist over uw voorstel. U krijgt bericht.", $"{steward} is the owner, but nobody with an account keeps this. The secretariat decides on your proposal. You will be told."),
        SaveWay.Propose => T($"{_view?.Decider ?? "Het secretariaat"} houdt dit bij en beslist over uw voorstel. U krijgt bericht.", $"{_view?.Decider ?? "The secretariat"} keeps this and decides on your proposal. You will be told."),
        SaveWay.Accept => T("Pas het voorstel aan en neem het over. De indiener krijgt bericht.", "Adjust the proposal and accept it. The proposer will be told."),
        _ when _session!.IsNew => T("Vul in wat u weet; de rest kan later. Wat u typt, wordt vanzelf als concept bewaard. Voor het opslaan ziet u alles bij elkaar.", "Fill in what you know; the rest can follow. What you type is kept as a draft by itself. Before saving you see all of it together."),
        _ => T("Wijzig wat niet klopt. Wat u typt, wordt vanzelf als concept bewaard. Voor het opslaan ziet u precies wat er verandert.", "Change what is not right. What you type is kept as a draft by itself. Before saving you see exactly what changes."),
    };

    protected override async Task OnInitializedAsync()
    {
        var actor = await CurrentActorAsync();
        if (KindRegistry.FindBySegment(KindPath) is not { } kind)
        {
            Navigation.NotFound();
            return;
        }
        if (Slug is not null)
        {
            if (!SlugText.IsValid(Slug) || (_view = await Edits.FindAsync(kind, Slug, actor, Cancelled)) is null)
            {
                // Who kept the address of the form finds it under the new name, as with the page.
                if (SlugText.IsValid(Slug) && await Past.MovedToAsync(kind, Slug, Cancelled) is { } moved)
                {
                    Navigation.NavigateTo(Href(WorkAddress.Edit(kind, moved)), replace: true);
                    return;
                }
                Navigation.NotFound();
                return;
            }
        }
        else if (await Edits.FindAsync(NewId!.Value, actor, Cancelled) is { } made)
        {
            // It was added meanwhile, here or in another window.
            Navigation.NavigateTo(Href(WorkAddress.Edit(made.Kind, made.Slug)));
            return;
        }
        await OpenAsync(kind, actor);
    }

    /// <summary>The form as it stands, with the draft that the person left, if there is one.</summary>
    private async Task OpenAsync(ObjectKind kind, Actor actor)
    {
        var session = new EditSession(kind, _view?.Id ?? NewId!.Value) { BaseRevision = _view?.Revision ?? 0 };
        if (_view is not null) session.Stand(_view);
        else
        {
            session.StandBlank();
            if (actor.Grants.FirstOrDefault(g => g.ScopeId is not null && Rights.AllowsAdding(actor, kind.Code, g.ScopeId)) is { } grant) session.Changes.Set("steward", grant.ScopeId!.Value.ToString());
        }
        var draft = await Drafts.FindAsync(session.Id, actor, Cancelled);
        if (_view is null && draft is null) await BeginWithAsync(session, actor);
        if (draft is not null) session.Resume(draft);
        // A draft of something new outlived its adding.
        if (_view is not null && session.IsNew) session.BecomeChange();
        session.Learn(session.Changes.SourceTitles);
        session.Learn(await Edits.NamesAsync([.. session.Changes.Values.Values, .. session.Changes.Values.Keys.Concat(session.Stands.Select(p => p.Key)).Select(k => (JsonNode?)ChangeSet.KeyOf(k))], actor, Cancelled));
        if (_view is not null) session.Learn(_view.Id.ToString(), _view.Name);
        _mayAssign = Rights.Allows(actor, Right.AssignSteward, new Resource(session.Id, _view?.StewardId));
        _way = WayOf(session, actor);
        // Only now: when something above did not work out, what stands on the form is still being kept.
        Close();
        _keeper = new DraftKeeper(Drafts, session, Clock, CurrentActorAsync, InvokeAsync);
        _keeper.StateChanged += OnKeeper;
        _resumed = draft?.ChangedAt;
        if (draft is not null) _keeper.Resume(draft);
        session.Changed += OnChanged;
        (_session, _mark) = (session, $"{session.Id}:{actor.UserId}");
    }

    /// <summary>An action that is begun at a gap, an element of the agenda or an object is tied to that.</summary>
    private async Task BeginWithAsync(EditSession session, Actor actor)
    {
        if (session.Kind.Type != typeof(AgendaAction)) return;
        var asked = (Elements ?? []).Select(c => $"element/{c}").Concat(Objects.Select(o => o.ToString())).Take(MostBegun).ToList();
        // Of what does not exist, or is not theirs to read, there is no name.
        var names = await Edits.NamesAsync([.. asked.Select(a => (JsonNode?)ChangeSet.KeyOf(a))], actor, Cancelled);
        foreach (var path in asked.Where(p => p.StartsWith("element/", StringComparison.Ordinal) && names.ContainsKey(ChangeSet.KeyOf(p)))) session.Changes.Set(path, true);
        foreach (var id in Objects.Where(o => names.ContainsKey(o.ToString())))
            session.Changes.Set(EditSession.NewPath("relation"), new JsonObject { ["kind"] = Codes<RelationKind>.Code(RelationKind.Concerns), ["from"] = session.Id.ToString(), ["to"] = id.ToString() });
        session.Learn(names);
    }

    private const int MostBegun = 20;

    private IEnumerable<Guid> Objects => (About ?? []).Select(a => Guid.TryParseExact(a, "D", out var id) ? id : (Guid?)null).OfType<Guid>().Distinct();

    private SaveWay WayOf(EditSession session, Actor actor) =>
        !(_view?.MayEdit ?? Rights.AllowsAdding(actor, session.Kind.Code, Json.Id(session.Changes["steward"]))) ? SaveWay.Propose : session.IsTakingOver ? SaveWay.Accept : SaveWay.Save;

    private string? DecisionWords => _session?.Decision switch
    {
        ProposalState.Accepted => T("Het voorstel waar dit van kwam, is intussen overgenomen. Wat hier nog anders is, slaat u op als uw eigen wijziging.", "The proposal from which this came was accepted meanwhile. What is still different here, you save as your own change."),
        ProposalState.Rejected => T("Het voorstel waar dit van kwam, is intussen afgewezen. Slaat u dit toch op, dan is het uw eigen wijziging.", "The proposal from which this came was rejected meanwhile. If you save this all the same, it is your own change."),
        ProposalState.Withdrawn => T("Het voorstel waar dit van kwam, is intussen ingetrokken. Slaat u dit toch op, dan is het uw eigen wijziging.", "The proposal from which this came was withdrawn meanwhile. If you save this all the same, it is your own change."),
        _ => null,
    };

    private void Close()
    {
        if (_session is not null) _session.Changed -= OnChanged;
        if (_keeper is null) return;
        _keeper.StateChanged -= OnKeeper;
        _keeper.Dispose();
    }

    private bool _wasUnsaved;

    private void OnChanged(object? sender, PathEventArgs e)
    {
        _keeper!.Touch();
        // The mark by which the browser asks before it leaves.
        if (_wasUnsaved == _session!.Changes.IsEmpty)
        {
            _wasUnsaved = !_session.Changes.IsEmpty;
            _ = InvokeAsync(StateHasChanged);
        }
    }

    private void OnKeeper(object? sender, EventArgs e)
    {
        if (_keeper!.State == DraftState.Elsewhere) _ = InvokeAsync(StateHasChanged);
    }

    private EditInput Input(string? reason) => new(_session!.Id, _session.Kind, _session.BaseRevision, _session.Changes, reason);

    private Task ReviewAsync() => BusyAsync(LookAsync);

    private async Task LookAsync()
    {
        await _keeper!.FlushAsync();
        if (IsElsewhere()) return;
        var isUnchosen = _session!.IsChoiceAsked = _session.Unchosen.Count > 0;
        foreach (var (id, sentence) in _session.Unchosen) _errors.Add(id, sentence);
        if (_session.Changes.IsEmpty)
        {
            if (isUnchosen) _focusSummary = true;
            else _sentence = T("U hebt nog niets gewijzigd.", "You have changed nothing yet.");
            return;
        }
        var actor = await CurrentActorAsync();
        var looked = _session.Changes.ToJson();
        var preview = await Writer.PreviewAsync(Input(null), actor, Cancelled);
        if (preview is null)
        {
            if (!await IsAddedMeanwhileAsync(actor)) _sentence = Gone;
            return;
        }
        if (isUnchosen || preview.Clashes.Count == 0 && preview.Problems.Count > 0)
        {
            Show(preview.Problems);
            return;
        }
        _session.Learn(await Edits.NamesAsync([.. preview.Differences.SelectMany(d => new[] { d.Before, d.After }), .. preview.Clashes.SelectMany(c => new[] { c.Base, c.Theirs, c.Mine })], actor, Cancelled));
        // What was typed while it was looked at is not in it, and is saved only after it was shown.
        if (_session.Changes.ToJson() != looked) await LookAsync();
        else
        {
            // What was wrong before is mended, also where the mend was elsewhere.
            if (preview.Clashes.Count == 0) _session.Tell([]);
            (_preview, _focusTop) = (preview, true);
        }
    }

    /// <summary>Another window went on with this draft: first the person chooses, at the top of the page, with which text to go on.</summary>
    private bool IsElsewhere()
    {
        if (_keeper!.State != DraftState.Elsewhere) return false;
        (_preview, _focusTop) = (null, true);
        return true;
    }

    /// <summary>What this form adds was added from another window, or by taking over the proposal: from here on the form changes that.</summary>
    private async Task<bool> IsAddedMeanwhileAsync(Actor actor)
    {
        if (!_session!.IsNew || await Edits.FindAsync(_session.Id, actor, Cancelled) is not { } view) return false;
        _view = view;
        _session.Stand(view);
        _session.BecomeChange();
        _way = WayOf(_session, actor);
        (_preview, _focusTop) = (null, true);
        if (_session.Changes.IsEmpty)
        {
            await _keeper!.DiscardAsync();
            End(T("Dit was al toegevoegd", "This was added already"), T("Alles wat hier stond, is intussen al opgeslagen.", "All that stood here was saved meanwhile."),
                [(WorkAddress.Edit(_session.Kind, view.Slug), T($"{view.Name} wijzigen", $"Edit {view.Name}")), ("/werkplek", T("Naar uw werkplek", "To your workplace"))]);
            return true;
        }
        _keeper!.Touch();
        _sentence = T("Dit is intussen al toegevoegd, bijvoorbeeld in een ander venster. Wat u hier anders invulde, staat er nog. Kijk het na en sla het op als wijziging.", "This was added meanwhile, for example in another window. What you filled in differently is still here. Check it and save it as a change.");
        return true;
    }

    /// <summary>The proposal can't be taken over any more: what became of it, and on with what stands here as a change of one's own.</summary>
    private async Task LearnDecisionAsync(Actor actor)
    {
        _session!.Decision = (await Drafts.FindAsync(_session.Id, actor, Cancelled))?.Decision;
        (_way, _preview) = (WayOf(_session, actor), null);
        if (!await IsAddedMeanwhileAsync(actor)) _sentence = T("Over dit voorstel is intussen al besloten. Wat u aanpaste, staat er nog.", "This proposal was decided on meanwhile. What you adjusted is still here.");
    }

    private string Gone => T("Dit staat er niet meer, of u mag het niet meer zien. Uw concept is bewaard.", "This object is gone, or you may not see it any more. Your draft is kept.");

    private void Show(IReadOnlyList<Problem> problems)
    {
        var words = new DifferenceWords(_session!.Kind, _session.Id, _session.Names, Language);
        _session.Tell(problems);
        foreach (var problem in problems.OrderBy(p => words.PlaceOf(p.Path))) _errors.Add(problem.Path.Length == 0 ? "inhoud" : EditSession.ElementId(problem.Path), (problem.Path.Length == 0 ? "" : words.Which(problem.Path, _session[problem.Path]) + ": ") + T(problem.Message));
        (_preview, _focusSummary) = (null, true);
    }

    private Task BackAsync()
    {
        // What is being saved is what was shown: what would be typed meanwhile would be in neither the register nor a draft.
        if (_isBusy) return Task.CompletedTask;
        (_preview, _reasonProblem, _focusTop) = (null, null, true);
        return Task.CompletedTask;
    }

    /// <summary>The choices were made on what stands there now; look again, since more may have happened.</summary>
    private Task ResolvedAsync() => BusyAsync(async () =>
    {
        var actor = await CurrentActorAsync();
        if (await Edits.FindAsync(_session!.Id, actor, Cancelled) is not { } view)
        {
            _sentence = Gone;
            return;
        }
        _view = view;
        _session.Stand(view);
        _session.Changes = _session.Changes.Against(view.Snapshot);
        _keeper!.Touch();
        if (_session.Changes.IsEmpty)
        {
            await DiscardAsync();
            _sentence = T("U hebt gekozen voor wat er al stond. Er is niets meer op te slaan.", "You chose what stood there already. There is nothing left to save.");
            _preview = null;
            return;
        }
        await LookAsync();
    });

    private Task SaveAsync(string? reason) => BusyAsync(async () =>
    {
        if (_way == SaveWay.Propose && InputText.Clean(reason) is null)
        {
            _reasonProblem = T("Schrijf erbij waarom u dit voorstelt.", "Write why you propose this.");
            return;
        }
        await _keeper!.FlushAsync();
        if (IsElsewhere()) return;
        var actor = await CurrentActorAsync();
        var outcome = _way switch
        {
            SaveWay.Propose => await Writer.ProposeAsync(Input(reason), actor, Cancelled),
            SaveWay.Accept => await Proposals.AcceptAsync(_session!.ProposalId!.Value, reason, actor, _session.Changes, _session.BaseRevision, Cancelled),
            _ => await Writer.SaveAsync(Input(reason), actor, Cancelled),
        };
        switch (outcome)
        {
            case EditOutcome.Saved saved:
                if (_way == SaveWay.Accept) await _keeper.DiscardAsync();
                var (isPublic, isMeeting) = (IsPublic(_session!["state"], _session["visibility"]), _session.Kind.Type == typeof(Meeting));
                (string, string)[] page = isMeeting ? [(MeetingAddress.Of(saved.Slug), T("Naar het overleg", "To the meeting"))] : isPublic ? [(WorkAddress.Public(_session.Kind, saved.Slug), T("Bekijk de pagina", "See the page"))] : [];
                var (isNew, kind, name, code) = (_session.IsNew, _session.Kind.Singular, Json.Text(_session["name"]), _session.Kind.NumberedAs is null ? null : saved.Slug.ToUpperInvariant());
                // A number is given at saving: here somebody hears it first.
                End(!isNew ? T("Uw wijziging is opgeslagen", "Your change is saved") : code is null ? T($"{kind.Nl} toegevoegd", $"{kind.En} added") : T($"{kind.Nl} toegevoegd: {code}", $"{kind.En} added: {code}"),
                    isPublic ? isNew ? code is null ? T($"‘{name}’ staat nu in het register.", $"‘{name}’ stands in the register now.") : T($"‘{name}’ staat nu in het register, met nummer {code}. Aan dat nummer is de actie overal te herkennen.", $"‘{name}’ stands in the register now, with number {code}. By that number the action is known everywhere.")
                        : T("De wijziging staat nu in het register. In de geschiedenis ziet u wat er is veranderd.", "The change stands in the register now. The history shows what was changed.")
                        : isMeeting ? T("Het overleg is niet openbaar. Wie is ingelogd en het mag lezen, vindt het bij Overleggen.", "The meeting is not public. Who signed in and may read it finds it under Meetings.")
                        : T("Het is nu niet openbaar. U vindt het terug op uw werkplek, bij ‘Niet openbaar’.", "It is not public now. You find it on your workplace, under ‘Not public’."),
                    [.. page, (WorkAddress.History(_session.Kind, saved.Slug), T("Bekijk de geschiedenis", "See the history")), ("/werkplek", T("Naar uw werkplek", "To your workplace"))]);
                break;
            case EditOutcome.Waiting waiting:
                End(_way == SaveWay.Propose ? T("Uw voorstel is ingediend", "Your proposal is sent") : _session!.IsNew ? T("Wat u toevoegt, wacht op een collega", "What you add waits for a colleague") : T("Uw wijziging wacht op een collega", "Your change waits for a colleague"), T("U krijgt bericht zodra erover is beslist.", "You will be told when it is decided on."),
                    [(WorkAddress.Proposal(waiting.ProposalId), T("Bekijk uw voorstel", "See your proposal")), ("/werkplek", T("Naar uw werkplek", "To your workplace"))]);
                break;
            case EditOutcome.Decided:
                await _keeper.DiscardAsync();
                End(T("Het voorstel is overgenomen", "The proposal is accepted"), T("Alles wat erin stond, stond er al. De indiener krijgt bericht.", "All that it held stood there already. The proposer will be told."),
                    [(WorkAddress.Proposal(_session!.ProposalId!.Value), T("Bekijk het voorstel", "See the proposal")), ("/werkplek", T("Naar uw werkplek", "To your workplace"))]);
                break;
            case EditOutcome.Unchanged when _way == SaveWay.Accept:
                await _keeper.DiscardAsync();
                End(T("Er was niets te wijzigen", "There was nothing to change"), T("Wat u van het voorstel overhield, staat er al. Het voorstel wacht nog op een besluit: neem het over of wijs het af.", "What you kept of the proposal stands there already. The proposal still waits for a decision: accept or reject it."),
                    [(WorkAddress.Proposal(_session!.ProposalId!.Value), T("Naar het voorstel", "To the proposal")), ("/werkplek", T("Naar uw werkplek", "To your workplace"))]);
                break;
            case EditOutcome.Unchanged:
                await _keeper.DiscardAsync();
                End(T("Er was niets te wijzigen", "There was nothing to change"), T("Wat u invulde, stond er al.", "What you filled in was there already."), [("/werkplek", T("Naar uw werkplek", "To your workplace"))]);
                break;
            case EditOutcome.Conflict conflict:
                _session!.Learn(await Edits.NamesAsync(conflict.Preview.Clashes.SelectMany(c => new[] { c.Base, c.Theirs, c.Mine }), actor, Cancelled));
                (_preview, _focusTop) = (conflict.Preview, true);
                break;
            case EditOutcome.Invalid { Problems: [{ Path: "" } only] }:
                _reasonProblem = T(only.Message);
                break;
            case EditOutcome.Invalid invalid:
                Show(invalid.Problems);
                break;
            default:
                if (_session!.IsTakingOver) await LearnDecisionAsync(actor);
                else if (!await IsAddedMeanwhileAsync(actor)) _sentence = Gone;
                break;
        }
    });

    private void End(string title, string words, IReadOnlyList<(string, string)> links)
    {
        _session!.Changes = new ChangeSet();
        _keeper!.Done();
        (_done, _preview, _focusTop) = (new Ending(title, words, links), null, true);
    }

    private async Task DiscardAsync()
    {
        var actor = await CurrentActorAsync();
        await _keeper!.DiscardAsync();
        if (_view is not null && await Edits.FindAsync(_view.Id, actor, Cancelled) is { } view) _view = view;
        await OpenAsync(_session!.Kind, actor);
        (_wasUnsaved, _focusTop) = (false, true);
    }

    private Task InsistAsync() => BusyAsync(async () =>
    {
        await _keeper!.InsistAsync();
        _focusTop = true;
    });

    private Task TakeOtherAsync() => BusyAsync(async () =>
    {
        var actor = await CurrentActorAsync();
        // The draft there may stand on a newer version.
        if (_view is not null && await Edits.FindAsync(_view.Id, actor, Cancelled) is { } view) _view = view;
        await OpenAsync(_session!.Kind, actor);
        (_preview, _focusTop) = (null, true);
    });

    /// <summary>One thing at a time: a second click while the first is being done does nothing. When something breaks, the page stays.</summary>
    private async Task BusyAsync(Func<Task> work)
    {
        if (_isBusy) return;
        (_isBusy, _sentence, _reasonProblem) = (true, null, null);
        _errors.Clear();
        try
        {
            await work();
        }
        catch (NotAllowedException)
        {
            _sentence = await RefusedAsync();
        }
        catch (Exception e) when (Outage.Is(e))
        {
            _sentence = T("De gegevens zijn even niet bereikbaar. Uw tekst staat hier nog. Probeer het over een minuut opnieuw.", "The data can't be reached for a moment. Your text is still here. Try again in a minute.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Past this page, the text that was not kept yet would go with the form.
            LogFailure(Log, e);
            _sentence = T("Er ging iets mis bij ons. Uw tekst staat hier nog. Probeer het opnieuw.", "Something went wrong on our side. Your text is still here. Please try again.");
        }
        finally
        {
            // The button stands far from the sentence that says what became of it.
            (_isBusy, _focusTold) = (false, _sentence is not null);
        }
    }

    /// <summary>Rights may be taken away while the form is open. Who may still propose goes on that way, with what was typed.</summary>
    private async Task<string> RefusedAsync()
    {
        var mayPropose = false;
        try
        {
            mayPropose = _way != SaveWay.Propose && Rights.Allows(await CurrentActorAsync(), Right.Propose);
        }
        catch (Exception e) when (Outage.Is(e))
        {
            // Whether they may propose can wait; the form stays.
        }
        if (!mayPropose)
            return T("U mag dit niet wijzigen. Er is niets veranderd; wat u typte is als concept bewaard.", "You are not allowed to change this. Nothing was changed; what you typed is kept as a draft.");
        _way = SaveWay.Propose;
        return T("U mag dit niet zelf wijzigen. Er is niets veranderd, en wat u typte staat er nog. U kunt het wel voorstellen aan wie dit bijhoudt.", "You are not allowed to change this yourself. Nothing was changed, and what you typed is still here. You can propose it to who keeps this.");
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        ElementReference? next = _focusSummary ? _errors.Any ? _summary : null : _focusTold && _sentence is not null ? _told : _focusTop ? _top : null;
        (_focusSummary, _focusTold, _focusTop) = (false, false, false);
        if (next is null) return;
        try
        {
            await next.Value.FocusAsync();
        }
        catch (Exception e) when (e is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // It was drawn away meanwhile: never a reason to lose the form.
        }
    }

    protected override void Dispose(bool disposing)
    {
        Close();
        base.Dispose(disposing);
    }
}
