using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Web.Hosting;
using KennisstedenPortal.Web.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace KennisstedenPortal.Web.Tests.Mail;

/// <summary>Against a server that speaks SMTP over a real connection.</summary>
public sealed class SmtpDeliveryTests(Site site)
{
    [Fact]
    public async Task Deliver_Accepted_IsPlainTextMarkedAsSentByAMachine()
    {
        await using var server = new SmtpListener();

        await Delivery(server).DeliverAsync(Mail(), default);

        var message = server.Messages.Should().ContainSingle().Subject;
        server.Commands.Should().Contain(c => c.StartsWith("MAIL FROM:<portaal@voorbeeld.nl>", StringComparison.Ordinal)).And.Contain(c => c.StartsWith("RCPT TO:<anna@voorbeeld.nl>", StringComparison.Ordinal));
        ("\n" + message).Should().Contain("\nFrom: Kennisstedenportaal <portaal@voorbeeld.nl>\n").And.Contain("\nReply-To: secretariaat@voorbeeld.nl\n").And.Contain("\nTo: anna@voorbeeld.nl\n")
            .And.Contain("\nAuto-Submitted: auto-generated\n").And.Contain("\nContent-Language: nl\n").And.Contain("format=flowed").And.Contain("\nMessage-Id: <0199a000-0000-7000-8000-00000000000a@voorbeeld.nl>\n").And.Contain("\nMIME-Version: 1.0\n");
        message.Split("\n\n", 2)[1].Should().Contain("=C3=A9=C3=A9n").And.NotContain("<html");
    }

    [Theory]
    [InlineData("RCPT", "550 5.1.1 no such user")]
    [InlineData("RCPT", "553 not allowed")]
    [InlineData(".", "554 looks like spam")]
    public async Task Deliver_RefusedForGood_IsGivenUpAtOnce(string command, string answer)
    {
        await using var server = new SmtpListener();
        server.Answers[command] = answer;

        (await Delivery(server).Awaiting(d => d.DeliverAsync(Mail(), default)).Should().ThrowAsync<MailRefusedException>()).WithMessage(answer[..3] + "*");
    }

    [Theory]
    [InlineData("RCPT", "451 try later")]
    [InlineData("RCPT", "450 greylisted")]
    [InlineData(".", "452 no room")]
    [InlineData("MAIL", "550 sender unknown")]
    [InlineData("EHLO", "421 closing")]
    [InlineData("RCPT", null)]
    [InlineData("DATA", null)]
    [InlineData(".", null)]
    public async Task Deliver_FailsForNowOrConnectionBreaks_MayBeTriedAgain(string command, string? answer)
    {
        await using var server = new SmtpListener();
        server.Answers[command] = answer;
        if (command == "EHLO") server.Answers["HELO"] = answer;

        var failure = (await Delivery(server).Awaiting(d => d.DeliverAsync(Mail(), default)).Should().ThrowAsync<Exception>()).Which;

        failure.Should().NotBeOfType<MailRefusedException>();
        server.Answers.Clear();
        await Delivery(server).DeliverAsync(Mail(), default);
        server.Messages.Should().HaveCount(1);
    }

    [Fact]
    public async Task Deliver_ConnectionBreaksAfterAcceptance_IsSent()
    {
        await using var server = new SmtpListener();
        server.Answers["QUIT"] = null;

        await Delivery(server).DeliverAsync(Mail(), default);

        server.Messages.Should().HaveCount(1);
    }

    [Fact]
    public async Task Deliver_NobodyListens_MayBeTriedAgain()
    {
        int port;
        await using (var server = new SmtpListener()) port = server.Port;

        await new SmtpDelivery(Settings(port, "none"), TimeProvider.System).Awaiting(d => d.DeliverAsync(Mail(), default)).Should().ThrowAsync<System.Net.Sockets.SocketException>();
    }

    [Fact]
    public async Task Deliver_ServerWithoutTlsWhileItIsAsked_SendsNeitherPasswordNorMail()
    {
        await using var server = new SmtpListener();
        server.Answers["EHLO"] = "250-test\r\n250 AUTH PLAIN LOGIN";

        await new SmtpDelivery(Settings(server.Port, null, ("User", "portaal"), ("Password", "geheim")), TimeProvider.System).Awaiting(d => d.DeliverAsync(Mail(), default)).Should().ThrowAsync<NotSupportedException>();

        server.Commands.Should().NotContain(c => c.StartsWith("AUTH", StringComparison.Ordinal) || c.StartsWith("MAIL", StringComparison.Ordinal));
        server.Messages.Should().BeEmpty();
    }

    [Fact]
    public async Task Outbox_ThroughTheServer_RecordsWhatBecameOfEachMail()
    {
        await using var database = await site.Server.EmptyAsync();
        await using var server = new SmtpListener();
        await AddAsync(database, "anna@voorbeeld.nl", "Onderwerp met één accent\r\nBcc: iemand@voorbeeld.nl");
        var sender = new OutboxSender(database, Delivery(server), TimeProvider.System, NullLogger<OutboxSender>.Instance);
        await sender.SendDueAsync(default);
        server.Answers["RCPT"] = "550 <weg@voorbeeld.nl> no such user";
        await AddAsync(database, "weg@voorbeeld.nl", "Onderwerp");
        await sender.SendDueAsync(default);
        server.Answers["RCPT"] = "451 later";
        await AddAsync(database, "later@voorbeeld.nl", "Onderwerp");
        await sender.SendDueAsync(default);

        await using var db = database.CreateDbContext();
        var mails = await db.Outbox.ToDictionaryAsync(m => m.Recipient, StringComparer.Ordinal);
        mails["anna@voorbeeld.nl"].SentAt.Should().NotBeNull();
        (mails["weg@voorbeeld.nl"].FailedAt is not null, mails["weg@voorbeeld.nl"].LastError).Should().Be((true, "550 <…> no such user"));
        (mails["later@voorbeeld.nl"].FailedAt, mails["later@voorbeeld.nl"].Attempts).Should().Be((null, 1));
        mails["later@voorbeeld.nl"].DueAt.Should().BeAfter(mails["later@voorbeeld.nl"].CreatedAt);
        var headers = server.Messages.Single().Split("\n\n", 2)[0];
        headers.Should().NotContain("\nBcc:").And.Contain("\nSubject: ").And.NotContain("\nTo: iemand");
    }

    [Theory]
    [InlineData("Security", "none", "User", "portaal", "readable")]
    [InlineData("Security", "plain", "Port", "25", "starttls, tls or none")]
    [InlineData("User", "portaal", "Port", "587", "both")]
    [InlineData("Port", "99999", "User", "", "Port")]
    [InlineData("From", "geen adres", "Port", "587", "From")]
    [InlineData("From", "", "Port", "587", "From")]
    public void Read_HalfConfigured_RefusesToStart(string key, string value, string other, string otherValue, string says) =>
        FluentActions.Invoking(() => Settings(587, null, (key, value), (other, otherValue))).Should().Throw<StartRefusedException>().WithMessage($"*{says}*");

    [Fact]
    public void Read_WithoutHost_IsNone() => MailSettings.Read(new ConfigurationBuilder().Build()).Should().BeNull();

    [Fact]
    public void Flow_LongLines_AreWrappedAndUnwrapToTheSameText()
    {
        var text = string.Join(' ', Enumerable.Repeat("woorden", 40)) + "\n\nFrom hier\n  ingesprongen\n> aangehaald\nhttps://portaal.example/bevestigen/" + new string('x', 90);

        var flowed = MailMessages.Flow(text);

        flowed.Split("\r\n").Where(l => !l.Contains("https", StringComparison.Ordinal)).Should().OnlyContain(l => l.Length <= 76);
        var back = flowed.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').Select(l => l.StartsWith(' ') ? l[1..] : l);
        string.Join('\n', back).Replace(" \n", " ", StringComparison.Ordinal).TrimEnd('\n').Should().Be(text);
    }

    private static async Task AddAsync(TestDatabase database, string recipient, string subject)
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await new Outbox(TimeProvider.System).AddAsync(db, new(recipient, new(subject, "Tekst"), "nl"));
        await transaction.CommitAsync();
    }

    private static SmtpDelivery Delivery(SmtpListener server) => new(Settings(server.Port, "none"), TimeProvider.System);

    private static MailSettings Settings(int port, string? security, params (string Key, string Value)[] more)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Portal:Mail:Host"] = "127.0.0.1", ["Portal:Mail:Port"] = $"{port}", ["Portal:Mail:Security"] = security, ["Portal:Mail:From"] = "Kennisstedenportaal <portaal@voorbeeld.nl>", ["Portal:Mail:ReplyTo"] = "secretariaat@voorbeeld.nl" };
        foreach (var (key, value) in more) values["Portal:Mail:" + key] = value;
        return MailSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build())!;
    }

    private static OutboxMail Mail() => new() { Id = Guid.Parse("0199a000-0000-7000-8000-00000000000a"), Recipient = "anna@voorbeeld.nl", Subject = "Kloppen uw gegevens nog?", Body = "Beste Anna,\n\nDit is één zin.", Language = "nl", CreatedAt = DateTimeOffset.UnixEpoch, DueAt = DateTimeOffset.UnixEpoch };
}
