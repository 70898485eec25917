using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.History;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.History;

/// <summary>An older version, ready to be put back.</summary>
/// <param name="Number">The version.</param>
/// <param name="At">Since when it stood.</param>
/// <param name="Input">The change, for <see cref="ObjectWriter"/>: on the present revision, with its reason.</param>
/// <param name="Kept">Labels' paths that differ but stay as they are now.</param>
/// <param name="Names">What identities and codes in old and new values are called.</param>
public sealed record Restoration(HistorySubject Subject, int Number, DateTimeOffset At, EditInput Input, IReadOnlyCollection<string> Kept, IReadOnlyDictionary<string, string> Names);

/// <summary>Puts an older value or a whole older version back: as a new change, so that what stood in between stays in the history.</summary>
public sealed class RestoreQuery(IDbContextFactory<PortalDbContext> contexts)
{
    /// <param name="only">Paths to put back; null is the whole version.</param>
    /// <returns>Null when there is no such object or version for this actor.</returns>
    /// <exception cref="NotAllowedException">The actor does not keep the object.</exception>
    public async Task<Restoration?> FindAsync(ObjectKind kind, string slug, int number, Actor actor, IReadOnlyCollection<string>? only = null, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Edit);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (await HistoryQuery.FindAsync(db, kind, slug, actor, cancellation) is not var (subject, eyes)) return null;
        var resource = new Resource(subject.Id, await db.Objects.Where(o => o.Id == subject.Id).Select(o => o.StewardId).FirstAsync(cancellation));
        Rights.Demand(actor, Right.Edit, resource);
        if (await HistoryQuery.NumberedAsync(db, subject.Id, number, cancellation) is not { } then) return null;
        // The snapshot of now, not of the last revision: it may hold fields that are younger.
        var (revision, now) = (await Snapshots.BuildAsync(db, [subject.Id], cancellation))[subject.Id];

        var there = await TellableAsync(db, then.Snapshot, cancellation);
        var plan = new RestorePlan(kind, subject.Id, then.Snapshot, now, there.Contains, right => Rights.Allows(actor, right, resource)).Build(only);
        var differences = plan.Changes.Values.Select(c => new Difference(c.Key, now[c.Key]?.DeepClone(), c.Value?.DeepClone())).ToList();
        return new Restoration(subject, then.Number, then.At, new EditInput(subject.Id, kind, revision, plan.Changes, $"{OwnReason.PutBack} {Dutch.Local(then.At).ToString("d MMMM yyyy, HH:mm", System.Globalization.CultureInfo.GetCultureInfo("nl-NL"))}"),
            plan.Kept, await HistoryQuery.NamesAsync(db, differences, eyes.Readable(db), cancellation));
    }

    /// <summary>What of the identities and codes in a version can be referred to now.</summary>
    private static async Task<HashSet<string>> TellableAsync(PortalDbContext db, JsonObject snapshot, CancellationToken cancellation)
    {
        var (ids, codes) = (new HashSet<Guid>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var text in snapshot.SelectMany(p => EditQuery.Texts(p.Value).Append(ChangeSet.KeyOf(p.Key))))
            if (Guid.TryParse(text, out var id)) ids.Add(id);
            else codes.Add(text);
        var (someIds, someCodes) = (ids.ToArray(), codes.ToArray());
        var there = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in await db.Objects.Where(o => someIds.Contains(o.Id) && o.State == ObjectState.Published).Select(o => o.Id)
            .Concat(db.Sources.Where(s => someIds.Contains(s.Id)).Select(s => s.Id)).Concat(db.Observations.Where(o => someIds.Contains(o.Id)).Select(o => o.Id)).ToListAsync(cancellation)) there.Add(id.ToString());
        there.UnionWith(await db.Themes.Where(t => someCodes.Contains(t.Code) && t.TaxonomyCode == Taxonomy.EntryCode).Select(t => t.Code)
            .Concat(db.AgendaElements.Where(e => someCodes.Contains(e.Code)).Select(e => e.Code)).Concat(db.Areas.Where(a => someCodes.Contains(a.Code)).Select(a => a.Code)).Concat(db.Indicators.Where(i => someCodes.Contains(i.Code)).Select(i => i.Code)).ToListAsync(cancellation));
        return there;
    }
}
