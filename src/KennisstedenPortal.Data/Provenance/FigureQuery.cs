using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Indicators;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Provenance;

/// <summary>What is needed to name a register object and to link to it.</summary>
public sealed record ObjectLink(string KindCode, string Slug, string Name);

/// <param name="Name">Null where only the code is known.</param>
public sealed record AreaName(string Code, string? Name, AreaKind Kind);

/// <param name="Item">With its indicator and source.</param>
/// <param name="Subject">What it is about; with an area, the object within that area.</param>
/// <param name="Others">What else is given for the same subject, indicator and period, with its source.</param>
public sealed record Figure(Observation Item, ObjectLink? Subject, AreaName? Area, IReadOnlyList<Observation> Others);

/// <summary>One figure by its permanent identity.</summary>
public sealed class FigureQuery(IDbContextFactory<PortalDbContext> contexts)
{
    /// <returns>Null when there is none, or when it is about something that is not public.</returns>
    public async Task<Figure?> ObservationAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var found = await db.Observations.AsNoTracking().Public(db).Include(o => o.Indicator).Include(o => o.Source).Where(o => o.Id == id)
            .Select(o => new
            {
                Item = o,
                Object = db.Objects.Where(x => x.Id == o.ObjectId).Select(x => new ObjectLink(EF.Property<string>(x, RegisterObjectConfiguration.Kind), x.Slug, x.Name)).FirstOrDefault(),
                Area = db.Areas.Where(a => a.Code == o.AreaCode).Select(a => new AreaName(a.Code, a.Name, a.Kind)).FirstOrDefault(),
            }).FirstOrDefaultAsync(cancellation);
        if (found is null) return null;
        var item = found.Item;
        var others = await db.Observations.AsNoTracking().Include(o => o.Source)
            .Where(o => o.Id != id && o.IndicatorCode == item.IndicatorCode && o.ObjectId == item.ObjectId && o.AreaCode == item.AreaCode && o.ReferencePeriod == item.ReferencePeriod && o.Segment == item.Segment)
            .OrderBy(o => o.Source!.Title).ThenBy(o => o.Id).ToListAsync(cancellation);
        return new Figure(item, found.Object, found.Area, others);
    }

    /// <summary>A figure of the source document with its check, or null.</summary>
    public async Task<DocumentClaim?> ClaimAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Claims.AsNoTracking().AsSingleQuery().Include(c => c.Indicator).Include(c => c.Citations).ThenInclude(c => c.Source).FirstOrDefaultAsync(c => c.Id == id, cancellation);
    }
}
