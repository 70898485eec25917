using KennisstedenPortal.Data.Mail;
using MailKit;
using MailKit.Net.Smtp;

namespace KennisstedenPortal.Web.Mail;

/// <summary>Sends over SMTP, one connection per mail: there are some dozens a day.</summary>
internal sealed class SmtpDelivery(MailSettings settings, TimeProvider time) : IMailDelivery
{
    /// <summary>For each answer of the server.</summary>
    private const int TimeoutMilliseconds = 20_000;

    public async Task DeliverAsync(OutboxMail mail, CancellationToken cancellation)
    {
        using var message = MailMessages.Of(mail, settings, time.GetUtcNow());
        using var client = new SmtpClient { Timeout = TimeoutMilliseconds };
        await client.ConnectAsync(settings.Host, settings.Port, settings.Security, cancellation);
        if (settings is { User: { } user, Password: { } password }) await client.AuthenticateAsync(user, password, cancellation);
        try
        {
            await client.SendAsync(message, cancellation);
        }
        catch (SmtpCommandException e) when (e.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted && (int)e.StatusCode >= 500)
        {
            throw new MailRefusedException($"{(int)e.StatusCode} {e.Message}", e);
        }
        // It was accepted; whatever happens to the goodbye does not matter.
        try
        {
            await client.DisconnectAsync(quit: true, cancellation);
        }
        catch (Exception e) when (e is IOException or ProtocolException or CommandException)
        {
        }
    }
}
