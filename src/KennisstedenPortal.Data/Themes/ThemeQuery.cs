using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Themes;

/// <summary>An object that works on a theme.</summary>
/// <param name="Item">Detached; of what belongs to it only the links below are loaded.</param>
/// <param name="Cities">Kennissteden it belongs to or whose region it is in.</param>
/// <param name="Links">What is recorded about it under this theme, with theme, taxonomy and sources; strongest first.</param>
public sealed record ThemeObject(RegisterObject Item, string? Municipality, IReadOnlyList<Link> Cities, IReadOnlyList<Specialisation> Links)
{
    /// <summary>The highest strength recorded; strengths are never added up. Null when none is.</summary>
    public Strength? Strength => Links[0].Strength;
}

/// <summary>The objects of one kind that work on a theme.</summary>
/// <param name="Total">How many there are; each counts once.</param>
/// <param name="Items">The first <see cref="ThemeQuery.Shown"/>: strongest first, then by name.</param>
public sealed record ThemeGroup(ObjectKind Kind, int Total, IReadOnlyList<ThemeObject> Items);

/// <summary>An official code that rolls up to an entry theme.</summary>
/// <param name="Reason">Why the editors put it there.</param>
/// <param name="Objects">Objects recorded under exactly this code.</param>
public sealed record OfficialCode(Theme Theme, string? Reason, int Objects);

/// <summary>A link with another code, read from the code whose page it is.</summary>
/// <param name="IsInverse">It was recorded from the other code to this one.</param>
public sealed record ThemeTie(ThemeMappingKind Kind, bool IsInverse, Theme Other, string? Reason, Verification Verification);

/// <summary>A facility or R&amp;D concentration by which an organisation comes into a theme.</summary>
public sealed record PlaceOfOrganisation(RelationKind Relation, ObjectKind Kind, string Slug, string Name);

/// <summary>An organisation that hosts or owns something that works on a theme: derived, not recorded about the organisation itself.</summary>
public sealed record OrganisationBehind(string Slug, string Name, OrganisationType Type, Verification Verification, IReadOnlyList<PlaceOfOrganisation> Places);

/// <param name="Theme">Detached, with taxonomy and sources.</param>
/// <param name="Entry">The entry theme to which it rolls up; an entry theme has itself.</param>
/// <param name="RollUpReason">Why it rolls up there; null for an entry theme, or when no reason was given.</param>
/// <param name="Children">Codes that have this one as their parent.</param>
/// <param name="Codes">For an entry theme, the official codes that roll up to it; else empty.</param>
/// <param name="Ties">Links with codes of other official taxonomies, the roll-up left out.</param>
/// <param name="Groups">Per kind, in the order of the registry; kinds without any object are left out.</param>
/// <param name="Behind">Most places first. Organisations that are in a group themselves are left out.</param>
public sealed record ThemeDetail(Theme Theme, Theme Entry, string? RollUpReason, Theme? Parent, IReadOnlyList<Theme> Children, IReadOnlyList<OfficialCode> Codes,
    IReadOnlyList<ThemeTie> Ties, IReadOnlyList<ThemeGroup> Groups, IReadOnlyList<OrganisationBehind> Behind)
{
    public bool IsEntry => string.Equals(Theme.TaxonomyCode, Taxonomy.EntryCode, StringComparison.Ordinal);

    /// <summary>The objects of one kind, or null when there are none.</summary>
    public ThemeGroup? Of<T>() where T : RegisterObject => Groups.FirstOrDefault(g => g.Kind.Type == typeof(T));
}

/// <summary>One theme: an entry theme with everything that rolls up to it, or an official code with what is recorded under it.</summary>
public sealed class ThemeQuery(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>Objects shown per kind; a list filtered by the theme shows all.</summary>
    public const int Shown = 12;

    /// <returns>Null when there is no such code.</returns>
    public async Task<ThemeDetail?> RunAsync(string code, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var theme = await db.Themes.AsNoTracking().AsSingleQuery().Include(t => t.Taxonomy).ThenInclude(t => t!.Citations).ThenInclude(c => c.Source)
            .Include(t => t.Citations).ThenInclude(c => c.Source).FirstOrDefaultAsync(t => t.Code == code, cancellation);
        if (theme is null) return null;

        var mappings = await db.ThemeMappings.AsNoTracking().Where(m => m.FromCode == code || m.ToCode == code).ToListAsync(cancellation);
        var tied = mappings.Select(m => m.FromCode).Concat(mappings.Select(m => m.ToCode)).Append(theme.EntryThemeCode).Append(theme.ParentCode ?? code).Distinct(StringComparer.Ordinal).ToList();
        var others = await db.Themes.AsNoTracking().AsSingleQuery().Include(t => t.Taxonomy).Include(t => t.Citations).ThenInclude(c => c.Source)
            .Where(t => t.Code != code && (tied.Contains(t.Code) || t.EntryThemeCode == code || t.ParentCode == code)).OrderBy(t => t.Taxonomy!.Rank).ThenBy(t => t.Rank).ToListAsync(cancellation);
        var byCode = others.Append(theme).ToDictionary(t => t.Code, StringComparer.Ordinal);
        var rollUps = mappings.Where(m => m.Kind == ThemeMappingKind.RollsUpTo && string.Equals(m.ToCode, theme.EntryThemeCode, StringComparison.Ordinal)).ToDictionary(m => m.FromCode, m => m.Reason, StringComparer.Ordinal);

        var groups = await GroupsAsync(db, code, cancellation);
        var rolledUp = others.Where(t => string.Equals(t.EntryThemeCode, code, StringComparison.Ordinal)).ToList();
        var direct = rolledUp.Count == 0 ? [] : await DirectAsync(db, code, cancellation);
        return new ThemeDetail(theme, byCode[theme.EntryThemeCode], rollUps.GetValueOrDefault(code), theme.ParentCode is { } parent ? byCode[parent] : null,
            [.. others.Where(t => string.Equals(t.ParentCode, code, StringComparison.Ordinal))],
            [.. rolledUp.Select(t => new OfficialCode(t, rollUps.GetValueOrDefault(t.Code), direct.GetValueOrDefault(t.Code)))],
            [.. mappings.Where(m => m.Kind != ThemeMappingKind.RollsUpTo).Select(m => Tie(m, code, byCode)).OrderBy(t => t.Kind).ThenBy(t => t.IsInverse).ThenBy(t => t.Other.Taxonomy!.Rank).ThenBy(t => t.Other.Rank)],
            groups, await BehindAsync(db, code, cancellation));
    }

    private static ThemeTie Tie(ThemeMapping mapping, string code, Dictionary<string, Theme> byCode)
    {
        var isInverse = string.Equals(mapping.ToCode, code, StringComparison.Ordinal);
        return new ThemeTie(mapping.Kind, isInverse, byCode[isInverse ? mapping.FromCode : mapping.ToCode], mapping.Reason, mapping.Verification);
    }

    private static async Task<IReadOnlyList<ThemeGroup>> GroupsAsync(PortalDbContext db, string code, CancellationToken cancellation)
    {
        var under = ThemeScope.Under(code);
        var objects = db.Objects.Real().Where(o => o.Specialisations.AsQueryable().Any(under));
        var totals = await objects.GroupBy(o => EF.Property<string>(o, RegisterObjectConfiguration.Kind)).Select(g => new { Kind = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Kind, g => g.Count, StringComparer.Ordinal, cancellation);
        if (totals.Count == 0) return [];

        // The first of every kind in one round trip.
        var first = totals.Keys.Order(StringComparer.Ordinal).Select(kind => objects.Where(o => EF.Property<string>(o, RegisterObjectConfiguration.Kind) == kind)
            .OrderBy(o => o.Specialisations.AsQueryable().Where(under).Min(s => (int?)(s.Strength == Strength.Core ? 0 : s.Strength == Strength.Strong ? 1 : s.Strength == Strength.Emerging ? 2 : 3)))
            .ThenBy(o => o.Name).ThenBy(o => o.Id).Take(Shown).Select(o => o.Id)).Aggregate((a, b) => a.Concat(b));
        var rows = await db.Objects.AsNoTracking().Where(o => first.Contains(o.Id)).OrderBy(o => o.Name).ThenBy(o => o.Id)
            .Select(o => new
            {
                Item = o,
                // A kennisstad goes by its own name, not by the official one of its municipality.
                Municipality = db.Objects.OfType<City>().Where(c => c.MunicipalityCode == o.MunicipalityCode).Select(c => c.Name).FirstOrDefault() ?? o.Municipality!.Name,
                Cities = o.Relations.Where(r => (r.Kind == RelationKind.BelongsTo || r.Kind == RelationKind.Serves) && (r.ReportedById == null || r.ConfirmedOn != null) && r.To!.State == ObjectState.Published && r.To.Visibility == Visibility.Public)
                    .OrderBy(r => r.Kind).Select(r => new Link(r.To!.Slug, r.To.Name)).ToList(),
            }).AsSingleQuery().ToListAsync(cancellation);
        var ids = rows.Select(r => r.Item.Id).ToList();
        var links = (await db.Specialisations.AsNoTracking().AsSingleQuery().Include(s => s.Theme).ThenInclude(t => t!.Taxonomy).Include(s => s.Citations).ThenInclude(c => c.Source)
            .Where(s => ids.Contains(s.ObjectId)).Where(under).ToListAsync(cancellation)).OrderBy(s => s.Strength is null).ThenBy(s => s.Strength).ThenBy(s => s.Theme!.Rank).ToLookup(s => s.ObjectId);
        return [.. rows.GroupBy(r => KindRegistry.Of(r.Item)).Select(g => new ThemeGroup(g.Key, totals[g.Key.Code],
                [.. g.Select(r => new ThemeObject(r.Item, r.Municipality, [.. r.Cities.Distinct()], [.. links[r.Item.Id]])).OrderBy(o => o.Strength is null).ThenBy(o => o.Strength)]))
            .OrderBy(g => KindRegistry.All.ToList().IndexOf(g.Kind))];
    }

    private static Task<Dictionary<string, int>> DirectAsync(PortalDbContext db, string entry, CancellationToken cancellation) =>
        db.Objects.Real().SelectMany(o => o.Specialisations.AsQueryable().Where(ThemeScope.Under(entry)).Select(s => s.ThemeCode))
            .GroupBy(c => c).Select(g => new { Code = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Code, g => g.Count, StringComparer.Ordinal, cancellation);

    private static async Task<IReadOnlyList<OrganisationBehind>> BehindAsync(PortalDbContext db, string code, CancellationToken cancellation)
    {
        var under = ThemeScope.Under(code);
        var places = db.Objects.Real().Where(o => o.Specialisations.AsQueryable().Any(under));
        var organisations = db.Objects.Real().OfType<Organisation>().Where(o => !o.Specialisations.AsQueryable().Any(under));
        var rows = await db.Relations.Where(r => (r.Kind == RelationKind.HostedBy || r.Kind == RelationKind.OwnedBy) && (r.ReportedById == null || r.ConfirmedOn != null) && r.Verification != Verification.Example)
            .Join(places, r => r.FromId, o => o.Id, (r, o) => new { r.Kind, r.ToId, Place = o })
            .Join(organisations, r => r.ToId, o => o.Id, (r, o) => new { o.Id, o.Slug, o.Name, o.Type, o.Verification, r.Kind, PlaceKind = EF.Property<string>(r.Place, RegisterObjectConfiguration.Kind), PlaceSlug = r.Place.Slug, PlaceName = r.Place.Name })
            .ToListAsync(cancellation);
        return [.. rows.GroupBy(r => (r.Id, r.Slug, r.Name, r.Type, r.Verification))
            .Select(g => new OrganisationBehind(g.Key.Slug, g.Key.Name, g.Key.Type, g.Key.Verification,
                [.. g.OrderBy(r => r.PlaceName, Dutch.Alphabet).Select(r => new PlaceOfOrganisation(r.Kind, KindRegistry.OfCode(r.PlaceKind), r.PlaceSlug, r.PlaceName)).Distinct()]))
            .OrderByDescending(o => o.Places.Count).ThenBy(o => o.Name, Dutch.Alphabet)];
    }
}
