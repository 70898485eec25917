using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Editing;

/// <summary>Relations, SWOT, and what is offered and sought.</summary>
internal sealed partial class ChangeApplier
{
    private async Task RelationAsync(string path, JsonNode? value, CancellationToken cancellation)
    {
        if (IdOf(path) is not { } id) return;
        var present = item.Relations.Concat(item.InverseRelations).FirstOrDefault(r => r.Id == id);
        if (value is null)
        {
            if (present is not null) Drop(present.FromId == item.Id ? item.Relations : item.InverseRelations, present);
            return;
        }
        var node = value as JsonObject;
        var (since, until, note) = (PeriodOf(path, value, "since"), PeriodOf(path, value, "until"), TextOf(path, value, "note", Relation.NoteMaxLength, multiline: true));
        if (since is not null && until is not null && Period.FirstDay(since) > Period.LastDay(until)) Refuse(path, "Het einde ligt voor het begin.", "The end lies before the beginning.");
        if (present is not null)
        {
            var isOther = (present.Since, present.Until, present.Note) != (since, until, note);
            (present.Since, present.Until, present.Note) = (since, until, note);
            // What one end rewrites is no longer what the other said: it is reported again, and the other end is asked again.
            if (isOther && present.ReportedById is not null && !await KeepsAsync(present.FromId == item.Id ? present.ToId : present.FromId, cancellation))
            {
                (present.ReportedById, present.ConfirmedOn, present.Verification) = (item.Id, null, null);
                return;
            }
            if (Json.Day(node?["confirmedOn"]) is null || !present.IsUnconfirmed) return;
            // Only the end that did not report it can confirm it.
            if (present.ReportedById == item.Id) Refuse(path, "De andere kant bevestigt deze relatie.", "The other end confirms this relation.");
            else present.ConfirmedOn = today;
            return;
        }
        if (Json.Code<RelationKind>(node?["kind"]) is not { } kind || Json.Id(node?["from"]) is not { } from || Json.Id(node?["to"]) is not { } to || from == to || from != item.Id && to != item.Id)
        {
            Refuse(path, "Kies de soort relatie en de andere kant.", "Choose the type of relation and the other end.");
            return;
        }
        var otherId = from == item.Id ? to : from;
        var other = await db.Objects.AsNoTracking().ReadableBy(reader).FirstOrDefaultAsync(o => o.Id == otherId && o.State == ObjectState.Published, cancellation);
        if (other is null)
        {
            Refuse(path, "De andere kant bestaat niet meer. Kies een ander.", "The other end does not exist any more. Choose another.");
            return;
        }
        if (!RelationKinds.Allows(kind, from == item.Id ? item.GetType() : other.GetType(), to == item.Id ? item.GetType() : other.GetType()))
        {
            Refuse(path, "Deze relatie kan tussen deze twee niet bestaan.", "This relation can't exist between these two.");
            return;
        }
        if (item.Relations.Concat(item.InverseRelations).Any(r => r.Kind == kind && r.FromId == from && r.ToId == to && db.Entry(r).State != EntityState.Deleted))
        {
            Refuse(path, "Deze relatie staat er al. Haal haar hier weg.", "This relation is there already. Remove it here.");
            return;
        }
        if (IsTaken(path, await db.Relations.AnyAsync(r => r.Id == id, cancellation))) return;
        var bothEnds = await KeepsAsync(other.Id, cancellation);
        db.Add(new Relation { Id = id, Kind = kind, FromId = from, ToId = to, Since = since, Until = until, Note = note, ReportedById = bothEnds ? null : item.Id });
    }

    /// <summary>Whether one person speaks for the other end too. Of a proposal that is asked again when it is accepted; until then it is as if an editor of who keeps the object accepts it.</summary>
    private async Task<bool> KeepsAsync(Guid otherId, CancellationToken cancellation)
    {
        var resource = new Resource(otherId, await db.Objects.Where(o => o.Id == otherId).Select(o => o.StewardId).FirstOrDefaultAsync(cancellation));
        if (_actor is not null) return Rights.Allows(_actor, Right.Edit, resource);
        return item.StewardId is null && item is not City || resource.Id == item.StewardId || resource.StewardId is { } steward && (steward == item.StewardId || steward == item.Id);
    }

    private async Task SwotAsync(string path, JsonNode? value, CancellationToken cancellation)
    {
        if (IdOf(path) is not { } id) return;
        var present = item.Swot.FirstOrDefault(s => s.Id == id);
        if (value is null)
        {
            if (present is not null) Drop(item.Swot, present);
            return;
        }
        if (item is not City)
        {
            Refuse(path, UnknownPath);
            return;
        }
        if (present is null && IsTaken(path, await db.Set<SwotItem>().AnyAsync(s => s.Id == id, cancellation))) return;
        var node = value as JsonObject;
        var (sort, text, visibility) = (Json.Code<SwotSort>(node?["sort"]), TextOf(path, value, "text", SwotItem.TextMaxLength, required: true, multiline: true), VisibilityOf(path, value));
        // What the person can't see on the form, the form can't mean to remove.
        var unseen = present is null ? [] : await UnseenAsync(present, cancellation);
        var evidence = await EvidenceAsync(path, node, id, unseen, cancellation);
        if (sort is null) Refuse(path, "Kies sterk, zwak, kans of bedreiging.", "Choose strength, weakness, opportunity or threat.");
        if (sort is null || text is null || evidence is null) return;
        if (present is null)
        {
            present = new SwotItem { Id = id, ObjectId = item.Id, Sort = sort.Value, Text = text };
            item.Swot.Add(present);
        }
        (present.Sort, present.Text, present.Visibility) = (sort.Value, text, visibility);
        var kept = present.Evidence.Where(e => unseen.Contains(e) || evidence.Any(n => n.SubjectId == e.SubjectId && n.ObservationId == e.ObservationId && n.SourceId == e.SourceId)).ToList();
        foreach (var gone in present.Evidence.Except(kept).ToList()) Drop(present.Evidence, gone);
        foreach (var added in evidence.Where(n => !kept.Any(e => n.SubjectId == e.SubjectId && n.ObservationId == e.ObservationId && n.SourceId == e.SourceId))) present.Evidence.Add(added);
    }

    private async Task<List<SwotEvidence>> UnseenAsync(SwotItem present, CancellationToken cancellation)
    {
        var subjects = present.Evidence.Select(e => e.SubjectId).OfType<Guid>().ToArray();
        var seen = subjects.Length == 0 ? [] : await db.Objects.ReadableBy(reader).Where(o => subjects.Contains(o.Id)).Select(o => o.Id).ToListAsync(cancellation);
        return [.. present.Evidence.Where(e => e.SubjectId is { } subject && !seen.Contains(subject))];
    }

    private async Task<List<SwotEvidence>?> EvidenceAsync(string path, JsonObject? node, Guid itemId, List<SwotEvidence> unseen, CancellationToken cancellation)
    {
        var evidence = new List<SwotEvidence>();
        if (node?["evidence"] is JsonArray { Count: <= 10 } given)
            foreach (var one in given.OfType<JsonObject>())
            {
                if (Json.Id(one["object"]) is { } subject && (unseen.Exists(e => e.SubjectId == subject) || await db.Objects.ReadableBy(reader).AnyAsync(o => o.Id == subject && o.State == ObjectState.Published, cancellation))) evidence.Add(new SwotEvidence { Id = Guid.CreateVersion7(), ItemId = itemId, SubjectId = subject });
                else if (Json.Id(one["observation"]) is { } figure && !(_changes.Has($"observation/{figure}") && _changes[$"observation/{figure}"] is null) && (item.Observations.Any(o => o.Id == figure) || await IsReadableFigureAsync(figure, cancellation))) evidence.Add(new SwotEvidence { Id = Guid.CreateVersion7(), ItemId = itemId, ObservationId = figure });
                else if (one["source"] is not null && await SourceOfAsync(path, one, cancellation) is { } source) evidence.Add(new SwotEvidence { Id = Guid.CreateVersion7(), ItemId = itemId, SourceId = source });
            }
        if (evidence.Count + unseen.Count > 0) return evidence;
        Refuse(path, "Kies waaruit dit blijkt: een object, een cijfer of een bron.", "Choose what shows this: an object, a figure or a source.");
        return null;
    }

    private Task<bool> IsReadableFigureAsync(Guid id, CancellationToken cancellation)
    {
        var readable = db.Objects.ReadableBy(reader).Select(o => o.Id);
        return db.Observations.AnyAsync(o => o.Id == id && (o.ObjectId == null || readable.Contains(o.ObjectId.Value)), cancellation);
    }

    private async Task ExchangeAsync(string path, JsonNode? value, CancellationToken cancellation)
    {
        if (IdOf(path) is not { } id) return;
        var present = item.Exchanges.FirstOrDefault(e => e.Id == id);
        if (value is null)
        {
            if (present is not null) Drop(item.Exchanges, present);
            return;
        }
        var node = value as JsonObject;
        var (sort, theme, text, visibility) = (Json.Code<ExchangeSort>(node?["sort"]), Json.Text(node?["theme"]), TextOf(path, value, "text", Exchange.TextMaxLength, required: true, multiline: true), VisibilityOf(path, value));
        if (sort is null) Refuse(path, "Kies of u dit biedt of zoekt.", "Choose whether you offer or seek this.");
        if (present is null && IsTaken(path, await db.Set<Exchange>().AnyAsync(e => e.Id == id, cancellation))) return;
        if (!InputText.IsCode(theme) || !await db.Themes.AnyAsync(t => t.Code == theme && t.TaxonomyCode == Taxonomy.EntryCode, cancellation))
        {
            Refuse(path, "Kies een thema uit de lijst.", "Choose a theme from the list.");
            return;
        }
        if (sort is null || text is null) return;
        if (present is null)
        {
            present = new Exchange { Id = id, ObjectId = item.Id, Sort = sort.Value, ThemeCode = theme!, Text = text };
            item.Exchanges.Add(present);
        }
        (present.Sort, present.ThemeCode, present.Text, present.Visibility) = (sort.Value, theme!, text, visibility);
    }

    /// <summary>For partners unless somebody chose otherwise: else nobody fills these in honestly (product rule 11).</summary>
    private Visibility VisibilityOf(string path, JsonNode value)
    {
        var given = (value as JsonObject)?["visibility"];
        if (given is null) return Visibility.Partners;
        if (Json.Code<Visibility>(given) is { } visibility) return visibility;
        Refuse(path, "Kies wie dit mag zien.", "Choose who may see this.");
        return Visibility.Partners;
    }
}
