using System.Globalization;
using System.Xml.Linq;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Web.Tests.Hosting;

public sealed class WellKnownTests(Site site)
{
    private static readonly XNamespace Map = "http://www.sitemaps.org/schemas/sitemap/0.9", Xhtml = "http://www.w3.org/1999/xhtml";

    private string Host => site.Portal.BaseAddress.GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task Sitemap_OfTheRegister_HoldsEveryPageTwiceWithBothAlternates()
    {
        var urls = XDocument.Parse(await site.Client.GetStringAsync("/sitemap.xml")).Root!.Elements(Map + "url").ToList();
        var places = urls.Select(u => u.Element(Map + "loc")!.Value).ToList();
        var objects = await site.Portal.Database.ScalarAsync<long>("select count(*) from register_object where state = 'published' and visibility = 'public'");
        var themes = await site.Portal.Database.ScalarAsync<long>("select count(*) from theme");

        var elements = await site.Portal.Database.ScalarAsync<long>("select count(*) from agenda_element");
        var sources = await site.Portal.Database.ScalarAsync<long>("select count(*) from source");
        places.Should().OnlyHaveUniqueItems().And.HaveCount(2 * ((int)objects + (int)sources + KindRegistry.All.Count + (int)themes + (int)elements + 18)).And.OnlyContain(p => p.StartsWith(Host + "/", StringComparison.Ordinal));
        foreach (var url in urls)
        {
            var alternates = url.Elements(Xhtml + "link").ToDictionary(l => l.Attribute("hreflang")!.Value, l => l.Attribute("href")!.Value, StringComparer.Ordinal);
            alternates.Keys.Should().BeEquivalentTo("nl", "en");
            alternates.Values.Should().BeSubsetOf(places).And.Contain(url.Element(Map + "loc")!.Value);
            url.Elements(Xhtml + "link").Should().OnlyContain(l => l.Attribute("rel")!.Value == "alternate");
        }
        urls.Select(u => u.Element(Map + "lastmod")?.Value).OfType<string>().Should().HaveCount(2 * (int)objects)
            .And.OnlyContain(d => DateOnly.ParseExact(d, "yyyy-MM-dd", CultureInfo.InvariantCulture).Year >= 2024);
    }

    [Fact]
    public async Task Robots_Asked_WelcomeEverybodyAndNameTheSitemap()
    {
        using var answer = await site.Client.GetAsync("/robots.txt");
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n');

        answer.Content.Headers.ContentType!.MediaType.Should().Be("text/plain");
        lines.Should().Contain("User-agent: *").And.Contain($"Sitemap: {Host}/sitemap.xml").And.NotContain("Disallow: /");
    }

    [Fact]
    public async Task SecurityTxt_WithAContact_HoldsWhatTheStandardAsks()
    {
        using var answer = await site.Client.GetAsync("/.well-known/security.txt");
        var fields = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(": ", 2)).ToLookup(p => p[0], p => p[1], StringComparer.Ordinal);

        answer.Content.Headers.ContentType!.MediaType.Should().Be("text/plain");
        answer.Content.Headers.ContentType.CharSet.Should().BeEquivalentTo("utf-8");
        fields["Contact"].Should().NotBeEmpty().And.OnlyContain(c => Uri.IsWellFormedUriString(c, UriKind.Absolute));
        var expires = DateTimeOffset.ParseExact(fields["Expires"].Should().ContainSingle().Subject, "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture);
        expires.Should().BeAfter(DateTimeOffset.UtcNow).And.BeBefore(DateTimeOffset.UtcNow.AddYears(1));
        fields["Preferred-Languages"].Should().Equal("nl, en");
        fields["Canonical"].Should().Equal($"{Host}/.well-known/security.txt");
    }

    [Fact]
    public async Task SecurityTxt_AtAnyDay_ExpiresInTheFutureWithinAYear()
    {
        var time = new SetTime(DateTimeOffset.UtcNow);
        await using var own = await site.OwnAsync(services: s => s.Use(time));
        for (var day = new DateTimeOffset(2026, 12, 25, 23, 59, 59, TimeSpan.Zero); day.Year < 2028; day = day.AddDays(17))
        {
            time.Now = day;
            var text = await own.Client.GetStringAsync("/.well-known/security.txt");
            var expires = DateTimeOffset.Parse(text.Split('\n').Single(l => l.StartsWith("Expires: ", StringComparison.Ordinal))[9..], CultureInfo.InvariantCulture);
            expires.Should().BeAfter(day.AddMonths(1)).And.BeBefore(day.AddYears(1));
        }
    }

    [Fact]
    public async Task SecurityTxt_WithoutAContact_Is404()
    {
        await using var own = await site.OwnAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Portal:SecurityContact"] = "" });

        using var answer = await own.Client.GetAsync("/.well-known/security.txt");
        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/", "/", "/", "/en")]
    [InlineData("/en", "/en", "/", "/en")]
    [InlineData("/campussen?stad=enschede&pagina=1", "/campussen", "/campussen", "/en/campussen")]
    [InlineData("/en/campussen?stad=enschede&q=a", "/en/campussen", "/campussen", "/en/campussen")]
    [InlineData("/faciliteiten/samxl", "/faciliteiten/samxl", "/faciliteiten/samxl", "/en/faciliteiten/samxl")]
    [InlineData("/en/kennissteden/enschede?x=y", "/en/kennissteden/enschede", "/kennissteden/enschede", "/en/kennissteden/enschede")]
    public async Task Page_UnderAPublicAddress_NamesItselfByThatAddress(string address, string canonical, string dutch, string english)
    {
        const string known = "https://kennissteden.example";
        await using var own = await site.OwnAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Portal:PublicUrl"] = known + "/" });
        foreach (var (client, host) in new[] { (site.Client, Host), (own.Client, known) })
        {
            var html = await client.GetStringAsync(address);

            Html.Canonical(html).Should().Be(host + canonical);
            Html.Alternates(html).Should().Equal(new Dictionary<string, string>(StringComparer.Ordinal) { ["nl"] = host + dutch, ["en"] = host + english });
        }
        foreach (var file in new[] { "/robots.txt", "/sitemap.xml", "/.well-known/security.txt" })
            (await own.Client.GetStringAsync(file)).Should().Contain(known + "/").And.NotContain("localhost");
    }

    [Fact]
    public async Task Health_OfARunningPortal_IsLiveAndReady()
    {
        foreach (var path in new[] { "/health/live", "/health/ready" })
            (await site.Client.GetStringAsync(path)).Should().Be("Healthy");
    }
}
