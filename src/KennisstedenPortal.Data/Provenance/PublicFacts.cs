using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain.Indicators;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Provenance;

/// <summary>
/// Facts that anybody may read: those that belong to nothing hidden. A relation belongs to both its ends. Examples are kept
/// apart, since they count nowhere (product rule 10).
/// </summary>
internal static class PublicFacts
{
    public static IQueryable<RegisterObject> PublicAndReal(this IQueryable<RegisterObject> objects) =>
        objects.Public().Where(o => o.Verification != Verification.Example);

    /// <summary>Figures about what is public, and about areas, which hide nothing.</summary>
    public static IQueryable<Observation> Public(this IQueryable<Observation> observations, PortalDbContext db)
    {
        var objects = db.Objects.Public();
        return observations.Where(f => f.ObjectId == null || objects.Any(o => o.Id == f.ObjectId));
    }

    public static IQueryable<Observation> PublicAndReal(this IQueryable<Observation> observations, PortalDbContext db)
    {
        var objects = db.Objects.PublicAndReal();
        return observations.Where(f => f.Verification != Verification.Example && (f.ObjectId == null || objects.Any(o => o.Id == f.ObjectId)));
    }

    public static IQueryable<Relation> PublicAndReal(this IQueryable<Relation> relations, PortalDbContext db)
    {
        var objects = db.Objects.PublicAndReal();
        return relations.Where(r => r.Verification != Verification.Example && (r.ReportedById == null || r.ConfirmedOn != null) && objects.Any(o => o.Id == r.FromId) && objects.Any(o => o.Id == r.ToId));
    }

    public static IQueryable<Specialisation> PublicAndReal(this IQueryable<Specialisation> specialisations, PortalDbContext db)
    {
        var objects = db.Objects.PublicAndReal();
        return specialisations.Where(s => s.Verification != Verification.Example && objects.Any(o => o.Id == s.ObjectId));
    }

    public static IQueryable<Citation> Public(this IQueryable<Citation> citations, PortalDbContext db)
    {
        var objects = db.Objects.Public();
        return citations.Where(c => (c.ObjectId == null || objects.Any(o => o.Id == c.ObjectId))
            && (c.RelationId == null || db.Relations.Any(r => r.Id == c.RelationId && objects.Any(o => o.Id == r.FromId) && objects.Any(o => o.Id == r.ToId)))
            && (c.SpecialisationId == null || db.Specialisations.Any(s => s.Id == c.SpecialisationId && objects.Any(o => o.Id == s.ObjectId))));
    }

    public static IQueryable<Citation> PublicAndReal(this IQueryable<Citation> citations, PortalDbContext db)
    {
        var (objects, relations, specialisations) = (db.Objects.PublicAndReal(), db.Relations.PublicAndReal(db), db.Specialisations.PublicAndReal(db));
        return citations.Where(c => (c.ObjectId == null || objects.Any(o => o.Id == c.ObjectId))
            && (c.RelationId == null || relations.Any(r => r.Id == c.RelationId))
            && (c.SpecialisationId == null || specialisations.Any(s => s.Id == c.SpecialisationId))
            && (c.ThemeCode == null || db.Themes.Any(t => t.Code == c.ThemeCode && t.Verification != Verification.Example))
            && (c.IndicatorCode == null || db.Indicators.Any(i => i.Code == c.IndicatorCode && i.Verification != Verification.Example))
            && (c.ClaimId == null || db.Claims.Any(x => x.Id == c.ClaimId && x.Verification != Verification.Example))
            && (c.AgendaElementId == null || db.AgendaElements.Any(e => e.Id == c.AgendaElementId && e.Verification != Verification.Example)));
    }

    /// <summary>
    /// Sources that have a page: something public rests on them (an example too, since its page links to its source), or
    /// nothing does yet. A source that only serves what is hidden would give that away.
    /// </summary>
    public static IQueryable<Source> Readable(this IQueryable<Source> sources, PortalDbContext db)
    {
        var (citations, observations) = (db.Citations.Public(db), db.Observations.Public(db));
        return sources.Where(s => citations.Any(c => c.SourceId == s.Id) || observations.Any(o => o.SourceId == s.Id)
            || !db.Citations.Any(c => c.SourceId == s.Id) && !db.Observations.Any(o => o.SourceId == s.Id));
    }
}
