using KennisstedenPortal.Data.Mail;
using MimeKit;

namespace KennisstedenPortal.Web.Mail;

/// <summary>A mail in the folder of a local run.</summary>
internal sealed record LocalMail(string Id, string To, string Subject, DateTimeOffset At, string Text);

/// <summary>Writes mails as <c>.eml</c> files, for local runs only: nothing leaves the machine.</summary>
internal sealed class FolderDelivery(string folder, MailSettings settings, TimeProvider time) : IMailDelivery
{
    private const string Extension = ".eml";

    public string Folder => folder;

    public async Task DeliverAsync(OutboxMail mail, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        using var message = MailMessages.Of(mail, settings, time.GetUtcNow());
        // Under its name only when complete: the page never reads half a mail.
        var (path, partial) = (PathOf(mail.Id), PathOf(mail.Id) + ".part");
        await message.WriteToAsync(partial, cancellation);
        File.Move(partial, path, overwrite: true);
    }

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<LocalMail>> ReadAsync(int count, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder)) return [];
        var mails = new List<LocalMail>();
        foreach (var file in new DirectoryInfo(folder).GetFiles("*" + Extension).OrderByDescending(f => f.LastWriteTimeUtc).ThenByDescending(f => f.Name, StringComparer.Ordinal).Take(count))
        {
            using var message = await MimeMessage.LoadAsync(file.FullName, cancellation);
            // Unflowed: links and paragraphs as they were written.
            var text = (message.TextBody ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Replace(" \n", " ", StringComparison.Ordinal).Replace("\n ", "\n", StringComparison.Ordinal);
            mails.Add(new(Path.GetFileNameWithoutExtension(file.Name), message.To.ToString(), message.Subject ?? "", message.Date, text));
        }
        return mails;
    }

    private string PathOf(Guid id) => Path.Combine(folder, id + Extension);
}
