using System.Collections.Concurrent;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;

namespace KennisstedenPortal.Data.Agenda;

/// <summary>
/// The live board, read once for all of an instance who look at it with the same rights and filter: each change is told to all of
/// them at the same moment. What was read holds until the register changes or the day does.
/// </summary>
public sealed class SharedBoards(ActionsQuery actions, RegisterGeneration generation, TimeProvider time)
{
    /// <summary>More are not kept at once; the next begins anew.</summary>
    private const int Most = 200;

    private sealed record Key(long Generation, DateOnly Day, string Sees, ActionFilter Filter);

    private readonly ConcurrentDictionary<Key, Lazy<Task<IReadOnlyList<BoardColumn>>>> _boards = new();

    /// <inheritdoc cref="ActionsQuery.BoardAsync(ActionFilter, Actor, CancellationToken)"/>
    public async Task<IReadOnlyList<BoardColumn>> RunAsync(ActionFilter filter, Actor actor, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(filter);
        Rights.Demand(actor, Right.Propose);
        // Asked before reading: a board can never be older than its key says.
        var key = new Key(generation.Current, time.Today(), SeesOf(actor), filter);
        // What is old, and what could not be read.
        foreach (var gone in _boards.Where(b => b.Key.Generation < key.Generation || b.Key.Day < key.Day || b.Value is { IsValueCreated: true, Value.IsFaulted: true })) _boards.TryRemove(gone);
        if (_boards.Count >= Most) _boards.Clear();
        // Who asked first may leave while others wait.
        return await _boards.GetOrAdd(key, _ => new(() => actions.BoardAsync(filter, actor, CancellationToken.None))).Value.WaitAsync(cancellation);
    }

    /// <summary>What of the board depends on who looks.</summary>
    private static string SeesOf(Actor actor) => Rights.ReachOf(actor, Right.ReadSecretariat) == Reach.All ? "all" : $"{Rights.Allows(actor, Right.ReadPartners)} {string.Join(' ', actor.Scopes.Order())}";
}
