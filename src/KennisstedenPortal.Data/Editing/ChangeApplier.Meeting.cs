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
        var action = await ObjectOfAsync(path, node, "action", present?.ActionId, IsAction, NoAction, cancellation);
        var party = await ObjectOfAsync(path, node, "party", present?.PartyId, Parties.Are, NoParty, cancellation);
        var number = PlaceOf(meeting, path, node, present);
        if (status is not { } known) Refuse(path, "Kies hoe het besluit ervoor staat.", "Choose how the decision stands.", "status");
        else if (AgendaPoint.NeedsWords(known) && decision is null) Refuse(path, "Schrijf op wat er is besloten.", "Write down what was decided.", "decision");
        else if (!AgendaPoint.NeedsWords(known) && decision is not null) Refuse(path, "Er staat een besluit. Kies hoe het ervoor staat: besloten, uitgevoerd, aangehouden of afgewezen.", "There is a decision. Choose how it stands: decided, carried out, held over or rejected.", "status");
        else if (known == DecisionStatus.CarriedOut && node?["carriedOutOn"] is null) Refuse(path, "Vul in op welke dag het besluit is uitgevoerd.", "Enter the day on which the decision was carried out.", "carriedOutOn");
        if (status == DecisionStatus.CarriedOut && carriedOut > today) Refuse(path, Future, "carriedOutOn");
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
        Refuse(path, $"Vul als nummer een heel getal in van 1 tot en met {AgendaPoint.MaxNumber}.", $"Enter a whole number from 1 to {AgendaPoint.MaxNumber}.", "number");
        return null;
    }

    /// <summary>Each place once; and what is decided lies behind the meeting. Said at what this change made: the point, or else the day of the meeting.</summary>
    private void CheckPoints(Meeting meeting)
    {
        CheckNumbers("point", meeting.Points.Select(p => (p.Id, (int?)p.Number)));
        foreach (var point in meeting.Points)
        {
            var path = _changes.Has($"point/{point.Id}") ? $"point/{point.Id}" : "heldOn";
            if (!_changes.Has(path)) continue;
            if (AgendaPoint.NeedsWords(point.Status) && meeting.HeldOn is null) RefuseOnce(path, path == "heldOn" ? new("Er staan besluiten bij dit overleg. Vul in op welke dag het was.", "There are decisions of this meeting. Enter on which day it was.") : new("Vul eerst de datum van het overleg in. Dan kan er een besluit bij.", "Enter the date of the meeting first. Then a decision can be added."));
            else if (AgendaPoint.NeedsWords(point.Status) && meeting.HeldOn > today) RefuseOnce(path, path == "heldOn" ? new("Er staan al besluiten bij dit overleg. De datum kan dan niet in de toekomst liggen.", "There are decisions of this meeting already. Its date can't lie in the future then.") : new("Het overleg is nog niet geweest. Een besluit vult u daarna in.", "The meeting was not held yet. Enter a decision afterwards."));
            else if (point.CarriedOutOn < meeting.HeldOn) RefuseOnce(path, path == "heldOn" ? new($"Het besluit bij punt {point.Number} is dan uitgevoerd voordat het is genomen.", $"The decision of point {point.Number} was then carried out before it was taken.") : new("Het besluit kan niet zijn uitgevoerd voor de dag van het overleg.", "The decision can't have been carried out before the day of the meeting."));
        }
    }

    /// <summary>Several points may say the same of the day.</summary>
    private void RefuseOnce(string path, Text message)
    {
        if (!_problems.Contains(new Problem(path, message))) Refuse(path, message);
    }
}
