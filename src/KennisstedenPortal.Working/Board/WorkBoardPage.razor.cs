using KennisstedenPortal.Data;
using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Working.Shared;
using Microsoft.AspNetCore.Components;

namespace KennisstedenPortal.Working.Board;

/// <summary>
/// The board for who signed in: moves what somebody keeps by a form on the card, and shows what others change, on whatever
/// instance, by itself. It holds records only; nothing is tracked.
/// </summary>
public partial class WorkBoardPage
{
    /// <summary>Changes come in crowds; the board is read once for all that come within this time.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private const int NamedMost = 3;

    private sealed record Opened(EditView View, ActionStatus Status);

    [Inject] private SharedBoards Boards { get; set; } = default!;
    [Inject] private EditQuery Edits { get; set; } = default!;
    [Inject] private ObjectWriter Writer { get; set; } = default!;
    [Inject] private ReferenceData References { get; set; } = default!;
    [Inject] private RegisterGeneration Generation { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    private readonly ObjectKind _kind = KindRegistry.Of<AgendaAction>();
    private ReferenceSnapshot _reference = default!;
    private IReadOnlyList<BoardColumn>? _columns;
    private Actor? _actor;
    private ActionFilter _filter = new();
    private Opened? _open;
    private string? _told, _heard, _problem, _to, _why;
    private bool _isBad, _isBusy, _listens;
    private Guid? _whyOf;
    private int _waits;
    private long _seen;

    private bool NeedsReason => _open is { } open && Codes<ActionStatus>.TryParse(_to, out var to) && ActionFlow.NeedsReason(open.Status, to);

    protected override async Task OnInitializedAsync()
    {
        _reference = await References.GetAsync(Cancelled);
        // Before reading: what changes in between is read again.
        if (IsLive)
        {
            Generation.Moved += OnMoved;
            _listens = true;
        }
        await WhileAwayAsync(LoadAsync);
    }

    /// <summary>The database is away, or has too much to do.</summary>
    private static bool IsAway(Exception e) => Outage.Is(e) || e is SearchTooSlowException or SearchIsFullException;

    private async Task LoadAsync()
    {
        // Asked before reading: what is saved meanwhile is read again.
        _seen = Generation.Current;
        _actor = await CurrentActorAsync();
        _columns = await Boards.RunAsync(_filter, _actor, Cancelled);
    }

    private Task FilterAsync(ActionFilter filter) => WhileAwayAsync(async () =>
    {
        (_filter, _open, _told) = (filter, null, null);
        await LoadAsync();
        _heard = T("Het bord is gefilterd.", "The board is filtered.");
    });

    /// <summary>When the data can't be reached the board stays as it is, with what was typed on it.</summary>
    private async Task WhileAwayAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (IsAway(e))
        {
            (_told, _isBad) = (T("De gegevens zijn even niet bereikbaar. Er is niets veranderd. Probeer het over een minuut opnieuw.", "The data can't be reached for a moment. Nothing was changed. Try again in a minute."), true);
            GoOn("gezegd");
        }
    }

    private static string? Chosen(ChangeEventArgs e) => e.Value as string is { Length: > 0 } value ? value : null;
    private static string IdOf(ActionStatus status) => "kolom-" + Codes<ActionStatus>.Slug(status);
    private static string ButtonOf(Guid id) => $"verplaats-{id}";
    private bool MayMove(ActionRow card) => _actor is { } actor && Rights.Allows(actor, Right.Edit, new Resource(card.Id, card.OwnerId));

    private Task OpenAsync(ActionRow card) => WhileAwayAsync(async () =>
    {
        (_told, _problem) = (null, null);
        // After a conflict the reason that was typed is still there.
        if (_whyOf != card.Id) (_whyOf, _why) = (card.Id, null);
        if (await Edits.FindAsync(card.Id, await CurrentActorAsync(), Cancelled) is not { MayEdit: true } view || Json.Code<ActionStatus>(view.Snapshot["status"]) is not { } status)
        {
            await SayAsync(T($"{card.Code} is hier niet meer te verplaatsen.", $"{card.Code} can't be moved here any more."), isBad: true);
            return;
        }
        (_open, _to) = (new Opened(view, status), Codes<ActionStatus>.Code(ActionFlow.After(status)[0]));
        if (status != card.Status) await LoadAsync();
        GoOn("naar");
    });

    private void Close(Guid id)
    {
        _open = null;
        GoOn(ButtonOf(id));
    }

    private Task MoveAsync(ActionRow card) => WhileAwayAsync(async () =>
    {
        if (_open is not { } open || _isBusy) return;
        _isBusy = true;
        try
        {
            var changes = new ChangeSet([new("status", _to)]);
            if (InputText.Clean(_why) is { } why) changes.Set("statusReason", why);
            var outcome = await Writer.SaveAsync(new EditInput(open.View.Id, _kind, open.View.Revision, changes, T("Verplaatst op het bord", "Moved on the board")), await CurrentActorAsync(), Cancelled);
            switch (outcome)
            {
                case EditOutcome.Saved:
                    (_open, _whyOf) = (null, null);
                    await SayAsync(T($"{card.Code} staat nu in ‘{Label(_to)}’.", $"{card.Code} is now in ‘{Label(_to)}’."));
                    break;
                case EditOutcome.Waiting:
                    _open = null;
                    await SayAsync(T($"{card.Code}: een collega beslist over deze wijziging.", $"{card.Code}: a colleague decides on this change."));
                    break;
                case EditOutcome.Invalid invalid:
                    _problem = string.Join(" ", invalid.Problems.Select(p => T(p.Message)));
                    _heard = _problem;
                    GoOn("waarom");
                    break;
                case EditOutcome.Conflict:
                    _open = null;
                    await SayAsync(T($"Iemand anders wijzigde de status van {card.Code} intussen. U ziet nu hoe het staat; verplaats opnieuw als dat nog nodig is.", $"Somebody else changed the status of {card.Code} meanwhile. You see how it stands now; move it again if that is still needed."), isBad: true);
                    break;
                default:
                    _open = null;
                    await SayAsync(T($"{card.Code} stond al zo, of is er niet meer. Er is niets veranderd.", $"{card.Code} was already like that, or is gone. Nothing was changed."), isBad: true);
                    break;
            }
        }
        catch (NotAllowedException)
        {
            _open = null;
            await SayAsync(T($"U houdt {card.Code} niet meer bij. Er is niets veranderd.", $"You do not keep {card.Code} any more. Nothing was changed."), isBad: true);
        }
        finally
        {
            _isBusy = false;
        }
    });

    /// <summary>The whole column in the table, by the same filter.</summary>
    private string AllOf(ActionStatus status) => Href("/agenda/acties") + $"?soort={Codes<ActionStatus>.Slug(status)}" + (_filter.Element is { } element ? $"&onderdeel={element}" : "") + (_filter.City is { } city ? $"&stad={city}" : "");

    private string Label(string? code) => Codes<ActionStatus>.TryParse(code, out var status) ? T(Codes<ActionStatus>.Label(status)) : "";

    /// <summary>What came of it, on the screen and in the ear, with the board as it stands now.</summary>
    private async Task SayAsync(string words, bool isBad = false)
    {
        (_told, _isBad) = (words, isBad);
        await LoadAsync();
        GoOn("gezegd");
    }

    /// <summary>Only notes it: the thread is that of who saved, or of the listener.</summary>
    private void OnMoved(object? sender, EventArgs e)
    {
        if (Interlocked.Exchange(ref _waits, 1) == 0) _ = ReloadSoonAsync();
    }

    private async Task ReloadSoonAsync()
    {
        try
        {
            // One at a time: what is saved while the board is read is for the next round.
            do
            {
                await Task.Delay(Pause, Clock, Cancelled);
                await InvokeAsync(ReloadAsync);
                Volatile.Write(ref _waits, 0);
            }
            while (Generation.Current != Interlocked.Read(ref _seen) && Interlocked.Exchange(ref _waits, 1) == 0);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException || IsAway(e))
        {
            // Nobody looks any more, or the database is away: the next change reads it again.
            Volatile.Write(ref _waits, 0);
        }
    }

    private async Task ReloadAsync()
    {
        if (_columns is null) _seen = Generation.Current;
        // What this person does here reads the board itself.
        if (_isBusy || _columns is null || Generation.Current == _seen) return;
        var before = _columns.SelectMany(c => c.Cards).ToDictionary(c => c.Id);
        var counts = _columns.Select(c => c.Count).ToList();
        await LoadAsync();
        var cards = _columns.SelectMany(c => c.Cards).ToList();
        var moved = cards.Where(c => before.TryGetValue(c.Id, out var old) && old.Status != c.Status).ToList();
        if (moved.Count == 0 && counts.SequenceEqual(_columns.Select(c => c.Count)) && cards.Count == before.Count && cards.All(c => before.TryGetValue(c.Id, out var old) && old == c)) return;
        _heard = moved.Count is > 0 and <= NamedMost
            ? string.Join(" ", moved.Select(c => T($"{c.Code} staat nu in {T(Codes<ActionStatus>.Label(c.Status))}.", $"{c.Code} is now in {T(Codes<ActionStatus>.Label(c.Status))}.")))
            : T("Het bord is bijgewerkt.", "The board was updated.");
        // The form moves along with its card, and the focus with the form.
        if (_open is { } open && moved.Exists(c => c.Id == open.View.Id)) GoOn("naar");
        StateHasChanged();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _listens) Generation.Moved -= OnMoved;
        base.Dispose(disposing);
    }
}
