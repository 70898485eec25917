using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Domain.Indicators;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Registry;

public sealed record HomeCity(Guid Id, string Slug, string Name, string MunicipalityCode, double? Latitude, double? Longitude, decimal? Population, string? PopulationPeriod, int Campuses, int Facilities, int RdConcentrations);

/// <param name="Counts">Public objects per kind code.</param>
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
        var groups = await db.Objects.Public().GroupBy(o => new { Kind = EF.Property<string>(o, RegisterObjectConfiguration.Kind), o.Verification, Confirmed = o.ConfirmedOn != null, Derived = o is Organisation && ((Organisation)o).IsDerived })
            .Select(g => new { g.Key.Kind, g.Key.Verification, g.Key.Confirmed, g.Key.Derived, Count = g.Count() }).ToListAsync(cancellation);
        var cities = await db.Objects.Public().OfType<City>().OrderBy(c => c.Name).Select(c => new HomeCity(c.Id, c.Slug, c.Name, c.MunicipalityCode!, c.Latitude, c.Longitude,
            c.Observations.Where(o => o.IndicatorCode == Population).OrderByDescending(o => o.PeriodStart).Select(o => o.Value).FirstOrDefault(),
            c.Observations.Where(o => o.IndicatorCode == Population).OrderByDescending(o => o.PeriodStart).Select(o => o.ReferencePeriod).FirstOrDefault(),
            c.InverseRelations.Where(r => r.From is Campus && r.From.State == ObjectState.Published && r.From.Visibility == Visibility.Public).Select(r => r.FromId).Distinct().Count(),
            c.InverseRelations.Where(r => r.From is Facility && r.From.State == ObjectState.Published && r.From.Visibility == Visibility.Public).Select(r => r.FromId).Distinct().Count(),
            c.InverseRelations.Where(r => r.From is RdConcentration && r.From.State == ObjectState.Published && r.From.Visibility == Visibility.Public).Select(r => r.FromId).Distinct().Count())).ToListAsync(cancellation);
        var claims = await db.Claims.AsNoTracking().Include(c => c.Indicator).Include(c => c.Citations).ThenInclude(c => c.Source).ToDictionaryAsync(c => c.Code, StringComparer.Ordinal, cancellation);
        return new HomeData(groups.GroupBy(g => g.Kind, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(x => x.Count), StringComparer.Ordinal), groups.Where(g => g.Derived).Sum(g => g.Count), cities, claims,
            groups.GroupBy(g => g.Verification).ToDictionary(g => g.Key, g => g.Sum(x => x.Count)), groups.Where(g => g.Confirmed).Sum(g => g.Count), groups.Sum(g => g.Count));
    }
}
