using KennisstedenPortal.Data.Tests.Mail;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;

namespace KennisstedenPortal.Data.Tests.Links;

public sealed class CleaningTests(TestServer server)
{
    [Fact]
    public async Task RunAsync_SentAndFailedMails_LoseTheirTextAfterAWeekAndKeepTheirRow()
    {
        await using var cast = await Cast.FilledAsync(server);
        foreach (var name in new[] { "verzonden", "mislukt", "wacht", "vers" }) await cast.AddMailAsync($"{name}@voorbeeld.nl", key: name);
        var old = cast.Clock.Now.AddDays(-8).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        await cast.Database.ExecuteAsync($"update outbox_mail set sent_at = '{old}' where once_key = 'verzonden'; update outbox_mail set failed_at = '{old}' where once_key = 'mislukt'; update outbox_mail set sent_at = '{cast.Clock.Now:O}' where once_key = 'vers'");

        await cast.Cleaning.RunAsync(default);

        (await cast.MailsAsync()).Select(m => (m.OnceKey, m.Body)).Should().BeEquivalentTo([("verzonden", ""), ("mislukt", ""), ("wacht", "Tekst"), ("vers", "Tekst")]);
    }

    [Fact]
    public async Task RunAsync_SessionsThatLapsed_AreRemoved()
    {
        await using var cast = await Cast.FilledAsync(server);
        var anna = await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft");
        await cast.Database.ExecuteAsync($"insert into session (id, account_id, started_at) select gen_random_uuid(), '{anna.Id}', '{cast.Clock.Now:O}'::timestamptz - make_interval(hours => h) from (values (1), (25), (49)) v(h)");

        await cast.Cleaning.RunAsync(default);

        (await cast.Database.ScalarAsync<long>("select count(*) from session")).Should().Be(2);
    }

    [Fact]
    public async Task RunAsync_LinksAndInvitationsOfLongAgo_AreRemoved()
    {
        await using var cast = await Cast.FilledAsync(server);
        var anna = await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft");
        await cast.LinkAsync(anna, []);
        await cast.Database.ExecuteAsync($"""
            insert into invitation (id, email, name, organisation_id, language, grants, secret_hash, sent_at, expires_at, accepted_at, account_id)
            select gen_random_uuid(), s || '@voorbeeld.nl', s, '{anna.OrganisationId}', 'nl', '[]', s, now(), '{cast.Clock.Now:O}'::timestamptz + make_interval(days => d), case when s = 'aangenomen' then now() end, case when s = 'aangenomen' then '{anna.Id}'::uuid end
            from (values ('oud', -31), ('net', -1), ('aangenomen', -400)) v(s, d)
            """);

        await cast.Cleaning.RunAsync(default);
        (await cast.Database.ScalarAsync<string>("select string_agg(name, ',' order by name) from invitation")).Should().Be("aangenomen,net");
        (await cast.Database.ScalarAsync<long>("select count(*) from access_link")).Should().Be(1);
        cast.Clock.Now = cast.Clock.Now.AddDays(14 + 91);
        await cast.Cleaning.RunAsync(default);
        (await cast.Database.ScalarAsync<long>("select count(*) from access_link")).Should().Be(0);
    }

    [Fact]
    public async Task RunAsync_DraftOfLongAgo_IsAnnouncedByMailAndRemovedAMonthAfterThatMail()
    {
        await using var cast = await Cast.FilledAsync(server);
        var anna = await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft");
        await DraftAsync(cast, anna.Id, await cast.IdAsync("samxl"));
        await DraftAsync(cast, anna.Id, null);
        cast.Clock.Now = cast.Clock.Now.AddDays(364);
        await cast.Cleaning.RunAsync(default);
        (await cast.MailsAsync()).Should().BeEmpty();

        cast.Clock.Now = cast.Clock.Now.AddDays(40);
        await cast.Cleaning.RunAsync(default);
        await cast.Cleaning.RunAsync(default);
        var mail = (await cast.MailsAsync()).Should().ContainSingle().Subject;
        mail.Body.Should().Contain("- SAM|XL").And.Contain("- nieuw: Campus");
        cast.Clock.Now = cast.Clock.Now.AddDays(40);
        await cast.Cleaning.RemoveDraftsAsync(default);
        (await CountAsync(cast)).Should().Be(2, "the mail was never sent");

        await cast.Database.ExecuteAsync($"update outbox_mail set sent_at = '{cast.Clock.Now:O}'; update draft set changed_at = '{cast.Clock.Now:O}' where kind = 'campus'");
        cast.Clock.Now = cast.Clock.Now.AddDays(31);
        (await cast.Cleaning.RemoveDraftsAsync(default)).Should().Be(1);
        (await CountAsync(cast)).Should().Be(1, "the other was changed since");
    }

    private static Task<long> CountAsync(Cast cast) => cast.Database.ScalarAsync<long>("select count(*) from draft");

    private static async Task DraftAsync(Cast cast, Guid account, Guid? objectId)
    {
        await using var db = cast.Database.CreateDbContext();
        db.Add(new Draft { Id = Guid.CreateVersion7(), AccountId = account, ObjectId = objectId ?? Guid.CreateVersion7(), BaseRevision = objectId is null ? 0 : 1, Kind = objectId is null ? "campus" : "facility", Changes = "{}", StartedAt = cast.Clock.Now, ChangedAt = cast.Clock.Now });
        await db.SaveChangesAsync();
    }
}
