using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Web.Hosting;

namespace KennisstedenPortal.Web.Mail;

/// <summary>Which delivery there is: a mail server when configured, a folder in development, else none.</summary>
internal static partial class MailServices
{
    /// <exception cref="StartRefusedException">The mail server is half configured.</exception>
    public static void AddMail(this WebApplicationBuilder builder, bool works)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        services.AddSingleton<Outbox>();
        services.AddSingleton(new PortalLinks(PublicBase(configuration)));
        if (MailSettings.Read(configuration) is { } settings)
        {
            services.AddSingleton<IMailDelivery>(p => new SmtpDelivery(settings, p.GetRequiredService<TimeProvider>()));
        }
        else if (builder.Environment.IsDevelopment())
        {
            var folder = configuration["Portal:Mail:Folder"] is { Length: > 0 } chosen ? chosen : Path.Combine(LocalDatabase.CheckoutRoot(builder.Environment.ContentRootPath), ".local", "mail");
            services.AddSingleton(p => new FolderDelivery(Path.GetFullPath(folder), MailSettings.Local(configuration), p.GetRequiredService<TimeProvider>()));
            services.AddSingleton<IMailDelivery>(p => p.GetRequiredService<FolderDelivery>());
        }
        // Without a way to send, nobody drives the outbox: mails wait there until a mail server is configured.
        else return;
        services.AddSingleton<OutboxSender>();
        if (works) services.AddHostedService<OutboxService>();
    }

    public static void WarnAboutMail(this WebApplication app)
    {
        if (app.Services.GetService<IMailDelivery>() is null) NoServer(app.Logger);
    }

    private static string PublicBase(ConfigurationManager configuration) =>
        (configuration["Portal:PublicUrl"] is { Length: > 0 } url ? url : configuration["Urls"]?.Split(';')[0] is { Length: > 0 } local ? local : "http://localhost:5080").TrimEnd('/');

    [LoggerMessage(LogLevel.Warning, "Set Portal__Mail__Host and Portal__Mail__From: without them no mail is sent. Mails wait in the outbox until then.")]
    private static partial void NoServer(ILogger logger);
}
