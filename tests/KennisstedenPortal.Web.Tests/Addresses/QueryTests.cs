using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Web.Tests.Addresses;

/// <summary>Whatever stands in the query string of a list, the answer is a page that makes sense.</summary>
public sealed class QueryTests(Site site)
{
    /// <summary>Meetings go by day, and have a list of their own.</summary>
    private static IEnumerable<string> Paths => KindRegistry.All.Where(k => k.Type != typeof(Domain.Agenda.Meeting)).SelectMany(k => new[] { "/" + k.Path, "/en/" + k.Path });

    public static TheoryData<string> Unusable =>
    [
        "pagina=-1", "pagina=0", "pagina=abc", "pagina=99999999999", "pagina=1e3", "pagina=%201%202", "pagina=2147483648", "pagina=100001", "pagina=%D9%A1",
        "stad=atlantis", "stad=Enschede", "thema=bestaat-niet", "soort=bestaat-niet", "soort=1", "verificatie=zeker", "verificatie=1", "sorteer=willekeurig", "sorteer=0",
        "q=" + new string('a', 101), "q=%00", "q=a%00b", "q=%1B%5B31m", "q=a%0D%0ASet-Cookie:%20a=b", "stad=%00", "thema=%00", "sorteer=%00", "pagina=%00",
        "q=a&q=b", "stad=enschede&stad=delft", "pagina=1&pagina=1", "q=" + "woord+woord+woord+woord+woord+woord+woord+woord+woord+woord+woord+woord+woord+woord+woord+woord+woord+woord",
    ];

    [Theory, MemberData(nameof(Unusable))]
    public async Task List_UnusableValue_Answers400WithASentence(string query)
    {
        foreach (var path in Paths)
        {
            using var answer = await site.Client.GetAsync($"{path}?{query}");
            var html = await answer.Content.ReadAsStringAsync();

            answer.StatusCode.Should().Be(HttpStatusCode.BadRequest, $"{path}?{query}");
            html.Should().Contain("class=\"error-summary\"");
            Summary(html).Should().MatchRegex(@"\w+ \w+ \w+.*\.", "it says what is wrong and what to do");
            Html.Title(html).Should().StartWith(path.StartsWith("/en/", StringComparison.Ordinal) ? "Error: " : "Fout: ");
            Html.Inline(html).Should().BeEmpty();
        }
    }

    [Theory]
    [InlineData("';drop+table+register_object;--")]
    [InlineData("1'+or+'1'='1")]
    [InlineData("%28%28%28+%26+%7C+!+%3C-%3E+:*")]
    [InlineData("%E2%80%AE%D7%A9%D7%9C%D7%95%D7%9D")]
    [InlineData("a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q+r+s+t+u+v+w+x+y+z+a1+b1+c1+d1+e1+f1+g1+h1+i1+j1+k1")]
    public async Task Search_OperatorsQuotesAndManyWords_IsAClearPage(string typed)
    {
        foreach (var path in new[] { "/zoeken", "/en/zoeken", "/campussen" })
        {
            using var answer = await site.Client.GetAsync($"{path}?q={typed}");
            var html = await answer.Content.ReadAsStringAsync();

            answer.StatusCode.Should().Be(HttpStatusCode.OK);
            html.Should().Contain("id=\"resultaat\"").And.NotContain("Npgsql");
        }
        (await site.Portal.Database.ScalarAsync<long>("select count(*) from register_object")).Should().BePositive();
    }

    /// <summary>What would not fit, or would no longer fit once it is multiplied by the size of a page.</summary>
    [Theory]
    [InlineData("85899346")]
    [InlineData("2147483647")]
    [InlineData("2147483648")]
    [InlineData("-2147483649")]
    [InlineData("4294967297")]
    [InlineData("9223372036854775808")]
    [InlineData("18446744073709551617")]
    public async Task Number_ThatDoesNotFit_IsNeverTakenForAnother(string number)
    {
        foreach (var address in new[] { $"/campussen?pagina={number}", $"/zoeken?pagina={number}", $"/kaart?pagina={number}", $"/kaart/objecten.json?vak={number},51,5,52" })
        {
            using var answer = await site.Client.GetAsync(address);

            answer.StatusCode.Should().Be(HttpStatusCode.BadRequest, address);
        }
    }

    [Fact]
    public async Task Search_FiveHundredFacets_IsRefusedWithASentence()
    {
        using var answer = await site.Client.GetAsync("/zoeken?" + string.Join('&', Enumerable.Range(0, 500).Select(i => $"stad=s{i}")));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("twee keer");
    }

    [Fact]
    public async Task Suggestions_OfAName_LeadToItsPage()
    {
        using var answer = await site.Client.GetAsync("/zoeken/suggesties?q=high+tech+camp");
        using var json = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        var addresses = json.RootElement.EnumerateArray().Select(s => s.GetProperty("adres").GetString()).ToList();
        addresses.Should().Contain("/campussen/high-tech-campus-eindhoven");
        foreach (var address in addresses) (await site.Client.GetAsync(address)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?q=")]
    [InlineData("?q=a")]
    [InlineData("?q=%00%00")]
    [InlineData("?q=%F0%9F%98%80")]
    [InlineData("?q='%26%7C!()")]
    public async Task Suggestions_OfNothingUseful_AreNone(string query)
    {
        using var answer = await site.Client.GetAsync("/zoeken/suggesties" + query);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).Should().Be("[]");
    }

    [Theory]
    [InlineData("q=%FF")]
    [InlineData("q=%C3%28")]
    [InlineData("q=%ED%A0%80")]
    [InlineData("q=%ED%B0%80%ED%A0%80")]
    [InlineData("q=%uD800")]
    [InlineData("q=%E2%80%AEtxt.exe")]
    [InlineData("q=%F0%9F%98%80")]
    [InlineData("q=%F0%9F%91%A9%E2%80%8D%F0%9F%94%AC")]
    [InlineData("q=%25%25%25__%5C")]
    [InlineData("q=%5C")]
    [InlineData("q={{7*7}}${7*7}")]
    [InlineData("q=%EF%BF%BE")]
    public async Task List_OddText_FindsNothing(string query)
    {
        foreach (var path in Paths)
        {
            using var answer = await site.Client.GetAsync($"{path}?{query}");
            var html = await answer.Content.ReadAsStringAsync();

            answer.StatusCode.Should().Be(HttpStatusCode.OK, $"{path}?{query}");
            html.Should().Contain("class=\"empty\"").And.NotContain("class=\"error-summary\"");
        }
        (await site.Portal.Database.ScalarAsync<long>("select count(*) from register_object")).Should().BeGreaterThan(600);
    }

    [Fact]
    public async Task List_PageBeyondTheLast_Answers400AndLeadsToTheFirst()
    {
        using var answer = await site.Client.GetAsync("/campussen?stad=delft&pagina=9");
        var html = await answer.Content.ReadAsStringAsync();

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        Html.Text(html).Should().Contain("Pagina 9 bestaat niet");
        Html.Links(html).Should().Contain("/campussen?stad=delft");
    }

    [Theory]
    [InlineData(7_000)]
    [InlineData(8_000)]
    [InlineData(20_000)]
    public async Task List_EndlessText_IsRefused(int length)
    {
        var answer = await Raw.GetAsync(site.Portal.BaseAddress, "/campussen?q=" + new string('a', length));

        answer.Status.Should().BeOneOf(400, 414);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("' onfocus='alert(1)' autofocus='")]
    [InlineData("</title><svg onload=alert(1)>")]
    [InlineData("javascript:alert(1)")]
    [InlineData("<!--")]
    public async Task List_Markup_IsNeverReflected(string text)
    {
        var value = Uri.EscapeDataString(text);
        foreach (var address in new[] { $"/campussen?q={value}", $"/en/campussen?q={value}", $"/campussen?q={value}&pagina=x", $"/campussen?stad={value}", $"/campussen/{value}", $"/{value}", $"/over?{value}={value}" })
        {
            using var answer = await site.Client.GetAsync(address);
            var html = await answer.Content.ReadAsStringAsync();

            ((int)answer.StatusCode).Should().BeLessThan(500, address);
            Html.Inline(html).Should().BeEmpty(address);
            html.Should().NotContain("<img").And.NotContain("<!--").And.NotContain(text.Contains('<', StringComparison.Ordinal) ? text : "\0");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("?q=")]
    [InlineData("?q=%20%20")]
    [InlineData("?stad=&thema=&soort=&verificatie=&q=")]
    [InlineData("?pagina=1")]
    [InlineData("?pagina=01")]
    [InlineData("?onbekend=ja&utm_source=x")]
    [InlineData("?&&&=&=x")]
    public async Task List_NothingAsked_ShowsTheWholeList(string query)
    {
        Html.Text(await site.Client.GetStringAsync("/campussen" + query)).Should().Contain("37 campussen gevonden");
    }

    private static string Summary(string html)
    {
        var start = html.IndexOf("class=\"error-summary\"", StringComparison.Ordinal);
        var list = html.IndexOf("<ul>", start, StringComparison.Ordinal);
        return Html.Text(html[list..html.IndexOf("</ul>", list, StringComparison.Ordinal)]);
    }
}
