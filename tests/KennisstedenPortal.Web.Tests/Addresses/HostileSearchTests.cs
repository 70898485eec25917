using System.Text.Json;

namespace KennisstedenPortal.Web.Tests.Addresses;

/// <summary>Everything that searches gets every odd question: the answer is a clear page, or a refusal that says why. Never an error, and never for long.</summary>
public sealed class HostileSearchTests(Site site)
{
    /// <summary>Far above the five seconds after which the database gives up, far below what a visitor's browser bears.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private static readonly string[] Pages = ["/zoeken", "/en/zoeken", "/kaart", "/en/kaart", "/themas", "/campussen"];
    private static readonly string[] Files = ["/kaart/objecten.json", "/en/kaart/objecten.json", "/kaart/beeld.svg", "/zoeken/suggesties", "/en/zoeken/suggesties"];

    public static TheoryData<string> Odd => [.. Questions.Keys];

    /// <summary>What is typed, percent-encoded, by a name that reads well in a report.</summary>
    private static readonly Dictionary<string, string> Questions = new(StringComparer.Ordinal)
    {
        ["operators"] = "%28%28%28+%26+%7C+!+%3C-%3E+:*+%26!lab:A*",
        ["unbalanced quotes"] = "%22lab%27+%60%27%27%22",
        ["only quotes"] = "%22%22%22%27%27",
        ["backslashes and wildcards"] = "%5C%5C%25__%25%5C",
        ["a hundred words"] = string.Join('+', Enumerable.Range(0, 100).Select(i => $"woord{i}")),
        ["fifty short words"] = string.Join('+', Enumerable.Range(0, 50).Select(i => (char)('a' + (i % 26)))),
        ["the same word often"] = string.Join('+', Enumerable.Repeat("de", 33)),
        ["SQL"] = "%27%3B+drop+table+register_object%3B+--",
        ["SQL that is always true"] = "1%27+or+%271%27%3D%271",
        ["SQL that waits"] = "%27%7C%7Cpg_sleep(30)%7C%7C%27",
        ["NUL"] = "lab%00",
        ["only NUL"] = "%00",
        ["line breaks"] = "a%0D%0ASet-Cookie:%20a=b",
        ["emoji"] = "%F0%9F%98%80+%F0%9F%91%A9%E2%80%8D%F0%9F%94%AC",
        ["right-to-left"] = "%D7%A9%D7%9C%D7%95%D7%9D",
        ["right-to-left override"] = "%E2%80%AEgnp.bal",
        ["zero width"] = "l%E2%80%8Ba%E2%80%8Bb",
        ["stacked accents"] = string.Concat(Enumerable.Repeat("e%CC%81", 40)),
        ["half a pair"] = "%ED%A0%80",
        ["halves the wrong way round"] = "%ED%B0%80%ED%A0%80",
        ["no UTF-8"] = "%FF%FE%C3%28",
        ["markup"] = "%3Cscript%3Ealert(1)%3C/script%3E%3Cimg+src%3Dx+onerror%3Dalert(1)%3E",
        ["private characters of the marks"] = "%EE%80%80lab%EE%80%81",
        ["101 characters"] = new string('a', 101),
        ["7,000 characters"] = new string('a', 7_000),
        ["a template"] = "%7B%7B7*7%7D%7D%24%7B7*7%7D",
    };

    [Theory, MemberData(nameof(Odd))]
    public async Task Question_ThatIsOdd_GetsAClearAnswer(string name)
    {
        foreach (var path in Pages)
        {
            var (status, body) = await AskAsync($"{path}?q={Questions[name]}");

            status.Should().BeOneOf([HttpStatusCode.OK, HttpStatusCode.BadRequest], $"{path}: {name}");
            Html.Inline(body).Should().BeEmpty(path);
            body.Should().Contain("</html>").And.NotContainAny("Npgsql", "Exception", "\0", "<img src=x");
            if (status == HttpStatusCode.BadRequest) body.Should().Contain("class=\"error-summary\"");
            Html.Title(body).Should().NotBeNullOrWhiteSpace();
        }
        foreach (var path in Files)
        {
            var (status, body) = await AskAsync($"{path}?q={Questions[name]}");

            status.Should().BeOneOf([HttpStatusCode.OK, HttpStatusCode.BadRequest], $"{path}: {name}");
            body.Should().NotContainAny("Npgsql", "Exception", "\0");
            if (path.EndsWith(".svg", StringComparison.Ordinal) && status == HttpStatusCode.OK)
            {
                System.Xml.Linq.XDocument.Parse(body).Descendants().Should().NotContain(e => e.Name.LocalName == "script");
                continue;
            }
            using var json = JsonDocument.Parse(body);
            if (status == HttpStatusCode.BadRequest) json.RootElement.GetProperty("fout").GetString().Should().EndWith(".");
        }
        (await site.Portal.Database.ScalarAsync<long>("select count(*) from register_object")).Should().BeGreaterThan(600);
    }

    /// <summary>More than a request line may hold is cut off by the server itself; what fits is refused by the page.</summary>
    [Theory, InlineData("/zoeken"), InlineData("/kaart"), InlineData("/kaart/objecten.json"), InlineData("/zoeken/suggesties"), InlineData("/themas")]
    public async Task Facets_InThousands_AreRefusedOrIgnored(string path)
    {
        foreach (var count in new[] { 700, 10_000 })
        {
            var answer = await Raw.GetAsync(site.Portal.BaseAddress, $"{path}?{string.Join('&', Enumerable.Range(0, count).Select(i => $"stad=s{i}"))}").WaitAsync(Bound);

            answer.Status.Should().BeOneOf(path is "/themas" or "/zoeken/suggesties" && count < 1000 ? [200] : [400, 414]);
        }
        foreach (var keys in new[] { string.Join('&', Enumerable.Range(0, 500).Select(i => $"k{i}={i}")), string.Concat(Enumerable.Repeat("&", 5000)) })
            (await Raw.GetAsync(site.Portal.BaseAddress, $"{path}?{keys}").WaitAsync(Bound)).Status.Should().Be(200, "what it does not know it ignores");
    }

    [Theory]
    [InlineData("-180,-90,180,90", 200)]
    [InlineData("4.1,51.1,4.1000001,51.1000001", 200)]
    [InlineData("4,51,5,52,6", 400)]
    [InlineData("4,51,5,Infinity", 400)]
    [InlineData("4,51,5,0x34", 400)]
    [InlineData("4,51,5,52%00", 400)]
    [InlineData("%D9%A4,51,5,52", 400)]
    [InlineData("4,51,5,52%20", 400)]
    [InlineData("5,52,4,51", 400)]
    [InlineData("4,51,4,52", 400)]
    public async Task Box_OfTheMap_IsARectangleOrRefused(string box, int status)
    {
        var (answered, body) = await AskAsync("/kaart/objecten.json?vak=" + box);

        ((int)answered).Should().Be(status);
        using var json = JsonDocument.Parse(body);
        if (status == 200) json.RootElement.GetProperty("features").GetArrayLength().Should().BeLessThanOrEqualTo(KennisstedenPortal.Data.Search.MapQuery.Limit);
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(string address)
    {
        using var answer = await site.Client.GetAsync(address).WaitAsync(Bound);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
