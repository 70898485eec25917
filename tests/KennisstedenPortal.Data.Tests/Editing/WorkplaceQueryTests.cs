using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Editing;

/// <summary>What stands on the workplace, and the overview of the whole.</summary>
public sealed class WorkplaceQueryTests(TestServer server)
{
    private const string Campus = "kennispark-twente";

    private static WorkplaceQuery Work(Editors editors) => new(editors.Database, editors.Database.Time);
    private static ConfirmWriter Confirm(Editors editors) => new(editors.Database, editors.Database.Generation, editors.Database.Time);
    private static FreshnessQuery Freshness(Editors editors) => new(editors.Database, editors.Database.Time);

    [Fact]
    public async Task DueAsync_AfterConfirmingMany_HoldsTheOthersOnly()
    {
        await using var editors = await Editors.StartAsync(server);
        var before = await Work(editors).DueAsync(editors.Enschede, 200);
        before.Count.Should().Be(before.Rows.Count).And.BeGreaterThan(5);

        var ids = before.Rows.Take(3).Select(r => r.Id).ToList();
        (await Confirm(editors).ConfirmAsync(ids, editors.Enschede, CancellationToken.None)).Values.Should().OnlyContain(o => o == ConfirmOutcome.Confirmed);

        var after = await Work(editors).DueAsync(editors.Enschede, 200);
        after.Rows.Select(r => r.Id).Should().BeEquivalentTo(before.Rows.Select(r => r.Id).Except(ids));
        (await Work(editors).DueAsync(editors.Enschede, 2)).Should().Match<Some<DueRow>>(s => s.Rows.Count == 2 && s.Count == after.Count && s.Left == after.Count - 2);
        (await Work(editors).DueAsync(editors.Policy)).Count.Should().Be(0, "who keeps nothing confirms nothing");
    }

    [Fact]
    public async Task ClosedAsync_ArchivedOrHidden_IsFoundByWhoKeepsItUntilItIsPublicAgain()
    {
        await using var editors = await Editors.StartAsync(server);
        (await editors.Objects.SaveAsync(await editors.ChangeAsync(Campus, ("state", "archived")), editors.Enschede)).Should().BeOfType<EditOutcome.Saved>();
        (await editors.Objects.SaveAsync(await editors.ChangeAsync("delft", ("visibility", "partners")), editors.Delft)).Should().BeOfType<EditOutcome.Saved>();

        (await Work(editors).ClosedAsync(editors.Enschede)).Rows.Should().Equal(new ClosedRow("campus", Campus, "Kennispark Twente", ObjectState.Archived, Visibility.Public));
        (await Work(editors).ClosedAsync(editors.Campus)).Rows.Should().ContainSingle();
        (await Work(editors).ClosedAsync(editors.Secretariat)).Rows.Select(r => r.Slug).Should().Equal("delft", Campus);
        (await Work(editors).ClosedAsync(editors.Policy)).Count.Should().Be(0);

        (await editors.Objects.SaveAsync(await editors.ChangeAsync(Campus, ("state", "published")), editors.Enschede)).Should().BeOfType<EditOutcome.Saved>();
        (await Work(editors).ClosedAsync(editors.Enschede)).Count.Should().Be(0);
    }

    [Fact]
    public async Task DraftsAsync_OfWhatWasHiddenMeanwhile_TellsNotWhatItIsCalledNow()
    {
        await using var editors = await Editors.StartAsync(server);
        var change = await editors.ChangeAsync(Campus, ("note", "x"));
        await editors.Drafts.KeepAsync(change.ObjectId, change.Kind, change.BaseRevision, change.Changes, 0, editors.Delft);
        (await Work(editors).DraftsAsync(editors.Delft)).Rows.Should().ContainSingle().Which.Name.Should().Be("Kennispark Twente");
        await editors.Objects.SaveAsync(await editors.ChangeAsync(Campus, ("visibility", "secretariat")), editors.Enschede);

        (await Work(editors).DraftsAsync(editors.Delft)).Rows.Should().ContainSingle().Which.Should().Match<DraftRow>(d => d.IsGone && d.Name.Length == 0 && d.Slug == null);
    }

    [Fact]
    public async Task RelationsAsync_ReportedByAnother_AreAnsweredOnce()
    {
        await using var editors = await Editors.StartAsync(server);
        var (campus, delft) = (await editors.FindAsync(Campus), await editors.FindAsync("delft"));
        var answers = new RelationAnswerWriter(editors.Database, editors.Objects, editors.Database.Time);
        async Task<Guid> ReportAsync()
        {
            var id = Guid.CreateVersion7();
            (await editors.Objects.SaveAsync(await editors.ChangeAsync(Campus, ($"relation/{id}", new JsonObject { ["kind"] = "belongs-to", ["from"] = campus.Id.ToString(), ["to"] = delft.Id.ToString(), ["since"] = "2020", ["note"] = "Samen" })), editors.Campus)).Should().BeOfType<EditOutcome.Saved>();
            return id;
        }

        var first = await ReportAsync();
        (await Work(editors).RelationsAsync(editors.Delft)).Rows.Should().ContainSingle().Which.Should().Match<RelationRow>(r => r.Id == first && r.Own == "Delft" && r.Reporter == campus.Name && !r.IsFromOwn && r.Since == "2020");
        (await Work(editors).RelationsAsync(editors.Enschede)).Count.Should().Be(0, "they said it themselves");
        await answers.Awaiting(a => a.AnswerAsync(first, true, editors.Enschede)).Should().ThrowAsync<NotAllowedException>();
        (await answers.AnswerAsync(first, true, editors.Delft)).Should().BeOfType<EditOutcome.Saved>();
        (await answers.AnswerAsync(first, false, editors.Delft)).Should().BeOfType<EditOutcome.NotFound>("it was answered");
        var confirmed = (await editors.FindAsync(Campus)).Relations.Single(r => r.Id == first);
        (confirmed.IsUnconfirmed, confirmed.Since, confirmed.Note).Should().Be((false, "2020", "Samen"));
        await editors.Objects.SaveAsync(await editors.ChangeAsync("delft", ($"relation/{first}", null)), editors.Delft);

        var second = await ReportAsync();
        (await answers.AnswerAsync(second, false, editors.Delft)).Should().BeOfType<EditOutcome.Saved>();
        (await editors.FindAsync(Campus)).Relations.Should().NotContain(r => r.Id == second);
        await using var db = editors.Database.CreateDbContext();
        (await db.Notices.Where(n => n.AccountId == editors.Campus.UserId).Select(n => n.Sort).ToListAsync()).Should().Contain([NoticeSort.RelationConfirmed, NoticeSort.RelationDisputed]);
    }

    [Fact]
    public async Task ChangesAsync_ByOthers_LeavesOutOnesOwn()
    {
        await using var editors = await Editors.StartAsync(server);
        await editors.Objects.SaveAsync(await editors.ChangeAsync(Campus, ("note", "Van de campus")), editors.Campus);
        await editors.Objects.SaveAsync(await editors.ChangeAsync("enschede", ("note", "Van mij")), editors.Enschede);

        (await Work(editors).ChangesAsync(editors.Enschede)).Rows.Should().ContainSingle().Which.Should().Match<ChangeRow>(c => c.Slug == Campus && c.By == "campus");
        (await Work(editors).ChangesAsync(editors.Delft)).Count.Should().Be(0);
    }

    /// <summary>A new action about a city stands with the city as "Toegevoegd": of what, the row says, as far as the reader may know it.</summary>
    [Fact]
    public async Task ChangesAsync_ByARelation_NamesWhatItWasLaidWith()
    {
        await using var editors = await Editors.StartAsync(server);
        var (action, enschede) = (await Agenda.ActionEditingTests.AddAsync(editors, Domain.Agenda.ActionStatus.Idea), (await editors.FindAsync("enschede")).Id);
        await Agenda.ActionEditingTests.ShouldBeSavedAsync(editors, action.Id, ($"relation/{Guid.CreateVersion7()}", new System.Text.Json.Nodes.JsonObject { ["kind"] = "concerns", ["from"] = action.Id.ToString(), ["to"] = enschede.ToString() }));

        (await Work(editors).ChangesAsync(editors.Enschede)).Rows.Should().ContainSingle().Which.With.Should().Equal(action.Name);
        await editors.Database.ExecuteAsync($"update register_object set visibility = 'secretariat' where id = '{action.Id}'");
        (await Work(editors).ChangesAsync(editors.Enschede)).Rows.Should().ContainSingle().Which.With.Should().BeEmpty();
    }

    [Fact]
    public async Task ChangesAsync_BySomebodyWhoIsForgotten_NamesNobodyAndNorDoesTheHistory()
    {
        await using var editors = await Editors.StartAsync(server);
        await editors.Objects.SaveAsync(await editors.ChangeAsync(Campus, ("note", "Van de campus")), editors.Campus);

        (await new PeopleWriter(editors.Database, new Outbox(editors.Database.Time), editors.Database.Time).ForgetAsync(editors.Campus.UserId!.Value, editors.Administrator)).Should().BeOfType<PeopleOutcome.Saved>();

        (await editors.Database.ScalarAsync<long>("select count(*) from revision where actor_name = 'campus'")).Should().Be(0);
        (await Work(editors).ChangesAsync(editors.Enschede)).Rows.Should().ContainSingle().Which.Should().Match<ChangeRow>(c => c.By == PeopleWriter.FormerUser && c.Organisation == editors.Campus.Organisation);
        // A revision that was written while the person was being forgotten.
        await using var db = editors.Database.CreateDbContext();
        await db.Revisions.Where(r => r.UserId == editors.Campus.UserId).ExecuteUpdateAsync(r => r.SetProperty(x => x.ActorName, "campus"));
        (await Work(editors).ChangesAsync(editors.Enschede)).Rows.Should().ContainSingle().Which.By.Should().Be(PeopleWriter.FormerUser);
    }

    [Fact]
    public async Task DraftsAsync_OfOnePerson_NamesWhatTheyAreAbout()
    {
        await using var editors = await Editors.StartAsync(server);
        var campus = await editors.ChangeAsync(Campus, ("note", "x"));
        await editors.Drafts.KeepAsync(campus.ObjectId, campus.Kind, campus.BaseRevision, campus.Changes, 0, editors.Enschede);
        await editors.Drafts.KeepAsync(Guid.CreateVersion7(), KindRegistry.Of<Facility>(), 0, new ChangeSet([new("name", " Nieuw lab ")]), 0, editors.Enschede);

        (await Work(editors).DraftsAsync(editors.Enschede)).Rows.Select(d => (d.Name, d.Slug)).Should().Equal(("Nieuw lab", null), ("Kennispark Twente", Campus));
        (await Work(editors).DraftsAsync(editors.Delft)).Count.Should().Be(0);
    }

    [Fact]
    public async Task UnreadAsync_MarkedAsRead_IsGoneForThisPersonOnly()
    {
        await using var editors = await Editors.StartAsync(server);
        await editors.Objects.ProposeAsync(await editors.ChangeAsync("enschede", ("note", "x")), editors.Policy);
        var notices = new NoticeReader(editors.Database, editors.Database.Time);
        var (rows, count) = await notices.UnreadAsync(editors.Enschede, 5);
        (count, rows[0].Sort, rows[0].Name).Should().Be((1, NoticeSort.ProposalMade, "Enschede"));

        (await notices.MarkReadAsync([rows[0].Id], editors.EnschedeColleague)).Should().Be(0, "it is somebody else's");
        (await notices.MarkReadAsync([rows[0].Id], editors.Enschede)).Should().Be(1);

        (await notices.UnreadAsync(editors.Enschede, 5)).Count.Should().Be(0);
        (await notices.UnreadAsync(editors.EnschedeColleague, 5)).Count.Should().Be(1);
    }

    [Fact]
    public async Task Mask_AskedOfTheDatabase_EqualsWhatIsCountedInMemory()
    {
        await using var editors = await Editors.StartAsync(server);
        await using var db = editors.Database.CreateDbContext();
        var asked = await db.Objects.OrderBy(o => o.Id).Select(ProfileParts.Mask).ToListAsync();

        var items = await db.Objects.AsNoTracking().AsSplitQuery().Include(o => o.Relations).Include(o => o.Specialisations).Include(o => o.Citations).Include(o => o.Observations).Include(o => o.Swot).Include(o => o.Exchanges).Include(o => ((AgendaAction)o).Elements).Include(o => ((AgendaAction)o).Milestones).OrderBy(o => o.Id).ToListAsync();

        asked.Should().Equal(items.Select(ProfileParts.MaskOf));
        items.GroupBy(i => KindRegistry.Of(i).Code, StringComparer.Ordinal).Select(g => g.Max(i => Completeness.Of(i).Filled)).Should().OnlyContain(filled => filled > 0, "the table asks for what the register can hold");
    }

    [Fact]
    public async Task ProfilesAsync_OfWhatOneKeeps_BeginsWithTheLeastComplete()
    {
        await using var editors = await Editors.StartAsync(server);
        var profiles = await Work(editors).ProfilesAsync(editors.Enschede, 200);

        profiles.Objects.Should().BeGreaterThan(5);
        profiles.Rows.Select(r => (double)r.Completeness.Filled / r.Completeness.Total).Should().BeInAscendingOrder();
        profiles.Rows.Should().OnlyContain(r => r.Completeness.Missing.Count > 0);
    }

    [Fact]
    public async Task RunAsync_ForTheSecretariat_CountsEveryObjectOnce()
    {
        await using var editors = await Editors.StartAsync(server);
        await editors.Objects.ProposeAsync(await editors.ChangeAsync(Campus, ("note", "x")), editors.Policy);
        var enschede = await editors.FindAsync("enschede");
        await Confirm(editors).ConfirmAsync([enschede.Id], editors.Enschede, CancellationToken.None);
        await using var db = editors.Database.CreateDbContext();
        var published = await db.Objects.CountAsync(o => o.State == ObjectState.Published && o.Verification != Verification.Example);

        var all = new List<IReadOnlyList<FreshnessRow>>();
        foreach (var by in Codes<FreshnessBy>.All) all.Add(await Freshness(editors).RunAsync(by, editors.Secretariat));

        all[(int)FreshnessBy.Kind].Sum(r => r.Objects).Should().Be(published);
        all[(int)FreshnessBy.Kind].Should().OnlyContain(r => r.Current + r.Due + r.Never == r.Objects && r.Filled <= r.Total);
        all[(int)FreshnessBy.City].Should().HaveCount(await db.Objects.OfType<City>().CountAsync());
        var row = all[(int)FreshnessBy.City].Single(r => r.Slug == "enschede");
        (row.Editors, row.OpenProposals, row.Current).Should().Be((2, 1, 1));
        row.OldestProposal.Should().NotBeNull();
        all[(int)FreshnessBy.City].Single(r => r.Slug == "utrecht").Editors.Should().Be(0);
        all[(int)FreshnessBy.Campus].Single(r => r.Slug == Campus).Editors.Should().Be(1);
    }

    [Fact]
    public async Task RunAsync_ForAnEditor_ShowsTheirOwnAndForWhoKeepsNothingRefuses()
    {
        await using var editors = await Editors.StartAsync(server);
        var own = await Freshness(editors).RunAsync(FreshnessBy.Kind, editors.Enschede);
        var due = await Work(editors).DueAsync(editors.Enschede, 200);

        own.Sum(r => r.Objects).Should().Be(due.Count, "nothing was confirmed yet");
        foreach (var nobody in new[] { editors.Policy, editors.Administrator }) await Freshness(editors).Awaiting(f => f.RunAsync(FreshnessBy.City, nobody)).Should().ThrowAsync<NotAllowedException>();
    }
}
