using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Editing;

/// <summary>What only actions have: elements of the agenda, milestones, commitments, and the rules that tie them to the status.</summary>
internal sealed partial class ChangeApplier
{
    private Task ActionPartAsync(AgendaAction action, string section, string path, JsonNode? value, CancellationToken cancellation) => section switch
    {
        "element" => ElementAsync(action, path, value, cancellation),
        "milestone" => MilestoneAsync(action, path, value, cancellation),
        _ => CommitmentAsync(action, path, value, cancellation),
    };

    private async Task ElementAsync(AgendaAction action, string path, JsonNode? value, CancellationToken cancellation)
    {
        var code = ChangeSet.KeyOf(path);
        var present = action.Elements.FirstOrDefault(e => e.ElementCode == code);
        if (value is null)
        {
            if (present is not null) Drop(action.Elements, present);
        }
        else if (present is null)
        {
            if (InputText.IsCode(code) && await db.AgendaElements.AnyAsync(e => e.Code == code, cancellation)) action.Elements.Add(new ActionElement { ActionId = action.Id, ElementCode = code });
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
        if (status is null) Refuse(path, "Kies open, loopt of afgerond.", "Choose open, running or completed.");
        if (due is null && node?["due"] is null && present?.DueOn is null) Refuse(path, "Vul in op welke dag de mijlpaal klaar moet zijn.", "Enter the day on which the milestone must be done.");
        if (InputText.WebAddressProblem(url) is { } problem) Refuse(path, problem);
        // What the person can't see on the form, the form can't mean to remove.
        var subject = node?["evidenceObject"] is null && present?.EvidenceObjectId is { } hidden && !await IsReadableAsync(hidden, cancellation) ? hidden : await ObjectOfAsync(path, node, "evidenceObject", present?.EvidenceObjectId, cancellation);
        if (status == MilestoneStatus.Completed)
        {
            if (node?["closedOn"] is null) Refuse(path, "Vul in op welke dag de mijlpaal is afgerond.", "Enter the day on which the milestone was completed.");
            else if (closed > today) Refuse(path, Future);
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

    private async Task CommitmentAsync(AgendaAction action, string path, JsonNode? value, CancellationToken cancellation)
    {
        if (IdOf(path) is not { } id) return;
        var present = action.Commitments.FirstOrDefault(c => c.Id == id);
        if (value is null)
        {
            if (present is not null) Drop(action.Commitments, present);
            return;
        }
        if (present is null && IsTaken(path, await db.Commitments.AnyAsync(c => c.Id == id, cancellation))) return;
        var node = value as JsonObject;
        var (text, reason, term) = (TextOf(path, value, "text", Commitment.TextMaxLength, required: true, multiline: true), TextOf(path, value, "reason", Commitment.ReasonMaxLength, multiline: true), DayOf(path, value, "term"));
        var (sort, status) = (Json.Code<CommitmentSort>(node?["sort"]), node?["status"] is null ? CommitmentStatus.Open : Json.Code<CommitmentStatus>(node["status"]));
        var amount = AmountOf(path, node);
        var party = await ObjectOfAsync(path, node, "party", present?.PartyId, cancellation);
        if (party is null && node?["party"] is null) Refuse(path, "Kies wie dit toezegt.", "Choose who commits to this.");
        if (sort is null) Refuse(path, "Kies wat er wordt toegezegd: geld, ruimte, een regel, capaciteit of een gesprek.", "Choose what is committed: money, space, a rule, capacity or dialogue.");
        else if (sort != CommitmentSort.Money && node?["amount"] is not null) Refuse(path, "Een bedrag hoort alleen bij geld. Haal het weg, of kies geld.", "An amount belongs to money only. Remove it, or choose money.");
        if (status is null) Refuse(path, "Kies openstaand, deels voldaan, voldaan of vervallen.", "Choose open, partly met, met or lapsed.");
        if (status == CommitmentStatus.Lapsed && reason is null) Refuse(path, "Schrijf erbij waarom de toezegging is vervallen.", "Write why the commitment lapsed.");
        else if (present?.TermOn is { } agreed && (term is null || term > agreed) && (reason is null || reason == present.Reason)) Refuse(path, "Schrijf erbij waarom de termijn langer wordt.", "Write why the term is extended.");
        if (text is null || sort is null || status is null || party is null) return;
        if (present is null)
        {
            present = new Commitment { Id = id, ActionId = action.Id, PartyId = party.Value, Sort = sort.Value, Text = text };
            action.Commitments.Add(present);
        }
        (present.PartyId, present.Sort, present.Text, present.Amount, present.TermOn, present.Status, present.Reason) = (party.Value, sort.Value, text, sort == CommitmentSort.Money ? amount : null, term, status.Value, reason);
    }

    /// <summary>The rules that tie fields and milestones together; said at the field where they can be met.</summary>
    private void CheckAction(AgendaAction action)
    {
        if (action.EndsOn < action.StartsOn) Refuse(_changes.Has("endsOn") || !_changes.Has("startsOn") ? "endsOn" : "startsOn", "Het einde ligt voor het begin.", "The end lies before the beginning.");
        var (before, now) = (_statusBefore!.Value, action.Status);
        // A reason belongs to the status that it was given for.
        var isNew = db.Entry(action).State == EntityState.Added;
        if (!isNew && before != now && !_changes.Has("statusReason")) action.StatusReason = null;
        if (ActionFlow.Problem(isNew ? null : before, now, ActionFacts.Of(action.StatusReason, action.Milestones)) is { } problem)
            Refuse(before != now || !_changes.Has("statusReason") ? "status" : "statusReason", problem);
    }

    private Task<bool> IsReadableAsync(Guid id, CancellationToken cancellation) => db.Objects.ReadableBy(reader).AnyAsync(o => o.Id == id, cancellation);

    /// <summary>An object that a member names; what stood there already may stay.</summary>
    private async Task<Guid?> ObjectOfAsync(string path, JsonObject? node, string member, Guid? present, CancellationToken cancellation)
    {
        if (node?[member] is not { } given) return null;
        if (Json.Id(given) is { } id && (id == present || await db.Objects.ReadableBy(reader).AnyAsync(o => o.Id == id && o.State == ObjectState.Published, cancellation))) return id;
        Refuse(path, "Kies iets uit het register.", "Choose something from the register.");
        return null;
    }

    /// <summary>A day of a member, or null.</summary>
    private DateOnly? DayOf(string path, JsonNode node, string member)
    {
        var given = (node as JsonObject)?[member];
        if (given is null) return null;
        if (DayText.Problem(Json.Text(given) ?? "") is { } problem) Refuse(path, problem);
        return DayText.Parse(Json.Text(given));
    }

    private decimal? AmountOf(string path, JsonObject? node)
    {
        if (node?["amount"] is not { } given) return null;
        var number = Json.Number(given);
        if ((number is { } n ? AmountText.Problem(n) : AmountText.Problem(Json.Text(given) ?? "")) is not { } problem) return number ?? AmountText.Parse(Json.Text(given));
        Refuse(path, problem);
        return null;
    }
}
