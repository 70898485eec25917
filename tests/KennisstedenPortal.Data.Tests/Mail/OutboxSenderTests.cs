using System.Collections.Concurrent;
using KennisstedenPortal.Data.Mail;
using Microsoft.Extensions.Logging.Abstractions;

namespace KennisstedenPortal.Data.Tests.Mail;

public sealed class OutboxSenderTests(TestServer server)
{
    [Fact]
    public async Task SendDueAsync_SeveralSendersAtOnce_EachMailOnce()
    {
        await using var cast = await Cast.FilledAsync(server);
        for (var i = 0; i < 30; i++) await cast.AddMailAsync($"persoon{i}@voorbeeld.nl");
        var post = new Post();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            var sender = Sender(cast, post);
            while (await sender.SendDueAsync(default) > 0) { }
        }));

        post.Delivered.Should().HaveCount(30).And.OnlyHaveUniqueItems();
        (await cast.MailsAsync()).Should().OnlyContain(m => m.SentAt == cast.Clock.Now && m.Attempts == 1 && m.LastError == null);
    }

    [Fact]
    public async Task SendDueAsync_SenderKilledAfterHandingOver_IsSentOnceMoreByAnother()
    {
        await using var cast = await Cast.FilledAsync(server);
        await cast.AddMailAsync();
        var post = new Post { Hold = new TaskCompletionSource() };
        var killed = Sender(cast, post).SendDueAsync(default);
        await post.Holding.Task;
        (await Sender(cast, new Post()).SendDueAsync(default)).Should().Be(0, "the first has it");

        // The backend that holds the row goes, as when the process dies; the mail had been handed over already.
        await cast.Database.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and state = 'idle in transaction' and datname = current_database()");
        post.Hold.SetResult();
        await killed.Awaiting(k => k).Should().ThrowAsync<Exception>("it can't record what it sent");
        var next = new Post();
        await Sender(cast, next).SendDueAsync(default);
        await Sender(cast, next).SendDueAsync(default);

        post.Delivered.Should().HaveCount(1);
        next.Delivered.Should().BeEquivalentTo(post.Delivered, "one repetition, of the same mail, and no more");
        (await cast.MailsAsync()).Single().SentAt.Should().NotBeNull();
    }

    [Fact]
    public async Task SendDueAsync_ServerThatKeepsFailing_WaitsLongerEachTimeAndGivesUp()
    {
        await using var cast = await Cast.FilledAsync(server);
        await cast.AddMailAsync();
        var sender = Sender(cast, new Post { Failure = new IOException("anna@voorbeeld.nl: connection\r\nreset") });

        foreach (var wait in OutboxSender.Backoff)
        {
            (await sender.SendDueAsync(default)).Should().Be(1);
            var mail = (await cast.MailsAsync()).Single();
            mail.DueAt.Should().Be(cast.Clock.Now + wait);
            mail.LastError.Should().Be("…: connection  reset", "an address of a person does not belong there");
            (await sender.SendDueAsync(default)).Should().Be(0, "it is not due yet");
            cast.Clock.Now = mail.DueAt;
        }
        (await sender.SendDueAsync(default)).Should().Be(1);

        var last = (await cast.MailsAsync()).Single();
        (last.Attempts, last.FailedAt, last.SentAt).Should().Be((6, cast.Clock.Now, null));
        cast.Clock.Now = cast.Clock.Now.AddYears(1);
        (await sender.SendDueAsync(default)).Should().Be(0);
    }

    [Fact]
    public async Task SendDueAsync_RefusedForGood_GivesUpAtOnceAndGoesOnWithTheNext()
    {
        await using var cast = await Cast.FilledAsync(server);
        await cast.AddMailAsync("weg@voorbeeld.nl");
        cast.Clock.Now = cast.Clock.Now.AddSeconds(1);
        await cast.AddMailAsync("anna@voorbeeld.nl");
        var post = new Post { Failure = new MailRefusedException("550 no such user"), FailsFor = "weg@voorbeeld.nl" };

        (await Sender(cast, post).SendDueAsync(default)).Should().Be(2);

        var mails = await cast.MailsAsync();
        mails.Single(m => m.Recipient == "weg@voorbeeld.nl").Should().BeEquivalentTo(new { Attempts = 1, FailedAt = (DateTimeOffset?)cast.Clock.Now, SentAt = (DateTimeOffset?)null, LastError = "550 no such user" });
        mails.Single(m => m.Recipient == "anna@voorbeeld.nl").SentAt.Should().NotBeNull();
    }

    [Fact]
    public async Task SendDueAsync_AskedToStop_LeavesTheRestForLater()
    {
        await using var cast = await Cast.FilledAsync(server);
        await cast.AddMailAsync("een@voorbeeld.nl");
        await cast.AddMailAsync("twee@voorbeeld.nl");
        using var stop = new CancellationTokenSource();
        var post = new Post { After = stop.Cancel };

        (await Sender(cast, post).SendDueAsync(stop.Token)).Should().Be(1, "the mail under way is finished and recorded");

        (await cast.MailsAsync()).Count(m => m.SentAt is not null).Should().Be(1);
    }

    private static OutboxSender Sender(Cast cast, Post post) => new(cast.Database, post, cast.Clock, NullLogger<OutboxSender>.Instance);

    private sealed class Post : IMailDelivery
    {
        public ConcurrentQueue<Guid> Delivered { get; } = [];
        public Exception? Failure { get; init; }
        public string? FailsFor { get; init; }
        public Action? After { get; init; }
        /// <summary>Handed over, but the sender does not hear of it until this is set.</summary>
        public TaskCompletionSource? Hold { get; init; }
        public TaskCompletionSource Holding { get; } = new();

        public async Task DeliverAsync(OutboxMail mail, CancellationToken cancellation)
        {
            if (Failure is not null && (FailsFor is null || FailsFor == mail.Recipient)) throw Failure;
            Delivered.Enqueue(mail.Id);
            Holding.TrySetResult();
            if (Hold is not null) await Hold.Task;
            After?.Invoke();
        }
    }
}
