using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace KennisstedenPortal.Data.Mail;

/// <summary>Hands a mail to the world. Any exception but <see cref="MailRefusedException"/> means: try again later.</summary>
public interface IMailDelivery
{
    Task DeliverAsync(OutboxMail mail, CancellationToken cancellation);
}

/// <summary>The mail will never be accepted: the address does not exist, or the content is refused.</summary>
public sealed class MailRefusedException(string reason, Exception? inner = null) : Exception(reason, inner);

/// <summary>
/// Sends what is due, each mail in a transaction of its own that holds its row. Several senders skip each other's rows. When a
/// sender dies, its row is free at once: a mail that was already handed over, but not yet recorded as sent, is then sent
/// once more, with the same message id.
/// </summary>
public sealed partial class OutboxSender(IDbContextFactory<PortalDbContext> contexts, IMailDelivery delivery, TimeProvider time, ILogger<OutboxSender> logger)
{
    /// <summary>Mails of one round; then the sender looks whether it should stop.</summary>
    public const int BatchSize = 20;

    /// <summary>Waiting time after each failure. After the last, the mail is given up.</summary>
    public static IReadOnlyList<TimeSpan> Backoff { get; } = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(12)];

    /// <summary>Sends a batch of mails that are due.</summary>
    /// <param name="stopping">Ends the round between two mails; a mail under way is finished and recorded.</param>
    /// <returns>How many were tried. Fewer than <see cref="BatchSize"/>: nothing more is due.</returns>
    public async Task<int> SendDueAsync(CancellationToken stopping)
    {
        var tried = 0;
        while (tried < BatchSize && !stopping.IsCancellationRequested && await SendNextAsync()) tried++;
        return tried;
    }

    /// <summary>When the next mail is due, or null when none waits.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Outbox.Where(m => m.SentAt == null && m.FailedAt == null).MinAsync(m => (DateTimeOffset?)m.DueAt, cancellation);
    }

    private async Task<bool> SendNextAsync()
    {
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        var now = time.GetUtcNow();
        var due = await db.Outbox.FromSql($"""
            select * from outbox_mail where sent_at is null and failed_at is null and due_at <= {now}
            order by due_at limit 1 for update skip locked
            """).ToListAsync(CancellationToken.None);
        if (due is not [var mail]) return false;
        mail.Attempts++;
        try
        {
            await delivery.DeliverAsync(mail, CancellationToken.None);
            (mail.SentAt, mail.LastError) = (time.GetUtcNow(), null);
        }
        catch (Exception e)
        {
            mail.LastError = Reason(e, mail);
            if (e is MailRefusedException || mail.Attempts > Backoff.Count) mail.FailedAt = time.GetUtcNow();
            else mail.DueAt = time.GetUtcNow() + Backoff[mail.Attempts - 1];
            if (mail.FailedAt is null) Delayed(logger, mail.Id, mail.Attempts, mail.DueAt, e.GetType().Name);
            else Failed(logger, mail.Id, mail.Attempts, e.GetType().Name);
        }
        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    /// <summary>What the mail server said, without the address it was about.</summary>
    private static string Reason(Exception e, OutboxMail mail)
    {
        var text = new string([.. e.Message.Replace(mail.Recipient, "…", StringComparison.OrdinalIgnoreCase).Select(c => char.IsControl(c) ? ' ' : c)]);
        return text.Length > 500 ? text[..499] : text;
    }

    [LoggerMessage(LogLevel.Warning, "Mail {Mail} was not sent at attempt {Attempt} and is tried again at {Due}: {Error}")]
    private static partial void Delayed(ILogger logger, Guid mail, int attempt, DateTimeOffset due, string error);

    [LoggerMessage(LogLevel.Error, "Mail {Mail} was given up after attempt {Attempt}: {Error}")]
    private static partial void Failed(ILogger logger, Guid mail, int attempt, string error);
}
