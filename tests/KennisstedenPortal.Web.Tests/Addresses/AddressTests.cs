using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Web.Tests.Hosting;

namespace KennisstedenPortal.Web.Tests.Addresses;

public sealed class AddressTests(Site site)
{
    [Theory]
    [InlineData("/bestaat-niet")]
    [InlineData("/campussen/bestaat-niet")]
    [InlineData("/kennissteden/bestaat-niet")]
    [InlineData("/faciliteiten/enschede")]
    [InlineData("/campussen/a/b/c/d/e")]
    [InlineData("/Campussen")]
    [InlineData("/kennissteden/ENSCHEDE")]
    [InlineData("/kennissteden/Enschede")]
    [InlineData("/kennissteden/en%20schede")]
    [InlineData("/kennissteden/-enschede-")]
    [InlineData("/kennissteden/enschede'%20or%201=1--")]
    [InlineData("/kennissteden/%F0%9F%98%80")]
    [InlineData("/kennissteden/..%2f..%2fetc%2fpasswd")]
    [InlineData("/themas/bestaat-niet")]
    [InlineData("/themas/AI-DATA")]
    [InlineData("/themas/topsector")]
    [InlineData("/themas/ai-data/meer")]
    [InlineData("/themas/ai%20data")]
    [InlineData("/themas/ai-data'%20or%201=1--")]
    [InlineData("/themas/%3Cscript%3E")]
    [InlineData("/themas/%F0%9F%98%80")]
    [InlineData("/themas/..%2fcampussen")]
    [InlineData("/agenda/bestaat-niet")]
    [InlineData("/agenda/KNELPUNT-1")]
    [InlineData("/agenda/knelpunt-1/meer")]
    [InlineData("/agenda/knelpunt-1'%20or%201=1--")]
    [InlineData("/agenda/%F0%9F%98%80")]
    [InlineData("/id/city/geen-guid")]
    [InlineData("/id/city/00000000-0000-0000-0000-000000000000")]
    [InlineData("/id/onbekend/00000000-0000-0000-0000-000000000000")]
    [InlineData("/id/city")]
    [InlineData("/fout/404")]
    [InlineData("/index.html")]
    [InlineData("/.env")]
    [InlineData("/css/site.css")]
    public async Task Address_OfNothing_Answers404InStyleWithTheWayHome(string path)
    {
        foreach (var (prefix, language, words) in new[] { ("", "nl", "Deze pagina bestaat niet"), ("/en", "en", "This page does not exist") })
        {
            using var answer = await site.Client.GetAsync(prefix + path);
            var html = await answer.Content.ReadAsStringAsync();

            answer.StatusCode.Should().Be(HttpStatusCode.NotFound, prefix + path);
            answer.Content.Headers.ContentType!.MediaType.Should().Be("text/html");
            Html.Language(html).Should().Be(language);
            Html.Headings1(html).Should().Equal(words);
            Html.Links(html).Should().Contain(prefix.Length == 0 ? "/" : prefix).And.Contain(prefix + "/kennissteden");
            html.Should().Contain("rel=\"stylesheet\"");
        }
    }

    [Fact]
    public async Task Slug_Former_RedirectsForGoodToThePresentOne()
    {
        await using var own = await site.OwnAsync();
        await own.Database.ExecuteAsync("insert into former_slug (kind, slug, object_id) select kind, 'oude-' || slug, id from register_object where slug in ('enschede', 'samxl')");

        foreach (var (from, to) in new[] { ("/kennissteden/oude-enschede", "/kennissteden/enschede"), ("/en/kennissteden/oude-enschede", "/en/kennissteden/enschede"), ("/faciliteiten/oude-samxl", "/faciliteiten/samxl") })
        {
            using var answer = await own.Client.GetAsync(from);
            answer.StatusCode.Should().Be(HttpStatusCode.MovedPermanently);
            answer.Headers.Location!.ToString().Should().Be(to);
        }
    }

    [Fact]
    public async Task Slug_FormerOfSomethingHidden_Is404()
    {
        await using var own = await site.OwnAsync();
        await own.Database.ExecuteAsync("insert into former_slug (kind, slug, object_id) select kind, 'oude-' || slug, id from register_object where slug = 'samxl'; update register_object set visibility = 'partners' where slug = 'samxl'");

        foreach (var path in new[] { "/faciliteiten/oude-samxl", "/faciliteiten/samxl" })
        {
            using var answer = await own.Client.GetAsync(path);
            answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        }
        (await own.Client.GetStringAsync("/sitemap.xml")).Should().NotContain("samxl");
    }

    [Fact]
    public async Task PermanentAddress_OfEveryKind_RedirectsToItsPage()
    {
        // Of meetings the starter data have none.
        foreach (var kind in KindRegistry.All.Where(k => k.Type != typeof(Domain.Agenda.Meeting)))
        {
            var from = $"from register_object where kind = '{kind.Code}' order by id limit 1";
            var (id, slug) = (await site.Portal.Database.ScalarAsync<Guid>("select id " + from), await site.Portal.Database.ScalarAsync<string>("select slug " + from));

            foreach (var language in new[] { "", "/en" })
            {
                using var answer = await site.Client.GetAsync($"{language}/id/{kind.Code}/{id}");
                answer.StatusCode.Should().Be(HttpStatusCode.Found);
                answer.Headers.Location!.ToString().Should().Be($"{language}/{kind.Path}/{slug}");
            }
        }
    }

    [Theory]
    [InlineData("/kennissteden/enschede%00")]
    [InlineData("/%00")]
    [InlineData("/kennissteden/%ff")]
    [InlineData("/id/city/%00")]
    [InlineData("/themas/%00")]
    [InlineData("/themas/ai-data%00")]
    [InlineData("/themas/%ff")]
    [InlineData("/agenda/%00")]
    public async Task Address_ThatCannotBeRead_IsRefused(string path) => (await Raw.GetAsync(site.Portal.BaseAddress, path)).Status.Should().BeOneOf(400, 404);

    [Fact]
    public async Task Input_EncodedTwice_IsDecodedOnce()
    {
        (await Raw.GetAsync(site.Portal.BaseAddress, "/kennissteden/%65nschede")).Status.Should().Be(200);
        (await Raw.GetAsync(site.Portal.BaseAddress, "/kennissteden/%2565nschede")).Status.Should().Be(404);
        var asked = await site.Client.GetStringAsync("/zoeken?q=%252526lt%25253Bb");
        asked.Should().Contain("value=\"%2526lt%253Bb\"");

        await using var own = await site.OwnAsync();
        await own.RenameSilentlyAsync("&lt;b&gt; %3Cb%3E");

        (await own.Client.GetStringAsync("/faciliteiten/samxl")).Should().Contain(">&amp;lt;b&amp;gt; %3Cb%3E</h1>");
    }

    /// <summary>Browsers read // as another host.</summary>
    [Theory]
    [InlineData("//evil.example/x")]
    [InlineData("/en//evil.example/x")]
    [InlineData("/en///evil.example")]
    [InlineData("/en/\\evil.example")]
    public async Task Address_ThatNamesAnotherHost_IsNeverLinkedTo(string path)
    {
        var answer = await Raw.GetAsync(site.Portal.BaseAddress, path);

        answer.Status.Should().BeOneOf(400, 404);
        var elsewhere = Html.Links(answer.Body).Where(l => l.StartsWith("//", StringComparison.Ordinal) || l.StartsWith("/\\", StringComparison.Ordinal)).ToList();
        elsewhere.Should().BeEmpty();
    }

    [Fact]
    public async Task Address_WithEscapedSigns_IsLinkedToEscaped()
    {
        var links = Html.Links(await site.Client.GetStringAsyncOfAnyStatus("/campussen/a%3Fb%23c%22d%3Ce"));

        links.Should().Contain("/en/campussen/a%3Fb%23c%22d%3Ce", "the other language is at the same address");
    }

    [Fact]
    public async Task Host_NotOurs_IsRefusedByDefault()
    {
        await using var own = await site.OwnAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["AllowedHosts"] = "localhost" });

        (await Raw.GetAsync(own.Portal.BaseAddress, "/over", host: "evil.example")).Status.Should().Be(400);
        (await Raw.GetAsync(own.Portal.BaseAddress, "/over", host: "localhost")).Status.Should().Be(200);
    }
}
