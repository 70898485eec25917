namespace KennisstedenPortal.Data.Search;

/// <summary>
/// How many searches and maps the database works on at once for one instance. They are the dear reads that anybody may
/// ask for: without a bound a crowd of them takes every connection from the pages that cost nothing.
/// </summary>
/// <param name="patience">How long somebody waits for a place before hearing that it is full.</param>
public sealed class SearchRoom(int places, TimeSpan patience) : IDisposable
{
    private readonly SemaphoreSlim _free = new(places, places);

    /// <summary>Takes a place, which is free again when the answer is disposed.</summary>
    /// <exception cref="SearchIsFullException">No place came free in time.</exception>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellation) =>
        await _free.WaitAsync(patience, cancellation) ? new Place(_free) : throw new SearchIsFullException();

    public void Dispose() => _free.Dispose();

    private sealed class Place(SemaphoreSlim free) : IDisposable
    {
        private SemaphoreSlim? _free = free;

        public void Dispose() => Interlocked.Exchange(ref _free, null)?.Release();
    }
}

/// <summary>As many search as the portal can serve; somewhat later it can.</summary>
public sealed class SearchIsFullException() : Exception("Too many searches at once.");
