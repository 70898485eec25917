using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Editing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace KennisstedenPortal.Data.Mail;

/// <summary>What a mail says, in the language of who gets it. Plain text; lines are wrapped when it is sent.</summary>
public sealed record MailText(string Subject, string Body);

/// <summary>A mail to one person.</summary>
/// <param name="Language">nl or en; of the text, and announced in the mail.</param>
/// <param name="OnceKey">Names what may be sent only once; the same key again is ignored. Null for mail that may repeat.</param>
public sealed record NewMail(string Recipient, MailText Text, string Language, string? OnceKey = null);

/// <summary>
/// The one way to send mail: it is put down in the transaction of what it is about, so that neither happens without the
/// other, and <see cref="OutboxSender"/> sends it after the commit.
/// </summary>
public sealed class Outbox(TimeProvider time)
{
    /// <summary>PostgreSQL channel that wakes the senders at commit.</summary>
    public const string Channel = "outbox";

    /// <summary>Adds a mail to the transaction of the caller, who saves and commits.</summary>
    /// <returns>False when a mail with the same key was added before; then nothing is added.</returns>
    /// <exception cref="InvalidOperationException">The caller has no transaction.</exception>
    /// <exception cref="ArgumentException">The recipient is not one address.</exception>
    public async Task<bool> AddAsync(PortalDbContext db, NewMail mail, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(mail);
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("A mail is added in the transaction of what it is about.");
        if (!IsAddress(mail.Recipient)) throw new ArgumentException("The recipient is not one mail address.", nameof(mail));
        var now = time.GetUtcNow();
        var (id, subject, body, key) = (Guid.CreateVersion7(now), OneLine(mail.Text.Subject), InputText.Clean(mail.Text.Body) ?? "", new NpgsqlParameter { Value = (object?)mail.OnceKey ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        // Not through the change tracker: two who add the same key at once must not break each other's transaction.
        var added = await db.Database.ExecuteSqlAsync($"""
            insert into outbox_mail (id, recipient, subject, body, language, created_at, due_at, attempts, once_key)
            values ({id}, {mail.Recipient}, {subject}, {body}, {mail.Language}, {now}, {now}, 0, {key})
            on conflict (once_key) do nothing
            """, cancellation);
        if (added == 0) return false;
        await db.Database.ExecuteSqlAsync($"select pg_notify({Channel}, '')", cancellation);
        return true;
    }

    /// <summary>One address of the usual form, and nothing that could end a header or name a second recipient.</summary>
    public static bool IsAddress(string? text) =>
        text is { Length: > 2 and <= Account.EmailMaxLength }
        && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is ',' or ';' or '<' or '>' or '(' or ')' or '[' or ']' or '"' or '\\' or ':')
        && InputText.Problem(text, Account.EmailMaxLength) is null
        && text.IndexOf('@', StringComparison.Ordinal) is var at and > 0 && at == text.LastIndexOf('@') && at < text.Length - 1;

    /// <summary>A subject is one line: names in it come from people, and a line end would begin another header.</summary>
    private static string OneLine(string subject)
    {
        var line = string.Join(' ', new string([.. subject.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= OutboxMail.SubjectMaxLength) return line;
        var end = OutboxMail.SubjectMaxLength - 1;
        // Not through the middle of a character.
        return line[..(char.IsHighSurrogate(line[end - 1]) ? end - 1 : end)] + "…";
    }
}
