using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using KennisstedenPortal.Domain;

namespace KennisstedenPortal.Web.Mail;

/// <summary>The letter box of a local run: what would have been mailed. Exists in development only.</summary>
internal static partial class LocalPost
{
    public const string Path = "/lokaal/post";
    private const int Newest = 50;

    public static void MapLocalPost(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment() || app.Services.GetService<FolderDelivery>() is not { } folder) return;
        app.MapGet(Path, async (HttpResponse response, CancellationToken cancellation) =>
        {
            response.Headers.CacheControl = "no-store";
            return Results.Content(Page(await folder.ReadAsync(Newest, cancellation), folder.Folder), "text/html", Encoding.UTF8);
        });
    }

    private static string Page(IReadOnlyList<LocalMail> mails, string folder)
    {
        var html = new StringBuilder("""
            <!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">
            <title>Lokale post – Kennissteden</title><link rel="icon" href="/_content/KennisstedenPortal.Reading/mark.svg" type="image/svg+xml"><link rel="stylesheet" href="/_content/KennisstedenPortal.Working/css/layers.css"><link rel="stylesheet" href="/_content/KennisstedenPortal.Reading/css/site.css"><link rel="stylesheet" href="/_content/KennisstedenPortal.Working/css/working.css"></head>
            <body><main class="wrap"><div class="section"><p class="code">Alleen op deze computer</p><h1>Lokale post</h1>
            """);
        html.Append(CultureInfo.InvariantCulture, $"""<p class="lede">Dit zijn de mails die het portaal hier heeft gemaakt. Er is niets verstuurd: ze staan als bestanden in <code>{Encode(folder)}</code>.</p><p class="confirm-until"><a href="/">Naar de voorpagina</a></p>""");
        if (mails.Count == 0) html.Append("<p>Er is nog geen post.</p>");
        foreach (var mail in mails)
        {
            html.Append(CultureInfo.InvariantCulture, $"""
                <article class="local-mail" aria-labelledby="m{mail.Id}"><h2 id="m{mail.Id}">{Encode(mail.Subject)}</h2>
                <p class="muted">Aan {Encode(mail.To)}, {TimeZoneInfo.ConvertTime(mail.At, Dutch.Zone).ToString("d MMMM yyyy HH:mm", CultureInfo.GetCultureInfo("nl-NL"))}</p>
                """);
            foreach (var paragraph in mail.Text.Trim().Split("\n\n")) html.Append("<p>").Append(Linked(paragraph).Replace("\n", "<br>", StringComparison.Ordinal)).Append("</p>");
            html.Append("</article>");
        }
        return html.Append("</div></main></body></html>").ToString();
    }

    private static string Linked(string text) => Address().Replace(Encode(text), "<a href=\"$0\">$0</a>");

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    [GeneratedRegex(@"https?://[^\s<>&""]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
