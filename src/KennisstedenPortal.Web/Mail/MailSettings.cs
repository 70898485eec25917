using System.Globalization;
using KennisstedenPortal.Web.Hosting;
using MailKit.Security;
using MimeKit;

namespace KennisstedenPortal.Web.Mail;

/// <summary>How mail leaves the portal: <c>Portal:Mail:*</c>.</summary>
/// <param name="Security">How the connection is protected; it never falls back to less.</param>
internal sealed record MailSettings(string Host, int Port, string? User, string? Password, MailboxAddress From, MailboxAddress ReplyTo, SecureSocketOptions Security)
{
    private const string Section = "Portal:Mail";
    private static readonly MailboxAddress Nobody = new("Kennisstedenportaal", "portaal@localhost");

    /// <returns>Null when no mail server is configured.</returns>
    /// <exception cref="StartRefusedException">It is half configured, or would send a password readable.</exception>
    public static MailSettings? Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        if (section["Host"] is not { Length: > 0 } host) return null;
        var (user, password) = (Given(section["User"]), Given(section["Password"]));
        var (security, port) = Given(section["Security"]) switch
        {
            null or "starttls" => (SecureSocketOptions.StartTls, 587),
            "tls" => (SecureSocketOptions.SslOnConnect, 465),
            "none" => (SecureSocketOptions.None, 25),
            _ => throw new StartRefusedException("Portal__Mail__Security must be starttls, tls or none."),
        };
        if (security == SecureSocketOptions.None && (user ?? password) is not null)
            throw new StartRefusedException("Portal__Mail__Security is none: the password of Portal__Mail__User would cross the network readable. Use starttls or tls, or leave user and password out.");
        if (user is null != password is null) throw new StartRefusedException("Set both Portal__Mail__User and Portal__Mail__Password, or neither.");
        if (Given(section["Port"]) is { } text && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and < 65536)) throw new StartRefusedException("Portal__Mail__Port must be a port.");
        var from = Address(section["From"], "From") ?? throw new StartRefusedException("Set Portal__Mail__From to the address that mails come from.");
        return new(host, port, user, password, from, Address(section["ReplyTo"], "ReplyTo") ?? from, security);
    }

    /// <summary>For mails that only go to a folder.</summary>
    public static MailSettings Local(IConfiguration configuration)
    {
        var from = Address(configuration[$"{Section}:From"], "From") ?? Nobody;
        return new("", 0, null, null, from, Address(configuration[$"{Section}:ReplyTo"], "ReplyTo") ?? from, SecureSocketOptions.None);
    }

    private static string? Given(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private static MailboxAddress? Address(string? value, string key) => Given(value) is null ? null
        : MailboxAddress.TryParse(value, out var address) && address.Address.Contains('@', StringComparison.Ordinal) ? address
        : throw new StartRefusedException($"Portal__Mail__{key} must be a mail address, for example: Kennisstedenportaal <portaal@voorbeeld.nl>");
}
