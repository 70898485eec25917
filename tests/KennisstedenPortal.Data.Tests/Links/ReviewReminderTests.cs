using System.Text.Json;
using System.Text.RegularExpressions;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Data.Tests.Mail;
using KennisstedenPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Links;

public sealed partial class ReviewReminderTests(TestServer server)
{
    [Fact]
    public async Task SendAsync_FirstRound_EachEditorIsAskedForTheirOwnAndTheSecretariatForTheRest()
    {
        await using var cast = await Cast.FilledAsync(server);
        var (anna, bram) = (await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft"), await cast.PersonAsync("Bram", Role.MunicipalEditor, "delft"));
        var els = await cast.PersonAsync("Els", Role.Secretariat);
        await cast.PersonAsync("Dirk", Role.PolicyOfficer);

        (await cast.Reminder.SendAsync(default)).Should().Be(3);

        var delft = await cast.IdAsync("delft");
        var subjects = await SubjectsAsync(cast);
        await using var db = cast.Database.CreateDbContext();
        var kept = await DueQuery.Of(db, new(2026, 11, 24)).Where(o => o.StewardId == delft || o.Id == delft).Select(o => o.Id).ToListAsync();
        kept.Should().NotBeEmpty();
        subjects[anna.Id].Should().BeEquivalentTo(kept.Count <= 50 ? kept : subjects[anna.Id]).And.OnlyContain(id => kept.Contains(id));
        subjects[bram.Id].Should().Equal(subjects[anna.Id]);
        subjects[els.Id].Should().HaveCount(50, "no more is asked in one go").And.NotIntersectWith(kept);
        var mails = await cast.MailsAsync();
        mails.Single(m => m.Recipient == els.Email).Body.Should().MatchRegex(@"Er wachten nog \d+ andere op bevestiging");
        mails.Single(m => m.Recipient == anna.Email).Body.Should().Contain("tot en met 7 december 2026");
    }

    [Fact]
    public async Task SendAsync_SeveralAtOnceAndOnOtherDays_OneMailPersonAndMonth()
    {
        await using var cast = await Cast.FilledAsync(server);
        await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft");
        await cast.PersonAsync("Els", Role.Secretariat);

        (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => cast.Reminder.SendAsync(default)))).Sum().Should().Be(2);
        cast.Clock.Now = cast.Clock.Now.AddDays(2);
        (await cast.Reminder.SendAsync(default)).Should().Be(0);
        (await cast.Database.ScalarAsync<long>("select count(*) from access_link")).Should().Be(2, "no link without its mail");
        cast.Clock.Now = new(2026, 12, 1, 8, 0, 0, TimeSpan.Zero);
        (await cast.Reminder.SendAsync(default)).Should().Be(2);
    }

    [Fact]
    public async Task SendAsync_LinkOfTheMail_ConfirmsAndThenNothingMoreIsAsked()
    {
        await using var cast = await Cast.FilledAsync(server);
        var anna = await cast.PersonAsync("Anna", Role.CampusEditor, "delft");
        await cast.Reminder.SendAsync(default);
        var secret = Secret().Match((await cast.MailsAsync()).Single().Body).Groups[1].Value;
        var page = await cast.Pages.RunAsync(secret, default);

        await cast.Answers.ConfirmAsync(secret, [.. page.Objects.Select(o => o.Id)], default);

        cast.Clock.Now = cast.Clock.Now.AddMonths(1);
        var left = (await SubjectsAsync(cast))[anna.Id];
        (await cast.Reminder.SendAsync(default)).Should().Be(left.Count == 50 ? 1 : 0);
    }

    [Fact]
    public async Task SendAsync_ReviewDayWithinTwoWeeks_IsAskedAndComesFirst()
    {
        await using var cast = await Cast.FilledAsync(server);
        var anna = await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft");
        var ids = await cast.KeptByAsync("delft", 4);
        await cast.Database.ExecuteAsync($"""
            update register_object set confirmed_on = '2025-12-01', review_by = '2027-06-01' where steward_id = (select id from register_object where slug = 'delft' and kind = 'city');
            update register_object set review_by = '2026-12-09' where id = '{ids[0]}';
            update register_object set review_by = '2026-12-08' where id = '{ids[1]}';
            update register_object set review_by = '2026-01-01' where id = '{ids[2]}';
            update register_object set confirmed_on = null, review_by = null where id = '{ids[3]}';
            """);

        await cast.Reminder.SendAsync(default);

        (await SubjectsAsync(cast))[anna.Id].Should().Equal(ids[2], ids[1], ids[3]);
    }

    private static async Task<Dictionary<Guid, List<Guid>>> SubjectsAsync(Cast cast)
    {
        await using var db = cast.Database.CreateDbContext();
        return (await db.AccessLinks.ToListAsync()).ToDictionary(l => l.AccountId!.Value, l => JsonSerializer.Deserialize<List<Guid>>(l.Subject)!);
    }

    [GeneratedRegex("https://portaal\\.example/bevestigen/(?<secret>[A-Za-z0-9_-]{43})\n", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secret();
}
