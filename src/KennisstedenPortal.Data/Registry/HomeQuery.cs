using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Indicators;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Registry;

public sealed record HomeCity(Guid Id, string Slug, string Name, string MunicipalityCode, double? Latitude, double? Longitude, decimal? Population, string? PopulationPeriod, int Campuses, int Facilities, int RdConcentrations);

/// <param name="Counts">Public objects per kind code. No figure here counts an example.</param>
/// <param name="DerivedOrganisations">Of these, organisations that are known by name only.</param>
/// <param name="Claims">Figures of the source document by code.</param>
public sealed record HomeData(IReadOnlyDictionary<string, int> Counts, int DerivedOrganisations, IReadOnlyList<HomeCity> Cities, IReadOnlyDictionary<string, DocumentClaim> Claims,
    IReadOnlyDictionary<Verification, int> Verifications, int Confirmed, int Total);

/// <summary>The front page.</summary>
public sealed class HomeQuery(IDbContextFactory<PortalDbContext> contexts)
{
    private const string Population = "POP_TOTAL";

    public async Task<HomeData> RunAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        // Kept by every write (SearchIndex): grouping a million objects took seconds.
        var totals = await db.Set<SearchTotal>().AsNoTracking().Where(t => !t.Facet.StartsWith(Facet.Within) && !t.Facet.StartsWith(Facet.Example + Facet.Within)).ToDictionaryAsync(t => t.Facet, t => t.Count, StringComparer.Ordinal, cancellation);
        int Total(string facet) => Facet.Real(totals, facet);
        int Belonging<T>(string city) where T : RegisterObject => Total(Facet.OfBelonging(KindRegistry.Of<T>().Code, city));

        var cities = await db.Objects.Public().OfType<City>().OrderBy(c => c.Name).Select(c => new HomeCity(c.Id, c.Slug, c.Name, c.MunicipalityCode!, c.Latitude, c.Longitude,
            c.Observations.Where(o => o.IndicatorCode == Population).OrderByDescending(o => o.PeriodStart).Select(o => o.Value).FirstOrDefault(),
            c.Observations.Where(o => o.IndicatorCode == Population).OrderByDescending(o => o.PeriodStart).Select(o => o.ReferencePeriod).FirstOrDefault(), 0, 0, 0))
            .ToListAsync(cancellation);
        var claims = await db.Claims.AsNoTracking().Include(c => c.Indicator).Include(c => c.Citations).ThenInclude(c => c.Source).ToDictionaryAsync(c => c.Code, StringComparer.Ordinal, cancellation);
        return new HomeData(KindRegistry.All.ToDictionary(k => k.Code, k => Total(Facet.Of(Facet.Kind, k.Code)), StringComparer.Ordinal), Total(Facet.NameOnly),
            cities.ConvertAll(c => c with { Campuses = Belonging<Campus>(c.Slug), Facilities = Belonging<Facility>(c.Slug), RdConcentrations = Belonging<RdConcentration>(c.Slug) }), claims,
            Codes<Verification>.All.ToDictionary(v => v, v => Total(Facet.Of(Facet.Verification, Codes<Verification>.Slug(v)))), Total(Facet.Confirmed), Total(Facet.All));
    }
}
