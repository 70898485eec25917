using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Registry;

public enum ListOrder
{
    [Label("Naam", "Name")] Name,
    [Label("Gemeente", "Municipality")] Municipality,
    [Label("Laatst gewijzigd", "Last changed")] Changed,
}

/// <summary>What a list shows. All members are valid values: the page checks what the address says first.</summary>
/// <param name="City">Slug of a kennisstad: what belongs to it, is in its region or stands in it.</param>
/// <param name="Theme">Code of any theme; an entry theme takes everything that rolls up to it.</param>
/// <param name="Sort">Slug of a sort of the kind, see <see cref="KindSorts"/>.</param>
/// <param name="Text">Part of the name, an alias or a subject.</param>
/// <param name="Page">From 1.</param>
public sealed record ListFilter(string? City = null, string? Theme = null, string? Sort = null, Verification? Verification = null,
    string? Text = null, ListOrder Order = ListOrder.Name, int Page = 1)
{
    public const int PageSize = 25;
    public const int TextMaxLength = 100;
    public const int MaxPage = 100_000;
}

/// <param name="Cities">Kennissteden it belongs to or whose region it is in.</param>
/// <param name="Themes">Entry themes, strongest first.</param>
public sealed record ListItem(Guid Id, string Slug, string Name, string? ShortName, Text? Sort, string? Summary, string? Municipality, IReadOnlyList<Link> Cities,
    IReadOnlyList<string> Themes, Verification Verification, Freshness Freshness, DateTimeOffset ChangedAt);

public sealed record Link(string Slug, string Name);

public sealed record ListPage(IReadOnlyList<ListItem> Items, int Total, int Page)
{
    public int Pages => Math.Max(1, (Total + ListFilter.PageSize - 1) / ListFilter.PageSize);
}

/// <summary>The public list of one kind.</summary>
public sealed class ListQuery(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    public async Task<ListPage> RunAsync(ObjectKind kind, ListFilter filter, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var query = Filter(db, kind, filter);
        var total = await query.CountAsync(cancellation);
        var ordered = filter.Order switch
        {
            ListOrder.Municipality => query.OrderBy(o => o.Municipality!.Name).ThenBy(o => o.Name),
            ListOrder.Changed => query.OrderByDescending(o => o.ChangedAt).ThenBy(o => o.Name),
            _ => query.OrderBy(o => o.Name),
        };
        var rows = await ordered.ThenBy(o => o.Id).Skip((filter.Page - 1) * ListFilter.PageSize).Take(ListFilter.PageSize)
            .Select(o => new
            {
                Item = o,
                // A kennisstad goes by its own name, not by the official one of its municipality.
                Municipality = db.Objects.OfType<City>().Where(c => c.MunicipalityCode == o.MunicipalityCode).Select(c => c.Name).FirstOrDefault() ?? o.Municipality!.Name,
                Cities = o.Relations.Where(r => (r.Kind == RelationKind.BelongsTo || r.Kind == RelationKind.Serves) && r.To!.State == ObjectState.Published && r.To.Visibility == Visibility.Public)
                    .OrderBy(r => r.Kind).Select(r => new Link(r.To!.Slug, r.To.Name)).ToList(),
                Themes = o.Specialisations.OrderBy(s => s.Strength == Strength.Core ? 0 : s.Strength == Strength.Strong ? 1 : s.Strength == Strength.Emerging ? 2 : 3)
                    .Select(s => s.Theme!.EntryThemeCode).ToList(),
            })
            .AsNoTracking().AsSingleQuery().ToListAsync(cancellation);
        var today = time.Today();
        return new ListPage([.. rows.Select(r => new ListItem(r.Item.Id, r.Item.Slug, r.Item.Name, (r.Item as Organisation)?.ShortName, KindSorts.LabelOf(r.Item), Summary(r.Item), r.Municipality,
            [.. r.Cities.Distinct()], [.. r.Themes.Distinct(StringComparer.Ordinal)], r.Item.Verification, r.Item.FreshnessOn(today), r.Item.ChangedAt))], total, filter.Page);
    }

    private static IQueryable<RegisterObject> Filter(PortalDbContext db, ObjectKind kind, ListFilter filter)
    {
        var query = db.Objects.Public().Where(o => EF.Property<string>(o, RegisterObjectConfiguration.Kind) == kind.Code);
        if (filter.City is { } city)
        {
            var municipality = db.Objects.OfType<City>().Where(c => c.Slug == city).Select(c => c.MunicipalityCode);
            query = query.Where(o => o.Relations.Any(r => (r.Kind == RelationKind.BelongsTo || r.Kind == RelationKind.Serves) && r.To is City && r.To.Slug == city)
                || municipality.Contains(o.MunicipalityCode) || o.OtherLocations.Any(l => municipality.Contains(l.MunicipalityCode)));
        }
        if (filter.Theme is { } theme) query = query.Where(o => o.Specialisations.Any(s => s.ThemeCode == theme || s.Theme!.EntryThemeCode == theme));
        if (filter.Sort is { } sort && KindSorts.Of(kind) is { } sorts) query = sorts.Filter(query, sort);
        if (filter.Verification is { } verification) query = query.Where(o => o.Verification == verification);
        if (filter.Text is { } text)
        {
            var pattern = $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            query = query.Where(o => EF.Functions.ILike(o.Name, pattern, "\\") || o.Aliases.Any(a => EF.Functions.ILike(a, pattern, "\\")) || o.Keywords.Any(k => EF.Functions.ILike(k, pattern, "\\"))
                || (o is Organisation && ((Organisation)o).ShortName != null && EF.Functions.ILike(((Organisation)o).ShortName!, pattern, "\\")));
        }
        return query;
    }

    private static string? Summary(RegisterObject item) => item.Description ?? (item.Keywords.Count > 0 ? string.Join(", ", item.Keywords) : null);
}
