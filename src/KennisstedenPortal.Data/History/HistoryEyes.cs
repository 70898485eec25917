using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.History;

/// <summary>
/// What a reader may see of the past of one object: never more than of its present. A version from when the object was not
/// theirs to read stays closed, and so does what hangs on objects that are closed to them now.
/// </summary>
/// <param name="Actor">Null is the public.</param>
/// <param name="SeesAll">Keeps the object: sees every version, all that belongs to it, and who did what.</param>
internal sealed record HistoryEyes(Actor? Actor, bool SeesAll)
{
    public static HistoryEyes Of(Actor? actor, Guid id, Guid? stewardId) => new(actor, actor is not null && Rights.Allows(actor, Right.Edit, new Resource(id, stewardId)));

    /// <summary>Codes of the visibilities that the reader has.</summary>
    public string[] Visibilities => SeesAll || Actor is not null && Rights.ReachOf(Actor, Right.ReadSecretariat) == Reach.All ? [.. Codes<Visibility>.All.Select(Codes<Visibility>.Code)]
        : Actor is not null && Rights.Allows(Actor, Right.ReadPartners) ? [Codes<Visibility>.Code(Visibility.Public), Codes<Visibility>.Code(Visibility.Partners)]
        : [Codes<Visibility>.Code(Visibility.Public)];

    /// <summary>Objects whose name may be told.</summary>
    public IQueryable<RegisterObject> Readable(PortalDbContext db) => Actor is null ? db.Objects.Public() : db.Objects.ReadableBy(Actor);

    /// <summary>Whether the reader may see a version at all.</summary>
    public bool Opens(JsonObject snapshot) => SeesAll
        || Json.Code<ObjectState>(snapshot["state"]) == ObjectState.Published && Visibilities.Contains(Json.Text(snapshot["visibility"]), StringComparer.Ordinal);

    /// <summary>Takes out of a version what the reader may not see.</summary>
    /// <returns>How many relations were taken out.</returns>
    public async Task<int> CloseAsync(PortalDbContext db, Guid id, JsonObject snapshot, CancellationToken cancellation)
    {
        var visibilities = Visibilities;
        foreach (var path in snapshot.Where(p => ChangeSet.SectionOf(p.Key) is "swot" or "exchange" && !visibilities.Contains(Json.Text((p.Value as JsonObject)?["visibility"]), StringComparer.Ordinal)).Select(p => p.Key).ToList())
            snapshot.Remove(path);

        var relations = snapshot.Where(p => ChangeSet.SectionOf(p.Key) == "relation").Select(p => (Path: p.Key, Other: OtherEnd(p.Value, id))).ToList();
        var evidence = snapshot.Where(p => ChangeSet.SectionOf(p.Key) == "swot").SelectMany(p => EvidenceOf(p.Value)).ToList();
        var milestones = snapshot.Where(p => ChangeSet.SectionOf(p.Key) == "milestone").Select(p => p.Value).OfType<JsonObject>().ToList();
        var carried = snapshot.Where(p => ChangeSet.SectionOf(p.Key) == "commitment").Select(p => p.Value).OfType<JsonObject>().ToList();
        var commitments = snapshot.Where(p => ChangeSet.SectionOf(p.Key) == "commitment").Select(p => (Path: p.Key, Party: Json.Id((p.Value as JsonObject)?["party"]))).ToList();
        var points = snapshot.Where(p => ChangeSet.SectionOf(p.Key) == "point").Select(p => p.Value).OfType<JsonObject>().ToList();
        var asked = relations.Select(r => r.Other).Concat(evidence.Select(e => Json.Id(e["object"]))).Concat(milestones.Select(m => Json.Id(m["evidenceObject"]))).Concat(commitments.Select(c => c.Party)).Concat(carried.Select(c => Json.Id(c["carriedOutIn"]))).Concat(points.SelectMany(p => PointObjects.Select(m => Json.Id(p[m])))).OfType<Guid>().Distinct().ToArray();
        var readable = asked.Length == 0 ? [] : (await Readable(db).Where(o => asked.Contains(o.Id)).Select(o => o.Id).ToListAsync(cancellation)).ToHashSet();
        var closed = relations.Where(r => r.Other is not { } other || !readable.Contains(other)).ToList();
        foreach (var (path, _) in closed) snapshot.Remove(path);
        foreach (var (path, _) in commitments.Where(c => c.Party is not { } party || !readable.Contains(party))) snapshot.Remove(path);
        foreach (var commitment in carried.Where(c => Json.Id(c["carriedOutIn"]) is { } action && !readable.Contains(action))) commitment.Remove("carriedOutIn");
        foreach (var point in points)
            foreach (var member in PointObjects.Where(m => Json.Id(point[m]) is { } subject && !readable.Contains(subject))) point.Remove(member);
        foreach (var milestone in milestones.Where(m => Json.Id(m["evidenceObject"]) is { } subject && !readable.Contains(subject)))
        {
            milestone.Remove("evidenceObject");
            milestone[Milestone.ClosedEvidence] = true;
        }
        foreach (var item in evidence.Where(e => Json.Id(e["object"]) is { } subject && !readable.Contains(subject)).ToList()) item.Parent!.AsArray().Remove(item);
        return closed.Count;
    }

    /// <summary>Members of an agenda point that name an object.</summary>
    private static readonly string[] PointObjects = ["action", "party"];

    public static IEnumerable<JsonObject> EvidenceOf(JsonNode? swot) => (swot as JsonObject)?["evidence"] is JsonArray items ? items.OfType<JsonObject>() : [];

    /// <summary>The other end of a relation in a snapshot.</summary>
    public static Guid? OtherEnd(JsonNode? relation, Guid id) => relation is JsonObject node ? Json.Id(node["from"]) is { } from && from != id ? from : Json.Id(node["to"]) : null;
}
