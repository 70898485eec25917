using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.Tests.Search;

/// <summary>The totals that every write keeps are what counting gives, so that no page has to count.</summary>
public sealed class SearchTotalTests(TestServer server)
{
    [Fact]
    public async Task Totals_AfterChanges_AreWhatSqlCounts()
    {
        await using var database = await server.FilledAsync();
        await database.ChangeAsync<Facility>("robohouse", f => (f.ConfirmedOn, f.ReviewBy) = (new DateOnly(2026, 1, 1), new DateOnly(2027, 1, 1)));
        await database.ChangeAsync<Facility>("samxl", f => f.State = ObjectState.Archived);
        await database.ChangeAsync<Campus>("tu-delft-campus", c => c.MunicipalityCode = "GM0599");

        const string Wrong = """
            with counted as (
                select 'in:' || kind || '/' || f as facet, count(*) from search_entry, unnest(facets) f where split_part(f, ':', 1) in ('city', 'theme', 'access', 'check', 'municipality', 'element') group by 1
                union all select 'in:' || kind || '/' || c || '+' || t, count(*) from search_entry, unnest(facets) c, unnest(facets) t where c like 'city:%' and t like 'theme:%' group by 1
                union all select 'belongs:' || kind || '/' || c, count(*) from search_entry, unnest(cities) c group by 1
                union all select 'confirmed:', count(*) from register_object where confirmed_on is not null and state = 'published' and visibility = 'public'
                union all select 'name-only:', count(*) from register_object where is_derived and state = 'published' and visibility = 'public')
            select coalesce(string_agg(coalesce(c.facet, t.facet), ', '), '') from counted c full join (select * from search_total where count > 0 and facet ~ '^(in|belongs|confirmed|name-only):') t using (facet)
            where coalesce(c.count, 0) <> coalesce(t.count, 0)
            """;
        (await database.ScalarAsync<string>(Wrong)).Should().BeEmpty();
        (await database.ScalarAsync<int>("select count from search_total where facet = 'confirmed:'")).Should().Be(1);
    }

    [Fact]
    public async Task List_KindWithOneFacet_TotalIsTheNumberOfRows()
    {
        await using var database = await server.FilledAsync();
        var facility = KindRegistry.Of<Facility>();
        SearchFilter[] filters =
        [
            new(Kind: facility, City: "delft"), new(Kind: facility, Theme: "fotonica"), new(Kind: facility, Access: FacilityAccess.Open), new(Kind: facility, Verification: Domain.Provenance.Verification.SourceVerified),
            new(Kind: facility, Sort: Codes<FacilitySort>.Slug(FacilitySort.Fieldlab)), new(Kind: facility, City: "delft", Theme: "fotonica"),
        ];
        foreach (var filter in filters)
        {
            var rows = 0;
            var page = await database.Search.ListAsync(filter with { Order = SearchOrder.Name }, default);
            for (var number = 1; number <= page.Pages; number++) rows += (await database.Search.ListAsync(filter with { Order = SearchOrder.Name, Page = number }, default)).Items.Count;
            page.Total.Should().Be(rows, string.Join(' ', filter.Facets));
        }
    }
}
