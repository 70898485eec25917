using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Mail;

public sealed class OutboxTests(TestServer server)
{
    [Fact]
    public async Task AddAsync_TransactionOfTheCaller_StandsOrFallsWithIt()
    {
        await using var cast = await Cast.FilledAsync(server);
        await using (var db = cast.Database.CreateDbContext())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            (await cast.Outbox.AddAsync(db, Mail())).Should().BeTrue();
            await transaction.RollbackAsync();
        }
        (await cast.MailsAsync()).Should().BeEmpty();

        await cast.AddMailAsync();

        (await cast.MailsAsync()).Should().ContainSingle().Which.Should().BeEquivalentTo(new { Recipient = "anna@voorbeeld.nl", Subject = "Onderwerp", Body = "Tekst", Language = "nl", Attempts = 0, DueAt = cast.Clock.Now });
    }

    [Fact]
    public async Task AddAsync_WithoutTransaction_Throws()
    {
        await using var cast = await Cast.FilledAsync(server);
        await using var db = cast.Database.CreateDbContext();

        await cast.Outbox.Awaiting(o => o.AddAsync(db, Mail())).Should().ThrowAsync<InvalidOperationException>();
    }

    [Fact]
    public async Task AddAsync_SameKeyByManyAtOnce_OneMailAndNoTransactionBroken()
    {
        await using var cast = await Cast.FilledAsync(server);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => cast.AddMailAsync(key: "summary 2026-11-24 x")));
        await cast.AddMailAsync(key: "summary 2026-11-25 x");

        (await cast.MailsAsync()).Select(m => m.OnceKey).Should().BeEquivalentTo("summary 2026-11-24 x", "summary 2026-11-25 x");
    }

    [Fact]
    public async Task AddAsync_SubjectThatWouldBeginAHeader_IsOneLineOfBoundedLength()
    {
        await using var cast = await Cast.FilledAsync(server);

        await cast.AddMailAsync(subject: "Uw gegevens\r\nBcc: iedereen@voorbeeld.nl\u2028 over\tSAMXL");
        await cast.AddMailAsync(recipient: "bram@voorbeeld.nl", subject: new string('a', 198) + "😀😀");

        var mails = await cast.MailsAsync();
        mails[0].Subject.Should().Be("Uw gegevens Bcc: iedereen@voorbeeld.nl over SAMXL");
        mails[1].Subject.Should().Be(new string('a', 198) + "…", "a character is not cut in two");
    }

    [Theory]
    [InlineData("")]
    [InlineData("anna")]
    [InlineData("@voorbeeld.nl")]
    [InlineData("anna@")]
    [InlineData("anna@voorbeeld.nl, bram@voorbeeld.nl")]
    [InlineData("anna@voorbeeld.nl\r\nBcc: bram@voorbeeld.nl")]
    [InlineData("Anna <anna@voorbeeld.nl>")]
    [InlineData("anna@voorbeeld.nl@elders.nl")]
    [InlineData("anna\u202E@voorbeeld.nl")]
    public async Task AddAsync_RecipientThatIsNotOneAddress_Throws(string recipient)
    {
        await using var database = await server.EmptyAsync();
        await using var db = database.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();

        await new Outbox(Clock.Tuesday).Awaiting(o => o.AddAsync(db, Mail(recipient))).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task AddAsync_BesideAChangeOfTheRegister_BothInOneTransaction()
    {
        await using var cast = await Cast.FilledAsync(server);
        await using (var db = cast.Database.CreateDbContext())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            (await db.BySlugAsync<Facility>("samxl")).Name = "SAM XL";
            await db.SaveAsync(People.Editor, "Naam");
            await cast.Outbox.AddAsync(db, Mail());
            await transaction.CommitAsync();
        }

        (await cast.MailsAsync()).Should().HaveCount(1);
        (await cast.Database.ScalarAsync<string>("select name from register_object where slug = 'samxl'")).Should().Be("SAM XL");
    }

    private static NewMail Mail(string recipient = "anna@voorbeeld.nl") => new(recipient, new("Onderwerp", "Tekst"), "nl");
}
