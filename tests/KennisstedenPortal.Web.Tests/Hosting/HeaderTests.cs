using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace KennisstedenPortal.Web.Tests.Hosting;

public sealed class HeaderTests(Site site)
{
    public static TheoryData<string> Addresses =>
        ["/", "/en", "/over", "/kaart", "/kaart/objecten.json", "/kaart/objecten.json?vak=x", "/kaart/beeld.svg", "/kennissteden", "/kennissteden/enschede", "/faciliteiten/samxl", "/campussen?pagina=x", "/bestaat-niet", "/fout/500", "/sitemap.xml", "/robots.txt", "/.well-known/security.txt", "/health/live", "/id/city/x"];

    [Theory, MemberData(nameof(Addresses))]
    public async Task Answer_OfAnyAddress_CarriesTheSecurityHeadersAndNothingThatTells(string address)
    {
        using var answer = await site.Client.GetAsync(address);
        string? Header(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

        var policy = Header("Content-Security-Policy")!.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        policy.Should().BeEquivalentTo(["default-src 'none'", "script-src 'self'", "connect-src 'self'", "worker-src 'self'", "style-src 'self'", "font-src 'self'", "img-src 'self' data:", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"]);
        Header("X-Content-Type-Options").Should().Be("nosniff");
        Header("X-Frame-Options").Should().Be("DENY");
        Header("Referrer-Policy").Should().Be("strict-origin-when-cross-origin");
        Header("Cross-Origin-Opener-Policy").Should().Be("same-origin");
        Header("Permissions-Policy").Should().Contain("geolocation=()");
        foreach (var name in new[] { "Set-Cookie", "Server", "X-Powered-By", "X-AspNet-Version" }) Header(name).Should().BeNull(name);
    }

    [Theory, MemberData(nameof(Addresses))]
    public async Task Head_OfAnyAddress_AnswersAsGetWithoutABody(string address)
    {
        using var get = await site.Client.GetAsync(address);
        using var head = await site.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, address));

        head.StatusCode.Should().Be(get.StatusCode);
        head.Content.Headers.ContentType.Should().Be(get.Content.Headers.ContentType);
        (await head.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
        head.Headers.ETag.Should().Be(get.Headers.ETag);
    }

    /// <summary>Over the bare connection: a client throws a body away by itself.</summary>
    [Fact]
    public async Task Head_BeforeAndAfterItIsCached_SendsNoByteOfABodyAndSpoilsNoPage()
    {
        await using var own = await site.OwnAsync();
        var request = Encoding.ASCII.GetBytes("HEAD /over HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        (await Raw.SendAsync(own.Portal.BaseAddress, request)).Should().Match<Raw.Answer>(a => a.Status == 200 && a.Body.Length == 0);
        (await own.Client.GetStringAsync("/over")).Should().Contain("</html>");
        (await Raw.SendAsync(own.Portal.BaseAddress, request)).Should().Match<Raw.Answer>(a => a.Status == 200 && a.Body.Length == 0);
        (await own.Client.GetStringAsync("/over")).Should().Contain("</html>");
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "_handler=x&q=a")]
    [InlineData("application/x-www-form-urlencoded", "")]
    [InlineData("multipart/form-data; boundary=x", "--x--")]
    [InlineData("multipart/form-data", "")]
    [InlineData("text/plain", "a")]
    [InlineData("application/json", "{")]
    [InlineData("", "")]
    public async Task Post_OnAPage_IsRefusedInStyle(string type, string body)
    {
        foreach (var address in new[] { "/", "/en/over", "/campussen?q=a", "/kennissteden/enschede" })
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (type.Length > 0) content.Headers.TryAddWithoutValidation("Content-Type", type);
            using var answer = await site.Client.PostAsync(address, content);
            var html = await answer.Content.ReadAsStringAsync();

            answer.StatusCode.Should().BeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.MethodNotAllowed);
            answer.Headers.Contains("Set-Cookie").Should().BeFalse();
            html.Should().Contain("rel=\"stylesheet\"", $"{(int)answer.StatusCode} for {address}");
            Html.Language(html).Should().Be(address.StartsWith("/en", StringComparison.Ordinal) ? "en" : "nl");
            Html.Headings1(html).Should().ContainSingle();
        }
    }

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/en/kennissteden/enschede", "text/html")]
    [InlineData("/bestaat-niet", "text/html")]
    [InlineData("/campussen?pagina=x", "text/html")]
    [InlineData("/sitemap.xml", "application/xml")]
    public async Task Page_ToWhoAcceptsIt_IsCompressedTheSameEachTime(string address, string type)
    {
        var plain = await site.Client.GetStringAsyncOfAnyStatus(address);
        foreach (var encoding in new[] { "br", "gzip", "br", "gzip" })
        {
            using var answer = await site.Client.GetEncodedAsync(address, encoding);

            answer.Content.Headers.ContentEncoding.Should().Equal(encoding);
            answer.Headers.Vary.Should().Contain("Accept-Encoding");
            answer.Content.Headers.ContentType!.MediaType.Should().Be(type);
            var body = await answer.Content.ReadAsByteArrayAsync();
            body.Length.Should().BeLessThan(plain.Length / 2);
            Decoded(body, encoding).Should().Be(plain);
        }
    }

    [Fact]
    public async Task Stylesheet_OfAPage_IsFingerprintedAndKeptForever()
    {
        // In development they are asked for each time, unless told otherwise.
        await using var own = await site.OwnAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["EnableStaticAssetsDevelopmentCaching"] = "true" });
        var html = await own.Client.GetStringAsync("/");
        var links = Regex.Matches(html, "<link rel=\"(?:stylesheet|icon)\" href=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToList();

        links.Should().HaveCount(2);
        foreach (var link in links)
        {
            link.Should().MatchRegex(@"^/_content/KennisstedenPortal\.Reading/.+\.[a-z0-9]{10}\.(css|svg)$");
            foreach (var encoding in new[] { "br", "gzip" })
            {
                using var answer = await own.Client.GetEncodedAsync(link, encoding);
                answer.StatusCode.Should().Be(HttpStatusCode.OK);
                answer.Headers.CacheControl!.ToString().Should().Contain("immutable").And.Contain("max-age=31536000");
            }
        }
        using var css = await own.Client.GetEncodedAsync(links.Single(l => l.EndsWith(".css", StringComparison.Ordinal)), "br, gzip");
        css.Content.Headers.ContentEncoding.Should().ContainSingle();
        css.Content.Headers.ContentType!.MediaType.Should().Be("text/css");
    }

    [Fact]
    public async Task Fonts_OfTheStylesheet_AreOurOwnAndThere()
    {
        var html = await site.Client.GetStringAsync("/");
        var sheet = new Uri(site.Portal.BaseAddress, Regex.Match(html, "<link rel=\"stylesheet\" href=\"([^\"]+)\"").Groups[1].Value);
        var css = await site.Client.GetStringAsync(sheet);
        var addresses = Regex.Matches(css, "url\\(\"?([^\")]+)\"?\\)").Select(m => new Uri(sheet, m.Groups[1].Value)).ToList();

        addresses.Should().HaveCount(2);
        foreach (var address in addresses)
        {
            address.Authority.Should().Be(sheet.Authority);
            using var answer = await site.Client.GetAsync(address);
            answer.StatusCode.Should().Be(HttpStatusCode.OK);
            answer.Content.Headers.ContentType!.MediaType.Should().Be("font/woff2");
            (await answer.Content.ReadAsByteArrayAsync()).Take(4).Should().Equal("wOF2"u8.ToArray());
        }
    }

    private static string Decoded(byte[] body, string encoding)
    {
        using var compressed = new MemoryStream(body);
        using Stream stream = encoding == "br" ? new BrotliStream(compressed, CompressionMode.Decompress) : new GZipStream(compressed, CompressionMode.Decompress);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

internal static class Requests
{
    /// <summary>With an Accept-Encoding as given.</summary>
    public static async Task<HttpResponseMessage> GetEncodedAsync(this HttpClient client, string address, string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
        return await client.SendAsync(request);
    }

    public static async Task<string> GetStringAsyncOfAnyStatus(this HttpClient client, string address)
    {
        using var answer = await client.GetAsync(address);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>True when the answer came from the cache, which adds its age.</summary>
    public static bool IsFromCache(this HttpResponseMessage answer) => answer.Headers.Contains("Age");

    public static async Task<(bool FromCache, string Html)> ReadAsync(this HttpClient client, string address, string? encoding = null)
    {
        using var answer = await client.GetEncodedAsync(address, encoding ?? "identity");
        return (answer.IsFromCache(), await answer.Content.ReadAsStringAsync());
    }
}
