using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Web.Tests.Pages;

/// <summary>Every template in every state, by the rules of HTML.</summary>
public sealed class ValidityTests(Site site)
{
    /// <summary>Rules that are about taste, not about what HTML allows.</summary>
    private static readonly string[] Taste =
    [
        "void-style",               // <meta /> and <meta> are both HTML
        "no-trailing-whitespace",
        "long-title",               // a search engine cuts; a reader does not mind
        "no-inline-style",          // there is none, and EveryPageTests proves it
        "attribute-boolean-style",  // open="" is open
        "attribute-empty-style",
        "doctype-style",
        "require-sri",              // nothing comes from elsewhere
    ];

    [Fact]
    public async Task Page_OfEveryTemplateAndState_IsValid()
    {
        var states = new List<string> { "/", "/kaart", "/kaart?type=faciliteiten&stad=enschede", "/kaart?type=x&stad=x&thema=x&toegang=x&q=%00", "/over", "/toegankelijkheid", "/rd-concentraties/nabijheid", "/bronnen", "/bronnen?sorteer=meest-gebruikt&pagina=2", "/bronnen?pagina=99", "/bronnen?sorteer=x", "/herkomst", "/kennissteden/amsterdam/factsheet", "/campussen/leiden-bio-science-park/factsheet", "/zoeken", "/zoeken?q=energie", "/zoeken?q=fotonika", "/zoeken?q=xqzwv", "/zoeken?q=lab&type=faciliteiten&stad=delft&soort=fieldlab", "/zoeken?type=x&stad=x&na=x&q=%00", "/themas", "/themas/onderwijs-talent", "/agenda", "/agenda/toezeggingen", "/agenda/toezeggingen?status=x&q=%00&na=x", "/agenda/toezeggingen/halfjaar", "/agenda/toezeggingen/halfjaar?op=x", "/agenda/leemten", "/agenda/leemten?voorbeelden=ja", "/agenda/vraag-1?voorbeelden=ja", "/agenda/voortgang", "/agenda/voortgang?voorbeelden=ja", "/agenda/voortgang?op=x", "/agenda/voortgang/edities", "/agenda/voortgang/bestuur", "/agenda/voortgang/bestuur/enschede?voorbeelden=ja", "/bestaat-niet", "/fout/500", "/fout/503", "/fout/400", "/fout/405", "/campussen?q=bestaatbeslistniet", "/campussen?pagina=99", "/organisaties?pagina=3", "/faciliteiten?stad=enschede&soort=gedeelde-faciliteit&thema=fotonica&q=%22lab%22" };
        foreach (var kind in KindRegistry.All)
            states.AddRange([$"/{kind.Path}", $"/{kind.Path}?stad=x&thema=x&soort=x&verificatie=x&sorteer=x&pagina=x&q=%00"]);
        var all = await site.PagesAsync();
        foreach (var kind in KindRegistry.All)
            states.AddRange(all.Where(p => p.IsObjectOf(kind)).OrderByDescending(p => p.Html.Length).Where((_, i) => i < 3).Select(p => p.Path));
        states.AddRange(all.Where(p => p.Path.StartsWith("/bronnen/", StringComparison.Ordinal)).OrderByDescending(p => p.Html.Length).Take(3).Select(p => p.Path));
        foreach (var (from, to) in new[] { ("/kennissteden/enschede", "/waarneming/"), ("/over", "/bewering/") })
            states.AddRange(Html.Links(all.Single(p => p.Path == from).Html).Where(l => l.StartsWith(to, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Take(3));
        states.AddRange(all.Where(p => p.Path.StartsWith("/themas/", StringComparison.Ordinal)).OrderByDescending(p => p.Html.Length).Where((_, i) => i % 20 == 0).Select(p => p.Path));
        states.AddRange(all.Where(p => p.Path.StartsWith("/agenda/", StringComparison.Ordinal)).OrderByDescending(p => p.Html.Length).Where((_, i) => i % 9 == 0).Select(p => p.Path));
        var pages = await site.ReadAsync(states.SelectMany(s => new[] { s, s == "/" ? "/en" : "/en" + s }));
        pages.Should().OnlyContain(p => p.Html.StartsWith("<!DOCTYPE html>", StringComparison.Ordinal));
        var folder = Directory.CreateTempSubdirectory("kennissteden-html-");
        try
        {
            foreach (var page in pages) await File.WriteAllTextAsync(Path.Combine(folder.FullName, FileName(page.Path)), page.Html);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "rules.json"), JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["root"] = true,
                ["extends"] = new[] { "html-validate:standard" },
                ["rules"] = Taste.ToDictionary(r => r, _ => "off", StringComparer.Ordinal),
            }));

            var (output, errors) = await ValidateAsync(folder.FullName);

            errors.Should().BeEmpty();
            Found(output).ShouldBeNone();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A validator that finds nothing must be able to find something.</summary>
    [Fact]
    public async Task Page_ThatIsWrong_IsFoundWrong()
    {
        var folder = Directory.CreateTempSubdirectory("kennissteden-html-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "wrong.html"), "<!DOCTYPE html><html lang=\"nl\"><head><title>x</title></head><body><ul><p id=\"a\">x</p></ul><b id=\"a\">y</b></body></html>");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "rules.json"), "{\"root\":true,\"extends\":[\"html-validate:standard\"]}");

            var (output, _) = await ValidateAsync(folder.FullName);

            Found(output).Should().Contain(f => f.Contains("element-permitted-content", StringComparison.Ordinal)).And.Contain(f => f.Contains("no-dup-id", StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string FileName(string path) => Regex.Replace(path, "[^a-z0-9-]+", "_") + ".html";

    /// <summary>One process for all files, since starting it is what takes the time.</summary>
    private static async Task<(string Output, string Errors)> ValidateAsync(string folder)
    {
        // To a file: it ends before a pipe has taken everything.
        var found = Path.Combine(folder, "found.json");
        var start = new ProcessStartInfo("node", [Repository.Of("node_modules", "html-validate", "bin", "html-validate.mjs"), "--config", Path.Combine(folder, "rules.json"), "--formatter", $"json={found}", .. Directory.GetFiles(folder, "*.html").Order(StringComparer.Ordinal)])
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (await File.ReadAllTextAsync(found), await errors);
    }

    private static List<string> Found(string json) =>
    [
        .. JsonDocument.Parse(json).RootElement.EnumerateArray().SelectMany(file => file.GetProperty("messages").EnumerateArray().Select(m =>
                (What: $"{m.GetProperty("ruleId").GetString()}: {m.GetProperty("message").GetString()}", Where: $"{Path.GetFileName(file.GetProperty("filePath").GetString())}:{m.GetProperty("line")}:{m.GetProperty("column")}")))
            .GroupBy(f => f.What, StringComparer.Ordinal).Select(g => $"{g.Key} ({g.Count()} times, first {g.First().Where})"),
    ];
}
