using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.History;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Tests.Editing;
using KennisstedenPortal.Data.Tests.Mail;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Agenda;

public sealed class ProgressTests(TestServer server)
{
    private static readonly ObjectKind Kind = KindRegistry.Of<AgendaAction>();

    [Fact]
    public async Task Report_ByTheOwnerAndBySomebodyElse_SaysForWhomAndStandsOnThePage()
    {
        await using var editors = await Editors.StartAsync(server);
        var action = await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress, editors.Enschede.Grants[0].ScopeId);
        var writer = editors.Database.Progress();
        var generation = editors.Database.Generation.Current;

        (await writer.ReportAsync(new ProgressInput(Guid.CreateVersion7(), action.Id, "amber", " Het gaat traag. "), editors.Enschede)).Should().BeOfType<ProgressOutcome.Reported>();
        (await writer.ReportAsync(new ProgressInput(Guid.CreateVersion7(), action.Id, "green", "Het loopt weer."), editors.Secretariat)).Should().BeOfType<ProgressOutcome.Reported>();

        var page = (AgendaAction)(await new DetailQuery(editors.Database, editors.Database.Source).RunAsync(Kind, action.Slug, CancellationToken.None)).Detail!.Item;
        page.Updates.OrderBy(u => u.At).Select(u => (u.Light, u.Text, u.Organisation, u.OnBehalfOf?.Name)).Should().Equal((TrafficLight.Amber, "Het gaat traag.", editors.Enschede.Organisation, null), (TrafficLight.Green, "Het loopt weer.", editors.Secretariat.Organisation, "Enschede"));
        page.Revision.Should().Be(1, "an update is no version");
        editors.Database.Generation.Current.Should().BeGreaterThan(generation, "pages that show it are stale");
    }

    [Fact]
    public async Task Report_TheSameFormTwice_IsKeptOnce()
    {
        await using var editors = await Editors.StartAsync(server);
        var action = await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress);
        var writer = editors.Database.Progress();
        var input = new ProgressInput(Guid.CreateVersion7(), action.Id, "green", "Het loopt.");

        var outcomes = await Task.WhenAll(writer.ReportAsync(input, editors.Secretariat), writer.ReportAsync(input, editors.Secretariat));

        outcomes.Should().AllBeOfType<ProgressOutcome.Reported>();
        (await editors.Database.ScalarAsync<long>("select count(*) from progress_update")).Should().Be(1);
    }

    [Fact]
    public async Task Report_SomethingElseWithTheFormOfBefore_IsKeptToo()
    {
        await using var editors = await Editors.StartAsync(server);
        var action = await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress);
        var writer = editors.Database.Progress();
        var input = new ProgressInput(Guid.CreateVersion7(), action.Id, "green", "Het loopt.");
        await writer.ReportAsync(input, editors.Secretariat);

        (await writer.ReportAsync(input with { Light = "red", Text = "Toch niet." }, editors.Secretariat)).Should().BeOfType<ProgressOutcome.Reported>();

        (await editors.Database.ScalarAsync<string>("select string_agg(text, ' ' order by at, id) from progress_update")).Should().Be("Het loopt. Toch niet.");
    }

    [Theory]
    [InlineData(null, "Tekst", true, false)]
    [InlineData("blue", "Tekst", true, false)]
    [InlineData("green", " ", false, true)]
    [InlineData("green", "a\0b", false, true)]
    [InlineData("green", "a\u202Eb", false, true)]
    public async Task Report_WhatCannotBe_IsRefusedWithASentence(string? light, string text, bool lightIsWrong, bool textIsWrong)
    {
        await using var editors = await Editors.StartAsync(server);
        var action = await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress);

        var outcome = await editors.Database.Progress().ReportAsync(new ProgressInput(Guid.CreateVersion7(), action.Id, light, text), editors.Secretariat);

        var invalid = outcome.Should().BeOfType<ProgressOutcome.Invalid>().Subject;
        (invalid.Light is not null, invalid.Text is not null).Should().Be((lightIsWrong, textIsWrong));
        (await editors.Database.ScalarAsync<long>("select count(*) from progress_update")).Should().Be(0);
    }

    [Fact]
    public async Task Past_OfAnAction_ShowsTheVersionOfThenWithTheUpdatesUntilThen()
    {
        await using var editors = await Editors.StartAsync(server);
        var action = await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress);
        var path = $"milestone/{Guid.CreateVersion7()}";
        await ActionEditingTests.ShouldBeSavedAsync(editors, action.Id, (path, ActionEditingTests.Milestone("Plan", "open")), ("element/lijn-1", true));
        var writer = editors.Database.Progress();
        await writer.ReportAsync(new ProgressInput(Guid.CreateVersion7(), action.Id, "green", "Het loopt."), editors.Secretariat);
        var then = editors.Database.Time.GetUtcNow();
        await ActionEditingTests.ShouldBeSavedAsync(editors, action.Id, (path, null), ("name", "Anders"));
        await writer.ReportAsync(new ProgressInput(Guid.CreateVersion7(), action.Id, "red", "Het stokt."), editors.Secretariat);

        var found = (PastOutcome.Found)await new PastQuery(editors.Database).RunAsync(Kind, action.Slug, then);

        var item = (AgendaAction)found.Detail.Item;
        item.Name.Should().NotBe("Anders");
        item.Milestones.Should().ContainSingle().Which.Title.Should().Be("Plan");
        item.Elements.Should().ContainSingle().Which.Element!.Kind.Should().Be(ElementKind.Line);
        item.Updates.Should().ContainSingle().Which.Light.Should().Be(TrafficLight.Green);
    }

    [Fact]
    public async Task Page_OfAnActionThatOpened_TellsWhatWasReportedInTheOpenAndThatHiddenEvidenceIsThere()
    {
        await using var editors = await Editors.StartAsync(server);
        var action = await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress);
        var proof = await editors.FindAsync("samxl");
        var milestone = ActionEditingTests.Milestone("Lab is open", "completed");
        milestone["evidenceObject"] = proof.Id.ToString();
        await ActionEditingTests.ShouldBeSavedAsync(editors, action.Id, ("visibility", "partners"), ($"milestone/{Guid.CreateVersion7()}", milestone));
        var writer = editors.Database.Progress();
        await writer.ReportAsync(new ProgressInput(Guid.CreateVersion7(), action.Id, "red", "In vertrouwen."), editors.Secretariat);
        await ActionEditingTests.ShouldBeSavedAsync(editors, action.Id, ("visibility", "public"));
        await writer.ReportAsync(new ProgressInput(Guid.CreateVersion7(), action.Id, "green", "In het openbaar."), editors.Secretariat);
        (await editors.Objects.SaveAsync(await editors.ChangeAsync("samxl", ("visibility", "secretariat")), editors.Secretariat)).Should().BeOfType<EditOutcome.Saved>();

        var present = (AgendaAction)(await new DetailQuery(editors.Database, editors.Database.Source).RunAsync(Kind, action.Slug, CancellationToken.None)).Detail!.Item;
        var past = (AgendaAction)((PastOutcome.Found)await new PastQuery(editors.Database).RunAsync(Kind, action.Slug, editors.Database.Time.GetUtcNow())).Detail.Item;

        foreach (var item in new[] { present, past })
        {
            item.Updates.Should().ContainSingle().Which.Text.Should().Be("In het openbaar.");
            item.Milestones.Should().ContainSingle().Which.Should().Match<Milestone>(m => m.HasEvidence && m.EvidenceObject == null);
        }
        (await writer.FindAsync(action.Slug, editors.Secretariat))!.Last!.Text.Should().Be("In het openbaar.");
    }

    /// <summary>An organisation without account.</summary>
    private static async Task<Organisation> UniversityAsync(Editors editors)
    {
        await using var db = editors.Database.CreateDbContext();
        return await db.Objects.OfType<Organisation>().AsNoTracking().SingleAsync(o => o.Slug == "universiteit-twente");
    }

    [Fact]
    public async Task AskAsync_ForAnOwnerWithoutAccount_SendsALinkThatReportsOnceInItsName()
    {
        await using var editors = await Editors.StartAsync(server);
        var owner = await UniversityAsync(editors);
        var action = await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress, owner.Id);
        var writer = editors.Database.Progress();

        (await writer.AskAsync(action.Id, Guid.NewGuid(), "geen adres", "nl", editors.Secretariat)).Should().BeOfType<AskOutcome.Invalid>();
        (await writer.AskAsync(action.Id, Guid.NewGuid(), " beleid@utwente.example ", "nl", editors.Secretariat)).Should().BeOfType<AskOutcome.Asked>();

        (await writer.FindAsync(action.Slug, editors.Secretariat))!.Should().Match<ActionToReport>(a => a.AskedAt != null && a.AskedUntil > a.AskedAt, "whoever asks again is told that somebody has a link");
        var asked = (await new SteeringQuery(editors.Database.Source, editors.Database.Time).RunAsync(new SteeringFilter(), editors.Secretariat)).Rows.Single(r => r.Action.Slug == action.Slug).AskedAt;
        asked.Should().NotBeNull();
        var body = await editors.Database.ScalarAsync<string>("select body from outbox_mail where recipient = 'beleid@utwente.example'");
        body.Should().Contain(owner.Name).And.Contain(action.Name);
        var secret = body[(body.IndexOf("/melden/", StringComparison.Ordinal) + 8)..][..AccessLinkWriter.SecretLength];
        (await writer.FindByLinkAsync(secret)).Should().Match<ProgressByLink>(p => p.State == LinkState.Valid && p.Action!.Name == action.Name && p.Action.Owner == owner.Name);
        (await writer.ReportByLinkAsync(secret, "green", " ")).Should().BeOfType<ProgressOutcome.Invalid>("and the link still works");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => writer.ReportByLinkAsync(secret, "green", $"Het loopt goed ({i}).")));

        outcomes.OfType<ProgressOutcome.Reported>().Should().ContainSingle();
        outcomes.OfType<ProgressOutcome.NoLink>().Should().HaveCount(3).And.AllSatisfy(o => o.State.Should().Be(LinkState.Used));
        (await editors.Database.ScalarAsync<string>("select organisation || ' ' || coalesce(account_id::text, '-') || ' ' || coalesce(on_behalf_of_id::text, '-') || ' ' || by_link from progress_update")).Should().Be($"{owner.Name} - - true");
        var page = (AgendaAction)(await new DetailQuery(editors.Database, editors.Database.Source).RunAsync(Kind, action.Slug, CancellationToken.None)).Detail!.Item;
        page.Updates.Should().ContainSingle().Which.ByLink.Should().BeTrue("the page says that it came by a link");
        (await new HistoryQuery(editors.Database, editors.Database.Time).TimelineAsync(Kind, action.Slug, null))!.Reports.Should().ContainSingle().Which.ByLink.Should().BeTrue();
        (await AuditAsync(editors, RightsEventSort.LinkSent)).Should().Equal($"voortgang melden, {action.Name}");
        (await AuditAsync(editors, RightsEventSort.LinkUsed)).Should().Equal($"voortgang melden, {action.Name}");
        (await writer.FindByLinkAsync(secret)).Should().Be(new ProgressByLink(LinkState.Used));
        (await writer.FindAsync(action.Slug, editors.Secretariat))!.AskedAt.Should().BeNull("it was answered");
        (await writer.FindByLinkAsync(new string('A', 43))).State.Should().Be(LinkState.Unknown);

        var form = Guid.NewGuid();
        foreach (var outcome in await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => writer.AskAsync(action.Id, form, "een@utwente.example", "nl", editors.Secretariat)))) outcome.Should().BeOfType<AskOutcome.Asked>();
        (await editors.Database.ScalarAsync<long>("select count(*) from outbox_mail where recipient = 'een@utwente.example'")).Should().Be(1, "it was one form, however often it was sent");
        await writer.AskAsync(action.Id, Guid.NewGuid(), "ander@utwente.example", "nl", editors.Secretariat);
        (await editors.Database.ScalarAsync<long>("select count(*) from access_link where used_at is null and revoked_at is null")).Should().Be(1, "the newest only");
        (await AuditAsync(editors, RightsEventSort.LinkRevoked)).Should().Equal([$"voortgang melden, {action.Name}"], "what ended the older one is told");
        await editors.Database.ExecuteAsync("update access_link set expires_at = now() - interval '1 second' where used_at is null and revoked_at is null");
        (await writer.AskAsync(action.Id, form, "een@utwente.example", "nl", editors.Secretariat)).Should().BeOfType<AskOutcome.Asked>();
        (await editors.Database.ScalarAsync<long>("select count(*) from outbox_mail where recipient = 'een@utwente.example'")).Should().Be(2, "the form is old and its link too: it sends another");
    }

    [Fact]
    public async Task AskAsync_MoreThanAnHourAllows_IsHeldBackPerPersonAlsoAllAtOnce()
    {
        await using var editors = await Editors.StartAsync(server);
        var clock = Clock.Tuesday;
        editors.Database.Time = clock;
        var action = await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress, editors.Enschede.Grants[0].ScopeId);
        var writer = editors.Database.Progress();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, ProgressWriter.MostAskedInAnHour + 5).Select(i => writer.AskAsync(action.Id, Guid.NewGuid(), $"beleid{i}@utwente.example", "nl", editors.Secretariat)));

        outcomes.OfType<AskOutcome.Asked>().Should().HaveCount(ProgressWriter.MostAskedInAnHour);
        var again = outcomes.OfType<AskOutcome.TooMany>().Should().HaveCount(5).And.Subject.First().Again;
        (await editors.Database.ScalarAsync<long>("select count(*) from outbox_mail")).Should().Be(ProgressWriter.MostAskedInAnHour);
        clock.Now = again;
        await editors.Database.ExecuteAsync($"delete from outbox_mail");
        for (var i = 1; i < ProgressWriter.MostAskedInAnHour; i++) await writer.AskAsync(action.Id, Guid.NewGuid(), $"beleid{i}@utwente.example", "nl", editors.Secretariat);
        var last = Guid.NewGuid();
        foreach (var outcome in await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => writer.AskAsync(action.Id, last, "laatste@utwente.example", "nl", editors.Secretariat))))
            outcome.Should().BeOfType<AskOutcome.Asked>("a second click on the last that is allowed is no other one");
        again = (await writer.AskAsync(action.Id, Guid.NewGuid(), "te-veel@utwente.example", "nl", editors.Secretariat)).Should().BeOfType<AskOutcome.TooMany>().Subject.Again;
        (await writer.AskAsync(action.Id, Guid.NewGuid(), "beleid@enschede.example", "nl", editors.Enschede)).Should().BeOfType<AskOutcome.Asked>("somebody else has a count of their own");
        clock.Now = again;
        (await writer.AskAsync(action.Id, Guid.NewGuid(), "beleid@utwente.example", "nl", editors.Secretariat)).Should().BeOfType<AskOutcome.Asked>();
    }

    /// <summary>What the audit of rights says of links.</summary>
    private static async Task<List<string?>> AuditAsync(Editors editors, RightsEventSort sort)
    {
        var query = new PeopleQuery(editors.Database, editors.Database.Search);
        return [.. (await query.AuditAsync(sort, null, 1, editors.Secretariat with { Grants = [new Grant(Role.Administrator)] })).Rows.Select(r => r.Detail?.Nl)];
    }

    [Fact]
    public async Task AskAsync_ActionThatLostItsOwnerOrIsArchived_TheLinkReportsNothing()
    {
        await using var editors = await Editors.StartAsync(server);
        var action = await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress);
        var writer = editors.Database.Progress();
        (await writer.AskAsync(action.Id, Guid.NewGuid(), "beleid@utwente.example", "nl", editors.Secretariat)).Should().BeOfType<AskOutcome.NotFound>("there is nobody to speak for");
        await ActionEditingTests.ShouldBeSavedAsync(editors, action.Id, ("steward", (await UniversityAsync(editors)).Id.ToString()));
        await writer.AskAsync(action.Id, Guid.NewGuid(), "beleid@utwente.example", "en", editors.Secretariat);
        var body = await editors.Database.ScalarAsync<string>("select body from outbox_mail");
        var secret = body[(body.IndexOf("/en/melden/", StringComparison.Ordinal) + 11)..][..AccessLinkWriter.SecretLength];

        foreach (var (path, value) in new[] { ("steward", editors.Enschede.Grants[0].ScopeId!.Value.ToString()), ("state", "archived") })
        {
            await ActionEditingTests.ShouldBeSavedAsync(editors, action.Id, (path, value));
            (await writer.ReportByLinkAsync(secret, "green", "Toch.")).Should().Be(new ProgressOutcome.NoLink(LinkState.Revoked), path);
            if (path == "steward") (await writer.FindAsync(action.Slug, editors.Secretariat))!.AskedAt.Should().BeNull("the new owner was not asked");
        }
        (await editors.Database.ScalarAsync<long>("select count(*) from progress_update")).Should().Be(0);
    }

    [Fact]
    public async Task Lists_ByElement_FindWhatServesItOrAPartOfItAndFiguresLeaveExamplesOut()
    {
        await using var editors = await Editors.StartAsync(server);
        var part = await editors.Database.ScalarAsync<string>("select e.code from agenda_element e join agenda_element l on l.id = e.parent_id where l.code = 'lijn-1' order by e.code limit 1");
        var action = await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress);
        await ActionEditingTests.ShouldBeSavedAsync(editors, action.Id, ($"element/{part}", true));

        var found = await editors.Database.Search.ListAsync(new Data.Search.SearchFilter(Kind: Kind, Element: "lijn-1", Order: Data.Search.SearchOrder.Name), CancellationToken.None);

        found.Items.Should().Contain(i => i.Slug == action.Slug).And.Contain(i => i.Verification == Domain.Provenance.Verification.Example);
        found.Total.Should().Be(found.Items.Count);
        await using var db = editors.Database.CreateDbContext();
        (await new HomeQuery(editors.Database).RunAsync(CancellationToken.None)).Counts["action"].Should().Be(1, "examples are in no figure");
    }
}
