namespace KennisstedenPortal.Web.Tests.Pages;

/// <summary>What holds for every page of the sitemap, in both languages.</summary>
public sealed class EveryPageTests(Site site)
{
    [Fact]
    public async Task Page_OfTheSitemap_Answers200()
    {
        var pages = await site.PagesAsync();

        pages.Where(p => p.Status != HttpStatusCode.OK).Select(p => $"{p.Path} {(int)p.Status}").ShouldBeNone();
        pages.Count(p => p.IsEnglish).Should().Be(pages.Count / 2).And.BeGreaterThan(600);
    }

    [Fact]
    public async Task Page_Answered_SetsNoCookieAndHoldsNothingInline()
    {
        var pages = await site.PagesAsync();

        pages.Where(p => p.HasCookie).Select(p => p.Path).ShouldBeNone();
        pages.SelectMany(p => Html.Inline(p.Html).Select(found => $"{p.Path}: {found}")).ShouldBeNone();
    }

    [Fact]
    public async Task Page_InItsLanguage_SaysSoAndHasATitleAndOneFirstHeading()
    {
        var pages = await site.PagesAsync();

        pages.Where(p => Html.Language(p.Html) != (p.IsEnglish ? "en" : "nl")).Select(p => p.Path).ShouldBeNone();
        pages.Where(p => Html.Headings1(p.Html) is not [{ Length: > 0 }]).Select(p => p.Path).ShouldBeNone();
        pages.Where(p => Html.Title(p.Html).Length < 10).Select(p => p.Path).ShouldBeNone();
        pages.GroupBy(p => (p.IsEnglish, Html.Title(p.Html))).Where(g => g.Count() > 1).Select(g => string.Join(" = ", g.Select(p => p.Path))).ShouldBeNone("titles tell pages apart");
    }

    [Fact]
    public async Task Page_ToSearchEngines_NamesItselfAndItsTranslation()
    {
        var host = site.Portal.BaseAddress.GetLeftPart(UriPartial.Authority);
        var pages = await site.PagesAsync();

        pages.Where(p => Html.Canonical(p.Html) != host + p.Path).Select(p => $"{p.Path} names itself {Html.Canonical(p.Html)}").ShouldBeNone();
        pages.Where(p => Html.Alternates(p.Html) is not { Count: 2 } a || a.GetValueOrDefault("nl") != host + Dutch(p) || a.GetValueOrDefault("en") != host + (Dutch(p) == "/" ? "/en" : "/en" + Dutch(p)))
            .Select(p => $"{p.Path} has alternates {string.Join(' ', Html.Alternates(p.Html))}").ShouldBeNone();

        static string Dutch(Page page) => page.IsEnglish ? page.Path == "/en" ? "/" : page.Path[3..] : page.Path;
    }

    [Fact]
    public async Task Link_WithinTheSite_LeadsToAPage()
    {
        var pages = await site.PagesAsync();
        var known = pages.Select(p => p.Path).ToHashSet(StringComparer.Ordinal);
        var linked = pages.SelectMany(p => Html.Links(p.Html)).Where(l => l.StartsWith('/')).Select(l => l.Split('#')[0]).Distinct(StringComparer.Ordinal).Where(l => !known.Contains(l)).ToList();

        var answers = await site.ReadAsync(linked);

        linked.Should().NotBeEmpty();
        // A permanent address leads to the page, and a form or the workplace first to the sign-in.
        string[] leadOn = ["/id/", "/en/id/", "/bewerken/", "/en/bewerken/", "/toevoegen/", "/en/toevoegen/", "/voortgang/", "/en/voortgang/", "/werkplek", "/en/werkplek"];
        answers.Where(a => a.Status != (leadOn.Any(l => a.Path.StartsWith(l, StringComparison.Ordinal)) ? HttpStatusCode.Found : HttpStatusCode.OK)).Select(a => $"{a.Path} {(int)a.Status}").ShouldBeNone();
    }

    [Fact]
    public async Task Link_ToAPlaceInAPage_FindsThatPlaceOnce()
    {
        var pages = await site.PagesAsync();
        var ids = pages.ToDictionary(p => p.Path, p => Html.Ids(p.Html), StringComparer.Ordinal);
        var broken = new List<string>();
        foreach (var page in pages)
        {
            broken.AddRange(ids[page.Path].GroupBy(i => i, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => $"{page.Path} has id {g.Key} {g.Count()} times"));
            foreach (var link in Html.Links(page.Html).Where(l => l.Contains('#', StringComparison.Ordinal)).Distinct(StringComparer.Ordinal))
            {
                var (path, place) = link.Split('#') is [var before, var after] ? (before.Length == 0 ? page.Path : before, after) : ("", "");
                if (path.StartsWith('/') && !ids[path].Contains(place, StringComparer.Ordinal)) broken.Add($"{page.Path} links to {link}");
            }
        }

        broken.ShouldBeNone();
    }

    [Fact]
    public async Task Link_OnAnEnglishPage_StaysEnglish()
    {
        var pages = await site.PagesAsync();

        pages.Where(p => p.IsEnglish).SelectMany(p => Html.Links(p.Html).Where(l => l.StartsWith('/') && l != "/en" && !l.StartsWith("/en/", StringComparison.Ordinal))
            .Where(l => l != (p.Path == "/en" ? "/" : p.Path[3..])).Select(l => $"{p.Path} links to {l}")).ShouldBeNone();
    }

    [Fact]
    public async Task Link_ToAnotherSite_IsHttpAndGivesNoWindowAway()
    {
        var pages = await site.PagesAsync();
        var outside = pages.SelectMany(p => Html.Links(p.Html)).Where(l => !l.StartsWith('/') && !l.StartsWith('#')).Distinct(StringComparer.Ordinal).ToList();

        outside.Should().NotBeEmpty();
        outside.Where(l => !Uri.TryCreate(l, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http")).ShouldBeNone();
        pages.Where(p => p.Html.Contains("target=\"_blank\"", StringComparison.Ordinal)).Select(p => p.Path).ShouldBeNone();
    }
}
