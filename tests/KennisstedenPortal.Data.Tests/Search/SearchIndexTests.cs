using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Search;

/// <summary>What every write keeps is what building it all anew gives, whatever was written and whoever wrote at the same time.</summary>
public sealed class SearchIndexTests(TestServer server)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entries_AfterChanges_AreWhatARebuildMakes()
    {
        await using var own = await server.FilledAsync();
        await own.ChangeAsync<City>("delft", c => c.Name = "Delft aan de Schie");
        await own.ChangeAsync<Campus>("tu-delft-campus", c => { c.Name = "Nieuwe Campus"; c.Latitude = 52.0; });
        // It stands in what its facilities are found by.
        var host = await own.ScalarAsync<string>("select o.slug from relation r join register_object o on o.id = r.to_id where r.kind = 'hosted-by' order by r.id limit 1");
        await own.ChangeAsync<Organisation>(host, o => o.ShortName = "Toegepast");
        await own.ChangeAsync<Facility>("robohouse", f => f.State = ObjectState.Archived);
        await own.ChangeAsync<Facility>("samxl", f => f.Visibility = Visibility.Partners);
        await own.ChangeAsync<Facility>("robohouse", f => f.State = ObjectState.Published);
        await using (var db = own.CreateDbContext())
        {
            (await db.Themes.SingleAsync(t => t.Code == "fotonica", Cancelled)).NameNl = "Licht";
            await db.SaveAsync(Actor.Import, "proef", Cancelled);
        }

        await ShouldBeWhatARebuildMakesAsync(own);
    }

    [Fact]
    public async Task Entries_OfACityThatIsNew_AreWhatARebuildMakes()
    {
        await using var own = await server.FilledAsync();
        var code = await EmptyMunicipalityAsync(own);
        await AddCityAsync(own, code);

        (await own.ScalarAsync<long>("select count(*) from search_entry where facets @> array['city:nieuwe-stad'] and kind <> 'city'")).Should().BeGreaterThan(0);
        await ShouldBeWhatARebuildMakesAsync(own);
    }

    [Fact]
    public async Task Entries_OfACityThatMoves_AreWhatARebuildMakes()
    {
        await using var own = await server.FilledAsync();
        var code = await EmptyMunicipalityAsync(own);
        await own.ChangeAsync<City>("delft", c => c.MunicipalityCode = code);

        await ShouldBeWhatARebuildMakesAsync(own);
    }

    [Fact]
    public async Task Entries_WithoutARelationThatWas_AreWhatARebuildMakes()
    {
        await using var own = await server.FilledAsync();
        await using (var db = own.CreateDbContext())
        {
            db.RemoveRange(await db.Relations.Include(r => r.Citations).Where(r => r.Kind == RelationKind.BelongsTo || r.Kind == RelationKind.LocatedOn).OrderBy(r => r.Id).Take(40).ToListAsync(Cancelled));
            await db.SaveAsync(People.Editor, "Vervallen", Cancelled);
        }

        await ShouldBeWhatARebuildMakesAsync(own);
    }

    [Fact]
    public async Task Entries_WhoseHostIsHidden_AreWhatARebuildMakes()
    {
        await using var own = await server.FilledAsync();
        var (host, guest) = await HostAsync(own);
        await own.ChangeAsync<Campus>(host, c => c.Visibility = Visibility.Secretariat);

        (await own.ScalarAsync<bool>($"select text like '%{host}%' or precision = 1 from search_entry where slug = '{guest}'")).Should().BeFalse();
        await ShouldBeWhatARebuildMakesAsync(own);
    }

    /// <summary>Who comes second waits, and then works on what the first one left.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Entries_OfWhatTwoSavesShow_AreWhatARebuildMakes(bool hostFirst)
    {
        await using var own = await server.FilledAsync();
        var (host, guest) = await HostAsync(own);
        Func<PortalDbContext, Task> rename = async db => (await db.BySlugAsync<Campus>(host)).Name = "Hernoemd", describe = async db => (await db.BySlugAsync<Facility>(guest)).Description = "Anders";

        await OneBehindTheOtherAsync(own, hostFirst ? rename : describe, () => SaveAsync(own, hostFirst ? describe : rename));

        await ShouldBeWhatARebuildMakesAsync(own);
    }

    [Fact]
    public async Task Entries_OfWhatMovesToACityThatIsNew_AreWhatARebuildMakes()
    {
        await using var own = await server.FilledAsync();
        var code = await EmptyMunicipalityAsync(own);

        await OneBehindTheOtherAsync(own, db => { db.Add(NewCity(code)); return Task.CompletedTask; }, () => own.ChangeAsync<Facility>("robohouse", f => f.MunicipalityCode = code));

        (await own.ScalarAsync<bool>("select facets @> array['city:nieuwe-stad'] from search_entry where slug = 'robohouse'")).Should().BeTrue();
        await ShouldBeWhatARebuildMakesAsync(own);
    }

    [Fact]
    public async Task Entries_RebuiltDuringASave_HaveIt()
    {
        await using var own = await server.FilledAsync();

        await OneBehindTheOtherAsync(own, async db => (await db.BySlugAsync<Facility>("robohouse")).Name = "Hernoemd", own.RebuildSearchAsync);

        (await own.ScalarAsync<string>("select name from search_entry where slug = 'robohouse'")).Should().Be("Hernoemd");
        await ShouldBeWhatARebuildMakesAsync(own);
    }

    [Fact]
    public async Task Entries_SavedDuringARebuild_AreWhatARebuildMakes()
    {
        await using var own = await server.FilledAsync();
        Task? save = null;
        await using (var db = own.CreateDbContext())
        {
            await SearchIndex.RebuildAsync(db, always: true, progress: _ =>
            {
                if (save is not null) return;
                save = own.ChangeAsync<Facility>("robohouse", f => f.Slug = "hernoemd");
                WaitsAsync(own).GetAwaiter().GetResult();
            }, Cancelled);
        }
        await save!;

        await ShouldBeWhatARebuildMakesAsync(own);
    }

    /// <summary>Changes that cross, many times over: none fails, and nothing old is left.</summary>
    [Fact]
    public async Task Entries_OfManySavesAtOnce_AreWhatARebuildMakes()
    {
        await using var own = await server.FilledAsync();
        var (host, guest) = await HostAsync(own);
        async Task Repeat(Func<int, Task> change)
        {
            for (var i = 0; i < 8; i++) await change(i);
        }

        await Task.WhenAll(
            Repeat(i => own.ChangeAsync<Campus>(host, c => c.Name = $"Campus {i}")),
            Repeat(i => own.ChangeAsync<Facility>("robohouse", f => f.Aliases = [$"Huis {i}"])),
            Repeat(i => own.ChangeAsync<City>("delft", c => c.Name = $"Delft {i}")),
            Repeat(i => own.ChangeAsync<City>("eindhoven", c => c.Name = $"Eindhoven {i}")),
            Repeat(_ => own.RebuildSearchAsync()));

        await ShouldBeWhatARebuildMakesAsync(own);
    }

    /// <summary>More than one batch holds, counted the other way round: the second waits for what the first holds, and never the reverse too.</summary>
    [Fact]
    public async Task Totals_OfTwoLargeSavesThatCross_DoNotBlockEachOther()
    {
        const int many = 501;
        await using var own = await server.FilledAsync();
        var (a, b) = (await ManyAsync(own, many, "a"), await ManyAsync(own, many, "b"));
        var first = await EmptyMunicipalityAsync(own);
        var second = await own.ScalarAsync<string>($"select code from area a where kind = 'municipality' and code > '{first}' and not exists (select 1 from register_object c where c.kind = 'city' and c.municipality_code = a.code) order by code limit 1");
        await own.ExecuteAsync($"insert into search_total (facet, count) values ('municipality:{first}', 0), ('municipality:{second}', 0) on conflict do nothing");
        async Task MoveAsync(Guid[] ids, string most, string last)
        {
            await using var db = own.CreateDbContext();
            foreach (var item in await db.Objects.Where(o => ids.Contains(o.Id)).ToListAsync(Cancelled)) item.MunicipalityCode = item.Id == ids[^1] ? last : most;
            await db.SaveAsync(People.Editor, "Verhuisd", Cancelled);
        }

        Task behind, other;
        await using (var db = own.CreateDbContext())
        await using (var transaction = await db.Database.BeginTransactionAsync(Cancelled))
        {
            await db.Database.ExecuteSqlAsync($"update search_total set count = count where facet = {"municipality:" + second}", Cancelled);
            behind = MoveAsync(a, second, first);
            await WaitsAsync(own, 1);
            other = MoveAsync(b, first, second);
            await WaitsAsync(own, 2);
            await transaction.CommitAsync(Cancelled);
        }
        await Task.WhenAll(behind, other);

        await ShouldBeWhatARebuildMakesAsync(own);
    }

    [Fact]
    public async Task Figures_WithAnExample_DoNotCountIt()
    {
        await using var own = await server.FilledAsync();
        var before = await FiguresAsync(own);
        await own.ChangeAsync<Facility>("robohouse", f => f.Verification = Verification.Example);
        var after = await FiguresAsync(own);

        after.Kind.Should().Be(before.Kind - 1);
        after.All.Should().Be(before.All - 1);
        after.OfCity.Should().Be(before.OfCity - 1);
        after.Near.Should().Be(before.Near - 1);
        after.Belonging.Should().Be(before.Belonging - 1);
        after.Shown.Should().NotContain("robohouse").And.HaveCount(before.Shown.Count - 1);
        // The list shows it, so its total counts it.
        after.Listed.Should().Be(before.Listed);
        await ShouldBeWhatARebuildMakesAsync(own);
    }

    private sealed record Figures(int Kind, int All, int Belonging, int OfCity, int Near, IReadOnlyList<string> Shown, int? Listed);

    private static async Task<Figures> FiguresAsync(TestDatabase own)
    {
        var facility = KindRegistry.Of<Facility>();
        var home = await new HomeQuery(own).RunAsync(Cancelled);
        await using var db = own.CreateDbContext();
        var city = await new CityQuery(own).RunAsync(await db.BySlugAsync<City>("delft"), Cancelled);
        var list = await own.Search.ListAsync(new SearchFilter(Kind: facility, City: "delft"), Cancelled);
        return new Figures(home.Counts[facility.Code], home.Total, home.Cities.Single(c => c.Slug == "delft").Facilities, city.Counts[facility.Code], city.Near[facility.Code], [.. city.Objects.Where(o => o.KindCode == facility.Code).Select(o => o.Slug)], list.Total);
    }

    /// <summary>Begins the second while the first is saved but not yet committed.</summary>
    private static async Task OneBehindTheOtherAsync(TestDatabase own, Func<PortalDbContext, Task> first, Func<Task> second)
    {
        await using var db = own.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancelled);
        await first(db);
        await db.SaveAsync(People.Editor, "Eerst", Cancelled);
        var behind = second();
        await WaitsAsync(own);
        await transaction.CommitAsync(Cancelled);
        await behind;
    }

    private static Task WaitsAsync(TestDatabase own, int most = 1) =>
        Poll.UntilAsync(() => own.ScalarAsync<bool>($"select count(*) >= {most} from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"), "the second waits for the first");

    /// <summary>Organisations that stand nowhere, in the order of their identities.</summary>
    private static async Task<Guid[]> ManyAsync(TestDatabase own, int many, string name)
    {
        Guid[] ids = [.. Enumerable.Range(0, many).Select(_ => Guid.CreateVersion7()).Order()];
        await using var db = own.CreateDbContext();
        db.AddRange(ids.Select((id, i) => new Organisation { Id = id, Slug = $"{name}-{i}", Name = $"{name} {i}", IsDerived = true, State = ObjectState.Published, Visibility = Visibility.Public }));
        await db.SaveAsync(People.Editor, "Nieuw", Cancelled);
        return ids;
    }

    private static async Task SaveAsync(TestDatabase own, Func<PortalDbContext, Task> change)
    {
        await using var db = own.CreateDbContext();
        await change(db);
        await db.SaveAsync(People.Colleague, "Daarna", Cancelled);
    }

    private static City NewCity(string municipality) => new() { Id = Guid.CreateVersion7(), Slug = "nieuwe-stad", Name = "Nieuwe stad", MunicipalityCode = municipality, State = ObjectState.Published, Visibility = Visibility.Public };

    private static async Task AddCityAsync(TestDatabase own, string municipality)
    {
        await using var db = own.CreateDbContext();
        db.Add(NewCity(municipality));
        await db.SaveAsync(People.Editor, "Nieuw", Cancelled);
    }

    /// <summary>A municipality without a kennisstad, in which a facility stands.</summary>
    private static Task<string> EmptyMunicipalityAsync(TestDatabase own) => own.ScalarAsync<string>("""
        select f.municipality_code from register_object f where f.kind = 'facility' and f.state = 'published' and f.visibility = 'public'
            and not exists (select 1 from register_object c where c.kind = 'city' and c.municipality_code = f.municipality_code) order by 1 limit 1
        """);

    /// <summary>Slugs of a campus and of a facility that stands on it.</summary>
    private static async Task<(string Host, string Guest)> HostAsync(TestDatabase own)
    {
        await using var db = own.CreateDbContext();
        var pair = await db.Relations.Where(r => r.Kind == RelationKind.LocatedOn && r.From is Facility && r.To is Campus && r.From.Latitude == null && r.To.Latitude != null)
            .OrderBy(r => r.Id).Select(r => new { Host = r.To!.Slug, Guest = r.From!.Slug }).FirstAsync(Cancelled);
        return (pair.Host, pair.Guest);
    }

    private static async Task ShouldBeWhatARebuildMakesAsync(TestDatabase own)
    {
        const string Entries = "select coalesce(array_agg(e::text order by object_id), '{}') from search_entry e", Totals = "select coalesce(array_agg(t::text order by facet), '{}') from search_total t where count > 0";
        var (entries, totals) = (await own.ScalarAsync<string[]>(Entries), await own.ScalarAsync<string[]>(Totals));

        await own.RebuildSearchAsync();

        Different(entries, await own.ScalarAsync<string[]>(Entries)).Should().BeEmpty();
        Different(totals, await own.ScalarAsync<string[]>(Totals)).Should().BeEmpty();
    }

    /// <summary>The rows that only one of both has; thousands that are the same tell nothing.</summary>
    private static IEnumerable<string> Different(string[] kept, string[] rebuilt) =>
        kept.Except(rebuilt, StringComparer.Ordinal).Select(r => "kept: " + r).Concat(rebuilt.Except(kept, StringComparer.Ordinal).Select(r => "rebuilt: " + r));
}
