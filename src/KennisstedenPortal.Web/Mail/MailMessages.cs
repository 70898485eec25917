using System.Text;
using KennisstedenPortal.Data.Mail;
using MimeKit;
using MimeKit.Text;

namespace KennisstedenPortal.Web.Mail;

/// <summary>Makes the message as it goes over the wire: plain text, marked as sent by a machine.</summary>
internal static class MailMessages
{
    private const int Width = 72;

    public static MimeMessage Of(OutboxMail mail, MailSettings settings, DateTimeOffset now)
    {
        var message = new MimeMessage { Subject = mail.Subject, Date = now };
        message.From.Add(settings.From);
        message.ReplyTo.Add(settings.ReplyTo);
        message.To.Add(new MailboxAddress(null, mail.Recipient));
        // The same for the same mail: should it be sent twice, the receiving side can see that it is one.
        message.MessageId = $"{mail.Id}@{settings.From.Domain}";
        // RFC 3834: no out-of-office replies, please.
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Headers.Add(HeaderId.ContentLanguage, mail.Language);
        var text = new TextPart(TextFormat.Flowed) { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        text.SetText(Encoding.UTF8, Flow(mail.Body));
        message.Body = text;
        return message;
    }

    /// <summary>Wraps long lines as RFC 3676 (format=flowed): a line that ends in a space continues on the next.</summary>
    public static string Flow(string text)
    {
        var result = new StringBuilder();
        foreach (var paragraph in text.Split('\n'))
        {
            // Spaces at the end would join it to the next paragraph.
            var words = paragraph.TrimEnd().Split(' ');
            var line = new StringBuilder(words[0]);
            foreach (var word in words.Skip(1))
            {
                line.Append(' ');
                // Not after mere indentation: a long address stays on the line it stands on.
                if (line.Length + word.Length > Width && line.ToString().Trim().Length > 0) End(result, line);
                line.Append(word);
            }
            End(result, line);
        }
        return result.ToString();
    }

    /// <summary>What looks like a mark of the format gets a space in front, which the reader takes away.</summary>
    private static void End(StringBuilder result, StringBuilder line)
    {
        if (line.Length > 0 && (line[0] is ' ' or '>' || line.ToString().StartsWith("From ", StringComparison.Ordinal))) result.Append(' ');
        result.Append(line).Append("\r\n");
        line.Clear();
    }
}
