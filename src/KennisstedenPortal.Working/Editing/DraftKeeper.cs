using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Domain.Access;

namespace KennisstedenPortal.Working.Editing;

public enum DraftState
{
    /// <summary>Nothing was typed that is not saved.</summary>
    None,
    Waiting,
    Kept,
    /// <summary>It could not be kept just now; it is tried again.</summary>
    Failed,
    /// <summary>Another tab or device went on with this draft.</summary>
    Elsewhere,
    TooLarge,
    /// <summary>There is no such object to keep a draft of.</summary>
    NoObject,
}

/// <summary>
/// Keeps what is typed on one form on the server, at most once per <see cref="Interval"/> while typing goes on. When the
/// database is away it tries until it is back; the text stays on the form meanwhile.
/// </summary>
/// <param name="actor">Who works, asked anew each time.</param>
/// <param name="dispatch">Runs on the page, so that nothing changes while it draws.</param>
public sealed class DraftKeeper(DraftStore store, EditSession session, TimeProvider time, Func<Task<Actor>> actor, Func<Func<Task>, Task> dispatch) : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(700), Again = TimeSpan.FromSeconds(3);

    private ITimer? _timer;
    private bool _isSet, _isGone, _wentOn;
    private Task _keeping = Task.CompletedTask;

    public DraftState State { get; private set; }
    public DateTimeOffset? KeptAt { get; private set; }
    public int Version { get; private set; }

    public event EventHandler? StateChanged;

    /// <summary>Goes on with a draft that was there.</summary>
    public void Resume(DraftView draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        (Version, KeptAt) = (draft.Version, draft.ChangedAt);
        Become(DraftState.Kept);
    }

    /// <summary>Something was typed.</summary>
    public void Touch()
    {
        if (State is DraftState.Elsewhere || _isGone) return;
        _wentOn = true;
        if (State is not DraftState.Failed) Become(DraftState.Waiting);
        Plan(Interval);
    }

    /// <summary>Keeps what is there now, if it was not kept yet.</summary>
    public async Task FlushAsync()
    {
        // What is on its way may be older than what stands here by now.
        if (!_keeping.IsCompleted) await _keeping;
        if (State is DraftState.Waiting or DraftState.Failed or DraftState.TooLarge) await KeepAsync();
    }

    /// <summary>The person chose this text over what another tab or device kept.</summary>
    public async Task InsistAsync()
    {
        Version = (await store.FindAsync(session.Id, await actor()))?.Version ?? 0;
        Become(DraftState.Waiting);
        await KeepAsync();
    }

    public async Task DiscardAsync()
    {
        await store.DiscardAsync(session.Id, await actor(), Version);
        Done();
    }

    /// <summary>What was typed is saved: there is no draft any more.</summary>
    public void Done()
    {
        _timer?.Dispose();
        (_isSet, Version, KeptAt) = (false, 0, null);
        Become(DraftState.None);
    }

    private Task KeepAsync()
    {
        if (_keeping.IsCompleted) return _keeping = KeepNowAsync();
        Plan(Interval);
        return Task.CompletedTask;
    }

    private async Task KeepNowAsync()
    {
        try
        {
            var person = await actor();
            _wentOn = false;
            if (session.Changes.IsEmpty)
            {
                await store.DiscardAsync(session.Id, person, Version);
                Done();
                // What was typed while the draft was thrown away has none yet.
                if (_wentOn) Touch();
                return;
            }
            var (outcome, version) = await store.KeepAsync(session.Id, session.Kind, session.BaseRevision, session.Changes, Version, person, session.ProposalId, session.Reason);
            if (outcome == DraftOutcome.Kept) (Version, KeptAt) = (version, time.GetUtcNow());
            // What was typed while it was being kept waits for the next time.
            Become(outcome switch { DraftOutcome.Kept => _wentOn ? DraftState.Waiting : DraftState.Kept, DraftOutcome.TooLarge => DraftState.TooLarge, DraftOutcome.NoObject => DraftState.NoObject, _ => DraftState.Elsewhere });
        }
        catch (Exception e) when (e is not (NotAllowedException or OperationCanceledException))
        {
            Become(DraftState.Failed);
            Plan(Again);
        }
    }

    private void Plan(TimeSpan after)
    {
        if (_isSet || _isGone) return;
        _isSet = true;
        _timer?.Dispose();
        _timer = time.CreateTimer(_ => _ = dispatch(() =>
        {
            _isSet = false;
            return _isGone ? Task.CompletedTask : KeepAsync();
        }), null, after, Timeout.InfiniteTimeSpan);
    }

    private void Become(DraftState state)
    {
        State = state;
        StateChanged?.Invoke(this, EventArgs.Empty);
    }

    public void Dispose()
    {
        _isGone = true;
        _timer?.Dispose();
    }
}
