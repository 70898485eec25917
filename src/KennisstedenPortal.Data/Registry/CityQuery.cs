using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Registry;

/// <summary>An object on the page of a city.</summary>
/// <param name="Nearness">Computed from the municipality it stands in.</param>
/// <param name="Belongs">It belongs to the city or to its region; else it only stands in or next to it.</param>
/// <param name="OtherCity">The kennisstad it belongs to instead, if any.</param>
public sealed record CityObject(string KindCode, string Slug, string Name, Text? Sort, string? Municipality, string? MunicipalityCode, Nearness Nearness, RelationKind? Belongs, string? OtherCity, string? Summary, Place? Place);

public sealed record NeighbourArea(string Code, string? Name, double? SharedBorderKm, string? CitySlug);

/// <param name="Objects">At most <see cref="CityQuery.Most"/> of a kind: first what belongs to the city or stands in it, then what is next to it, each by name.</param>
/// <param name="Counts">Per kind code, exact whatever is shown: what belongs to the city or stands in it.</param>
/// <param name="Near">The same: what stands in its municipality or in one next to it.</param>
/// <param name="IsCut">Codes of the kinds of which there is more than is shown.</param>
public sealed record CitySurroundings(IReadOnlyList<CityObject> Objects, IReadOnlyDictionary<string, int> Counts, IReadOnlyDictionary<string, int> Near, IReadOnlySet<string> IsCut, IReadOnlyList<NeighbourArea> Neighbours, string? CoropName)
{
    /// <summary>What one end says belongs to the city and the other has not confirmed; at most <see cref="CityQuery.Most"/>. It counts nowhere.</summary>
    public IReadOnlyList<ReportedObject> Reported { get; init; } = [];

    /// <summary>Actions of the agenda that the city owns or that are about it, examples included and marked; at most <see cref="CityQuery.MostActions"/>, and one more when there are more.</summary>
    public IReadOnlyList<OwnAction> Actions { get; init; } = [];
}

/// <summary>An object that would belong to a city by a relation which only one end has told.</summary>
/// <param name="By">Name of that end.</param>
public sealed record ReportedObject(string KindCode, string Slug, string Name, RelationKind Relation, string By);

/// <summary>What stands in, next to, or belongs to a kennisstad; examples left out (product rule 10).</summary>
public sealed class CityQuery(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>Of each kind; the fullest city has some forty organisations now. Who wants to see all has the list.</summary>
    public const int Most = 150;
    public const int MostActions = 20;

    private static readonly string[] Kinds = [.. KindRegistry.All.Where(k => k.Type != typeof(City) && !k.Type.IsSubclassOf(typeof(AgendaObject))).Select(k => k.Code)];

    public async Task<CitySurroundings> RunAsync(RegisterObject city, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var code = city.MunicipalityCode;
        var neighbours = await db.Neighbours.Where(n => n.MunicipalityCode == code)
            .Join(db.Areas, n => n.NeighbourCode, a => a.Code, (n, a) => new NeighbourArea(a.Code, a.Name, n.SharedBorderKm,
                db.Objects.Public().OfType<City>().Where(c => c.MunicipalityCode == a.Code).Select(c => c.Slug).FirstOrDefault()))
            .ToListAsync(cancellation);
        var around = neighbours.Select(n => n.Code).ToList();
        var (own, next) = (Facet.Of(Facet.City, city.Slug), around.Select(c => Facet.Of(Facet.Municipality, c)).ToList());
        var nearby = next.Append(Facet.Of(Facet.Municipality, code ?? "")).ToList();
        var keys = Kinds.SelectMany(k => nearby.Append(own).Select(f => Facet.OfKind(k, f))).SelectMany(k => new[] { k, Facet.Example + k }).ToList();
        var totals = await db.Set<SearchTotal>().AsNoTracking().Where(t => keys.Contains(t.Facet)).ToDictionaryAsync(t => t.Facet, t => t.Count, StringComparer.Ordinal, cancellation);
        int Total(string kind, string facet) => Facet.Real(totals, Facet.OfKind(kind, facet));

        var (ids, cut) = (new List<Guid>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var kind in Kinds)
        {
            var found = Total(kind, own) == 0 ? [] : await IdsAsync(db.SearchEntries.Where(e => e.Kind == kind && new[] { own }.All(f => e.Facets.Contains(f))), Most + 1, cancellation);
            // Organisations next door are not of this city.
            if (found.Count <= Most && kind != KindRegistry.Of<Organisation>().Code && next.Any(f => Total(kind, f) > 0))
                found.AddRange(await IdsAsync(db.SearchEntries.Where(e => e.Kind == kind && next.Any(f => e.Facets.Contains(f)) && !e.Facets.Contains(own)), Most + 1 - found.Count, cancellation));
            if (found.Count > Most) cut.Add(kind);
            ids.AddRange(found.Take(Most));
        }
        var rows = await db.Objects.AsNoTracking().AsSplitQuery().Public().Where(o => ids.Contains(o.Id))
            .Include(o => o.Relations.Where(r => (r.Kind == RelationKind.BelongsTo || r.Kind == RelationKind.Serves || r.Kind == RelationKind.LocatedOn) && (r.ReportedById == null || r.ConfirmedOn != null) && r.To!.State == ObjectState.Published && r.To.Visibility == Visibility.Public)).ThenInclude(r => r.To)
            .OrderBy(o => o.Name).ToListAsync(cancellation);
        var standsIn = rows.Select(o => o.MunicipalityCode).Distinct(StringComparer.Ordinal).ToList();
        var municipalities = await db.Areas.Where(a => standsIn.Contains(a.Code)).Select(a => new { a.Code, a.Name, a.InteriorLatitude, a.InteriorLongitude }).ToDictionaryAsync(a => a.Code, StringComparer.Ordinal, cancellation);
        var corop = await db.Areas.Where(a => a.Code == code).Join(db.Areas, a => a.CoropCode, c => c.Code, (_, c) => c.Name).FirstOrDefaultAsync(cancellation);
        var reported = await db.Relations.Where(r => r.ToId == city.Id && r.ReportedById != null && r.ConfirmedOn == null && r.From!.State == ObjectState.Published && r.From.Visibility == Visibility.Public)
            .OrderBy(r => r.From!.Name).Take(Most).Select(r => new ReportedObject(EF.Property<string>(r.From!, Configurations.RegisterObjectConfiguration.Kind), r.From!.Slug, r.From.Name, r.Kind, r.ReportedById == city.Id ? city.Name : r.From.Name)).ToListAsync(cancellation);
        var actions = await AgendaActions.FirstAsync(db, ActionFacet.Of(ActionFacet.City, city.Slug), examples: true, MostActions + 1, cancellation);
        var roles = await AgendaActions.RolesAsync(db, city.Id, actions, cancellation);
        var objects = rows.OrderBy(o => (o as Organisation)?.Type).Select(o =>
        {
            var municipality = municipalities.GetValueOrDefault(o.MunicipalityCode ?? "");
            return new CityObject(KindRegistry.Of(o).Code, o.Slug, o.Name, KindSorts.LabelOf(o), municipality?.Name, o.MunicipalityCode,
                string.Equals(o.MunicipalityCode, code, StringComparison.Ordinal) ? Nearness.In : around.Contains(o.MunicipalityCode, StringComparer.Ordinal) ? Nearness.Adjacent : Nearness.Elsewhere,
                o.Relations.Where(r => r.ToId == city.Id).Select(r => (RelationKind?)r.Kind).FirstOrDefault(),
                o.Relations.Any(r => r.ToId == city.Id) ? null : o.Relations.Where(r => r.Kind is RelationKind.BelongsTo or RelationKind.Serves).Select(r => r.To!.Name).FirstOrDefault(),
                o.Keywords.Count > 0 ? string.Join(", ", o.Keywords) : null, DetailQuery.PlaceOf(o, municipality?.InteriorLatitude, municipality?.InteriorLongitude));
        });
        return new CitySurroundings([.. objects], Kinds.ToDictionary(k => k, k => Total(k, own), StringComparer.Ordinal), Kinds.ToDictionary(k => k, k => nearby.Sum(f => Total(k, f)), StringComparer.Ordinal), cut,
            [.. neighbours.OrderBy(n => n.Name, StringComparer.Create(new("nl-NL"), ignoreCase: true))], corop)
        {
            Reported = reported,
            Actions = [.. actions.Select(a => new OwnAction(a, [.. roles[a.Slug]]))],
        };
    }

    private static Task<List<Guid>> IdsAsync(IQueryable<SearchEntry> entries, int most, CancellationToken cancellation) =>
        entries.Where(e => e.Verification != Verification.Example).OrderBy(e => e.Name).ThenBy(e => e.ObjectId).Select(e => e.ObjectId).Take(most).ToListAsync(cancellation);
}
