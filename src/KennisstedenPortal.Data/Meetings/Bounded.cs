using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Meetings;

/// <summary>The first of a list, and how many there are in all.</summary>
public sealed record Bounded<T>(IReadOnlyList<T> Rows, int Total)
{
    public int Left => Total - Rows.Count;
}

internal static class BoundedRows
{
    /// <summary>Counts only when there are more than it reads.</summary>
    public static async Task<Bounded<T>> FirstAsync<T>(this IQueryable<T> rows, int most, CancellationToken cancellation)
    {
        var first = await rows.Take(most + 1).ToListAsync(cancellation);
        return first.Count <= most ? new(first, first.Count) : new([.. first.Take(most)], await rows.CountAsync(cancellation));
    }
}
