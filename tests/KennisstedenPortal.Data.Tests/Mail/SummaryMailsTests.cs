using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Mail;

public sealed class SummaryMailsTests(TestServer server)
{
    [Fact]
    public async Task SendAsync_ManyNoticesForOnePerson_OneMailThatNamesAndLinksEach()
    {
        await using var cast = await Cast.FilledAsync(server);
        var anna = await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft");
        await cast.PersonAsync("Bram", Role.MunicipalEditor, "leiden");
        var samxl = await cast.IdAsync("samxl");
        var proposal = await ProposeAsync(cast, samxl, await cast.IdAsync("delft"));
        await NoticeAsync(cast, anna, (NoticeSort.ProposalMade, samxl, proposal), (NoticeSort.Changed, samxl, null), (NoticeSort.Changed, samxl, null));

        (await cast.Summaries.SendAsync(default)).Should().Be(1);

        var mail = (await cast.MailsAsync()).Should().ContainSingle().Subject;
        mail.Recipient.Should().Be("anna@voorbeeld.nl");
        mail.Body.Should().StartWith("Beste Anna,").And.Contain($"Nieuwe voorstellen\n- SAM|XL\n  https://portaal.example/voorstellen/{proposal}")
            .And.Contain($"Gewijzigd door een ander\n- SAM|XL\n  https://portaal.example/id/facility/{samxl}").And.Contain("1 voorstel wacht op uw oordeel").And.Contain("https://portaal.example/werkplek\n");
        mail.Body.Split("Gewijzigd door een ander").Should().HaveCount(2);
        mail.Body.Split("/id/facility/").Should().HaveCount(2, "twice the same is told once");
        (await cast.Database.ScalarAsync<long>("select count(*) from notice where mailed_at is null")).Should().Be(0);
    }

    [Fact]
    public async Task SendAsync_NothingNew_SendsNothing()
    {
        await using var cast = await Cast.FilledAsync(server);
        var anna = await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft");
        await NoticeAsync(cast, anna, (NoticeSort.Changed, null, null));
        await cast.Database.ExecuteAsync("update notice set read_at = now()");

        (await cast.Summaries.SendAsync(default)).Should().Be(0, "it was read already; and what merely waits makes no mail");

        (await cast.MailsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_SeveralAtOnceAndAgain_OneMailPerPersonPerDay()
    {
        await using var cast = await Cast.FilledAsync(server);
        var (anna, bram) = (await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft"), await cast.PersonAsync("Bram", Role.MunicipalEditor, "leiden"));
        await NoticeAsync(cast, anna, (NoticeSort.Changed, null, null));
        await NoticeAsync(cast, bram, (NoticeSort.RelationReported, null, null));

        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => cast.Summaries.SendAsync(default)));

        sent.Sum().Should().Be(2);
        await NoticeAsync(cast, anna, (NoticeSort.ProposalRejected, null, null));
        (await cast.Summaries.SendAsync(default)).Should().Be(0, "she had her mail of today");
        cast.Clock.Now = cast.Clock.Now.AddDays(1);
        (await cast.Summaries.SendAsync(default)).Should().Be(1);
        (await cast.MailsAsync()).Select(m => m.Recipient).Should().Equal("anna@voorbeeld.nl", "anna@voorbeeld.nl", "bram@voorbeeld.nl");
        (await cast.MailsAsync())[1].Body.Should().Contain("Uw voorstellen die zijn afgewezen").And.NotContain("Gewijzigd");
    }

    [Fact]
    public async Task SendAsync_PersonWhoReadsEnglish_GetsEnglish()
    {
        await using var cast = await Cast.FilledAsync(server);
        var anna = await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft", "en");
        await NoticeAsync(cast, anna, [.. (await cast.KeptByAsync("eindhoven", 20)).Select(id => (NoticeSort.Changed, (Guid?)id, (Guid?)null))]);

        await cast.Summaries.SendAsync(default);

        var mail = (await cast.MailsAsync()).Single();
        (mail.Language, mail.Subject).Should().Be(("en", "News about your facts in the Kennisstedenportaal"));
        mail.Body.Should().StartWith("Dear Anna,").And.Contain("Changed by somebody else").And.Contain("- and 5 more").And.Contain("wait for your confirmation").And.NotContain("Beste");
    }

    [Fact]
    public async Task SendAsync_ClosedAccount_IsNotMailed()
    {
        await using var cast = await Cast.FilledAsync(server);
        var anna = await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft");
        await NoticeAsync(cast, anna, (NoticeSort.Changed, null, null));
        await cast.Database.ExecuteAsync("update account set disabled_at = now()");

        (await cast.Summaries.SendAsync(default)).Should().Be(0);
    }

    [Fact]
    public async Task SendAsync_ProposalForANewObject_IsNamedAsProposed()
    {
        await using var cast = await Cast.FilledAsync(server);
        var anna = await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft");
        var proposal = await ProposeAsync(cast, Guid.CreateVersion7(), await cast.IdAsync("delft"), """{"name":"Nieuw lab"}""");
        await NoticeAsync(cast, anna, (NoticeSort.ProposalMade, null, proposal));

        await cast.Summaries.SendAsync(default);

        (await cast.MailsAsync()).Single().Body.Should().Contain("- Nieuw lab\n");
    }

    private static async Task NoticeAsync(Cast cast, Account person, params (NoticeSort Sort, Guid? ObjectId, Guid? ProposalId)[] notices)
    {
        await using var db = cast.Database.CreateDbContext();
        foreach (var notice in notices) Notices.To(db, person.Id, notice.Sort, notice.ObjectId, notice.ProposalId, cast.Clock.Now);
        await db.SaveChangesAsync();
    }

    private static async Task<Guid> ProposeAsync(Cast cast, Guid objectId, Guid steward, string changes = "{}")
    {
        await using var db = cast.Database.CreateDbContext();
        var proposal = new Proposal { Id = Guid.CreateVersion7(), ObjectId = objectId, Kind = "facility", BaseRevision = 1, StewardId = steward, Sort = ProposalSort.Suggestion, Changes = changes, Reason = "Omdat", ProposerName = "Iemand", ProposerOrganisation = "Ergens", MadeAt = cast.Clock.Now };
        db.Add(proposal);
        await db.SaveChangesAsync();
        return proposal.Id;
    }
}
