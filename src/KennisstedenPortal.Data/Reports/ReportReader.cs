using KennisstedenPortal.Data.Agenda;
using System.Text.Json.Nodes;
using KennisstedenPortal.Data.History;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Reports;

/// <summary>Reads the actions on a page of the report out of their snapshots, with what was reported and the names of then.</summary>
internal sealed class ReportReader(PortalDbContext db, DateTimeOffset at, DateTimeOffset since)
{
    private static readonly ObjectKind Kind = KindRegistry.Of<AgendaAction>();
    private readonly DateOnly _day = Dutch.Day(at);
    private Dictionary<Guid, AgendaAction> _now = [];
    private Dictionary<Guid, Guid[]> _completedBefore = [];
    private Dictionary<Guid, DateOnly> _made = [];
    private IReadOnlyDictionary<Guid, string> _names = new Dictionary<Guid, string>();

    /// <param name="states">Of the actions to tell whole.</param>
    /// <param name="changes">Versions with which something happened.</param>
    public async Task<(IReadOnlyList<ReportAction> Actions, ReportChanges Changes)> ReadAsync(IReadOnlyList<ActionState> states, IReadOnlyList<ActionState> changes, CancellationToken cancellation)
    {
        Guid[] ids = [.. states.Concat(changes).Select(s => s.ActionId).Distinct()];
        _now = (await (from s in db.Set<ActionState>() join r in db.Revisions on new { Id = s.ActionId, Number = s.Revision } equals new { Id = r.ObjectId, r.Number }
                       where ids.Contains(s.ActionId) && s.FromAt <= at && (s.UntilAt == null || s.UntilAt > at) select new { r.ObjectId, r.Number, r.At, r.Snapshot }).AsNoTracking().ToListAsync(cancellation))
            .ToDictionary(r => r.ObjectId, r => (AgendaAction)PastObject.Of(Kind, r.ObjectId, JsonNode.Parse(r.Snapshot)!.AsObject(), r.Number, r.At));
        _completedBefore = await db.Set<ActionState>().Where(s => ids.Contains(s.ActionId) && s.FromAt <= since && (s.UntilAt == null || s.UntilAt > since)).ToDictionaryAsync(s => s.ActionId, s => s.CompletedIds, cancellation);
        var reasons = await ReasonsAsync([.. changes.Where(c => c.StatusBefore is not null || c.IsGone)], cancellation);

        // Named twice, or all updates of the period are put in order before those of the page are picked.
        Guid[] onPage = [.. states.Select(s => s.ActionId)];
        _made = (await db.Set<ActionState>().Where(s => onPage.Contains(s.ActionId)).GroupBy(s => s.ActionId).Select(g => new { g.Key, At = g.Min(s => s.FromAt) }).ToListAsync(cancellation)).ToDictionary(g => g.Key, g => Dutch.Day(g.At));
        var last = await db.Objects.Where(o => onPage.Contains(o.Id)).SelectMany(o => db.PublicUpdates().Where(u => u.ActionId == o.Id && onPage.Contains(u.ActionId) && u.At <= at).OrderByDescending(u => u.At).ThenByDescending(u => u.Id).Take(1)).Select(u => new { u.ActionId, u.At, u.Light }).ToDictionaryAsync(u => u.ActionId, u => new ReportedLight(u.At, u.Light), cancellation);
        var updates = (await db.Objects.Where(o => onPage.Contains(o.Id)).SelectMany(o => db.PublicUpdates().Where(u => u.ActionId == o.Id && onPage.Contains(u.ActionId) && u.At > since && u.At <= at).OrderByDescending(u => u.At).ThenByDescending(u => u.Id).Take(ProgressReportQuery.MostUpdates)).AsNoTracking().ToListAsync(cancellation)).ToLookup(u => u.ActionId);
        var counts = await db.PublicUpdates().Where(u => onPage.Contains(u.ActionId) && u.At > since && u.At <= at).GroupBy(u => u.ActionId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        _names = await NamesAsync([.. _now.Values.SelectMany(a => new[] { a.StewardId }.Concat(a.Milestones.Select(m => m.EvidenceObjectId)).Concat(a.Commitments.Select(c => (Guid?)c.PartyId))).Concat(updates.SelectMany(g => g).Select(u => u.OnBehalfOfId)).OfType<Guid>().Distinct()], cancellation);

        return ([.. states.Select(s => Action(s, last.GetValueOrDefault(s.ActionId), [.. updates[s.ActionId]], counts.GetValueOrDefault(s.ActionId)))],
            new ReportChanges(Steps(changes.Where(c => c.IsFirst)), Steps(changes.Where(c => c.StatusBefore is not null)), Steps(changes.Where(c => c.IsGone)), Closed(changes.Where(c => c.Closed > 0))));

        List<ReportStep> Steps(IEnumerable<ActionState> versions) => [.. InOrder(versions).Select(v => Step(v, reasons.GetValueOrDefault((v.ActionId, v.Revision)), []))];

        // Of an action that closed several at different moments one row tells all that are closed now and were not before.
        List<ReportStep> Closed(IEnumerable<ActionState> versions) => [.. InOrder(versions.GroupBy(v => v.ActionId).Select(g => g.MaxBy(v => v.Revision)!)).Select(v => Step(v, null, [.. MilestonesOf(_now[v.ActionId]).Where(m => m.IsNew)])).Where(s => s.Closed.Count > 0)];
    }

    private static IEnumerable<ActionState> InOrder(IEnumerable<ActionState> versions) => versions.OrderByDescending(v => v.FromAt).ThenByDescending(v => v.Number).ThenByDescending(v => v.Revision).Take(ProgressReportQuery.MostChanges).Reverse();

    private ReportStep Step(ActionState version, string? reason, IReadOnlyList<ReportMilestone> closed) =>
        new(_now[version.ActionId].Code, _now[version.ActionId].Name, version.IsExample, version.FromAt, version.Status, version.StatusBefore, reason, closed);

    private ReportAction Action(ActionState state, ReportedLight? last, List<ProgressUpdate> updates, int count)
    {
        var (action, health) = (_now[state.ActionId], state.HealthOn(last, _made[state.ActionId], _day));
        return new ReportAction(action.Code, action.Name, state.IsExample, state.Lines, action.Status, action.StatusReason, health.Light, last?.At, state.HasOwner, NameOf(action.StewardId), action.EndsOn, health.IsLate, health.LacksEvidence,
            MilestonesOf(action), [.. action.Commitments.Where(c => NameOf(c.PartyId) is not null).OrderBy(c => c.TermOn ?? DateOnly.MaxValue).ThenBy(c => c.Id).Select(c => new ReportPromise(NameOf(c.PartyId)!, c.Sort, c.Status, c.Text, c.Amount, c.TermOn, c.Reason))],
            [.. updates.OrderByDescending(u => u.At).ThenByDescending(u => u.Id).Select(u => new ReportUpdate(u.At, u.Light, u.Text, u.Organisation, NameOf(u.OnBehalfOfId)))], count) { IsSilent = health.IsSilent };
    }

    private List<ReportMilestone> MilestonesOf(AgendaAction action)
    {
        var before = _completedBefore.GetValueOrDefault(action.Id) ?? [];
        return [.. action.Milestones.OrderBy(m => m.DueOn ?? DateOnly.MaxValue).ThenBy(m => m.Id).Select(m => new ReportMilestone(m.Title, m.DueOn, m.Status, m.ClosedOn, m.Status == MilestoneStatus.Completed && !before.Contains(m.Id),
            m.Status != MilestoneStatus.Completed && m.DueOn < _day && !ActionFlow.IsClosed(action.Status), m.EvidenceUrl, NameOf(m.EvidenceObjectId), m.EvidenceNote))];
    }

    private string? NameOf(Guid? id) => id is { } known ? _names.GetValueOrDefault(known) : null;

    /// <summary>Why a status was given, and why something was archived.</summary>
    private async Task<Dictionary<(Guid, int), string?>> ReasonsAsync(List<ActionState> versions, CancellationToken cancellation)
    {
        if (versions.Count == 0) return [];
        Guid[] ids = [.. versions.Select(v => v.ActionId).Distinct()];
        int[] numbers = [.. versions.Select(v => v.Revision).Distinct()];
        var wanted = versions.ToDictionary(v => (v.ActionId, v.Revision));
        return (await db.Revisions.AsNoTracking().Where(r => ids.Contains(r.ObjectId) && numbers.Contains(r.Number)).Select(r => new { r.ObjectId, r.Number, r.Reason, r.Snapshot }).ToListAsync(cancellation))
            .Where(r => wanted.ContainsKey((r.ObjectId, r.Number)))
            .ToDictionary(r => (r.ObjectId, r.Number), r => wanted[(r.ObjectId, r.Number)].IsGone ? r.Reason : Json.Text(JsonNode.Parse(r.Snapshot)!["statusReason"]));
    }

    /// <summary>Names at the moment, of what could be read then and can be named now.</summary>
    private async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(Guid[] ids, CancellationToken cancellation)
    {
        if (ids.Length == 0) return new Dictionary<Guid, string>();
        return await db.Database.SqlQuery<NameThen>($"""
            select o.id, r.snapshot ->> 'name' as name from register_object o
            cross join lateral (select snapshot from revision where object_id = o.id and at <= {at} order by number desc limit 1) r
            where o.id = any({ids}) and o.visibility = 'public' and o.state <> 'draft' and r.snapshot ->> 'visibility' = 'public' and r.snapshot ->> 'state' <> 'draft'
            """).ToDictionaryAsync(n => n.Id, n => n.Name, cancellation);
    }

    private sealed record NameThen(Guid Id, string Name);
}
