using System.IO.Compression;
using System.Text;
using KennisstedenPortal.Data;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KennisstedenPortal.Web.Tests.Caching;

/// <summary>
/// A page that comes from the cache carries its age, and shows what stood in the database when it was made: a change by
/// plain SQL, which nobody announces, is not on it.
/// </summary>
public sealed class CacheTests(Site site)
{
    private const string Address = "/faciliteiten/samxl", Slug = "samxl";
    private static readonly Actor Editor = new(null, "Redacteur", "Gemeente Delft");

    [Theory]
    [InlineData("/faciliteiten/samxl")]
    [InlineData("/en/faciliteiten/samxl")]
    [InlineData("/faciliteiten?stad=delft")]
    [InlineData("/en/faciliteiten?stad=delft&soort=fieldlab&sorteer=gemeente")]
    public async Task Page_AskedAgain_ComesFromTheCache(string address)
    {
        await using var own = await site.OwnAsync();
        await own.SettleAsync();

        var first = await own.Client.ReadAsync(address);
        await own.RenameSilentlyAsync("Stil veranderd");
        var second = await own.Client.ReadAsync(address);

        first.FromCache.Should().BeFalse();
        second.FromCache.Should().BeTrue();
        (second.Html == first.Html).Should().BeTrue("it is the same page");
        first.Html.Should().NotContain("Stil veranderd");
    }

    [Fact]
    public async Task Change_InThisProcess_ShowsAtOnce()
    {
        await using var own = await site.OwnAsync();
        await own.SettleAsync();
        var contexts = own.Portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>();
        foreach (var address in new[] { Address, "/en" + Address, "/faciliteiten?q=samxl" })
        {
            for (var i = 1; i <= 3; i++)
            {
                await own.Client.ReadAsync(address);
                var name = $"Samxl {address.Length} {i}";
                await using (var db = await contexts.CreateDbContextAsync())
                {
                    (await db.Objects.OfType<Facility>().SingleAsync(f => f.Slug == Slug)).Name = name;
                    await db.SaveAsync(Editor, "Nieuwe naam");
                }

                (await own.Client.ReadAsync(address)).Html.Should().Contain(name);
            }
        }
    }

    [Fact]
    public async Task Change_ByAnotherProcess_ShowsWhenItIsAnnounced()
    {
        await using var own = await site.OwnAsync();
        await own.SettleAsync();
        (await own.Client.ReadAsync(Address)).Html.Should().NotContain("Elders veranderd");

        await using (var db = own.Database.CreateDbContext())
        {
            (await db.Objects.OfType<Facility>().SingleAsync(f => f.Slug == Slug)).Name = "Elders veranderd";
            await db.SaveAsync(Editor, "Nieuwe naam");
        }

        await Poll.UntilAsync(async () => (await own.Client.ReadAsync(Address)).Html.Contains("Elders veranderd", StringComparison.Ordinal), "the page shows the change of another process");
        (await own.Client.ReadAsync(Address)).FromCache.Should().BeTrue("it is kept again");
    }

    /// <summary>What a link of ours never leads to would crowd out the rest.</summary>
    [Theory]
    [InlineData("/faciliteiten/samxl?utm_source=x")]
    [InlineData("/faciliteiten/samxl?onbekend")]
    [InlineData("/faciliteiten/samxl?pagina=1")]
    [InlineData("/faciliteiten?q=sam")]
    [InlineData("/faciliteiten?stad=delft&q=sam")]
    [InlineData("/faciliteiten?stad=delft&x=1")]
    [InlineData("/en/faciliteiten?STAD=delft")]
    public async Task Page_ThatNoLinkLeadsTo_IsNotKept(string address)
    {
        await using var own = await site.OwnAsync();
        await own.SettleAsync();

        await own.Client.ReadAsync(address);
        await own.RenameSilentlyAsync("Stil veranderd, sam");
        var second = await own.Client.ReadAsync(address);

        second.FromCache.Should().BeFalse();
        second.Html.Contains("Stil veranderd", StringComparison.Ordinal).Should().BeTrue("it is made from what stands there now");
    }

    [Fact]
    public async Task Filters_Different_GiveDifferentPages()
    {
        await using var own = await site.OwnAsync();
        await own.SettleAsync();
        string[] addresses =
        [
            "/faciliteiten", "/en/faciliteiten", "/faciliteiten?stad=delft", "/faciliteiten?stad=enschede", "/en/faciliteiten?stad=delft", "/faciliteiten?soort=fieldlab", "/faciliteiten?pagina=2",
            "/faciliteiten?sorteer=gemeente", "/faciliteiten?stad=delft&soort=fieldlab", "/faciliteiten?thema=fotonica", "/faciliteiten?verificatie=in-bron-gezien", "/campussen", "/campussen?stad=delft", "/kennissteden/delft", "/en/kennissteden/delft",
            "/themas", "/en/themas", "/themas/fotonica", "/en/themas/fotonica", "/themas/ts-htsm",
            "/agenda", "/en/agenda", "/agenda/leemten", "/agenda/leemten?voorbeelden=ja", "/agenda/toezeggingen", "/agenda/toezeggingen?status=voldaan", "/agenda/vraag-1", "/agenda/vraag-1?voorbeelden=ja",
        ];
        var first = new List<string>();
        foreach (var address in addresses) first.Add((await own.Client.ReadAsync(address)).Html);

        first.Distinct(StringComparer.Ordinal).Should().HaveSameCount(addresses);
        foreach (var (address, html) in addresses.Zip(first).Reverse())
        {
            var again = await own.Client.ReadAsync(address);
            again.FromCache.Should().BeTrue(address);
            (again.Html == html).Should().BeTrue($"{address} is the page it was");
        }
    }

    [Fact]
    public async Task Hosts_Different_GiveDifferentPages()
    {
        await using var own = await site.OwnAsync();
        foreach (var host in new[] { "een.example", "twee.example", "een.example" })
        {
            var answer = await Raw.GetAsync(own.Portal.BaseAddress, "/over", host);
            Html.Canonical(answer.Body).Should().Be($"http://{host}/over");
        }
    }

    [Theory]
    [InlineData("br", "gzip", "identity")]
    [InlineData("identity", "gzip", "br")]
    [InlineData("gzip", "identity", "br")]
    [InlineData("gzip, deflate, br, zstd", "br;q=0.1, gzip;q=0.9", "*")]
    [InlineData("gzip, br;q=0", "br", "gzip")]
    [InlineData("br;q=0", "br", "identity")]
    [InlineData("bread", "br", "gzipper")]
    public async Task Encodings_InAnyOrder_AreNeverMixedUp(params string[] accepted)
    {
        await using var own = await site.OwnAsync();
        await own.SettleAsync();
        foreach (var accept in accepted.Concat(accepted))
        {
            using var answer = await own.Client.GetEncodedAsync(Address, accept);
            var encoding = answer.Content.Headers.ContentEncoding.SingleOrDefault();

            Accepts(accept, encoding).Should().BeTrue($"{encoding} was sent to who accepts {accept}");
            Decoded(await answer.Content.ReadAsByteArrayAsync(), encoding).Should().Contain("</html>").And.Contain("SAM");
        }
    }

    /// <summary>What holds the name of an encoding is not that encoding, and must not take its place.</summary>
    [Theory]
    [InlineData("bread")]
    [InlineData("br;q=0, identity")]
    public async Task Encoding_OfAnotherName_DoesNotTakeThePlaceOfACompressedPage(string other)
    {
        await using var own = await site.OwnAsync();
        await own.SettleAsync();

        using var plain = await own.Client.GetEncodedAsync(Address, other);
        using var compressed = await own.Client.GetEncodedAsync(Address, "br");
        using var weighted = await own.Client.GetEncodedAsync(Address, "gzip;q=0.5, br");

        plain.Content.Headers.ContentEncoding.Should().BeEmpty();
        compressed.Content.Headers.ContentEncoding.Should().Equal("br");
        weighted.Content.Headers.ContentEncoding.Should().Equal("br");
        weighted.IsFromCache().Should().BeTrue("it is the same copy");
    }

    [Fact]
    public async Task Page_HeldByTheBrowser_Answers304UntilSomethingChanges()
    {
        await using var own = await site.OwnAsync();
        await own.SettleAsync();
        using var first = await own.Client.GetAsync(Address);
        var tag = first.Headers.ETag;

        async Task<HttpStatusCode> AgainAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Address);
            request.Headers.IfNoneMatch.Add(tag!);
            using var answer = await own.Client.SendAsync(request);
            if (answer.StatusCode == HttpStatusCode.NotModified)
            {
                (await answer.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
                answer.Headers.ETag.Should().Be(tag);
            }
            return answer.StatusCode;
        }

        tag.Should().NotBeNull();
        first.Headers.CacheControl!.ToString().Should().Be("no-cache", "a browser may keep it, but asks each time");
        (await AgainAsync()).Should().Be(HttpStatusCode.NotModified);
        own.Generation.Advance();
        (await AgainAsync()).Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/faciliteiten/bestaat-niet", 404)]
    [InlineData("/bestaat-niet", 404)]
    [InlineData("/faciliteiten?pagina=x", 400)]
    [InlineData("/faciliteiten?pagina=99", 400)]
    [InlineData("/fout/500", 500)]
    [InlineData("/fout/404", 404)]
    public async Task Error_AskedAgain_IsMadeAgainAndHasNoTag(string address, int status)
    {
        await using var own = await site.OwnAsync();
        await own.SettleAsync();
        for (var i = 0; i < 2; i++)
        {
            using var answer = await own.Client.GetAsync(address);

            ((int)answer.StatusCode).Should().Be(status);
            answer.IsFromCache().Should().BeFalse();
            answer.Headers.ETag.Should().BeNull("a browser would be told that the error is still right");
        }
    }

    [Fact]
    public async Task Address_OfNothingYet_ShowsWhatComesThere()
    {
        await using var own = await site.OwnAsync();
        await own.SettleAsync();
        (await own.Client.GetAsync("/faciliteiten/later")).StatusCode.Should().Be(HttpStatusCode.NotFound);

        await own.Database.ExecuteAsync($"update register_object set slug = 'later' where slug = '{Slug}'");

        (await own.Client.GetAsync("/faciliteiten/later")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Midnight_PassedInAmsterdam_MakesPagesAnew()
    {
        var time = new SetTime(new DateTimeOffset(2026, 11, 23, 22, 59, 0, TimeSpan.Zero));
        await using var own = await site.OwnAsync(services: s => s.Use(time));
        await own.SettleAsync();
        await own.Database.ExecuteAsync($"update register_object set confirmed_on = '2025-11-24', review_by = '2026-11-23' where slug = '{Slug}'");
        var evening = await own.Client.ReadAsync(Address);
        (await own.Client.ReadAsync(Address)).FromCache.Should().BeTrue();

        time.Now = time.Now.AddMinutes(2);
        var morning = await own.Client.ReadAsync(Address);

        morning.FromCache.Should().BeFalse();
        Pill(morning.Html).Should().NotBe(Pill(evening.Html), "the day to confirm it again has passed");
    }

    [Fact]
    public async Task SlowPage_MadeFromOldData_IsNotServedAfterAChange()
    {
        await using var own = await site.OwnAsync();
        await own.SettleAsync();
        await using var source = Npgsql.NpgsqlDataSource.Create(own.Database.Owner);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var hold = new Npgsql.NpgsqlCommand("lock table municipality_neighbour in access exclusive mode", connection)) await hold.ExecuteNonQueryAsync();

        // Reads the name, then waits for what every page needs, which is read once per generation.
        own.Generation.Advance();
        var slow = own.Client.ReadAsync(Address);
        await Poll.UntilAsync(async () => await own.Database.ScalarAsync<bool>("select exists (select 1 from pg_locks l join pg_database d on d.oid = l.database where d.datname = current_database() and not l.granted)"), "the page waits for the neighbours");
        await own.RenameSilentlyAsync("Snel veranderd");
        var before = own.Generation.Current;
        await own.Database.ExecuteAsync($"notify {RegisterGeneration.Channel}");
        await Poll.UntilAsync(() => Task.FromResult(own.Generation.Current > before), "the change is known");
        await transaction.RollbackAsync();

        (await slow).Html.Should().NotContain("Snel veranderd", "it had read the name already, or this proves nothing");
        (await own.Client.ReadAsync(Address)).Html.Should().Contain("Snel veranderd");
    }

    private static string Pill(string html) => Html.Text(html[html.IndexOf("class=\"status-line\"", StringComparison.Ordinal)..][..400]);

    private static bool Accepts(string accept, string? encoding) => encoding is null || accept.Split(',', StringSplitOptions.TrimEntries)
        .Any(a => (a.Split(';')[0] == encoding || a.Split(';')[0] == "*") && !a.EndsWith(";q=0", StringComparison.Ordinal));

    private static string Decoded(byte[] body, string? encoding)
    {
        using var raw = new MemoryStream(body);
        using Stream stream = encoding switch { "br" => new BrotliStream(raw, CompressionMode.Decompress), "gzip" => new GZipStream(raw, CompressionMode.Decompress), _ => raw };
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
