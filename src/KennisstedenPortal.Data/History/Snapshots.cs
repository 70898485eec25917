using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.History;

/// <summary>
/// An object as JSON: a flat map from path to value. Fields stand under their name, everything that belongs to the object
/// under <c>sort/key</c> (<c>relation/…</c>, <c>theme/…</c>, <c>citation/…</c>), so that two snapshots compare key by key.
/// </summary>
internal static class Snapshots
{
    private const int BatchSize = 250;
    public static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<Dictionary<Guid, (int Revision, JsonObject Snapshot)>> BuildAsync(PortalDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var result = new Dictionary<Guid, (int, JsonObject)>(ids.Count);
        foreach (var batch in ids.Chunk(BatchSize))
        {
            var items = await Whole(db.Objects.AsNoTracking().Where(o => batch.Contains(o.Id))).ToListAsync(cancellation);
            await LoadAgendaAsync(db, items, cancellation);
            foreach (var item in items) result[item.Id] = (item.Revision, Of(item));
        }
        return result;
    }

    /// <summary>With everything that stands in a snapshot (for objects of the agenda see <see cref="LoadAgendaAsync"/>): what is changed and what is remembered are loaded by one list.</summary>
    public static IQueryable<RegisterObject> Whole(IQueryable<RegisterObject> objects) => objects.AsSplitQuery()
        .Include(o => o.OtherLocations).Include(o => o.Provenance).Include(o => o.ExternalKeys)
        .Include(o => o.Citations)
        .Include(o => o.Specialisations).ThenInclude(s => s.Citations)
        .Include(o => o.Relations).ThenInclude(r => r.Citations)
        .Include(o => o.InverseRelations).ThenInclude(r => r.Citations)
        .Include(o => o.Observations)
        .Include(o => o.Swot).ThenInclude(s => s.Evidence)
        .Include(o => o.Exchanges);

    /// <summary>What only objects of the agenda have; objects of other kinds cost nothing.</summary>
    public static async Task LoadAgendaAsync(PortalDbContext db, IEnumerable<RegisterObject> items, CancellationToken cancellation)
    {
        var objects = items.OfType<AgendaObject>().ToDictionary(a => a.Id);
        if (objects.Count == 0) return;
        var ids = objects.Keys.ToArray();
        // What is tracked ties itself to its object.
        var tracked = db.Entry(objects.Values.First()).State != EntityState.Detached;
        IQueryable<T> Of<T>(IQueryable<T> rows) where T : class => tracked ? rows : rows.AsNoTracking();
        static void Add<T>(ICollection<T> to, T row)
        {
            if (!to.Contains(row)) to.Add(row);
        }
        foreach (var e in await Of(db.Set<ObjectElement>().Include(e => e.Element!.Parent)).Where(e => ids.Contains(e.ObjectId)).ToListAsync(cancellation)) Add(objects[e.ObjectId].Elements, e);
        foreach (var c in await Of(db.Commitments).Where(c => ids.Contains(c.ObjectId)).ToListAsync(cancellation)) Add(objects[c.ObjectId].Commitments, c);
        ids = [.. objects.Values.OfType<Meeting>().Select(m => m.Id)];
        if (ids.Length > 0)
            foreach (var p in await Of(db.AgendaPoints).Where(p => ids.Contains(p.MeetingId)).ToListAsync(cancellation)) Add(((Meeting)objects[p.MeetingId]).Points, p);
        ids = [.. objects.Values.OfType<AgendaAction>().Select(a => a.Id)];
        if (ids.Length == 0) return;
        foreach (var m in await Of(db.Milestones).Where(m => ids.Contains(m.ActionId)).ToListAsync(cancellation)) Add(((AgendaAction)objects[m.ActionId]).Milestones, m);
    }

    /// <summary>The object with all that belongs to it, as it stands in memory.</summary>
    public static JsonObject Of(RegisterObject item)
    {
        var kind = KindRegistry.Of(item);
        var map = new JsonObject { ["kind"] = kind.Code, ["slug"] = item.Slug };
        foreach (var field in kind.Fields) map[field.Name] = Value(field.Read(item));
        foreach (var l in item.OtherLocations) map[$"location/{l.MunicipalityCode}"] = true;
        foreach (var p in item.Provenance)
            map[$"provenance/{p.Field}"] = Node(("verification", p.Verification), ("note", p.Note), ("noteLanguage", p.NoteLanguage));
        foreach (var k in item.ExternalKeys) map[$"key/{k.Scheme}/{k.Value}"] = Node(("label", k.Label));
        foreach (var c in item.Citations) map[$"citation/{c.Id}"] = Citation(c);
        foreach (var s in item.Specialisations)
            map[$"theme/{s.ThemeCode}"] = Node(("id", s.Id), ("strength", s.Strength), ("basis", s.Basis), ("verification", s.Verification),
                ("strengthVerification", s.StrengthVerification), ("confirmedOn", s.ConfirmedOn), ("citations", Citations(s.Citations)));
        foreach (var r in item.Relations.Concat(item.InverseRelations))
            map[$"relation/{r.Id}"] = Node(("kind", r.Kind), ("from", r.FromId), ("to", r.ToId), ("since", r.Since), ("until", r.Until),
                ("asStated", r.AsStated), ("note", r.Note), ("noteLanguage", r.NoteLanguage), ("verification", r.Verification), ("reportedBy", r.ReportedById), ("confirmedOn", r.ConfirmedOn), ("citations", Citations(r.Citations)));
        foreach (var o in item.Observations)
            map[$"observation/{o.Id}"] = Node(("indicator", o.IndicatorCode), ("area", o.AreaCode), ("period", o.ReferencePeriod), ("value", o.Value),
                ("missing", o.Missing), ("min", o.MinValue), ("max", o.MaxValue), ("suppressedCells", o.SuppressedCells), ("unit", o.Unit),
                ("segment", o.Segment), ("qualifier", o.Qualifier), ("valueType", o.ValueType), ("derived", o.IsDerived), ("preferred", o.IsPreferred),
                ("source", o.SourceId), ("verification", o.Verification));
        foreach (var s in item.Swot)
            map[$"swot/{s.Id}"] = Node(("sort", s.Sort), ("text", s.Text), ("visibility", s.Visibility), ("evidence", new JsonArray([.. s.Evidence.OrderBy(e => e.SubjectId ?? e.ObservationId ?? e.SourceId)
                .Select(e => (JsonNode)Node(("object", e.SubjectId), ("observation", e.ObservationId), ("source", e.SourceId)))])));
        foreach (var e in item.Exchanges)
            map[$"exchange/{e.Id}"] = Node(("sort", e.Sort), ("theme", e.ThemeCode), ("text", e.Text), ("visibility", e.Visibility));
        if (item is AgendaObject agenda) Add(map, agenda);
        return map;
    }

    private static void Add(JsonObject map, AgendaObject agenda)
    {
        foreach (var e in agenda.Elements) map[$"element/{e.ElementCode}"] = true;
        foreach (var m in (agenda as AgendaAction)?.Milestones ?? [])
            map[$"milestone/{m.Id}"] = Node(("title", m.Title), ("due", m.DueOn), ("status", m.Status), ("closedOn", m.ClosedOn),
                ("evidenceUrl", m.EvidenceUrl), ("evidenceObject", m.EvidenceObjectId), ("evidenceNote", m.EvidenceNote));
        foreach (var c in agenda.Commitments)
            map[$"commitment/{c.Id}"] = Node(("number", c.Number), ("party", c.PartyId), ("sort", c.Sort), ("text", c.Text), ("amount", c.Amount), ("term", c.TermOn), ("status", c.Status), ("reason", c.Reason),
                ("carriedOutIn", c.CarriedOutInId), ("settledOn", c.SettledOn), ("extendedFrom", c.ExtendedFrom), ("extendedOn", c.ExtendedOn));
        foreach (var p in (agenda as Meeting)?.Points ?? [])
            map[$"point/{p.Id}"] = Node(("number", p.Number), ("title", p.Title), ("action", p.ActionId), ("asked", p.Asked), ("decision", p.Decision), ("status", p.Status), ("party", p.PartyId), ("due", p.DueOn), ("carriedOutOn", p.CarriedOutOn));
    }

    private static JsonObject Citation(Citation c) => Node(("source", c.SourceId), ("field", c.Field), ("passage", c.Passage));

    private static JsonArray Citations(IEnumerable<Citation> citations) =>
        new([.. citations.OrderBy(c => c.Id).Select(c => (JsonNode)Citation(c))]);

    private static JsonObject Node(params (string Name, object? Value)[] values)
    {
        var node = new JsonObject();
        foreach (var (name, value) in values)
            if (value is not null) node[name] = Value(value);
        return node;
    }

    /// <summary>Null stays null: unknown is a value too.</summary>
    private static JsonNode? Value(object? value) => value switch
    {
        null => null,
        JsonNode node => node,
        Enum e => Codes.Code(e),
        _ => JsonSerializer.SerializeToNode(value, Json),
    };
}
