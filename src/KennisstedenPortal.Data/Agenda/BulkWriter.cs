using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Agenda;

/// <summary>An action as the secretariat saw it.</summary>
public sealed record BulkTarget(Guid Id, int Revision);

/// <summary>One fact that many actions get.</summary>
/// <param name="Path">One of <see cref="BulkWriter.Paths"/>.</param>
/// <param name="Reason">Stands in the history of each.</param>
public sealed record BulkInput(IReadOnlyList<BulkTarget> Targets, string Path, JsonNode? Value, string? Reason);

public enum BulkState
{
    /// <summary>It will be changed.</summary>
    Ready,
    /// <summary>It was changed, or its editors were asked.</summary>
    Done,
    /// <summary>A colleague decides on it: the city of its owner works with four eyes.</summary>
    Waits,
    /// <summary>It stood so already, or was asked before.</summary>
    Same,
    /// <summary>It can't be.</summary>
    Refused,
}

/// <summary>What becomes of one action.</summary>
/// <param name="Name">Empty when there is no such action.</param>
/// <param name="Before">What stands there now; null is nothing.</param>
/// <param name="Why">Why it can't be, as a sentence.</param>
/// <param name="AskByMail">Nobody of its owner has an account: a link in a mail asks them.</param>
public sealed record BulkRow(Guid Id, string Code, string Name, BulkState State, JsonNode? Before = null, Text? Why = null, bool AskByMail = false);

/// <param name="Problem">Why none of it can be done.</param>
public sealed record BulkResult(Text? Problem, IReadOnlyList<BulkRow> Rows);

/// <summary>Does one thing to many actions for the secretariat. Each is saved by itself, with the rules and the history of any other change; one that fails leaves the others done.</summary>
public sealed class BulkWriter(IDbContextFactory<PortalDbContext> contexts, ObjectWriter objects, TimeProvider time)
{
    /// <summary>More are chosen on the next page.</summary>
    public const int Most = 50;
    public const int AskAgainDays = 14;
    public const string EndsOn = "endsOn", Owner = "steward", Status = "status", Visibility = "visibility";

    public static IReadOnlyList<string> Paths { get; } = [EndsOn, Owner, Status, Visibility];

    private static readonly ObjectKind Kind = KindRegistry.Of<AgendaAction>();
    private static readonly Text Gone = new("Deze actie is er niet meer.", "This action is gone.");

    private sealed record Known(string Slug, string Name, ActionStatus Status);

    /// <summary>What saving would do. Writes nothing.</summary>
    /// <exception cref="NotAllowedException">The actor does not run the agenda.</exception>
    public Task<BulkResult> PreviewAsync(BulkInput input, Actor actor, CancellationToken cancellation = default) => EachAsync(input, actor, async (target, known, edit) =>
    {
        if (await objects.PreviewAsync(edit, actor, cancellation) is not { } preview) return Row(target, known, BulkState.Refused, why: Gone);
        var before = preview.Differences.FirstOrDefault(d => d.Path == input.Path)?.Before ?? preview.Clashes.FirstOrDefault(c => c.Path == input.Path)?.Theirs;
        if (preview.Clashes.Count > 0) return Row(target, known, BulkState.Refused, before, Clash);
        if (preview.Problems.Count > 0) return Row(target, known, BulkState.Refused, before, Sentence(input, preview.Problems));
        return Row(target, known, preview.Differences.Count == 0 ? BulkState.Same : preview.WaitsForColleague ? BulkState.Waits : BulkState.Ready, before);
    }, cancellation);

    /// <summary>Saves each by itself, in the order given.</summary>
    /// <inheritdoc cref="PreviewAsync" path="/exception"/>
    public Task<BulkResult> SaveAsync(BulkInput input, Actor actor, CancellationToken cancellation = default) => EachAsync(input, actor, async (target, known, edit) => await objects.SaveAsync(edit, actor, cancellation) switch
    {
        EditOutcome.Saved => Row(target, known, BulkState.Done),
        EditOutcome.Waiting => Row(target, known, BulkState.Waits),
        EditOutcome.Unchanged => Row(target, known, BulkState.Same),
        EditOutcome.Conflict => Row(target, known, BulkState.Refused, why: Clash),
        EditOutcome.Invalid invalid => Row(target, known, BulkState.Refused, why: Sentence(input, invalid.Problems)),
        _ => Row(target, known, BulkState.Refused, why: Gone),
    }, cancellation);

    /// <summary>Asks the editors of each action how it goes, by a notice that their daily mail brings. Who was asked in the last <see cref="AskAgainDays"/> days and has not read it is not asked again.</summary>
    /// <inheritdoc cref="PreviewAsync" path="/exception"/>
    public async Task<BulkResult> AskAsync(IReadOnlyList<Guid> actions, Actor actor, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(actions);
        Rights.Demand(actor, Right.RunAgenda);
        if (ProblemOf(actions.Count) is { } problem) return new(problem, []);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // One after the other, so that a second click sees whom the first asked.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('ask-for-updates', 0))", cancellation);
        var (some, people, now) = (actions.Distinct().ToArray(), EditorsQuery.Open(db), time.GetUtcNow());
        var lately = now.AddDays(-AskAgainDays);
        var found = await db.AgendaActions.AsNoTracking().Where(a => some.Contains(a.Id) && a.State == ObjectState.Published).Select(a => new
        {
            a.Id,
            a.Slug,
            a.Name,
            a.Status,
            IsExample = a.Verification == Verification.Example,
            HasOwner = a.StewardId != null,
            Editors = people.Where(p => p.Grants.Any(g => g.ScopeId != null && (g.ScopeId == a.Id || g.ScopeId == a.StewardId))).Select(p => p.Id).ToList(),
            Asked = db.Notices.Where(n => n.ObjectId == a.Id && n.Sort == NoticeSort.UpdateAsked && n.ReadAt == null && n.At > lately).Select(n => n.AccountId).ToList(),
        }).ToDictionaryAsync(a => a.Id, cancellation);
        var rows = new List<BulkRow>();
        foreach (var id in some)
        {
            if (!found.TryGetValue(id, out var a))
            {
                rows.Add(new BulkRow(id, "", "", BulkState.Refused, Why: Gone));
                continue;
            }
            Text? why = a.IsExample ? new("Dit is een voorbeeld: daar is niemand voor.", "This is an example: nobody is behind it.")
                : ActionFlow.IsClosed(a.Status) ? new("Deze actie is gesloten. Er hoeft niets meer te worden gemeld.", "This action is closed. Nothing needs to be reported any more.")
                : !a.HasOwner ? new("Deze actie heeft nog geen eigenaar.", "This action has no owner yet.")
                : a.Editors.Count == 0 ? new("Niemand met een account houdt deze actie bij voor de eigenaar.", "Nobody with an account keeps this action for the owner.") : null;
            var byMail = why is not null && !a.IsExample && !ActionFlow.IsClosed(a.Status) && a.HasOwner;
            var asked = why is null ? a.Editors.Except(a.Asked).ToList() : [];
            foreach (var editor in asked) Notices.To(db, editor, NoticeSort.UpdateAsked, id, proposalId: null, now);
            rows.Add(new BulkRow(id, a.Slug.ToUpperInvariant(), a.Name, why is not null ? BulkState.Refused : asked.Count == 0 ? BulkState.Same : BulkState.Done, Why: why, AskByMail: byMail));
        }
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new(null, rows);
    }

    private async Task<BulkResult> EachAsync(BulkInput input, Actor actor, Func<BulkTarget, Known, EditInput, Task<BulkRow>> each, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(input);
        Rights.Demand(actor, Right.RunAgenda);
        if (!Paths.Contains(input.Path, StringComparer.Ordinal)) return new(new("Kies wat u wilt wijzigen.", "Choose what you want to change."), []);
        if (ProblemOf(input.Targets.Count) is { } problem) return new(problem, []);
        if (InputText.Clean(input.Reason) is not { } reason) return new(new("Schrijf waarom. Het komt in de geschiedenis van elke actie.", "Write why. It stands in the history of each action."), []);
        if (InputText.Problem(reason, AgendaAction.ReasonMaxLength, multiline: true) is { } wrong) return new(wrong, []);
        var ids = input.Targets.Select(t => t.Id).ToArray();
        Dictionary<Guid, Known> known;
        await using (var db = await contexts.CreateDbContextAsync(cancellation))
            known = await db.AgendaActions.AsNoTracking().Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => new Known(a.Slug, a.Name, a.Status), cancellation);
        var rows = new List<BulkRow>();
        foreach (var target in input.Targets.DistinctBy(t => t.Id))
        {
            if (!known.TryGetValue(target.Id, out var action))
            {
                rows.Add(new BulkRow(target.Id, "", "", BulkState.Refused, Why: Gone));
                continue;
            }
            var changes = new ChangeSet([new(input.Path, input.Value)]);
            // A reason for all can say why they stop or go on, not why one is done without evidence.
            if (input.Path == Status && Json.Code<ActionStatus>(input.Value) is { } to && action.Status != to && ActionFlow.NeedsReason(action.Status, to)) changes.Set("statusReason", reason);
            // A first revision is 1: with less it would be a new action.
            if (target.Revision < 1) rows.Add(Row(target, action, BulkState.Refused, why: Clash));
            else rows.Add(await each(target, action, new EditInput(target.Id, Kind, target.Revision, changes, reason) { IsRestore = false }));
        }
        return new(null, rows);
    }

    private static readonly Text Clash = new("Iemand anders wijzigde dit intussen. Laad de lijst opnieuw en kijk wat er nu staat.", "Somebody else changed this meanwhile. Load the list again to see what it says now.");

    private static Text? ProblemOf(int count) => count switch
    {
        0 => new("Kruis eerst acties aan.", "Tick actions first."),
        > Most => new($"Kies hooguit {Most} acties tegelijk.", $"Choose at most {Most} actions at once."),
        _ => null,
    };

    private static BulkRow Row(BulkTarget target, Known action, BulkState state, JsonNode? before = null, Text? why = null) => new(target.Id, action.Slug.ToUpperInvariant(), action.Name, state, before?.DeepClone(), why);

    private static Text Sentence(BulkInput input, IReadOnlyList<Problem> problems)
    {
        var sentences = problems.Select(p => p.Message).Distinct();
        // Where it says that a reason will do, the one of this form would be taken for it.
        if (input.Path == Status && Json.Code<ActionStatus>(input.Value) == ActionStatus.Completed && problems.Any(p => p.Message.Nl.Contains("schrijf erbij", StringComparison.Ordinal))) sentences = sentences.Append(Apart);
        return new(string.Join(' ', sentences.Select(s => s.Nl)), string.Join(' ', sentences.Select(s => s.En)));
    }

    /// <summary>See where the reason is set: it does not say why one of them is done without evidence.</summary>
    private static readonly Text Apart = new("De reden hierboven geldt voor alle acties samen en telt daarvoor niet: rond deze actie af op haar eigen formulier.", "The reason above is for all actions together and does not count for that: complete this action on its own form.");
}
