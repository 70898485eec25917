using System.Globalization;
using System.Text.RegularExpressions;
using KennisstedenPortal.Data;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Web.Tests.Caching;
using KennisstedenPortal.Web.Tests.Hosting;
using KennisstedenPortal.Web.Tests.Working;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace KennisstedenPortal.Web.Tests.History;

/// <summary>The past on reading pages: what stood when, what differs, and never who.</summary>
public sealed class HistoryPagesTests(Site site)
{
    private const string Campus = "/campussen/kennispark-twente", City = "/kennissteden/enschede";
    private static readonly Actor Person = new(Guid.CreateVersion7(), "Wilhelmina Geheimennaam", "Gemeente Enschede");

    private static string Today => TimeProvider.System.Today().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(Campus)]
    [InlineData(City)]
    [InlineData("/en" + Campus)]
    [InlineData("/en" + City)]
    public async Task Past_OfToday_IsThePageWithABannerAndIsNotIndexed(string address)
    {
        var page = await site.Client.ReadAsync($"{address}?op={Today}");

        page.Html.Should().Contain("noindex").And.Contain(address.StartsWith("/en", StringComparison.Ordinal) ? "You see this page as it was on" : "U ziet deze pagina zoals die was op");
        Html.Headings1(page.Html).Should().ContainSingle();
        (await site.Client.ReadAsync(address)).Html.Should().Contain($"?op={Today}").And.NotContain("noindex");
    }

    [Fact]
    public async Task Past_BeforeTheRegister_SaysSo()
    {
        var page = await site.Client.ReadAsync(Campus + "?op=1999-01-01");

        page.Html.Should().Contain("stond dit nog niet in het register").And.Contain("noindex");
        (await site.Client.ReadAsync(Campus + "?op=0001-01-01")).Html.Should().Contain("stond dit nog niet in het register");
    }

    [Theory]
    [InlineData("?op=")]
    [InlineData("?op=morgen")]
    [InlineData("?op=2026-13-01")]
    [InlineData("?op=9999-12-31")]
    [InlineData("?op=2026-11-01&op=2026-11-02")]
    [InlineData("?op=%00")]
    [InlineData("?op=%3Cscript%3Ealert(1)%3C/script%3E")]
    [InlineData("/geschiedenis?van=x&tot=y")]
    [InlineData("/geschiedenis?van=&tot=")]
    [InlineData("/geschiedenis?van=2026-11-01")]
    [InlineData("/geschiedenis?tot=2026-11-01")]
    [InlineData("/geschiedenis?van=2026-11-01&tot=9999-12-31")]
    [InlineData("/geschiedenis?van=%00&tot=%EF%BF%BF")]
    [InlineData("/geschiedenis?van=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&tot=2026-11-01")]
    [InlineData("/geschiedenis?versie=0")]
    [InlineData("/geschiedenis?versie=99999999999999")]
    [InlineData("/geschiedenis?versie=2147483647")]
    [InlineData("/geschiedenis?versie=999")]
    [InlineData("/geschiedenis?versie=-1")]
    [InlineData("/geschiedenis?voor=x")]
    public async Task Past_AskedForWithNonsense_IsAClearRefusal(string query)
    {
        foreach (var address in new[] { Campus, City, "/en" + Campus })
        {
            using var answer = await site.Client.GetAsync(address + query);
            var html = await answer.Content.ReadAsStringAsync();
            answer.StatusCode.Should().Be(HttpStatusCode.BadRequest, address + query);
            Html.Headings1(html).Should().ContainSingle();
            Html.Title(html).Should().StartWith(address.StartsWith("/en", StringComparison.Ordinal) ? "Error: " : "Fout: ");
            html.Should().NotContain("<script>alert").And.Contain("noindex");
        }
    }

    [Theory]
    [InlineData("/campussen/bestaat-niet?op=2026-11-01")]
    [InlineData("/bestaat-niet/x?op=2026-11-01")]
    [InlineData("/kennissteden/bestaat-niet?op=2026-11-01")]
    [InlineData("/campussen/bestaat-niet/geschiedenis")]
    [InlineData("/bestaat-niet/x/geschiedenis")]
    [InlineData("/rd-concentraties/nabijheid/geschiedenis")]
    public async Task Past_OfWhatIsNotThere_IsNotFound(string address)
    {
        using var answer = await site.Client.GetAsync(address);

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Past_AfterAChange_ShowsBothAndNobodysName()
    {
        await using var own = await site.OwnAsync();
        await own.SettleAsync();
        var contexts = own.Portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>();
        // The application itself can't rewrite history.
        await using (var owner = NpgsqlDataSource.Create(own.Database.Owner))
        await using (var command = owner.CreateCommand("update revision set at = at - interval '40 days'"))
            await command.ExecuteNonQueryAsync();
        await using (var db = await contexts.CreateDbContextAsync())
        {
            var campus = await db.Objects.OfType<Campus>().SingleAsync(c => c.Slug == "kennispark-twente");
            campus.Description = "Een geheel nieuwe beschrijving van deze campus, die langer is dan zestig tekens.";
            await db.SaveAsync(Person, "Na een gesprek op de campus");
        }
        var before = TimeProvider.System.Today().AddDays(-10).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        var old = await own.Client.ReadAsync($"{Campus}?op={before}");
        old.Html.Should().NotContain("geheel nieuwe").And.Contain("Daarna is het gewijzigd");
        (await own.Client.ReadAsync($"{Campus}?op={Today}")).Html.Should().Contain("geheel nieuwe").And.Contain("Sindsdien is er niets gewijzigd");
        foreach (var language in new[] { "", "/en" })
        {
            foreach (var address in new[] { "", "/geschiedenis", "/geschiedenis?versie=2", $"/geschiedenis?van={before}&tot={Today}", $"/geschiedenis?van={Today}&tot={before}", $"?op={before}", $"?op={Today}" })
            {
                var page = await own.Client.ReadAsync(language + Campus + address);
                page.Html.Should().NotContain("Geheimennaam");
                if (address.StartsWith("/geschiedenis", StringComparison.Ordinal)) page.Html.Should().Contain("Gemeente Enschede").And.Contain("Na een gesprek op de campus");
                if (address.Contains("van=", StringComparison.Ordinal) || address.Contains("versie=", StringComparison.Ordinal)) Html.Text(page.Html).Should().Contain("Een geheel nieuwe beschrijving");
            }
        }
    }

    [Fact]
    public async Task Timeline_OfADayWithSeveralVersions_LeadsToThatDayOnceAtItsLast()
    {
        await using var own = await site.OwnAsync();
        var contexts = own.Portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>();
        foreach (var text in new[] { "Eerst dit.", "Toch dit." })
        {
            await using var db = await contexts.CreateDbContextAsync();
            (await db.Objects.OfType<Campus>().SingleAsync(c => c.Slug == "kennispark-twente")).Description = text;
            await db.SaveAsync(Person, "Na een gesprek op de campus");
        }
        // Away from midnight, and the first version on another day.
        await using (var owner = NpgsqlDataSource.Create(own.Database.Owner))
        await using (var command = owner.CreateCommand("update revision set at = date_trunc('day', now()) - interval '3 days' + interval '10 hours' + number * interval '1 minute' - case when number = 1 then interval '40 days' else interval '0' end"))
            await command.ExecuteNonQueryAsync();

        var html = (await own.Client.ReadAsync(Campus + "/geschiedenis")).Html;

        Regex.Matches(html, "<li>(?:(?!</li>).)*?</li>", RegexOptions.Singleline).Select(m => Html.Text(m.Value)).Where(t => t.Contains("Versie ", StringComparison.Ordinal))
            .Select(t => (Regex.Match(t, "Versie ([0-9]+)").Groups[1].Value, t.Contains("Stand van die dag", StringComparison.Ordinal))).Should().Equal(("3", true), ("2", false), ("1", true));
    }

    [Fact]
    public async Task Past_AskedAgain_ComesFromTheCacheWithinBounds()
    {
        await using var own = await site.OwnAsync();
        await own.SettleAsync();

        foreach (var address in new[] { $"{Campus}?op={Today}", $"{City}?op={Today}", $"{Campus}/geschiedenis", $"{Campus}/geschiedenis?van={Today}&tot={Today}", $"{Campus}/geschiedenis?voor=5" })
        {
            (await own.Client.ReadAsync(address)).FromCache.Should().BeFalse(address);
            (await own.Client.ReadAsync(address)).FromCache.Should().BeTrue(address);
        }
        foreach (var address in new[] { $"{Campus}?op=1999-01-01", $"{Campus}?op={Today}&x=1", $"{Campus}/geschiedenis?van=1999-01-01&tot={Today}", $"{Campus}/geschiedenis?voor=5000" })
        {
            await own.Client.ReadAsync(address);
            (await own.Client.ReadAsync(address)).FromCache.Should().BeFalse(address);
        }
    }

    [Fact]
    public async Task Facts_ThatPeopleEnter_ShowOnThePages()
    {
        await using var own = await site.OwnAsync();
        await own.SettleAsync();
        var contexts = own.Portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>();
        await using (var db = await contexts.CreateDbContextAsync())
        {
            var city = await db.Objects.OfType<City>().SingleAsync(c => c.Slug == "enschede");
            city.HasFourEyes = true;
            var campus = await db.Objects.OfType<Campus>().SingleAsync(c => c.Slug == "high-tech-campus-eindhoven");
            db.Add(new Relation { Id = Guid.CreateVersion7(), Kind = RelationKind.Serves, FromId = campus.Id, ToId = city.Id, ReportedById = campus.Id });
            var item = new SwotItem { Id = Guid.CreateVersion7(), ObjectId = city.Id, Sort = SwotSort.Opportunity, Text = "Een kans die iedereen mag zien", Visibility = Visibility.Public };
            item.Evidence.Add(new SwotEvidence { Id = Guid.CreateVersion7(), ItemId = item.Id, SubjectId = campus.Id });
            db.Add(item);
            db.Add(new SwotItem { Id = Guid.CreateVersion7(), ObjectId = city.Id, Sort = SwotSort.Weakness, Text = "Alleen voor partners" });
            var theme = await db.Themes.Where(t => t.TaxonomyCode == Domain.Themes.Taxonomy.EntryCode).Select(t => t.Code).FirstAsync();
            db.Add(new Exchange { Id = Guid.CreateVersion7(), ObjectId = city.Id, Sort = ExchangeSort.Need, ThemeCode = theme, Text = "Wij zoeken een testplek", Visibility = Visibility.Public });
            await db.SaveAsync(Person, "Ingevuld");
        }

        foreach (var address in new[] { City, $"{City}?op={Today}" })
        {
            var html = (await own.Client.ReadAsync(address)).Html;
            Html.Text(html).Should().Contain("Een kans die iedereen mag zien").And.Contain("Wij zoeken een testplek").And.Contain("Vier ogen").And.Contain("gemeld door High Tech Campus Eindhoven").And.NotContain("Alleen voor partners");
            Html.Links(html).Should().Contain("/campussen/high-tech-campus-eindhoven");
        }
        Html.Text((await own.Client.ReadAsync("/campussen/high-tech-campus-eindhoven")).Html).Should().Contain("gemeld door High Tech Campus Eindhoven, nog niet bevestigd");
        Html.Text((await own.Client.ReadAsync("/campussen?stad=enschede")).Html).Should().NotContain("High Tech Campus Eindhoven", "what one end says counts nowhere");
    }

    [Fact]
    public async Task Factsheet_WithWhatOneEndSays_MarksItAsThePageDoes()
    {
        await using var own = await site.OwnAsync();
        await own.SettleAsync();
        await using (var db = await own.Portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync())
        {
            var campus = await db.Objects.OfType<Campus>().SingleAsync(c => c.Slug == "high-tech-campus-eindhoven");
            var city = await db.Objects.OfType<City>().SingleAsync(c => c.Slug == "enschede");
            var lab = await db.Objects.OfType<Facility>().SingleAsync(f => f.Slug == "samxl");
            var manager = await db.Objects.OfType<Organisation>().OrderBy(o => o.Name).FirstAsync(o => o.State == ObjectState.Published);
            db.Add(new Relation { Id = Guid.CreateVersion7(), Kind = RelationKind.Serves, FromId = campus.Id, ToId = city.Id, ReportedById = campus.Id });
            db.Add(new Relation { Id = Guid.CreateVersion7(), Kind = RelationKind.LocatedOn, FromId = lab.Id, ToId = campus.Id, ReportedById = lab.Id });
            db.Add(new Relation { Id = Guid.CreateVersion7(), Kind = RelationKind.ManagedBy, FromId = campus.Id, ToId = manager.Id, ReportedById = campus.Id });
            await db.SaveAsync(Person, "Gemeld");
        }

        var text = Html.Text((await own.Client.ReadAsync("/campussen/high-tech-campus-eindhoven/factsheet")).Html);

        text.Should().Contain("SAM|XL (gemeld door SAM|XL, nog niet bevestigd)").And.Contain("(gemeld door High Tech Campus Eindhoven, nog niet bevestigd)").And.NotContain("Kennisstad Enschede");
    }

    [Fact]
    public async Task Restore_ByWhoKeepsIt_PutsTheOldValueBackAndByOthersDoesNothing()
    {
        await using var own = await site.OwnAsync();
        var contexts = own.Portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>();
        string? was;
        await using (var db = await contexts.CreateDbContextAsync())
        {
            var city = await db.Objects.OfType<City>().SingleAsync(c => c.Slug == "enschede");
            (was, city.Description) = (city.Description, "Verkeerd gewijzigd");
            await db.SaveAsync(Person, "Vergissing");
        }
        using var editor = await Working.Person.SignedInAsync(own.Portal, "redacteur-enschede");
        (await editor.ReadAsync("/geschiedenis/kennissteden/enschede")).Should().Contain("oud-gebruiker").And.Contain("/herstellen/kennissteden/enschede/1").And.Contain("Vergissing");
        (await editor.ReadAsync("/geschiedenis/kennissteden/enschede?versie=2")).Should().Contain("/herstellen/kennissteden/enschede/1?pad=description");

        using var stranger = await Working.Person.SignedInAsync(own.Portal, "redacteur-delft");
        (await stranger.ReadAsync("/geschiedenis/kennissteden/enschede")).Should().NotContain("/herstellen/").And.NotContain("Geheimennaam");
        (await stranger.ReadAsync("/herstellen/kennissteden/enschede/1")).Should().Contain("U mag dit niet doen");

        const string Page = "/herstellen/kennissteden/enschede/1?pad=description";
        var html = await editor.ReadAsync(Page);
        Html.Text(html).Should().Contain("Verkeerd gewijzigd");
        using (var late = await editor.PostToAsync(Page, html, "restore", ("pad", "description"), ("stand", "1")))
            (await late.Content.ReadAsStringAsync()).Should().Contain("Intussen heeft iemand iets gewijzigd");
        using (var saved = await editor.PostToAsync(Page, html, "restore", ("pad", "description"), ("stand", "2"))) saved.StatusCode.Should().Be(HttpStatusCode.Redirect);
        await using var read = await contexts.CreateDbContextAsync();
        var now = await read.Objects.OfType<City>().SingleAsync(c => c.Slug == "enschede");
        (now.Description, now.Revision).Should().Be((was, 3));
        (await editor.ReadAsync("/geschiedenis/kennissteden/enschede")).Should().Contain("Teruggezet naar de stand van").And.Contain("Esra Demir");
    }
}
