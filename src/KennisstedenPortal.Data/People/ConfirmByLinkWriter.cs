using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.People;

/// <summary>What somebody answers to the question whether things are still right.</summary>
/// <param name="Confirm">Objects that are still right.</param>
/// <param name="Remarks">What is not right, by object. Empty texts count for nothing.</param>
public sealed record LinkAnswer(IReadOnlyCollection<Guid> Confirm, IReadOnlyDictionary<Guid, string> Remarks);

/// <summary>What came of an answer.</summary>
public abstract record LinkResult
{
    private LinkResult() { }

    /// <summary>The link is used up.</summary>
    /// <param name="Confirmed">What came of each object to confirm.</param>
    /// <param name="Proposed">Objects whose remark was left; others are gone, or no longer the person's to judge.</param>
    public sealed record Done(IReadOnlyDictionary<Guid, ConfirmOutcome> Confirmed, IReadOnlyCollection<Guid> Proposed) : LinkResult;

    /// <summary>Something in the answer can't be kept; nothing was done and the link still works.</summary>
    /// <param name="Problems">Per object; an empty identity is the answer as a whole.</param>
    public sealed record Invalid(IReadOnlyDictionary<Guid, Text> Problems) : LinkResult;

    /// <summary>The link does not work (any more); nothing was done.</summary>
    public sealed record NoLink(LinkState State) : LinkResult;
}

/// <summary>
/// Answers a confirmation mail without signing in. A link can confirm what its account may confirm at that moment, of the
/// objects it was sent for, and leave remarks as proposals for the editors. It publishes no other change.
/// </summary>
public sealed class ConfirmByLinkWriter(IDbContextFactory<PortalDbContext> contexts, AccessLinkWriter links, ConfirmWriter confirmations, RegisterGeneration generation, TimeProvider time)
{
    public Task<LinkResult> ConfirmAsync(string secret, IReadOnlyCollection<Guid> objectIds, CancellationToken cancellation) =>
        AnswerAsync(secret, new(objectIds, new Dictionary<Guid, string>()), cancellation);

    public Task<LinkResult> ProposeAsync(string secret, IReadOnlyDictionary<Guid, string> remarks, CancellationToken cancellation) =>
        AnswerAsync(secret, new([], remarks), cancellation);

    /// <summary>Confirms and leaves remarks, all in one transaction with the use of the link.</summary>
    public async Task<LinkResult> AnswerAsync(string secret, LinkAnswer answer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var remarks = answer.Remarks.Select(r => (Id: r.Key, Text: InputText.Clean(r.Value))).Where(r => r.Text is not null).ToDictionary(r => r.Id, r => r.Text!);
        if (Problems(answer.Confirm, remarks) is { Count: > 0 } problems) return new LinkResult.Invalid(problems);

        await using var db = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await links.FindAsync(db, secret, cancellation) is not { Purpose: LinkPurpose.Confirm } link) return new LinkResult.NoLink(LinkState.Unknown);
        if (link.State != LinkState.Valid) return new LinkResult.NoLink(link.State);
        if (link.AccountId is not { } account || await ActorQuery.FindAsync(db, account, cancellation) is not { } actor) return new LinkResult.NoLink(LinkState.Revoked);
        if (!await links.ConsumeAsync(db, link, cancellation)) return new LinkResult.NoLink((await links.FindAsync(db, secret, cancellation))!.State);

        // What the link was not sent for does not exist for it.
        HashSet<Guid> own = [.. ConfirmLinkQuery.IdsOf(link)];
        var confirmed = new Dictionary<Guid, ConfirmOutcome>(await confirmations.ConfirmAsync(db, [.. answer.Confirm.Where(own.Contains)], actor, cancellation));
        foreach (var id in answer.Confirm.Where(id => !own.Contains(id))) confirmed[id] = ConfirmOutcome.NotFound;
        List<Guid> proposed = [];
        foreach (var (id, text) in remarks)
            if (own.Contains(id) && await ProposeAsync(db, id, text, actor, cancellation)) proposed.Add(id);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        generation.Advance();
        return new LinkResult.Done(confirmed, proposed);
    }

    /// <summary>A remark is a proposal without a change: an editor reads it and does what it asks, or does not.</summary>
    private async Task<bool> ProposeAsync(PortalDbContext db, Guid id, string text, Actor actor, CancellationToken cancellation)
    {
        if (await db.Objects.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id && o.State == ObjectState.Published, cancellation) is not { } item) return false;
        var resource = new Resource(item.Id, item.StewardId);
        if (!Rights.Allows(actor, Right.Propose, resource) || !Rights.Allows(actor, Right.Confirm, resource)) return false;
        var proposal = new Proposal
        {
            Id = Guid.CreateVersion7(),
            ObjectId = id,
            Kind = KindRegistry.Of(item).Code,
            BaseRevision = item.Revision,
            StewardId = item.StewardId,
            Sort = ProposalSort.Suggestion,
            Changes = new ChangeSet().ToJson(),
            Reason = text,
            // By link, not signed in, and still theirs: nobody decides on their own.
            ProposerId = actor.UserId,
            ProposerName = actor.Name,
            ProposerOrganisation = actor.Organisation,
            MadeAt = time.GetUtcNow(),
        };
        db.Add(proposal);
        await Notices.ToEditorsAsync(db, id, NoticeSort.ProposalMade, id, proposal.Id, actor.UserId, time.GetUtcNow(), cancellation);
        return true;
    }

    private static Dictionary<Guid, Text> Problems(IReadOnlyCollection<Guid> confirm, Dictionary<Guid, string> remarks)
    {
        var problems = new Dictionary<Guid, Text>();
        if (confirm.Count == 0 && remarks.Count == 0)
            problems[Guid.Empty] = new("Vink aan wat nog juist is, of schrijf op wat er niet klopt.", "Tick what is still right, or write down what is not.");
        if (confirm.Count > ConfirmWriter.MaxObjects || remarks.Count > ReviewReminder.MaxObjects)
            problems[Guid.Empty] = new("Er staat te veel in uw antwoord.", "There is too much in your answer.");
        foreach (var (id, text) in remarks)
        {
            if (InputText.Problem(text, Proposal.ReasonMaxLength, multiline: true) is { } problem) problems[id] = problem;
            else if (confirm.Contains(id)) problems[id] = new("U vinkt aan dat dit nog juist is, en schrijft ook op wat er niet klopt. Kies één van de twee.", "You ticked that this is still right, and also wrote what is not. Choose one of the two.");
        }
        return problems;
    }
}
