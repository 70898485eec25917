using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Reading.Concentrations;
using KennisstedenPortal.Reading.Shared;
using KennisstedenPortal.Web.Tests.Hosting;
using Microsoft.AspNetCore.Components;

namespace KennisstedenPortal.Web.Tests.Pages;

/// <summary>The count of R&amp;D concentrations by nearness: page, file and address.</summary>
public sealed class NearnessTests(Site site)
{
    private const string Path = "/rd-concentraties/nabijheid", File = Path + ".csv";
    private const string OneConcentration = "asml-veldhoven";

    [Theory]
    [InlineData(Path, "62 van 100 = 62,0 %", "44 van 59 = 74,6 %", "47 van 65 = 72,3 %", "afgeleid", "gemeentelijke indeling van 1 januari 2023")]
    [InlineData("/en" + Path, "62 of 100 = 62.0%", "44 of 59 = 74.6%", "47 of 65 = 72.3%", "derived", "municipal division of 1 January 2023")]
    public async Task Page_OfTheCount_StatesEachShareWithItsPartsItsDateAndItsNature(string path, params string[] words)
    {
        var text = Html.Text(await site.Client.GetStringAsync(path));

        foreach (var word in words) text.Should().Contain(word);
        text.Should().Contain(TimeProvider.System.Today().ToString("d MMMM yyyy", CultureInfo.GetCultureInfo(path.StartsWith("/en", StringComparison.Ordinal) ? "en-GB" : "nl-NL")));
    }

    [Fact]
    public async Task Page_OfTheCount_ListsAndDrawsEveryConcentrationOnce()
    {
        var html = await site.Client.GetStringAsync(Path);
        var map = html[html.IndexOf("<svg viewBox", html.IndexOf("<figure", StringComparison.Ordinal), StringComparison.Ordinal)..html.IndexOf("<figcaption>", StringComparison.Ordinal)];
        var slugs = (await site.PagesAsync()).Where(p => p.IsObjectOf(KindRegistry.Of<RdConcentration>())).Select(p => p.Path).ToList();

        Html.Links(html).Where(l => l.StartsWith("/rd-concentraties/", StringComparison.Ordinal) && l != File).Should().BeEquivalentTo(slugs).And.HaveCount(100);
        (Marks("near-in"), Marks("near-next"), Marks("near-far"), Marks("near-unknown")).Should().Be((62, 14, 24, 0));

        int Marks(string name) => Regex.Count(map, $"class=\"near {name}\"");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/rd-concentraties")]
    [InlineData("/over")]
    public async Task Page_ThatTellsOfTheFigure_LinksToTheCount(string path)
    {
        Html.Links(await site.Client.GetStringAsync(path)).Should().Contain(Path);
        Html.Links(await site.Client.GetStringAsync(path == "/" ? "/en" : "/en" + path)).Should().Contain("/en" + Path);
    }

    [Fact]
    public async Task Page_WithAnUnknownMunicipalityAndSector_CountsThemApart()
    {
        await using var own = await site.OwnAsync();
        await own.Database.ExecuteAsync($"update register_object set municipality_code = null, sector = null where slug = '{OneConcentration}'");

        var html = await own.Client.GetStringAsync(Path);

        Html.Text(html).Should().Contain("Van de 99 R&D-concentraties").And.Contain("13 in een buurgemeente").And.Contain("24 elders").And.Contain("Van nog 1 is de gemeente onbekend").And.Contain("62 van 99 = 62,6 %");
        Regex.Match(html, "<tr><th scope=\"row\">Sector onbekend</th>(.*?)</tr>", RegexOptions.Singleline).Groups[1].Value.Split("</td>").Select(Html.Text).Should().StartWith(["0", "0", "0", "1", "1", "niet te berekenen"]);
        Html.Text(await own.Client.GetStringAsync("/en" + Path)).Should().Contain("Of another 1 the municipality is unknown");
    }

    [Fact]
    public async Task Page_WithoutConcentrations_SaysSo()
    {
        await using var own = await site.OwnAsync();
        await own.Database.ExecuteAsync("update register_object set state = 'archived' where kind = 'rd-concentration'");

        Html.Text(await own.Client.GetStringAsync(Path)).Should().Contain("Er is nog niets te tellen");
        Parse(await own.Client.GetByteArrayAsync(File)).Should().ContainSingle("there are headers only");
    }

    [Fact]
    public async Task Page_WithoutTheSourceDocument_StillCounts()
    {
        await using var own = await site.OwnAsync();
        await using (var owner = Npgsql.NpgsqlDataSource.Create(own.Database.Owner))
        await using (var command = owner.CreateCommand("delete from citation where claim_id is not null; delete from document_claim"))
            await command.ExecuteNonQueryAsync();

        Html.Text(await own.Client.GetStringAsync(Path)).Should().Contain("62 van 100 = 62,0 %").And.NotContain("van 65");
    }

    /// <summary>Without this, an object with the slug of a new page would silently disappear behind it.</summary>
    [Fact]
    public void Slugs_ThatPagesTake_AreReserved()
    {
        var routes = typeof(Reading.App).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes<RouteAttribute>()).Select(r => r.Template.Trim('/').Split('/')).Where(r => r is [_, var last] && !last.StartsWith('{')).ToList();

        routes.Should().Contain(r => "/" + string.Join('/', r) == NearnessPage.Path);
        foreach (var kind in KindRegistry.All)
            routes.Where(r => r[0] == kind.Path).Select(r => r[1]).Should().BeEquivalentTo(kind.ReservedSlugs, kind.Path);
    }

    [Theory]
    [InlineData(File, "naam", "nabijheid", "In de kennisstad", "/rd-concentraties/")]
    [InlineData("/en" + File, "name", "nearness", "In the knowledge city", "/en/rd-concentraties/")]
    public async Task File_ReadBack_HoldsTheListThatIsCounted(string path, string first, string nearness, string inside, string address)
    {
        using var answer = await site.Client.GetAsync(path);
        var rows = Parse(await answer.Content.ReadAsByteArrayAsync());
        var column = rows[0].IndexOf(nearness);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().Should().Be("text/csv; charset=utf-8");
        answer.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
        answer.Content.Headers.ContentDisposition.FileName.Should().Be($"rd-concentraties-nabijheid-{TimeProvider.System.Today():yyyy-MM-dd}.csv");
        rows.Should().HaveCount(101).And.OnlyContain(r => r.Count == rows[0].Count);
        rows[0][0].Should().Be(first);
        rows.Skip(1).Select(r => r[0]).Should().OnlyHaveUniqueItems();
        rows.Skip(1).GroupBy(r => r[column], StringComparer.Ordinal).Select(g => g.Count()).Should().BeEquivalentTo([62, 14, 24]);
        rows.Count(r => r[column] == inside).Should().Be(62);
        rows.Skip(1).Should().OnlyContain(r => r[8].StartsWith(site.Portal.BaseAddress.GetLeftPart(UriPartial.Authority) + address) && r[10] == "2023-01-01");
    }

    [Fact]
    public async Task File_OnThePage_IsOfferedWithTypeAndSize()
    {
        var html = await site.Client.GetStringAsync(Path);
        var bytes = (await site.Client.GetByteArrayAsync(File)).Length;

        Html.Links(html).Should().ContainSingle(l => l == File);
        Html.Text(html).Should().Contain($"Download de lijst (CSV, {Math.Round(bytes / 1000m)} kB)");
    }

    [Fact]
    public async Task File_AskedAgain_ComesFromTheCacheUntilTheRegisterChanges()
    {
        await using var own = await site.OwnAsync();
        await own.SettleAsync();

        (await own.Client.ReadAsync(File)).FromCache.Should().BeFalse();
        (await own.Client.ReadAsync(File)).FromCache.Should().BeTrue();
        own.Generation.Advance();
        (await own.Client.ReadAsync(File)).FromCache.Should().BeFalse();
    }

    [Fact]
    public async Task File_WithANameThatIsAFormula_IsNoFormula()
    {
        const string formula = "=HYPERLINK(\"http://evil.example\";\"Klik\")";
        await using var own = await site.OwnAsync();
        await own.Database.ExecuteAsync($"update register_object set name = '{formula}' where slug = '{OneConcentration}'");

        var rows = Parse(await own.Client.GetByteArrayAsync(File));

        rows.Should().ContainSingle(r => r[8].EndsWith(OneConcentration)).Which[0].Should().Be("'" + formula);
        rows.Should().OnlyContain(r => r.Count == rows[0].Count);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+31 6", "'+31 6")]
    [InlineData("-2", "'-2")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r\n=1", "'\r\n=1")]
    [InlineData("  =1", "'  =1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("TNO-kantoor = groot", "TNO-kantoor = groot")]
    [InlineData("a;b", "a;b")]
    [InlineData("zegt \"ja\"", "zegt \"ja\"")]
    [InlineData("\"", "\"")]
    [InlineData("regel 1\nregel 2", "regel 1\nregel 2")]
    [InlineData("'s-Hertogenbosch é 漢 😀", "'s-Hertogenbosch é 漢 😀")]
    [InlineData("", "")]
    public void Csv_OfAnyText_ReadsBackAndIsNeverAFormula(string text, string expected) =>
        Parse(Csv.Of([["a", text, "z"], [text]])).Should().BeEquivalentTo(new List<List<string>> { new() { "a", expected, "z" }, new() { expected } }, o => o.WithStrictOrdering());

    /// <summary>By RFC 4180 with semicolons; fails on a missing byte order mark, a stray quote or a line without its end.</summary>
    private static List<List<string>> Parse(byte[] file)
    {
        file.Take(3).Should().Equal(Encoding.UTF8.Preamble.ToArray());
        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file.AsSpan(3));
        var (rows, at) = (new List<List<string>>(), 0);
        while (at < text.Length)
        {
            var row = new List<string>();
            for (var more = true; more; at++)
            {
                var field = Field();
                row.Add(field);
                more = at < text.Length && text[at] == ';';
            }
            text.Substring(at - 1, 2).Should().Be("\r\n");
            at++;
            rows.Add(row);
        }
        return rows;

        string Field()
        {
            if (text[at] != '"')
            {
                var end = text.IndexOfAny([';', '\r', '\n', '"'], at);
                var plain = text[at..end];
                at = end;
                text[at].Should().NotBe('"').And.NotBe('\n');
                return plain;
            }
            var value = new StringBuilder();
            for (at++; text[at] != '"' || text[++at] == '"'; at++) value.Append(text[at]);
            return value.ToString();
        }
    }
}
