using System.Net.WebSockets;
using System.Text.RegularExpressions;
using KennisstedenPortal.Web.Tests.Hosting;

namespace KennisstedenPortal.Web.Tests.Working;

/// <summary>Working pages beside reading pages: what the one may, the other may not.</summary>
public sealed class WorkingPagesTests(Site site)
{
    [Theory]
    [InlineData("/werkplek", "nl")]
    [InlineData("/en/werkplek", "en")]
    public async Task Workplace_WithoutSigningIn_LeadsToTheSignInAndBack(string address, string language)
    {
        using var answer = await site.Client.GetAsync(address);

        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().Should().Be($"{(language == "en" ? "/en" : "")}/inloggen?terug={Uri.EscapeDataString(address)}");
    }

    [Fact]
    public async Task ReadingPage_ForEverybody_HasOneWayInThatServesBoth()
    {
        await using var own = await site.OwnAsync();
        using var editor = await Person.SignedInAsync(own.Portal, "redacteur-enschede");
        using var page = await editor.GetAsync("/agenda");

        var html = await page.Content.ReadAsStringAsync();

        html.Should().Contain("href=\"/werkplek\"").And.NotContain("Esra Demir");
        page.Headers.Contains("Set-Cookie").Should().BeFalse();
        Html.Text(await editor.ReadAsync("/werkplek")).Should().Contain("U bent ingelogd als Esra Demir");
        var signIn = await editor.ReadAsync("/inloggen");
        Html.Text(signIn).Should().Contain("U bent al ingelogd als Esra Demir");
        Html.Links(signIn).Should().Contain("/lokaal/post", "what a local run would mail is found from here");
    }

    [Fact]
    public async Task Workplace_OfAnEditor_ShowsWhoAndForWhat()
    {
        await using var own = await site.OwnAsync();
        using var editor = await Person.SignedInAsync(own.Portal, "redacteur-enschede");

        var html = await editor.ReadAsync("/werkplek");

        html.Should().Contain("Esra Demir (demo)").And.Contain("Gemeente Enschede").And.Contain("Gemeenteredacteur");
        Html.Headings1(html).Should().ContainSingle();
        Html.Language(html).Should().Be("nl");
        html.Should().Contain("<main").And.Contain("class=\"skip\"");
        html.Should().NotContain("importmap");
        foreach (Match file in Regex.Matches(html, "(?:src|href)=\"(/?_content/[^\"]+)\""))
        {
            using var asset = await own.Client.GetEncodedAsync("/" + file.Groups[1].Value.TrimStart('/'), "br, gzip");
            asset.StatusCode.Should().Be(HttpStatusCode.OK, file.Groups[1].Value);
            // Some hundred bytes gain nothing.
            if (!file.Groups[1].Value.EndsWith(".svg", StringComparison.Ordinal) && !file.Groups[1].Value.Contains("/layers.", StringComparison.Ordinal) && !file.Groups[1].Value.Contains("/forms.", StringComparison.Ordinal)) asset.Content.Headers.ContentEncoding.Should().ContainSingle(file.Groups[1].Value);
        }
    }

    [Theory]
    [InlineData("/inloggen")]
    [InlineData("/en/inloggen")]
    [InlineData("/werkplek")]
    public async Task Answer_OfAWorkingPage_IsKeptByNobodyAndRunsOwnScriptsOnly(string address)
    {
        using var answer = await site.Client.GetAsync(address);

        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        var policy = answer.Headers.GetValues("Content-Security-Policy").Should().ContainSingle().Subject;
        policy.Should().Contain("script-src 'self';").And.Contain("connect-src 'self';").And.Contain("style-src 'self' 'unsafe-inline';").And.Contain("frame-ancestors 'none'");
    }

    [Fact]
    public async Task ReadingPage_ForWhoIsSignedIn_SetsNoCookieAndComesFromTheCache()
    {
        await using var own = await site.OwnAsync();
        await own.SettleAsync();
        using var editor = await Person.SignedInAsync(own.Portal, "redacteur-delft");

        foreach (var address in new[] { "/", "/faciliteiten/samxl" })
        {
            using (await own.Client.GetAsync(address)) { }
            using var answer = await editor.GetAsync(address);
            answer.Headers.Contains("Set-Cookie").Should().BeFalse();
            answer.IsFromCache().Should().BeTrue();
        }
    }

    [Theory]
    [InlineData("https://kwaad.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    public async Task Circuit_AskedForFromElsewhere_IsRefused(string? origin, HttpStatusCode expected)
    {
        using var socket = new ClientWebSocket();
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        socket.Options.CollectHttpResponseDetails = true;

        var connect = () => socket.ConnectAsync(new UriBuilder(site.Portal.BaseAddress) { Scheme = "ws", Path = "/_blazor" }.Uri, CancellationToken.None);

        await connect.Should().ThrowAsync<WebSocketException>();
        socket.HttpStatusCode.Should().Be(expected);
    }

    [Fact]
    public async Task Circuit_AskedForByOurselves_IsOpened()
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", site.Portal.BaseAddress.GetLeftPart(UriPartial.Authority));

        await socket.ConnectAsync(new UriBuilder(site.Portal.BaseAddress) { Scheme = "ws", Path = "/_blazor" }.Uri, CancellationToken.None);

        socket.State.Should().Be(WebSocketState.Open);
    }

    [Fact]
    public async Task Post_WithoutItsToken_IsRefusedInStyle()
    {
        using var content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["_handler"] = "sign-in", ["email"] = "a@b.nl", ["wachtwoord"] = "x" });
        using var answer = await site.Client.PostAsync("/inloggen", content);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("rel=\"stylesheet\"");
    }

    [Fact]
    public async Task SignOut_Posted_EndsTheSession()
    {
        await using var own = await site.OwnAsync();
        using var editor = await Person.SignedInAsync(own.Portal, "redacteur-enschede");

        using var answer = await editor.PostToAsync("/uitloggen", await editor.ReadAsync("/werkplek"), null);

        answer.Headers.Location!.ToString().Should().Be("/inloggen?uit");
        using var after = await editor.GetAsync("/werkplek");
        after.StatusCode.Should().Be(HttpStatusCode.Redirect);
    }
}
