using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Provenance;

/// <summary>What the register holds, as far as its checking is concerned.</summary>
public enum FactSort
{
    [Label("Objecten", "Objects")] Item,
    [Label("Cijfers", "Figures")] Observation,
    [Label("Relaties", "Relations")] Relation,
    [Label("Specialisaties en thema's", "Specialisations and themes")] Specialisation,
}

/// <param name="Group">Code of the kind, or slug of the kennisstad, that the facts belong to; null for figures about areas.</param>
/// <param name="Verification">Null where nothing has been recorded about checking.</param>
/// <param name="Freshness">Of objects only: other facts are confirmed with theirs.</param>
public sealed record FactCount(FactSort Sort, string? Group, Verification? Verification, Freshness? Freshness, int Count);

/// <param name="ByKind">A relation counts with the kind it starts from.</param>
/// <param name="ByCity">What belongs to a kennisstad or its region or stands in it; so a fact can count with two cities.</param>
public sealed record ProvenanceCounts(IReadOnlyList<FactCount> ByKind, IReadOnlyList<FactCount> ByCity);

/// <summary>How far the register has been checked, and how current it is. Examples are left out.</summary>
public sealed class ProvenanceQuery(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    public async Task<ProvenanceCounts> RunAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var today = time.Today();
        var objects = db.Objects.PublicAndReal();
        var facts = objects.Select(o => new Fact
        {
            Sort = FactSort.Item,
            ObjectId = o.Id,
            Verification = o.Verification,
            Freshness = o.ConfirmedOn == null ? Freshness.Unconfirmed : o.ReviewBy < today ? Freshness.Due : Freshness.Current,
        })
            .Concat(db.Observations.PublicAndReal(db).Select(o => new Fact { Sort = FactSort.Observation, ObjectId = o.ObjectId, Verification = o.Verification, Freshness = null }))
            .Concat(db.Relations.PublicAndReal(db).Select(r => new Fact { Sort = FactSort.Relation, ObjectId = r.FromId, Verification = r.Verification, Freshness = null }))
            .Concat(db.Specialisations.PublicAndReal(db).Select(s => new Fact { Sort = FactSort.Specialisation, ObjectId = s.ObjectId, Verification = s.Verification, Freshness = null }));

        var byKind = await CountAsync(
            from fact in facts
            join o in objects on fact.ObjectId equals o.Id into owners
            from owner in owners.DefaultIfEmpty()
            select new Grouped { Group = owner == null ? null : EF.Property<string>(owner, RegisterObjectConfiguration.Kind), Fact = fact }, cancellation);
        // The same objects as the list of a kind shows for a kennisstad, and the city itself.
        var cities = objects.OfType<City>();
        var members = cities.Select(c => new { c.Slug, c.Id })
            .Union(cities.Join(db.Objects, c => c.MunicipalityCode, o => o.MunicipalityCode, (c, o) => new { c.Slug, o.Id }))
            .Union(cities.Join(db.Set<ObjectLocation>(), c => c.MunicipalityCode, l => l.MunicipalityCode, (c, l) => new { c.Slug, Id = l.ObjectId }))
            .Union(cities.Join(db.Relations.Where(r => r.Kind == RelationKind.BelongsTo || r.Kind == RelationKind.Serves), c => c.Id, r => r.ToId, (c, r) => new { c.Slug, Id = r.FromId }));
        var byCity = await CountAsync(
            from fact in facts
            join member in members on fact.ObjectId equals member.Id
            select new Grouped { Group = member.Slug, Fact = fact }, cancellation);
        return new ProvenanceCounts(byKind, byCity);
    }

    private static Task<List<FactCount>> CountAsync(IQueryable<Grouped> facts, CancellationToken cancellation) =>
        facts.GroupBy(f => new { f.Fact.Sort, f.Group, f.Fact.Verification, f.Fact.Freshness })
            .Select(g => new FactCount(g.Key.Sort, g.Key.Group, g.Key.Verification, g.Key.Freshness, g.Count())).ToListAsync(cancellation);

    private sealed class Fact
    {
        public required FactSort Sort { get; init; }
        public required Guid? ObjectId { get; init; }
        public required Verification? Verification { get; init; }
        public required Freshness? Freshness { get; init; }
    }

    private sealed class Grouped
    {
        public required string? Group { get; init; }
        public required Fact Fact { get; init; }
    }
}
