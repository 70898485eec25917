using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Editing;

/// <summary>The decision on a proposal. Nobody decides on their own; who proposed hears what became of it.</summary>
public sealed class ProposalWriter(IDbContextFactory<PortalDbContext> contexts, ObjectWriter objects, TimeProvider time)
{
    /// <summary>Takes the proposal over, as it is or with the choices of who decides.</summary>
    /// <param name="changes">Instead of the proposal's own: what is left of it after choosing.</param>
    /// <param name="baseRevision">Revision on which the decider chose; null is that of the proposal.</param>
    /// <exception cref="NotAllowedException">The actor does not keep the object, or made the proposal.</exception>
    public async Task<EditOutcome> AcceptAsync(Guid proposalId, string? reason, Actor actor, ChangeSet? changes = null, int? baseRevision = null, CancellationToken cancellation = default)
    {
        if (await FindAsync(proposalId, actor, cancellation) is not { } proposal) return new EditOutcome.NotFound();
        var given = InputText.Clean(reason);
        if (InputText.Problem(given, Proposal.ReasonMaxLength, multiline: true) is { } problem) return new EditOutcome.Invalid([new("", problem)]);
        var text = proposal.Sort == ProposalSort.FourEyes ? given ?? proposal.Reason : $"Voorstel van {proposal.ProposerOrganisation}: {proposal.Reason}{(given is null ? "" : $" ({given})")}";
        var proposed = ChangeSet.Parse(proposal.Changes);
        var outcome = await objects.TakeOverAsync(proposal, changes ?? proposed, baseRevision ?? proposal.BaseRevision, Shortened(text), actor, cancellation);
        // A remark, or what stands there by now: there is nothing left to do but to say so. Who left something out did not take it over.
        return outcome is EditOutcome.Unchanged && (changes is null || proposed.IsPartOf(changes)) ? await CloseAsync(proposalId, ProposalState.Accepted, given, actor, cancellation) : outcome;
    }

    /// <summary>Rejects it, with a reason that the proposer reads.</summary>
    /// <exception cref="NotAllowedException">The actor does not keep the object, or made the proposal.</exception>
    public async Task<EditOutcome> RejectAsync(Guid proposalId, string? reason, Actor actor, CancellationToken cancellation = default)
    {
        if (await FindAsync(proposalId, actor, cancellation) is null) return new EditOutcome.NotFound();
        var text = InputText.Clean(reason);
        if (text is null) return new EditOutcome.Invalid([new("", new("Schrijf waarom u het voorstel afwijst. De indiener leest dat.", "Write why you reject the proposal. The proposer will read it."))]);
        if (InputText.Problem(text, Proposal.ReasonMaxLength, multiline: true) is { } problem) return new EditOutcome.Invalid([new("", problem)]);
        return await CloseAsync(proposalId, ProposalState.Rejected, text, actor, cancellation);
    }

    /// <summary>The proposer takes it back.</summary>
    /// <exception cref="NotAllowedException">It is somebody else's.</exception>
    public async Task<EditOutcome> WithdrawAsync(Guid proposalId, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Propose);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var proposal = await db.Proposals.AsNoTracking().FirstOrDefaultAsync(p => p.Id == proposalId && p.State == ProposalState.Open, cancellation);
        if (proposal is null) return new EditOutcome.NotFound();
        if (proposal.ProposerId != actor.UserId) throw new NotAllowedException(Right.Propose);
        return await CloseAsync(proposalId, ProposalState.Withdrawn, null, actor, cancellation);
    }

    /// <summary>Words of two people together may be too long for one reason; a character is not cut in two.</summary>
    private static string Shortened(string text) => text.Length <= ObjectWriter.ReasonMaxLength ? text : text[..(char.IsHighSurrogate(text[ObjectWriter.ReasonMaxLength - 1]) ? ObjectWriter.ReasonMaxLength - 1 : ObjectWriter.ReasonMaxLength)];

    private async Task<Proposal?> FindAsync(Guid id, Actor actor, CancellationToken cancellation)
    {
        Rights.Demand(actor, Right.Decide);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var proposal = await db.Proposals.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id && p.State == ProposalState.Open, cancellation);
        if (proposal is null) return null;
        // Who keeps it now, which may be somebody else than when it was proposed.
        var steward = await db.Objects.Where(o => o.Id == proposal.ObjectId).Select(o => new { o.StewardId }).FirstOrDefaultAsync(cancellation);
        Rights.Demand(actor, Right.Decide, new Resource(proposal.ObjectId, steward is null ? proposal.StewardId : steward.StewardId));
        if (proposal.ProposerId == actor.UserId) throw new NotAllowedException(Right.Decide);
        return proposal;
    }

    private async Task<EditOutcome> CloseAsync(Guid id, ProposalState state, string? decision, Actor actor, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var proposal = await db.Proposals.FirstOrDefaultAsync(p => p.Id == id && p.State == ProposalState.Open, cancellation);
        if (proposal is null) return new EditOutcome.NotFound();
        Decide(proposal, state, decision, actor, time.GetUtcNow());
        await Notices.ReadAboutAsync(db, proposal.Id, time.GetUtcNow(), cancellation);
        if (state != ProposalState.Withdrawn) Notices.To(db, proposal.ProposerId, state == ProposalState.Accepted ? NoticeSort.ProposalAccepted : NoticeSort.ProposalRejected, await Existing(db, proposal.ObjectId, cancellation), proposal.Id, time.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(cancellation);
            return new EditOutcome.Decided();
        }
        catch (DbUpdateConcurrencyException)
        {
            // Decided on by somebody else, or only a notice went away: what stands there now tells which.
            return await CloseAsync(id, state, decision, actor, cancellation);
        }
    }

    /// <summary>Within the transaction of the change that came of it; a second decision at the same time fails on the version.</summary>
    /// <returns>False when it was decided on or withdrawn in between.</returns>
    internal static async Task<bool> MarkAcceptedAsync(PortalDbContext db, Proposal accepted, int revision, string? decision, Actor actor, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await db.Proposals.FirstOrDefaultAsync(p => p.Id == accepted.Id && p.State == ProposalState.Open, cancellation) is not { } proposal) return false;
        Decide(proposal, ProposalState.Accepted, decision, actor, now);
        proposal.AppliedRevision = revision;
        await Notices.ReadAboutAsync(db, proposal.Id, now, cancellation);
        Notices.To(db, proposal.ProposerId, NoticeSort.ProposalAccepted, proposal.ObjectId, proposal.Id, now);
        return true;
    }

    private static void Decide(Proposal proposal, ProposalState state, string? decision, Actor actor, DateTimeOffset now)
    {
        (proposal.State, proposal.Decision, proposal.DecidedAt, proposal.DeciderId, proposal.DeciderName) = (state, decision, now, actor.UserId, actor.Name);
        proposal.Version++;
    }

    private static async Task<Guid?> Existing(PortalDbContext db, Guid id, CancellationToken cancellation) => await db.Objects.AnyAsync(o => o.Id == id, cancellation) ? id : null;
}
