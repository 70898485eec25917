using System.Text.Json.Nodes;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Indicators;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;

namespace KennisstedenPortal.Data.History;

/// <summary>Makes an object out of a snapshot: the other direction of <see cref="Snapshots"/>. What it refers to comes from elsewhere.</summary>
internal static class PastObject
{
    public static RegisterObject Of(ObjectKind kind, Guid id, JsonObject snapshot, int revision, DateTimeOffset at)
    {
        var item = kind.Create(id, Json.Text(snapshot["slug"]) ?? "", Json.Text(snapshot["name"]) ?? "");
        // A field that the snapshot does not know was not there yet.
        foreach (var field in kind.Fields.Where(f => snapshot.ContainsKey(f.Name))) field.Write(item, snapshot[field.Name]);
        (item.Revision, item.ChangedAt) = (revision, at);
        foreach (var (path, value) in snapshot)
            if (ChangeSet.SectionOf(path) is { } section) Add(item, section, ChangeSet.KeyOf(path), value as JsonObject ?? []);
        return item;
    }

    private static void Add(RegisterObject item, string section, string key, JsonObject node)
    {
        switch (section)
        {
            case "location":
                item.OtherLocations.Add(new ObjectLocation { ObjectId = item.Id, MunicipalityCode = key });
                break;
            case "provenance":
                item.Provenance.Add(new FieldProvenance { ObjectId = item.Id, Field = key, Verification = Verified(node["verification"]), Note = Json.Text(node["note"]), NoteLanguage = Json.Text(node["noteLanguage"]) });
                break;
            case "key":
                item.ExternalKeys.Add(new ExternalKey { ObjectId = item.Id, Scheme = key.Split('/', 2)[0], Value = key.Split('/', 2)[1], Label = Json.Text(node["label"]) });
                break;
            case "citation" when Json.Id(node["source"]) is { } source:
                item.Citations.Add(new Citation { Id = Guid.Parse(key), SourceId = source, ObjectId = item.Id, Field = Json.Text(node["field"]), Passage = Json.Text(node["passage"]) });
                break;
            case "theme":
                var theme = new Specialisation
                {
                    Id = Json.Id(node["id"]) ?? Guid.CreateVersion7(),
                    ObjectId = item.Id,
                    ThemeCode = key,
                    Strength = Json.Code<Strength>(node["strength"]),
                    Basis = Json.Text(node["basis"]),
                    Verification = Verified(node["verification"]),
                    StrengthVerification = Verified(node["strengthVerification"]),
                    ConfirmedOn = Json.Day(node["confirmedOn"]),
                };
                foreach (var c in CitationsOf(node)) theme.Citations.Add(new Citation { Id = Guid.CreateVersion7(), SourceId = c.Source, SpecialisationId = theme.Id, Field = c.Field, Passage = c.Passage });
                item.Specialisations.Add(theme);
                break;
            case "relation" when Json.Code<RelationKind>(node["kind"]) is { } kind && Json.Id(node["from"]) is { } from && Json.Id(node["to"]) is { } to:
                var relation = new Relation
                {
                    Id = Guid.Parse(key),
                    Kind = kind,
                    FromId = from,
                    ToId = to,
                    Since = Json.Text(node["since"]),
                    Until = Json.Text(node["until"]),
                    AsStated = Json.Text(node["asStated"]),
                    Note = Json.Text(node["note"]),
                    NoteLanguage = Json.Text(node["noteLanguage"]),
                    Verification = Verified(node["verification"]),
                    ReportedById = Json.Id(node["reportedBy"]),
                    ConfirmedOn = Json.Day(node["confirmedOn"]),
                };
                foreach (var c in CitationsOf(node)) relation.Citations.Add(new Citation { Id = Guid.CreateVersion7(), SourceId = c.Source, RelationId = relation.Id, Field = c.Field, Passage = c.Passage });
                (from == item.Id ? item.Relations : item.InverseRelations).Add(relation);
                break;
            case "observation" when Json.Text(node["indicator"]) is { } indicator && Json.Text(node["period"]) is { } period && Json.Id(node["source"]) is { } source:
                item.Observations.Add(new Observation
                {
                    Id = Guid.Parse(key),
                    IndicatorCode = indicator,
                    ObjectId = item.Id,
                    AreaCode = Json.Text(node["area"]),
                    ReferencePeriod = period,
                    PeriodStart = Period.FirstDay(period) ?? default,
                    Value = Json.Number(node["value"]),
                    Missing = Json.Code<Missing>(node["missing"]),
                    MinValue = Json.Number(node["min"]),
                    MaxValue = Json.Number(node["max"]),
                    SuppressedCells = Json.Whole(node["suppressedCells"]),
                    Unit = Json.Text(node["unit"]) ?? "",
                    Segment = Json.Text(node["segment"]),
                    Qualifier = Json.Text(node["qualifier"]),
                    ValueType = Json.Code<ValueBasis>(node["valueType"]) ?? ValueBasis.AsPublished,
                    IsDerived = Json.Flag(node["derived"]) ?? false,
                    IsPreferred = Json.Flag(node["preferred"]) ?? false,
                    SourceId = source,
                    Verification = Verified(node["verification"]) ?? Verification.GeneralKnowledge,
                });
                break;
            case "swot" when Json.Code<SwotSort>(node["sort"]) is { } sort:
                var swot = new SwotItem { Id = Guid.Parse(key), ObjectId = item.Id, Sort = sort, Text = Json.Text(node["text"]) ?? "", Visibility = Json.Code<Visibility>(node["visibility"]) ?? Visibility.Secretariat };
                foreach (var e in HistoryEyes.EvidenceOf(node)) swot.Evidence.Add(new SwotEvidence { Id = Guid.CreateVersion7(), ItemId = swot.Id, SubjectId = Json.Id(e["object"]), ObservationId = Json.Id(e["observation"]), SourceId = Json.Id(e["source"]) });
                item.Swot.Add(swot);
                break;
            case "element" when item is AgendaObject agenda:
                agenda.Elements.Add(new ObjectElement { ObjectId = item.Id, ElementCode = key });
                break;
            case "milestone" when item is AgendaAction action:
                action.Milestones.Add(new Milestone
                {
                    Id = Guid.Parse(key),
                    ActionId = item.Id,
                    Title = Json.Text(node["title"]) ?? "",
                    DueOn = Json.Day(node["due"]),
                    Status = Json.Code<MilestoneStatus>(node["status"]) ?? MilestoneStatus.Open,
                    ClosedOn = Json.Day(node["closedOn"]),
                    EvidenceUrl = Json.Text(node["evidenceUrl"]),
                    EvidenceObjectId = Json.Id(node["evidenceObject"]),
                    EvidenceNote = Json.Text(node["evidenceNote"]),
                    IsEvidenceClosed = node.ContainsKey(Milestone.ClosedEvidence),
                });
                break;
            case "commitment" when item is AgendaObject agenda && Json.Id(node["party"]) is { } party && Json.Code<CommitmentSort>(node["sort"]) is { } sort:
                agenda.Commitments.Add(new Commitment
                {
                    Id = Guid.Parse(key),
                    ObjectId = item.Id,
                    Number = Json.Whole(node["number"]),
                    PartyId = party,
                    Sort = sort,
                    Text = Json.Text(node["text"]) ?? "",
                    Amount = Json.Number(node["amount"]),
                    TermOn = Json.Day(node["term"]),
                    Status = Json.Code<CommitmentStatus>(node["status"]) ?? CommitmentStatus.Open,
                    Reason = Json.Text(node["reason"]),
                    CarriedOutInId = Json.Id(node["carriedOutIn"]),
                    SettledOn = Json.Day(node["settledOn"]),
                    ExtendedFrom = Json.Day(node["extendedFrom"]),
                    ExtendedOn = Json.Day(node["extendedOn"]),
                });
                break;
            case "point" when item is Meeting meeting && Json.Whole(node["number"]) is { } number:
                meeting.Points.Add(new AgendaPoint
                {
                    Id = Guid.Parse(key),
                    MeetingId = item.Id,
                    Number = number,
                    Title = Json.Text(node["title"]) ?? "",
                    ActionId = Json.Id(node["action"]),
                    Asked = Json.Text(node["asked"]),
                    Decision = Json.Text(node["decision"]),
                    Status = Json.Code<DecisionStatus>(node["status"]) ?? DecisionStatus.Pending,
                    PartyId = Json.Id(node["party"]),
                    DueOn = Json.Day(node["due"]),
                    CarriedOutOn = Json.Day(node["carriedOutOn"]),
                });
                break;
            case "exchange" when Json.Code<ExchangeSort>(node["sort"]) is { } sort && Json.Text(node["theme"]) is { } on:
                item.Exchanges.Add(new Exchange { Id = Guid.Parse(key), ObjectId = item.Id, Sort = sort, ThemeCode = on, Text = Json.Text(node["text"]) ?? "", Visibility = Json.Code<Visibility>(node["visibility"]) ?? Visibility.Secretariat });
                break;
        }
    }

    private static Verification? Verified(JsonNode? node) => Json.Code<Verification>(node);

    private static IEnumerable<(Guid Source, string? Field, string? Passage)> CitationsOf(JsonObject node) => node["citations"] is JsonArray items
        ? items.OfType<JsonObject>().Where(c => Json.Id(c["source"]) is not null).Select(c => (Json.Id(c["source"])!.Value, Json.Text(c["field"]), Json.Text(c["passage"]))) : [];
}
