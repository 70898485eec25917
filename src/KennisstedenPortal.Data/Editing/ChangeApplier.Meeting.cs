using System.Text.Json.Nodes;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Editing;

/// <summary>What only meetings have: the points of their agenda, with what is asked and what was decided.</summary>
internal sealed partial class ChangeApplier
{
    private async Task PointAsync(Meeting meeting, string path, JsonNode? value, CancellationToken cancellation)
    {
        if (IdOf(path) is not { } id) return;
        var present = meeting.Points.FirstOrDefault(p => p.Id == id);
        if (value is null)
        {
            if (present is not null) Drop(meeting.Points, present);
            return;
        }
        if (present is null && IsTaken(path, await db.AgendaPoints.AnyAsync(p => p.Id == id, cancellation))) return;
        var node = value as JsonObject;
        var (title, asked, decision) = (TextOf(path, value, "title", AgendaPoint.TitleMaxLength, required: true), TextOf(path, value, "asked", AgendaPoint.TextMaxLength, multiline: true), TextOf(path, value, "decision", AgendaPoint.TextMaxLength, multiline: true));
        var (due, carriedOut) = (DayOf(path, value, "due"), DayOf(path, value, "carriedOutOn"));
        var status = node?["status"] is null ? DecisionStatus.Pending : Json.Code<DecisionStatus>(node["status"]);
        var action = await ActionOfAsync(path, node, present, cancellation);
        // What the person can't see on the form, the form can't mean to remove.
        var party = node?["party"] is null && present?.PartyId is { } hidden && !await IsReadableAsync(hidden, cancellation) ? hidden : await ObjectOfAsync(path, node, "party", present?.PartyId, cancellation);
        var number = PlaceOf(meeting, path, node, present);
        if (status is not { } known) Refuse(path, "Kies hoe het besluit ervoor staat.", "Choose how the decision stands.");
        else if (AgendaPoint.NeedsWords(known) && decision is null) Refuse(path, "Schrijf op wat er is besloten.", "Write down what was decided.");
        else if (!AgendaPoint.NeedsWords(known) && decision is not null) Refuse(path, "Er staat een besluit. Kies hoe het ervoor staat: besloten, uitgevoerd, aangehouden of afgewezen.", "There is a decision. Choose how it stands: decided, carried out, held over or rejected.");
        else if (known == DecisionStatus.CarriedOut && node?["carriedOutOn"] is null) Refuse(path, "Vul in op welke dag het besluit is uitgevoerd.", "Enter the day on which the decision was carried out.");
        if (status == DecisionStatus.CarriedOut && carriedOut > today) Refuse(path, Future);
        if (title is null || status is null || number is null) return;
        if (present is null)
        {
            present = new AgendaPoint { Id = id, MeetingId = meeting.Id, Number = number.Value, Title = title };
            meeting.Points.Add(present);
        }
        (present.Number, present.Title, present.ActionId, present.Asked, present.Decision) = (number.Value, title, action, asked, decision);
        (present.Status, present.PartyId, present.DueOn, present.CarriedOutOn) = (status.Value, party, due, status == DecisionStatus.CarriedOut ? carriedOut : null);
    }

    /// <summary>The place on the agenda; a new point without one comes last.</summary>
    private int? PlaceOf(Meeting meeting, string path, JsonObject? node, AgendaPoint? present)
    {
        if (node?["number"] is not { } wanted)
        {
            var given = _changes.Values.Where(p => ChangeSet.SectionOf(p.Key) == "point").Select(p => (p.Value as JsonObject)?["number"] is { } number ? WholeOf(number) ?? 0 : 0);
            var last = present?.Number ?? meeting.Points.Select(p => p.Number).Concat(given.Where(n => n <= AgendaPoint.MaxNumber)).DefaultIfEmpty().Max() + 1;
            if (last <= AgendaPoint.MaxNumber) return last;
            Refuse(path, $"Een overleg heeft hooguit {AgendaPoint.MaxNumber} agendapunten.", $"A meeting has at most {AgendaPoint.MaxNumber} agenda points.");
            return null;
        }
        if (WholeOf(wanted) is { } number && number is >= 1 and <= AgendaPoint.MaxNumber) return number;
        Refuse(path, $"Vul als nummer een heel getal in van 1 tot en met {AgendaPoint.MaxNumber}.", $"Enter a whole number from 1 to {AgendaPoint.MaxNumber}.");
        return null;
    }

    private async Task<Guid?> ActionOfAsync(string path, JsonObject? node, AgendaPoint? present, CancellationToken cancellation)
    {
        if (node?["action"] is null) return present?.ActionId is { } hidden && !await IsReadableAsync(hidden, cancellation) ? hidden : null;
        if (await ObjectOfAsync(path, node, "action", present?.ActionId, cancellation) is not { } id) return null;
        if (id == present?.ActionId || await db.AgendaActions.AnyAsync(a => a.Id == id, cancellation)) return id;
        Refuse(path, NoAction);
        return null;
    }

    /// <summary>Each place once; and what is decided lies behind the meeting. Said at what this change made.</summary>
    private void CheckPoints(Meeting meeting)
    {
        foreach (var group in meeting.Points.GroupBy(p => p.Number).Where(g => g.Count() > 1))
            foreach (var path in group.Select(p => $"point/{p.Id}").Where(_changes.Has))
                Refuse(path, $"Nummer {group.Key} staat er al. Elk nummer komt een keer voor.", $"Number {group.Key} is there already. Each number occurs once.");
        foreach (var point in meeting.Points.Where(p => AgendaPoint.NeedsWords(p.Status) && meeting.HeldOn > today && _changes.Has($"point/{p.Id}")))
            Refuse($"point/{point.Id}", "Het overleg is nog niet geweest. Een besluit vult u daarna in.", "The meeting was not held yet. Enter a decision afterwards.");
    }
}
