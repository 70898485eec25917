using System.Text;
using CsCheck;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Web.Tests.Addresses;

/// <summary>No request, however odd, makes the portal fail.</summary>
public sealed class HostileRequestTests(Site site)
{
    private const int Tries = 400;

    private static readonly string[] Pieces =
    [
        "/", "//", "/en", "/en/", "/campussen", "/kennissteden", "/faciliteiten", "/themas", "/agenda", "/agenda/leemten", "/agenda/toezeggingen", "/agenda/toezeggingen/halfjaar", "/agenda/voortgang", "/agenda/voortgang.docx", "/agenda/voortgang/edities", "/agenda/voortgang/edities/2026-1", "/ai-data", "/zoeken", "/zoeken/suggesties", "/enschede", "/id/", "/id/city/", "/fout/", "/fout/500", "/fout/-1", "/fout/99999999999", "/sitemap.xml", "/over", "/waarneming/", "/bewering/", "/bronnen", "/bronnen/", "/herkomst", "/factsheet",
        "..", "%2e%2e", "%2f", "%5c", "%00", "%0a", "%0d%0a", "%ff", "%c0%af", "%ed%a0%80", "%e2%80%ae", "%f0%9f%98%80", "%", "%zz", "%25", "%3f", "%23", "%3Cscript%3E", "'", "\"", "<", ">", "{", "}", "|", "^", "`", "~", "*", ":", ";", "@", "!", "$", "(", ")", "+", ",",
        "?", "&", "=", "q=", "stad=", "thema=", "soort=", "verificatie=", "sorteer=", "pagina=", "naam", "gemeente", "laatst-gewijzigd", "enschede", "fieldlab", "fotonica", "in-bron-gezien", "2", "-1", "99999999999", "0x1", "NaN", "[]", "[0]", "q%5B%5D=", "é", "\u202e", "😀", "\u00a0",
    ];

    private static readonly Gen<string> Target = Gen.OneOf(
        Gen.OneOf(Pieces).Array[1, 8].Select(p => string.Concat(p)),
        Gen.Select(Gen.OneOf([.. KindRegistry.All.Select(k => k.Path)]), Gen.OneOf("q", "stad", "thema", "soort", "verificatie", "sorteer", "pagina"), Gen.String, (path, key, value) => $"/{path}?{key}={Escape(value)}"),
        Gen.Select(Gen.OneOf([.. KindRegistry.All.Select(k => k.Path), "themas", "agenda"]), Gen.String, (path, slug) => $"/{path}/{Escape(slug)}"),
        Gen.Select(Gen.OneOf("/", "/campussen/", "/campussen?q=", "/en/kennissteden?stad="), Gen.Byte.Array[0, 40], (start, bytes) => start + string.Concat(bytes.Select(b => $"%{b:X2}"))));

    [Fact]
    public async Task Request_WithAnyAddress_NeverFails()
    {
        await Target.SampleAsync(async target =>
        {
            var answer = await Raw.GetAsync(site.Portal.BaseAddress, target.StartsWith('/') ? target : "/" + target);
            var asked = target.Contains("/fout/", StringComparison.Ordinal) ? answer.Body : "";

            return answer.Status is >= 200 and < 500 || asked.Length > 0 && answer.Status < 600
                ? Html.Inline(answer.Body).Count == 0
                : throw new InvalidOperationException($"{answer.Status} for {target}");
        }, iter: Tries, threads: 2);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    [InlineData("PROPFIND")]
    [InlineData("X")]
    public async Task Request_WithAnyMethod_NeverFails(string method)
    {
        foreach (var target in new[] { "/", "/campussen?q=a", "/campussen/bestaat-niet", "/kennissteden/enschede", "/sitemap.xml", "/health/live", "/id/city/x", "/fout/404", "/robots.txt" })
        {
            var answer = await Raw.SendAsync(site.Portal.BaseAddress, Encoding.ASCII.GetBytes($"{method} {target} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));

            answer.Status.Should().BeInRange(200, 499, $"{method} {target}");
        }
    }

    /// <summary>Every unit on its own, also halves of pairs, which no client would send.</summary>
    private static string Escape(string text) => string.Concat(text.SelectMany(c => char.IsAsciiLetterOrDigit(c) ? [c.ToString()] : Encoding.UTF8.GetBytes([c]).Select(b => $"%{b:X2}")));
}
