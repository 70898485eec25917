using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Themes;

/// <summary>A kennisstad with the highest of its strengths in an entry theme.</summary>
public sealed record StrongCity(string Slug, string Name, Strength Strength);

/// <param name="Counts">Per kind code, the objects that work on it under any code that rolls up to it; each counts once.</param>
/// <param name="Cities">Strongest first; equals by name.</param>
public sealed record EntryThemeSummary(Theme Theme, IReadOnlyDictionary<string, int> Counts, IReadOnlyList<StrongCity> Cities);

/// <param name="Official">The official taxonomies with their themes and sources.</param>
/// <param name="Direct">Objects recorded under exactly this code, per official code; a code without any is absent.</param>
public sealed record ThemeIndex(IReadOnlyList<EntryThemeSummary> Entries, IReadOnlyList<Taxonomy> Official, IReadOnlyDictionary<string, int> Direct);

/// <summary>All themes: the leading list with what rolls up to it, and the official taxonomies behind it.</summary>
public sealed class ThemesQuery(IDbContextFactory<PortalDbContext> contexts)
{
    public async Task<ThemeIndex> RunAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var taxonomies = await db.Taxonomies.AsNoTracking().AsSplitQuery().Include(t => t.Themes.OrderBy(x => x.Rank)).Include(t => t.Citations).ThenInclude(c => c.Source)
            .OrderBy(t => t.Rank).ToListAsync(cancellation);
        var links = db.Objects.Real().SelectMany(o => o.Specialisations.AsQueryable().Where(ThemeScope.IsReal),
            (o, s) => new { o.Id, Kind = EF.Property<string>(o, RegisterObjectConfiguration.Kind), s.ThemeCode, Entry = s.Theme!.EntryThemeCode });
        var counts = await links.Select(l => new { l.Entry, l.Kind, l.Id }).Distinct().GroupBy(l => new { l.Entry, l.Kind }).Select(g => new { g.Key.Entry, g.Key.Kind, Count = g.Count() }).ToListAsync(cancellation);
        var direct = await links.GroupBy(l => l.ThemeCode).Select(g => new { Code = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Code, g => g.Count, StringComparer.Ordinal, cancellation);
        var strong = await db.Objects.Real().OfType<City>().SelectMany(c => c.Specialisations.AsQueryable().Where(ThemeScope.IsReal).Where(s => s.Strength != null),
            (c, s) => new { c.Slug, c.Name, Entry = s.Theme!.EntryThemeCode, Strength = s.Strength!.Value }).ToListAsync(cancellation);

        var countsOf = counts.ToLookup(c => c.Entry, StringComparer.Ordinal);
        var citiesOf = strong.ToLookup(s => s.Entry, StringComparer.Ordinal);
        return new ThemeIndex(
            [.. taxonomies.Where(IsEntry).SelectMany(t => t.Themes).Select(t => new EntryThemeSummary(t,
                countsOf[t.Code].ToDictionary(c => c.Kind, c => c.Count, StringComparer.Ordinal),
                [.. citiesOf[t.Code].GroupBy(s => (s.Slug, s.Name)).Select(g => new StrongCity(g.Key.Slug, g.Key.Name, g.Min(s => s.Strength))).OrderBy(c => c.Strength).ThenBy(c => c.Name, Dutch.Alphabet)]))],
            [.. taxonomies.Where(t => !IsEntry(t))],
            direct);
    }

    private static bool IsEntry(Taxonomy taxonomy) => string.Equals(taxonomy.Code, Taxonomy.EntryCode, StringComparison.Ordinal);
}
