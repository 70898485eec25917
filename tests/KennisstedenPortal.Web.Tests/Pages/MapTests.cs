using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using KennisstedenPortal.Data;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Reading.Maps;
using KennisstedenPortal.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KennisstedenPortal.Web.Tests.Pages;

/// <summary>The map page, and what it asks for.</summary>
public sealed class MapTests(Site site)
{
    private const string Public = "o.state = 'published' and o.visibility = 'public'";

    [Fact]
    public async Task Objects_WithoutAFilter_AreAllThatHaveAPlace()
    {
        var objects = await ObjectsAsync("/kaart/objecten.json");

        objects.GetProperty("type").GetString().Should().Be("FeatureCollection");
        objects.GetProperty("meer").GetBoolean().Should().BeFalse();
        var features = objects.GetProperty("features").EnumerateArray().ToList();
        features.Count(f => Property(f, "plaats") == "eigen").Should().Be((int)await site.Portal.Database.ScalarAsync<long>($"select count(*) from register_object o where {Public} and o.latitude is not null")).And.BePositive();
        features.Select(f => Property(f, "id")).Should().OnlyHaveUniqueItems();
        foreach (var feature in features)
        {
            feature.GetProperty("type").GetString().Should().Be("Feature");
            feature.GetProperty("geometry").GetProperty("type").GetString().Should().Be("Point");
            var place = feature.GetProperty("geometry").GetProperty("coordinates").EnumerateArray().ToList();
            place.Should().HaveCount(2);
            place[0].GetDouble().Should().BeInRange(3, 8);
            place[1].GetDouble().Should().BeInRange(50, 54);
            place.Select(c => c.GetRawText()).Should().OnlyContain(c => c.Length - c.IndexOf('.', StringComparison.Ordinal) - 1 <= 5);
            Property(feature, "plaats").Should().BeOneOf("eigen", "campus", "gemeente");
        }
    }

    [Fact]
    public async Task Objects_WithMarkupInTheirName_ComeAsJsonThatHoldsNone()
    {
        const string name = "</script><script>alert(1)</script>&\"\\";
        await using var own = await site.OwnAsync();
        await own.RenameSilentlyAsync(name);

        foreach (var (address, property) in new[] { ("/kaart/objecten.json?type=faciliteiten", "naam"), ("/zoeken/suggesties?q=script", "naam") })
        {
            using var answer = await own.Client.GetAsync(address);
            var json = await answer.Content.ReadAsStringAsync();
            answer.Content.Headers.ContentType!.MediaType.Should().BeOneOf("application/json", "application/geo+json");
            json.Should().NotContain("<").And.NotContain(">").And.NotContain("&");
            if (address.StartsWith("/kaart", StringComparison.Ordinal)) JsonDocument.Parse(json).RootElement.GetProperty("features").EnumerateArray().Select(f => Property(f, property)).Should().Contain(name);
        }
    }

    [Fact]
    public async Task Objects_OfAKindInACity_AreThoseOfTheDatabase()
    {
        var features = (await ObjectsAsync("/kaart/objecten.json?type=campussen&stad=enschede")).GetProperty("features").EnumerateArray().ToList();

        var expected = await site.Portal.Database.ScalarAsync<string[]>($"select array_agg(distinct o.slug) from register_object o join register_object c on c.kind = 'city' and c.slug = 'enschede' where {Public} and o.kind = 'campus' and (o.municipality_code = c.municipality_code or exists (select 1 from relation r where r.from_id = o.id and r.to_id = c.id and r.kind in ('belongs-to', 'serves')))");
        expected.Should().NotBeEmpty();
        features.Select(f => Property(f, "adres")).Should().BeEquivalentTo(expected.Select(s => "/campussen/" + s));
        features.Should().OnlyContain(f => Property(f, "soort") == "Campus");
    }

    [Fact]
    public async Task Objects_InEnglish_HaveEnglishWordsAndAddresses()
    {
        var features = (await ObjectsAsync("/en/kaart/objecten.json?type=faciliteiten")).GetProperty("features").EnumerateArray().ToList();

        features.Should().NotBeEmpty().And.OnlyContain(f => Property(f, "soort") == "Facility" && Property(f, "adres")!.StartsWith("/en/faciliteiten/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Objects_InABox_StandInIt()
    {
        var all = (await ObjectsAsync("/kaart/objecten.json")).GetProperty("features").EnumerateArray().ToList();
        var boxed = (await ObjectsAsync("/kaart/objecten.json?vak=6.5,52,7,52.5")).GetProperty("features").EnumerateArray().ToList();

        boxed.Should().NotBeEmpty();
        boxed.Select(f => Property(f, "id")).Should().BeEquivalentTo(all.Where(f => Coordinates(f) is ( >= 6.5 and <= 7, >= 52 and <= 52.5)).Select(f => Property(f, "id")));
    }

    [Theory]
    [InlineData("/kaart/objecten.json?vak=")]
    [InlineData("/kaart/objecten.json?vak=1,2,3")]
    [InlineData("/kaart/objecten.json?vak=NaN,50,6,52")]
    [InlineData("/kaart/objecten.json?vak=1e1,50,11,52")]
    [InlineData("/kaart/objecten.json?vak=6,50,4,52")]
    [InlineData("/kaart/objecten.json?vak=4,50,400,52")]
    [InlineData("/kaart/objecten.json?vak=4,50,5,52&vak=4,50,5,52")]
    [InlineData("/kaart/objecten.json?vak=4,50,5,52;drop table register_object")]
    [InlineData("/kaart/objecten.json?type='")]
    [InlineData("/kaart/objecten.json?q=%00")]
    [InlineData("/en/kaart/objecten.json?stad=x")]
    [InlineData("/kaart/beeld.svg?thema=x")]
    public async Task Data_OfAHostileAddress_IsRefusedInASentence(string address)
    {
        using var answer = await site.Client.GetAsync(address);
        var body = await answer.Content.ReadAsStringAsync();

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
        using var json = JsonDocument.Parse(body);
        json.RootElement.EnumerateObject().Should().ContainSingle().Which.Value.GetString().Should().EndWith(".").And.NotContainAny("   at ", "Exception");
        answer.Headers.ETag.Should().BeNull();
    }

    [Fact]
    public async Task Municipalities_AsGeoJson_AreClosedRingsAndTellTheirRole()
    {
        using var json = JsonDocument.Parse(await site.Client.GetStringAsync("/kaart/gemeenten.json"));
        var features = json.RootElement.GetProperty("features").EnumerateArray().ToList();

        features.Should().HaveCount((int)await site.Portal.Database.ScalarAsync<long>("select count(*) from area where kind = 'municipality' and boundary is not null"));
        features.Count(f => Property(f, "rol") == "kennisstad").Should().Be(13);
        features.Should().Contain(f => Property(f, "rol") == "buurgemeente").And.Contain(f => Property(f, "rol") == "overig");
        foreach (var ring in features.SelectMany(f => f.GetProperty("geometry").GetProperty("coordinates").EnumerateArray()).SelectMany(p => p.EnumerateArray()))
            ring[0].GetRawText().Should().Be(ring[ring.GetArrayLength() - 1].GetRawText());
    }

    [Fact]
    public async Task Data_AskedTwice_ComesFromTheCacheUnlessItWasTypedOrDragged()
    {
        await using var own = await site.OwnAsync();
        await own.SettleAsync();
        foreach (var address in new[] { "/kaart/objecten.json", "/kaart/objecten.json?type=campussen", "/kaart/gemeenten.json", "/kaart/beeld.svg?stad=delft", "/kaart?stad=delft" })
        {
            (await own.Client.ReadAsync(address)).FromCache.Should().BeFalse(address);
            (await own.Client.ReadAsync(address)).FromCache.Should().BeTrue(address);
        }
        // Made once, whatever somebody writes behind it.
        (await own.Client.ReadAsync("/kaart/gemeenten.json?x=1")).FromCache.Should().BeTrue();
        foreach (var address in new[] { "/kaart/objecten.json?vak=4,51,5,52", "/kaart/objecten.json?q=lab", "/kaart/beeld.svg?q=lab", "/kaart?q=lab" })
        {
            (await own.Client.ReadAsync(address)).FromCache.Should().BeFalse(address);
            (await own.Client.ReadAsync(address)).FromCache.Should().BeFalse(address);
        }
        using var first = await own.Client.GetEncodedAsync("/kaart/objecten.json", "br");
        first.Headers.ETag.Should().NotBeNull();
        first.Content.Headers.ContentEncoding.Should().Equal("br");
    }

    [Fact]
    public async Task Object_ThatIsHidden_LeavesEveryMap()
    {
        await using var own = await site.OwnAsync();
        string[] addresses = ["/kaart?type=campussen&stad=enschede", "/kaart/objecten.json?type=campussen&stad=enschede", "/kaart/beeld.svg?type=campussen&stad=enschede", "/kaart/objecten.json?q=kennispark", "/kaart/objecten.json?vak=6.5,52,7,52.5"];
        foreach (var address in addresses) (await own.Client.GetStringAsync(address)).Should().Contain(Sign(address), address);

        await using (var db = await own.Portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync())
        {
            (await db.Objects.OfType<Campus>().SingleAsync(o => o.Slug == "kennispark-twente")).Visibility = Visibility.Partners;
            await db.SaveAsync(new Actor(null, "Redacteur", "Gemeente Enschede"), "Niet meer openbaar");
        }

        foreach (var address in addresses) (await own.Client.GetStringAsync(address)).Should().NotContain(Sign(address), address);

        // An organisation has the same name. The picture has no addresses, and draws what stands close together as one number; its legend counts.
        static string Sign(string address) => address.Contains(".svg", StringComparison.Ordinal) ? "Campussen (3)" : "/campussen/kennispark-twente";
    }

    [Theory]
    [InlineData("/kaart/beeld.svg", "Grenzen: Kadaster / CBS, 2023", "Campussen")]
    [InlineData("/en/kaart/beeld.svg?type=campussen&stad=delft&q=%3Cb%3Ecampus", "Boundaries: Kadaster / CBS, 2023", "<b>campus")]
    public async Task Picture_OfAFilter_IsWellFormedAndNamesItsSources(string address, string attribution, string word)
    {
        using var answer = await site.Client.GetAsync(address);
        var svg = XDocument.Parse(await answer.Content.ReadAsStringAsync());

        answer.Content.Headers.ContentType!.MediaType.Should().Be("image/svg+xml");
        answer.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
        svg.Root!.Name.Should().Be(XName.Get("svg", "http://www.w3.org/2000/svg"));
        svg.Root.Value.Should().Contain(attribution).And.Contain(word);
        svg.Descendants().Attributes("style").Should().BeEmpty();
    }

    [Fact]
    public async Task Picture_OfASample_CountsNothingInItsLegend()
    {
        var snapshot = await site.Portal.Services.GetRequiredService<ReferenceData>().GetAsync(default);
        var points = await site.Portal.Services.GetRequiredService<MapQuery>().RunAsync(new SearchFilter(Kind: KindRegistry.Of<Campus>()), null, default);

        MapPicture.Svg(snapshot, points, null, "https://portaal.example/kaart", new DateOnly(2026, 11, 24), "nl").Should().Contain($">Campussen ({points.Points.Count})<");
        MapPicture.Svg(snapshot, points with { More = true }, null, "https://portaal.example/kaart", new DateOnly(2026, 11, 24), "nl").Should().Contain(">Campussen<").And.Contain("een gelijkmatige greep");
    }

    [Fact]
    public async Task Page_WithAFilter_ListsWhatItCountsAndKeepsTheFilter()
    {
        var html = await site.Client.GetStringAsync("/kaart?type=campussen&stad=delft&zicht=x");
        var count = (await ObjectsAsync("/kaart/objecten.json?type=campussen&stad=delft")).GetProperty("features").GetArrayLength();

        Html.Text(html).Should().Contain(string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "object" : "objecten")} gevonden"));
        html.Should().Contain("data-objects=\"/kaart/objecten.json?type=campussen&amp;stad=delft\"").And.Contain("<option value=\"campussen\" selected");
        Html.Inline(html).Should().BeEmpty();
    }

    [Fact]
    public async Task Page_OfAWrongAddress_SaysWhatIsWrong()
    {
        using var answer = await site.Client.GetAsync("/kaart?type=x&stad=y");
        var html = await answer.Content.ReadAsStringAsync();

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        Html.Links(html).Should().Contain("#type").And.Contain("#stad");
        Html.Title(html).Should().StartWith("Fout: ");
    }

    [Fact]
    public async Task BackgroundMap_WhenConfigured_IsAllowedOnTheMapAlone()
    {
        await using var own = await site.OwnAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Portal:BackgroundMap:Url"] = "https://tiles.example/standaard/{z}/{x}/{y}.png",
            ["Portal:BackgroundMap:Attribution"] = "Voorbeeldkaart",
        });
        async Task<string[]> PolicyAsync(string address)
        {
            using var answer = await own.Client.GetAsync(address);
            return answer.Headers.GetValues("Content-Security-Policy").Single().Split(';', StringSplitOptions.TrimEntries);
        }

        foreach (var map in new[] { "/kaart", "/en/kaart?stad=delft", "/Kaart", "/kaart/" })
            (await PolicyAsync(map)).Should().Contain("connect-src 'self' https://tiles.example").And.Contain("img-src 'self' data: https://tiles.example").And.Contain("script-src 'self'");
        foreach (var other in new[] { "/", "/kaart/objecten.json", "/kaart/x", "/over" })
            (await PolicyAsync(other)).Should().NotContain(p => p.Contains("example", StringComparison.Ordinal));
        (await own.Client.GetStringAsync("/kaart")).Should().Contain("Voorbeeldkaart").And.Contain("https://tiles.example/standaard/{z}/{x}/{y}.png");
    }

    private async Task<JsonElement> ObjectsAsync(string address)
    {
        using var answer = await site.Client.GetAsync(address);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/geo+json");
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.Clone();
    }

    private static string? Property(JsonElement feature, string name) => feature.GetProperty("properties").GetProperty(name).GetString();

    private static (double Longitude, double Latitude) Coordinates(JsonElement feature) => feature.GetProperty("geometry").GetProperty("coordinates") is var c ? (c[0].GetDouble(), c[1].GetDouble()) : default;
}
