using System.Globalization;
using KennisstedenPortal.Domain.Agenda;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Reports;

/// <summary>An edition in a list.</summary>
public sealed record EditionItem(int Year, int Number, string Title, DateTimeOffset At, DateTimeOffset Since, DateTimeOffset MadeAt, string Organisation, bool IsWithdrawn)
{
    public string Name => $"{Year}-{Number}";
}

/// <param name="Item">With its withdrawal, detached.</param>
/// <param name="Report">Read from the frozen data.</param>
/// <param name="IsWhole">The data are still those that were frozen: their hash is the same.</param>
public sealed record EditionDetail(Edition Item, ProgressReport Report, bool IsWhole);

/// <summary>Frozen reports, from their own data only.</summary>
public sealed class EditionQuery(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>Editions on one page of the list.</summary>
    public const int PageSize = 50;

    /// <summary>Reads 2026-1.</summary>
    public static bool TryName(string? name, out int year, out int number)
    {
        (year, number) = (0, 0);
        // A number may end in zero bytes, for .NET.
        return name?.Split('-') is [{ Length: 4 } first, { Length: > 0 and <= 6 } second] && second[0] != '0' && name.All(c => char.IsAsciiDigit(c) || c == '-') && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out year) && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>The newest first.</summary>
    /// <param name="before">Only those before this one.</param>
    public async Task<IReadOnlyList<EditionItem>> ListAsync(string? before, int take, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        IQueryable<Edition> editions = db.Editions;
        if (TryName(before, out var year, out var number)) editions = editions.Where(e => e.Year < year || e.Year == year && e.Number < number);
        return await editions.OrderByDescending(e => e.Year).ThenByDescending(e => e.Number).Take(take)
            .Select(e => new EditionItem(e.Year, e.Number, e.Title, e.At, e.Since, e.MadeAt, e.Organisation, e.Withdrawal != null)).ToListAsync(cancellation);
    }

    /// <returns>Null when there is no such edition.</returns>
    public async Task<EditionDetail?> FindAsync(string name, CancellationToken cancellation)
    {
        if (!TryName(name, out var year, out var number)) return null;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Editions.AsNoTracking().Include(e => e.Withdrawal).FirstOrDefaultAsync(e => e.Year == year && e.Number == number, cancellation) is { } edition
            ? new EditionDetail(edition, ProgressReport.Parse(edition.Data), string.Equals(EditionWriter.HashOf(edition.Data), edition.Hash, StringComparison.Ordinal)) : null;
    }
}
