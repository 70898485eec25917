using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.History;
using KennisstedenPortal.Data.Meetings;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Reports;
using KennisstedenPortal.Data.Tests.Agenda;
using KennisstedenPortal.Data.Tests.Editing;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Access;

/// <summary>One way in: what it is called, when Rights lets somebody in, and an honest try on an object.</summary>
/// <param name="Name">Class and method.</param>
/// <param name="Expected">By the table of rights alone.</param>
/// <param name="Try">True when it was done or shown, false when it was refused.</param>
internal sealed record WayIn(string Name, Func<Actor, Resource, bool> Expected, Func<RightsWorld, Actor, RegisterObject, Task<bool>> Try);

/// <summary>The editors of a database, and things for them to act on.</summary>
internal sealed class RightsWorld(Editors editors)
{
    private int _texts;

    public Editors Editors => editors;
    public TestDatabase Database => editors.Database;
    public ProposalQuery ProposalQuery => new(Database, editors.Objects, editors.Query);
    public PreviewQuery Previews => new(Database, editors.Objects, editors.Drafts, ProposalQuery, Database.Time);
    public WorkplaceQuery Work => new(Database, Database.Time);
    public EditionWriter Editions => new(Database, new ProgressReportQuery(Database), Database.Generation, Database.Time);
    public BulkWriter Bulk => new(Database, editors.Objects, Database.Time);
    public NoticeReader Notices => new(Database, Database.Time);
    /// <summary>Somebody whose proposals the others decide on.</summary>
    public required Actor Proposer { get; init; }

    /// <summary>An edition of yesterday.</summary>
    public EditionInput Edition() => new(Guid.CreateVersion7(), "Voortgang", Database.Time.Today().AddDays(-1), Database.Time.Today().AddDays(-30));

    /// <summary>A change that was not made before.</summary>
    public async Task<EditInput> ChangeAsync(RegisterObject item, string path = "note", JsonNode? value = null)
    {
        await using var db = Database.CreateDbContext();
        var revision = (await db.Objects.FindAsync(item.Id))!.Revision;
        return Editors.Change(item, revision, (path, value ?? $"Tekst {++_texts}"));
    }

    public async Task<Guid> ProposalAsync(RegisterObject item, Actor? by = null) =>
        ((EditOutcome.Waiting)await editors.Objects.ProposeAsync(await ChangeAsync(item), by ?? Proposer)).ProposalId;

    /// <summary>An action of who keeps the object, or of the object itself.</summary>
    public async Task<AgendaAction> ActionAsync(RegisterObject item)
    {
        await using var db = Database.CreateDbContext();
        var action = new AgendaAction { Id = Guid.CreateVersion7(), Slug = $"va-{900 + ++_texts}", Name = "Actie", StewardId = item.StewardId ?? item.Id };
        db.Add(action);
        await db.SaveAsync(Actor.Portal, "Nieuw");
        return action;
    }

    /// <summary>A meeting for partners, always the same.</summary>
    public async Task<Meeting> MeetingAsync()
    {
        await using var db = Database.CreateDbContext();
        if (await db.Meetings.FirstOrDefaultAsync() is { } there) return there;
        var meeting = new Meeting { Id = Guid.CreateVersion7(), Slug = "overleg", Name = "Overleg", Visibility = Visibility.Partners };
        db.Add(meeting);
        await db.SaveAsync(Actor.Portal, "Nieuw");
        return meeting;
    }

    /// <summary>A relation that another end reported and this object must answer.</summary>
    public async Task<Guid> RelationAsync(RegisterObject item)
    {
        await using var db = Database.CreateDbContext();
        var reporter = (await db.BySlugAsync<Facility>("samxl")).Id;
        await db.Relations.Where(r => r.FromId == reporter && r.ToId == item.Id).ExecuteDeleteAsync();
        var relation = new Relation { Id = Guid.CreateVersion7(), Kind = RelationKind.PartneredBy, FromId = reporter, ToId = item.Id, ReportedById = reporter };
        db.Add(relation);
        await db.SaveAsync(Actor.Portal, "Gemeld");
        return relation.Id;
    }
}

/// <summary>Every public method in Data that takes an actor. A new one must be added here, or a test fails.</summary>
internal static class RightsMatrix
{
    /// <summary>Parts that work inside a method of the matrix, which asks for the right; they decide on nothing themselves.</summary>
    public static IReadOnlyList<string> Inside { get; } =
    [
        "PortalDbContext.SaveAsync", "ReadableObjects.ReadableBy", "ReadableObjects.IsReadableBy", "KeptObjects.ReachedBy", "KeptObjects.KeptBy", "AccessLinkWriter.Add",
        // Read for everybody, without account too; how much one sees is tried in HistoryQueryTests.
        "HistoryQuery.TimelineAsync", "HistoryQuery.ChangeAsync", "HistoryQuery.CompareAsync",
        // Reaches the account of the actor only, whoever that is.
        "PeopleWriter.EndOwnSessionsAsync",
    ];

    private static Func<Actor, Resource, bool> On(Right right) => (actor, resource) => Rights.Allows(actor, right, resource);
    /// <summary>Of an action that whoever keeps the object owns, see <see cref="RightsWorld.ActionAsync"/>.</summary>
    private static bool OfOwner(Actor actor, Resource resource) => Rights.Allows(actor, Right.Edit, new Resource(Guid.Empty, resource.StewardId ?? resource.Id));
    private static Func<Actor, Resource, bool> AtAll(Right right) => (actor, _) => Rights.Allows(actor, right);

    public static IReadOnlyList<WayIn> All { get; } =
    [
        new("ObjectWriter.PreviewAsync", AtAll(Right.Propose), async (w, a, o) => await w.Editors.Objects.PreviewAsync(await w.ChangeAsync(o), a) is not null),
        new("ObjectWriter.SaveAsync", On(Right.Edit), async (w, a, o) => await w.Editors.Objects.SaveAsync(await w.ChangeAsync(o), a) is EditOutcome.Saved),
        new("ObjectWriter.SaveAsync (steward)", On(Right.AssignSteward), async (w, a, o) => await w.Editors.Objects.SaveAsync(await w.ChangeAsync(o, "steward", (await w.Editors.FindAsync("utrecht")).Id.ToString()), a) is EditOutcome.Saved
            && await w.Editors.Objects.SaveAsync(await w.ChangeAsync(o, "steward", o.StewardId?.ToString()), w.Editors.Secretariat) is not EditOutcome.NotFound),
        new("ObjectWriter.ProposeAsync", AtAll(Right.Propose), async (w, a, o) => await w.Editors.Objects.ProposeAsync(await w.ChangeAsync(o), a) is EditOutcome.Waiting),
        new("ProposalWriter.AcceptAsync", On(Right.Decide), async (w, a, o) => await w.Editors.Proposals.AcceptAsync(await w.ProposalAsync(o), null, a) is EditOutcome.Saved),
        new("ProposalWriter.RejectAsync", On(Right.Decide), async (w, a, o) => await w.Editors.Proposals.RejectAsync(await w.ProposalAsync(o), "Nee", a) is EditOutcome.Decided),
        new("ProposalWriter.WithdrawAsync", AtAll(Right.Propose), async (w, a, o) => await w.Editors.Proposals.WithdrawAsync(await w.ProposalAsync(o, Rights.Allows(a, Right.Propose) ? a : null), a) is EditOutcome.Decided),
        new("ProposalWriter.WithdrawAsync (another's)", (_, _) => false, async (w, a, o) => await w.Editors.Proposals.WithdrawAsync(await w.ProposalAsync(o), a) is EditOutcome.Decided),
        new("RelationAnswerWriter.AnswerAsync", On(Right.Edit), async (w, a, o) => await new RelationAnswerWriter(w.Database, w.Editors.Objects, w.Database.Time).AnswerAsync(await w.RelationAsync(o), true, a) is EditOutcome.Saved),
        new("ProgressWriter.FindAsync", OfOwner, async (w, a, o) => await w.Database.Progress().FindAsync((await w.ActionAsync(o)).Slug, a) is not null),
        new("ProgressWriter.ReportAsync", OfOwner, async (w, a, o) => await w.Database.Progress().ReportAsync(new ProgressInput(Guid.CreateVersion7(), (await w.ActionAsync(o)).Id, "green", "Het loopt."), a) is ProgressOutcome.Reported),
        new("ProgressWriter.AskAsync", OfOwner, async (w, a, o) => await w.Database.Progress().AskAsync((await w.ActionAsync(o)).Id, Guid.NewGuid(), "economie@gemeente.nl", "nl", a) is AskOutcome.Asked),
        new("SharedBoards.RunAsync", AtAll(Right.Propose), async (w, a, _) => (await new SharedBoards(new ActionsQuery(w.Database.Source, w.Database.Time), w.Database.Generation, w.Database.Time).RunAsync(new ActionFilter(), a, CancellationToken.None)).Count > 0),
        new("ActionsQuery.BoardAsync", AtAll(Right.Propose), async (w, a, _) => (await new ActionsQuery(w.Database.Source, w.Database.Time).BoardAsync(new ActionFilter(), a, CancellationToken.None)).Count > 0),
        new("PeopleQuery.ChoicesAsync", AtAll(Right.ReadPartners), async (w, a, o) => await DoneAsync(new PeopleQuery(w.Database, w.Database.Search).ChoicesAsync("organisation", o.Name, a))),
        new("PartnersQuery.RunAsync", AtAll(Right.ReadPartners), async (w, a, _) => await DoneAsync(new PartnersQuery(w.Database).RunAsync(null, a))),
        new("MeetingQuery.ListAsync", AtAll(Right.ReadPartners), async (w, a, _) => await DoneAsync(w.Database.Meetings().ListAsync(a))),
        new("MeetingQuery.FindAsync", AtAll(Right.ReadPartners), async (w, a, _) => await w.Database.Meetings().FindAsync((await w.MeetingAsync()).Slug, a) is not null),
        // Of a party that is nobody's own; that each reads its own is tried in BriefingTests.
        new("BriefingQuery.FindAsync", AtAll(Right.RunAgenda), async (w, a, _) => await w.Database.Briefings().FindAsync((await w.MeetingAsync()).Slug, KindRegistry.Of<City>(), "utrecht", false, a) is not null),
        new("BriefingLinks.SendAsync", AtAll(Right.RunAgenda), async (w, a, _) => await w.Database.BriefingLinks().SendAsync((await w.MeetingAsync()).Id, Guid.NewGuid(), KindRegistry.Of<City>(), "delft", "bestuur@gemeente.nl", "nl", a) is BriefingOutcome.Sent),
        new("BriefingLinks.OpenAsync", AtAll(Right.RunAgenda), async (w, a, _) => await DoneAsync(w.Database.BriefingLinks().OpenAsync((await w.MeetingAsync()).Id, a))),
        new("SteeringQuery.RunAsync", AtAll(Right.RunAgenda), async (w, a, _) => await DoneAsync(new SteeringQuery(w.Database.Source, w.Database.Time).RunAsync(new SteeringFilter(), a))),
        new("SteeringQuery.PartiesAsync", AtAll(Right.RunAgenda), async (w, a, _) => await DoneAsync(new SteeringQuery(w.Database.Source, w.Database.Time).PartiesAsync(examples: false, a))),
        new("BulkWriter.PreviewAsync", AtAll(Right.RunAgenda), async (w, a, o) => (await w.Bulk.PreviewAsync(new BulkInput([new((await w.ActionAsync(o)).Id, 1)], BulkWriter.EndsOn, "2031-01-01", "Omdat"), a)).Rows.Single().State is BulkState.Ready or BulkState.Waits),
        new("BulkWriter.SaveAsync", AtAll(Right.RunAgenda), async (w, a, o) => (await w.Bulk.SaveAsync(new BulkInput([new((await w.ActionAsync(o)).Id, 1)], BulkWriter.EndsOn, "2031-01-01", "Omdat"), a)).Rows.Single().State is BulkState.Done or BulkState.Waits),
        new("BulkWriter.AskAsync", AtAll(Right.RunAgenda), async (w, a, o) => (await w.Bulk.AskAsync([(await w.ActionAsync(o)).Id], a)).Problem is null),
        new("ExamplesWriter.ListAsync", AtAll(Right.RunAgenda), async (w, a, _) => await DoneAsync(new ExamplesWriter(w.Database).ListAsync(a))),
        new("ExamplesWriter.SetAsync", AtAll(Right.RunAgenda), async (w, a, _) => await DoneAsync(new ExamplesWriter(w.Database).SetAsync(putAway: true, a))),
        new("EditionWriter.PreviewAsync", AtAll(Right.RunAgenda), async (w, a, _) => (await w.Editions.PreviewAsync(w.Edition(), a)).Report is not null),
        new("EditionWriter.FreezeAsync", AtAll(Right.RunAgenda), async (w, a, _) => await w.Editions.FreezeAsync(w.Edition(), a) is EditionOutcome.Done),
        new("EditionWriter.WithdrawAsync", AtAll(Right.RunAgenda), async (w, a, _) => await w.Editions.WithdrawAsync(((EditionOutcome.Done)await w.Editions.FreezeAsync(w.Edition(), w.Editors.Secretariat)).Name, "Een fout.", a) is EditionOutcome.Done),
        new("ConfirmWriter.ConfirmAsync", On(Right.Confirm), async (w, a, o) => (await new ConfirmWriter(w.Database, w.Database.Generation, w.Database.Time).ConfirmAsync([o.Id], a, CancellationToken.None))[o.Id] == ConfirmOutcome.Confirmed),
        new("RestoreQuery.FindAsync", On(Right.Edit), async (w, a, o) => await DoneAsync(new RestoreQuery(w.Database).FindAsync(KindRegistry.Of(o), o.Slug, 1, a))),
        new("DraftStore.KeepAsync", AtAll(Right.Propose), async (w, a, o) => (await w.Editors.Drafts.KeepAsync(Guid.CreateVersion7(), KindRegistry.Of(o), 0, new ChangeSet([new("note", "x")]), 0, a)).Outcome == DraftOutcome.Kept),
        new("DraftStore.FindAsync", AtAll(Right.Propose), async (w, a, o) => await DoneAsync(w.Editors.Drafts.FindAsync(o.Id, a))),
        new("DraftStore.ListAsync", AtAll(Right.Propose), async (w, a, _) => await DoneAsync(w.Editors.Drafts.ListAsync(a))),
        new("DraftStore.DiscardAsync", AtAll(Right.Propose), async (w, a, o) => await DoneAsync(w.Editors.Drafts.DiscardAsync(o.Id, a))),
        new("EditQuery.FindAsync", AtAll(Right.Propose), async (w, a, o) => await w.Editors.Query.FindAsync(o.Id, a) is { } found && found.MayEdit == Rights.Allows(a, Right.Edit, new Resource(o.Id, o.StewardId)) && await w.Editors.Query.FindAsync(KindRegistry.Of(o), o.Slug, a) is not null),
        new("EditQuery.ObjectsAsync", AtAll(Right.Propose), async (w, a, _) => (await w.Editors.Query.ObjectsAsync("delft", ["city"], a)).Count > 0),
        new("EditQuery.NamesAsync", AtAll(Right.Propose), async (w, a, o) => (await w.Editors.Query.NamesAsync([o.Id.ToString()], a)).Values.Contains(o.Name, StringComparer.Ordinal)),
        new("ProposalQuery.ListAsync", AtAll(Right.Decide), async (w, a, _) => await DoneAsync(w.ProposalQuery.ListAsync(new ProposalFilter(), a))),
        new("ProposalQuery.ListAsync (own)", AtAll(Right.Propose), async (w, a, _) => await DoneAsync(w.ProposalQuery.ListAsync(new ProposalFilter(Own: true), a))),
        new("ProposalQuery.FindAsync", On(Right.Decide), async (w, a, o) => await w.ProposalQuery.FindAsync(await w.ProposalAsync(o), a) is { MayDecide: true }),
        new("PreviewQuery.OfDraftAsync", AtAll(Right.Propose), async (w, a, o) =>
        {
            await w.Editors.Drafts.KeepAsync(o.Id, KindRegistry.Of(o), o.Revision, (await w.ChangeAsync(o)).Changes, 0, a);
            return await w.Previews.OfDraftAsync(KindRegistry.Of(o), o.Id, a) is not null && await w.Previews.OfDraftAsync(KindRegistry.Of(o), o.Slug, a) is not null;
        }),
        new("PreviewQuery.OfProposalAsync", On(Right.Decide), async (w, a, o) => await w.Previews.OfProposalAsync(await w.ProposalAsync(o), a) is not null),
        new("WorkplaceQuery.DraftsAsync", AtAll(Right.Propose), async (w, a, _) => await DoneAsync(w.Work.DraftsAsync(a))),
        new("WorkplaceQuery.DueAsync", AtAll(Right.Propose), async (w, a, _) => await DoneAsync(w.Work.DueAsync(a))),
        new("WorkplaceQuery.RelationsAsync", AtAll(Right.Propose), async (w, a, _) => await DoneAsync(w.Work.RelationsAsync(a))),
        new("WorkplaceQuery.ChangesAsync", AtAll(Right.Propose), async (w, a, _) => await DoneAsync(w.Work.ChangesAsync(a))),
        new("WorkplaceQuery.ProfilesAsync", AtAll(Right.Propose), async (w, a, _) => await DoneAsync(w.Work.ProfilesAsync(a))),
        new("WorkplaceQuery.ClosedAsync", AtAll(Right.Propose), async (w, a, _) => await DoneAsync(w.Work.ClosedAsync(a))),
        new("FreshnessQuery.RunAsync", AtAll(Right.Confirm), async (w, a, _) => await DoneAsync(new FreshnessQuery(w.Database, w.Database.Time).RunAsync(FreshnessBy.Kind, a))),
        new("NoticeReader.UnreadAsync", AtAll(Right.Propose), async (w, a, _) => await DoneAsync(w.Notices.UnreadAsync(a, 5))),
        new("NoticeReader.MarkReadAsync", AtAll(Right.Propose), async (w, a, _) => await DoneAsync(w.Notices.MarkReadAsync([], a))),
        // Who got the link has it by their mail; anybody else needs the right, and the secretariat sends them.
        new("AccessLinkWriter.RevokeAsync", (a, _) => Rights.Allows(a, Right.ManagePeople) || a.Has(Role.Secretariat), async (w, a, o) =>
        {
            var links = new AccessLinkWriter(w.Database, w.Database.Time);
            await using var db = w.Database.CreateDbContext();
            var link = links.Add(db, LinkPurpose.Confirm, w.Proposer.UserId, $"[\"{o.Id}\"]", TimeSpan.FromDays(1), Actor.Portal);
            await db.SaveChangesAsync();
            return await links.RevokeAsync(link.Id, a, CancellationToken.None);
        }),
        .. PeopleWaysIn.All,
    ];

    private static async Task<bool> DoneAsync(Task task)
    {
        await task;
        return true;
    }
}
