using System.Linq.Expressions;
using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Editing;

/// <summary>What only objects of the agenda have: its elements, commitments and, of actions, milestones and the rules that tie them to the status.</summary>
internal sealed partial class ChangeApplier
{
    private Task AgendaPartAsync(AgendaObject agenda, string section, string path, JsonNode? value, CancellationToken cancellation) => section switch
    {
        "element" => ElementAsync(agenda, path, value, cancellation),
        "milestone" => MilestoneAsync((AgendaAction)agenda, path, value, cancellation),
        "point" => PointAsync((Meeting)agenda, path, value, cancellation),
        _ => CommitmentAsync(agenda, path, value, cancellation),
    };

    private async Task ElementAsync(AgendaObject agenda, string path, JsonNode? value, CancellationToken cancellation)
    {
        var code = ChangeSet.KeyOf(path);
        var present = agenda.Elements.FirstOrDefault(e => e.ElementCode == code);
        if (value is null)
        {
            if (present is not null) Drop(agenda.Elements, present);
        }
        else if (present is null)
        {
            if (InputText.IsCode(code) && await db.AgendaElements.AnyAsync(e => e.Code == code, cancellation)) agenda.Elements.Add(new ObjectElement { ObjectId = agenda.Id, ElementCode = code });
            else Refuse(path, "Kies een onderdeel van de agenda uit de lijst.", "Choose an element of the agenda from the list.");
        }
    }

    private async Task MilestoneAsync(AgendaAction action, string path, JsonNode? value, CancellationToken cancellation)
    {
        if (IdOf(path) is not { } id) return;
        var present = action.Milestones.FirstOrDefault(m => m.Id == id);
        if (value is null)
        {
            if (present is not null) Drop(action.Milestones, present);
            return;
        }
        if (present is null && IsTaken(path, await db.Milestones.AnyAsync(m => m.Id == id, cancellation))) return;
        var node = value as JsonObject;
        var (title, url, note) = (TextOf(path, value, "title", Milestone.TitleMaxLength, required: true), TextOf(path, value, "evidenceUrl", RegisterObject.WebsiteMaxLength), TextOf(path, value, "evidenceNote", Milestone.NoteMaxLength, multiline: true));
        var (due, closed) = (DayOf(path, value, "due"), DayOf(path, value, "closedOn"));
        var status = node?["status"] is null ? MilestoneStatus.Open : Json.Code<MilestoneStatus>(node["status"]);
        if (status is null) Refuse(path, "Kies open, loopt of afgerond.", "Choose open, running or completed.", "status");
        if (due is null && node?["due"] is null && present?.DueOn is null) Refuse(path, "Vul in op welke dag de mijlpaal klaar moet zijn.", "Enter the day on which the milestone must be done.", "due");
        if (InputText.WebAddressProblem(url) is { } problem) Refuse(path, problem, "evidenceUrl");
        var subject = await ObjectOfAsync(path, node, "evidenceObject", present?.EvidenceObjectId, o => true, NoObject, cancellation);
        if (status == MilestoneStatus.Completed)
        {
            if (node?["closedOn"] is null) Refuse(path, "Vul in op welke dag de mijlpaal is afgerond.", "Enter the day on which the milestone was completed.", "closedOn");
            else if (closed > today) Refuse(path, Future, "closedOn");
        }
        if (title is null || status is null) return;
        if (present is null)
        {
            present = new Milestone { Id = id, ActionId = action.Id, Title = title };
            action.Milestones.Add(present);
        }
        (present.Title, present.DueOn, present.Status, present.ClosedOn) = (title, due, status.Value, status == MilestoneStatus.Completed ? closed : null);
        (present.EvidenceUrl, present.EvidenceObjectId, present.EvidenceNote) = (url, subject, note);
    }

    /// <inheritdoc cref="EditPreview.Warnings"/>
    public IReadOnlyList<Text> Warnings => _warnings;
    private readonly List<Text> _warnings = [];

    /// <summary>The rules that tie fields and milestones together; said at the field where they can be met.</summary>
    private void CheckAction(AgendaAction action)
    {
        if (action.FundingCovered > action.FundingNeed && (_changes.Has("fundingCovered") || _changes.Has("fundingNeed")))
            _warnings.Add(new("Er is meer geld gedekt dan er nodig is. Kijk na of beide bedragen kloppen.", "More money is covered than is needed. Look whether both amounts are right."));
        if (action.EndsOn < action.StartsOn) Refuse(_changes.Has("endsOn") || !_changes.Has("startsOn") ? "endsOn" : "startsOn", "Het einde ligt voor het begin.", "The end lies before the beginning.");
        var (before, now) = (_statusBefore!.Value, action.Status);
        var isNew = db.Entry(action).State == EntityState.Added;
        // One that was saved so before this rule can still be mended elsewhere.
        if (now == ActionStatus.Completed && action.StartsOn > today && (isNew || before != now || _changes.Has("startsOn")))
            Refuse(_changes.Has("startsOn") ? "startsOn" : "status", "De actie begint pas na vandaag en kan dus nog niet zijn afgerond. Kies een andere status, of verbeter de begindatum.", "The action starts after today, so it can't be completed yet. Choose another status, or mend the start date.");
        var unmet = action.Commitments.Count(c => !Commitment.IsSettled(c.Status));
        if (ActionFlow.IsClosed(now) && before != now && unmet > 0)
            _warnings.Add(unmet == 1 ? new("Er staat nog een toezegging open. Hoeft niemand die meer na te komen? Zet haar dan op vervallen.", "One commitment is still open. Does nobody have to fulfil it any more? Then mark it as lapsed.")
                : new($"Er staan nog {unmet} toezeggingen open. Hoeft niemand die meer na te komen? Zet ze dan op vervallen.", $"{unmet} commitments are still open. Does nobody have to fulfil them any more? Then mark them as lapsed."));
        // A reason belongs to the status that it was given for.
        var earlier = !isNew && before != now && !_changes.Has("statusReason") ? action.StatusReason : null;
        if (earlier is not null) action.StatusReason = null;
        if (ActionFlow.Problem(isNew ? null : before, now, ActionFacts.Of(action.StatusReason, action.Milestones)) is not { } problem) return;
        // Where only a reason is missing, it is said at the reason.
        var atReason = before == now ? _changes.Has("statusReason") : !isNew && ActionFlow.After(before).Contains(now) && ActionFlow.NeedsReason(before, now);
        Refuse(atReason ? "statusReason" : "status", earlier is null || !atReason ? problem : new($"De reden die er staat, was voor ‘{Codes<ActionStatus>.Label(before).Nl}’. {problem.Nl}", $"The reason that stands there was for ‘{Codes<ActionStatus>.Label(before).En}’. {problem.En}"));
    }

    private static readonly Text NoObject = new("Kies iets uit het register.", "Choose something from the register.");

    /// <summary>An object that a member names; what stood there already may stay, and what the person can't see on the form, the form can't mean to remove.</summary>
    /// <param name="fits">What will do.</param>
    private async Task<Guid?> ObjectOfAsync(string path, JsonObject? node, string member, Guid? present, Expression<Func<RegisterObject, bool>> fits, Text refusal, CancellationToken cancellation)
    {
        var readable = db.Objects.ReadableBy(reader);
        if (node?[member] is not { } given) return present is { } hidden && !await readable.AnyAsync(o => o.Id == hidden, cancellation) ? hidden : null;
        if (Json.Id(given) is { } id && (id == present || await readable.Where(fits).AnyAsync(o => o.Id == id && o.State == ObjectState.Published, cancellation))) return id;
        Refuse(path, refusal);
        return null;
    }

    /// <summary>A day of a member, or null.</summary>
    private DateOnly? DayOf(string path, JsonNode node, string member)
    {
        var given = (node as JsonObject)?[member];
        if (given is null) return null;
        if (DayText.Problem(Json.Text(given) ?? "") is { } problem) Refuse(path, problem, member);
        return DayText.Parse(Json.Text(given));
    }

    private decimal? AmountOf(string path, JsonObject? node)
    {
        if (node?["amount"] is not { } given) return null;
        var number = Json.Number(given);
        if ((number is { } n ? AmountText.Problem(n) : AmountText.Problem(Json.Text(given) ?? "")) is not { } problem) return number ?? AmountText.Parse(Json.Text(given));
        Refuse(path, problem, "amount");
        return null;
    }
}
