using System.Linq.Expressions;
using System.Text.Json.Nodes;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Editing;

/// <summary>What parties promised, and the rule that nobody gets more time, or lets a promise lapse, without saying why.</summary>
internal sealed partial class ChangeApplier
{
    private static readonly Text NoAction = new("Kies een actie van de agenda.", "Choose an action of the agenda."), NoParty = new("Kies een organisatie, stad of campus uit het register.", "Choose an organisation, city or campus from the register.");
    private static readonly Expression<Func<RegisterObject, bool>> IsAction = o => o is AgendaAction;
    private static readonly Text NoLonger = new("Schrijf erbij waarom de termijn langer wordt.", "Write why the deadline is extended.");

    private static readonly Text NoLapse = new("Schrijf erbij waarom de toezegging is vervallen.", "Write why the commitment lapsed.");

    /// <summary>Commitments that this change takes away; what comes in their place has their term.</summary>
    private readonly List<Commitment> _gone = [];

    private async Task CommitmentAsync(AgendaObject agenda, string path, JsonNode? value, CancellationToken cancellation)
    {
        if (IdOf(path) is not { } id) return;
        var present = agenda.Commitments.FirstOrDefault(c => c.Id == id);
        if (value is null)
        {
            if (present is null) return;
            _gone.Add(present);
            Drop(agenda.Commitments, present);
            return;
        }
        if (present is null && IsTaken(path, await db.Commitments.AnyAsync(c => c.Id == id, cancellation))) return;
        var node = value as JsonObject;
        var isBack = isRestore && await StoodBeforeAsync(agenda, path, node, cancellation);
        var (text, reason, term) = (TextOf(path, value, "text", Commitment.TextMaxLength, required: true, multiline: true), TextOf(path, value, "reason", Commitment.ReasonMaxLength, multiline: true), DayOf(path, value, "term"));
        var (sort, status) = (Json.Code<CommitmentSort>(node?["sort"]), node?["status"] is null ? CommitmentStatus.Open : Json.Code<CommitmentStatus>(node["status"]));
        var (amount, number) = (AmountOf(path, node), NumberOf(path, node));
        var party = await ObjectOfAsync(path, node, "party", present?.PartyId, Parties.Are, NoParty, cancellation);
        if (party is null && node?["party"] is null) Refuse(path, "Kies wie dit toezegt.", "Choose who commits to this.");
        if (sort is null) Refuse(path, "Kies wat er wordt toegezegd: geld, ruimte, een regel, capaciteit of een gesprek.", "Choose what is committed: money, space, a rule, capacity or dialogue.", "sort");
        else if (sort != CommitmentSort.Money && node?["amount"] is not null) Refuse(path, "Een bedrag hoort alleen bij geld. Haal het weg, of kies geld.", "An amount belongs to money only. Remove it, or choose money.", "amount");
        if (status is null) Refuse(path, "Kies openstaand, deels voldaan, voldaan of vervallen.", "Choose open, partly fulfilled, fulfilled or lapsed.", "status");
        // What an action promises it carries out itself.
        if (agenda is AgendaAction && node?["carriedOutIn"] is not null) Refuse(path, "Een toezegging van een actie wordt in die actie uitgevoerd.", "A commitment of an action is carried out in that action.");
        var carriedOutIn = agenda is AgendaAction ? null : await ObjectOfAsync(path, node, "carriedOutIn", present?.CarriedOutInId, IsAction, NoAction, cancellation);
        var settledOn = status is { } known && Commitment.IsSettled(known) ? DayOf(path, value, "settledOn") ?? (present?.Status == known || isBack ? present?.SettledOn : today) : null;
        if (settledOn > today) Refuse(path, Future, "settledOn");
        // One that is dropped and made anew in the same breath is the same promise with another term.
        var agreed = present?.TermOn ?? (present is null && party is { } who ? _gone.Where(c => c.PartyId == who && Commitment.IsLonger(c.TermOn, term)).Min(c => c.TermOn) : null);
        var isExtended = !isBack && Commitment.IsLonger(agreed, term);
        // A reason belongs to what it was given for: the one of an extension says nothing of a lapse.
        var isOld = present?.Reason == reason && !isBack;
        if (status == CommitmentStatus.Lapsed && (reason is null || isOld && present!.Status != CommitmentStatus.Lapsed)) Refuse(path, reason is null ? NoLapse : new("De reden die er staat, is van eerder. " + NoLapse.Nl, "The reason that stands there is an earlier one. " + NoLapse.En), "reason");
        else if (isExtended && (reason is null || isOld)) Refuse(path, present is null ? new("Dit komt in de plaats van een toezegging met een eerdere termijn. " + NoLonger.Nl, "This takes the place of a commitment with an earlier deadline. " + NoLonger.En) : NoLonger, "reason");
        if (text is null || sort is null || status is null || party is null) return;
        var (from, on) = isExtended ? (agreed, today) : isBack ? (DayOf(path, value, "extendedFrom"), DayOf(path, value, "extendedOn")) : (present?.ExtendedFrom, present?.ExtendedOn);
        // The days of an extension go with the reason for it.
        if (from is null || on is null || reason is null) (from, on) = (null, null);
        if (present is null)
        {
            present = new Commitment { Id = id, ObjectId = agenda.Id, PartyId = party.Value, Sort = sort.Value, Text = text };
            agenda.Commitments.Add(present);
        }
        (present.PartyId, present.Sort, present.Text, present.Amount, present.TermOn, present.Status, present.Reason) = (party.Value, sort.Value, text, sort == CommitmentSort.Money ? amount : null, term, status.Value, reason);
        (present.Number, present.CarriedOutInId, present.SettledOn, present.ExtendedFrom, present.ExtendedOn) = (number, carriedOutIn, settledOn, from, on);
    }

    /// <summary>What of a commitment must have stood together.</summary>
    private static readonly string[] PutBack = ["party", "text", "term", "extendedFrom", "extendedOn"];

    /// <summary>Whether an earlier version held the commitment with these words and this term. That something is put back stands in the reason, which anybody can write; only what really stood is believed.</summary>
    private async Task<bool> StoodBeforeAsync(AgendaObject agenda, string path, JsonObject? node, CancellationToken cancellation)
    {
        var earlier = await db.FieldChanges.AsNoTracking().Where(c => c.ObjectId == agenda.Id && c.Field == path && c.OldValue != null).Select(c => c.OldValue!).ToListAsync(cancellation);
        return earlier.Select(v => JsonNode.Parse(v) as JsonObject).Any(v => PutBack.All(m => JsonNode.DeepEquals(v?[m], node?[m])));
    }

    /// <summary>A whole number, as JSON or as somebody typed it.</summary>
    private static int? WholeOf(JsonNode given) => Json.Whole(given) ?? (int.TryParse(Json.Text(given), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var typed) ? typed : null);

    private int? NumberOf(string path, JsonObject? node)
    {
        if (node?["number"] is not { } given) return null;
        if (WholeOf(given) is { } number && number is >= 1 and <= Commitment.MaxNumber) return number;
        Refuse(path, $"Vul als nummer een heel getal in van 1 tot en met {Commitment.MaxNumber}, of laat het leeg.", $"Enter a whole number from 1 to {Commitment.MaxNumber}, or leave it empty.", "number");
        return null;
    }

    /// <summary>A number names one thing; said at those that this change made.</summary>
    private void CheckNumbers(string section, IEnumerable<(Guid Id, int? Number)> parts)
    {
        foreach (var group in parts.Where(p => p.Number is not null).GroupBy(p => p.Number).Where(g => g.Count() > 1))
            foreach (var path in group.Select(p => $"{section}/{p.Id}").Where(_changes.Has))
                Refuse(path, $"Nummer {group.Key} staat er al. Elk nummer komt een keer voor.", $"Number {group.Key} is there already. Each number occurs once.", "number");
    }
}
