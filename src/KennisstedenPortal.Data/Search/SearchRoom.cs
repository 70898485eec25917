using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace KennisstedenPortal.Data.Search;

/// <summary>
/// How many searches, maps and reports the database works on at once for one instance. They are the dear reads that anybody may
/// ask for: without a bound a crowd of them takes every connection from the pages that cost nothing.
/// </summary>
/// <param name="patience">How long somebody waits for a place before hearing that it is full.</param>
public sealed class SearchRoom(int places, TimeSpan patience) : IDisposable
{
    private const int TimeoutSeconds = 5;

    private readonly SemaphoreSlim _free = new(places, places);

    /// <summary>Takes a place, which is free again when the answer is disposed.</summary>
    /// <exception cref="SearchIsFullException">No place came free in time.</exception>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellation) =>
        await _free.WaitAsync(patience, cancellation) ? new Place(_free) : throw new SearchIsFullException();

    /// <summary>Does the work of a report or overview: in a place, and no statement for longer than a visitor waits.</summary>
    /// <param name="room">Null sets no bound.</param>
    /// <exception cref="SearchIsFullException">No place came free in time.</exception>
    /// <exception cref="SearchTooSlowException">The database gave up.</exception>
    internal static async Task<T> WithinAsync<T>(SearchRoom? room, PortalDbContext db, Func<Task<T>> work, CancellationToken cancellation)
    {
        if (room is null) return await work();
        using var place = await room.EnterAsync(cancellation);
        db.Database.SetCommandTimeout(TimeoutSeconds);
        try
        {
            return await work();
        }
        catch (Exception e) when ((e as NpgsqlException ?? e.InnerException as NpgsqlException) is { } cause && SearchTooSlowException.Explains(cause))
        {
            throw new SearchTooSlowException(e);
        }
    }

    public void Dispose() => _free.Dispose();

    private sealed class Place(SemaphoreSlim free) : IDisposable
    {
        private SemaphoreSlim? _free = free;

        public void Dispose() => Interlocked.Exchange(ref _free, null)?.Release();
    }
}

/// <summary>As many search as the portal can serve; somewhat later it can.</summary>
public sealed class SearchIsFullException() : Exception("Too many searches at once.");
