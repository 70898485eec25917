using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Indicators;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Registry;

/// <summary>A kennisstad in or next to which something stands.</summary>
public sealed record NearCity(string Slug, string Name, Nearness Nearness);

/// <summary>An R&amp;D concentration with all that the count rests on.</summary>
/// <param name="Nearness">Null when the municipality is unknown.</param>
/// <param name="Cities">The kennisstad it stands in first, then those it stands next to.</param>
public sealed record NearSite(string Slug, string Name, Sector? Sector, string? MunicipalityCode, string? Municipality, Nearness? Nearness, IReadOnlyList<NearCity> Cities, Verification Verification, Place? Place);

/// <summary>A kennisstad with what stands in and next to it.</summary>
public sealed record CityNearness(Link City, CityTally Tally);

/// <param name="Sites">Everything that is counted: nearest first, then by municipality and name.</param>
/// <param name="Cities">By name.</param>
/// <param name="On">Day on which the register stood like this.</param>
/// <param name="Changed">Last change to anything on the list; null when it is empty.</param>
/// <param name="Claims">What the source document says: how many there are, how many near, and what it concludes from that.</param>
public sealed record NearnessData(NearnessCount Count, IReadOnlyList<NearSite> Sites, IReadOnlyList<CityNearness> Cities, DateOnly On, DateOnly? Changed, IReadOnlyList<DocumentClaim> Claims);

/// <summary>
/// How many R&amp;D concentrations of the register are in, next to and outside the kennissteden. What is not public, archived or
/// an example takes no part, neither as a concentration nor as a kennisstad.
/// </summary>
public sealed class NearnessQuery(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    public const string TotalClaim = "claim-conc-total", NearClaim = "claim-conc-near", ShareClaim = "claim-private-share", PrivateClaim = "claim-private-now";

    private static readonly string[] ClaimCodes = [TotalClaim, NearClaim, ShareClaim, PrivateClaim];

    public async Task<NearnessData> RunAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var cities = await db.Objects.Public().OfType<City>().Where(c => c.Verification != Verification.Example && c.MunicipalityCode != null)
            .OrderBy(c => c.Name).Select(c => new { c.Slug, c.Name, Municipality = c.MunicipalityCode! }).ToListAsync(cancellation);
        var codes = cities.Select(c => c.Municipality).ToList();
        var map = new NearnessMap(await db.Neighbours.AsNoTracking().Where(n => codes.Contains(n.NeighbourCode)).ToListAsync(cancellation));
        var rows = await db.Objects.AsNoTracking().Public().OfType<RdConcentration>().Where(r => r.Verification != Verification.Example)
            .Include(r => r.Relations.Where(l => l.Kind == RelationKind.LocatedOn && (l.ReportedById == null || l.ConfirmedOn != null) && l.To!.State == ObjectState.Published && l.To.Visibility == Visibility.Public)).ThenInclude(l => l.To)
            .AsSingleQuery().ToListAsync(cancellation);
        var standsIn = rows.Select(r => r.MunicipalityCode).Distinct(StringComparer.Ordinal).ToList();
        var municipalities = await db.Areas.Where(a => standsIn.Contains(a.Code)).Select(a => new { a.Code, a.Name, a.InteriorLatitude, a.InteriorLongitude })
            .ToDictionaryAsync(a => a.Code, StringComparer.Ordinal, cancellation);
        var claims = await db.Claims.AsNoTracking().Include(c => c.Indicator).Include(c => c.Citations).ThenInclude(c => c.Source).AsSplitQuery().Where(c => ClaimCodes.Contains(c.Code)).ToListAsync(cancellation);

        var sites = rows.Select(r =>
        {
            var municipality = municipalities.GetValueOrDefault(r.MunicipalityCode ?? "");
            var near = map.Near(r.MunicipalityCode, codes).Select(n => new NearCity(Of(n.CityMunicipality).Slug, Of(n.CityMunicipality).Name, n.Nearness)).ToList();
            // A kennisstad goes by its own name, not by the official one of its municipality.
            var name = near is [{ Nearness: Nearness.In, Name: var own }, ..] ? own : municipality?.Name;
            return new NearSite(r.Slug, r.Name, r.Sector, r.MunicipalityCode, name, r.MunicipalityCode is null ? null : map.ToAny(r.MunicipalityCode, codes), near, r.Verification,
                DetailQuery.PlaceOf(r, municipality?.InteriorLatitude, municipality?.InteriorLongitude));
        });
        var count = new NearnessCount(rows.Select(r => new CountedSite(r.MunicipalityCode, r.Sector)), codes, map);
        return new NearnessData(count,
            [.. sites.OrderBy(s => s.Nearness is null).ThenBy(s => s.Nearness).ThenBy(s => s.Municipality, Dutch.Alphabet).ThenBy(s => s.Name, Dutch.Alphabet).ThenBy(s => s.Slug, StringComparer.Ordinal)],
            [.. count.Cities.Select(t => new CityNearness(Of(t.CityMunicipality), t))], time.Today(), rows.Count == 0 ? null : Dutch.Day(rows.Max(r => r.ChangedAt)), [.. claims.OrderBy(c => ClaimCodes.IndexOf(c.Code))]);

        Link Of(string code) => cities.Where(c => string.Equals(c.Municipality, code, StringComparison.Ordinal)).Select(c => new Link(c.Slug, c.Name)).First();
    }
}
