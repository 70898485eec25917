using KennisstedenPortal.Data.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace KennisstedenPortal.Web.Tests.Mail;

/// <summary>Mail in a portal that runs: sent when it is added, by one of the instances, and shown in a local run.</summary>
public sealed class MailInTheHostTests(Site site) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kennissteden-mail-");

    [Fact]
    public async Task Outbox_MailAddedWhileThePortalRuns_LiesInTheFolderAndOnThePageOfALocalRun()
    {
        await using var own = await site.OwnAsync(Settings());
        (await own.Client.GetStringAsync("/lokaal/post")).Should().Contain("Er is nog geen post");

        await AddAsync(own, "anna@voorbeeld.nl", "Kloppen <uw> gegevens?");
        await Poll.UntilAsync(() => Task.FromResult(_folder.GetFiles("*.eml").Length == 1), "the mail is in the folder");

        var page = await own.Client.GetStringAsync("/lokaal/post");
        Html.Headings1(page).Should().Equal("Lokale post");
        page.Should().Contain("Er is niets verstuurd").And.Contain("Kloppen &lt;uw&gt; gegevens?").And.Contain("anna@voorbeeld.nl");
        Html.Links(page).Should().Contain("https://portaal.example/bevestigen/abc");
        await Poll.UntilAsync(async () => await own.Database.ScalarAsync<long>("select count(*) from outbox_mail where sent_at is not null") == 1, "it is recorded");
    }

    [Fact]
    public async Task Outbox_TwoInstancesOnOneDatabase_SendEachMailOnce()
    {
        await using var own = await site.OwnAsync(Settings());
        await using var other = PortalUnderTest.Start(own.Database, Settings());

        for (var i = 0; i < 25; i++) await AddAsync(own, $"persoon{i}@voorbeeld.nl", "Onderwerp");

        await Poll.UntilAsync(async () => await own.Database.ScalarAsync<long>("select count(*) from outbox_mail where sent_at is null") == 0, "all are sent");
        (await own.Database.ScalarAsync<int>("select max(attempts) from outbox_mail")).Should().Be(1);
        _folder.GetFiles("*.eml").Should().HaveCount(25);
    }

    [Fact]
    public async Task Outbox_MailThatWaitedWhileNoPortalRan_IsSentAtTheStart()
    {
        await using var database = await site.Server.FilledAsync();
        await using (var db = database.CreateDbContext())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await new Outbox(TimeProvider.System).AddAsync(db, new("anna@voorbeeld.nl", new("Onderwerp", "Tekst"), "nl"));
            await transaction.CommitAsync();
        }

        await using var portal = PortalUnderTest.Start(database, Settings());

        await Poll.UntilAsync(() => Task.FromResult(_folder.GetFiles("*.eml").Length == 1), "the mail is in the folder");
    }

    [Fact]
    public async Task Outbox_DatabaseConnectionsBreak_GoesOnByItself()
    {
        await using var own = await site.OwnAsync(Settings());
        await AddAsync(own, "een@voorbeeld.nl", "Onderwerp");
        await Poll.UntilAsync(() => Task.FromResult(_folder.GetFiles("*.eml").Length == 1), "the first is sent");

        await own.Database.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database() and query ilike 'listen outbox%'");
        await AddAsync(own, "twee@voorbeeld.nl", "Onderwerp");

        await Poll.UntilAsync(() => Task.FromResult(_folder.GetFiles("*.eml").Length == 2), "the second is sent");
    }

    [Fact]
    public async Task LocalPost_WithAMailServer_IsNotThere()
    {
        await using var server = new SmtpListener();
        await using var own = await site.OwnAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Portal:BackgroundWork"] = "true", ["Portal:Mail:Host"] = "127.0.0.1", ["Portal:Mail:Port"] = $"{server.Port}", ["Portal:Mail:Security"] = "none", ["Portal:Mail:From"] = "portaal@voorbeeld.nl" });

        using var answer = await own.Client.GetAsync("/lokaal/post");
        await AddAsync(own, "anna@voorbeeld.nl", "Onderwerp");

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        await Poll.UntilAsync(() => Task.FromResult(server.Messages.Count == 1), "the server got the mail");
    }

    private Dictionary<string, string> Settings() => new(StringComparer.Ordinal) { ["Portal:BackgroundWork"] = "true", ["Portal:Mail:Folder"] = _folder.FullName };

    private static async Task AddAsync(OwnPortal own, string recipient, string subject)
    {
        await using var db = own.Database.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await own.Portal.Services.GetRequiredService<Outbox>().AddAsync(db, new(recipient, new(subject, "Beste Anna,\n\nhttps://portaal.example/bevestigen/abc\n\nTot ziens"), "nl"));
        await transaction.CommitAsync();
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
