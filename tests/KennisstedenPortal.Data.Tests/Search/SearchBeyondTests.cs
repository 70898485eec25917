using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.Tests.Search;

/// <summary>A search that finds more than is counted: page by page and then on from a place, everything is shown once.</summary>
public sealed class SearchBeyondTests(TestServer server) : IAsyncLifetime
{
    private const int Facilities = SearchFilter.CountLimit + 40;
    private TestDatabase? _database;

    private TestDatabase Database => _database!;

    /// <summary>Many facilities with the word, and organisations that are called so: last in the order, and first of what was meant.</summary>
    public async ValueTask InitializeAsync()
    {
        _database = await server.EmptyAsync();
        await using var db = _database.CreateDbContext();
        db.AddRange(Enumerable.Range(0, Facilities).Select(i => People.NewFacility($"meetplek-{i}", $"Meetplek {i:0000}")));
        db.AddRange(Enumerable.Range(0, 3).Select(i => new Organisation { Id = Guid.CreateVersion7(), Slug = $"meetplek-o{i}", Name = "Meetplek", Type = OrganisationType.Company, IsDerived = true }));
        await db.SaveAsync(People.Editor, "Nieuw", TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null) await _database.DisposeAsync();
    }

    [Theory]
    [InlineData("meetplek", SearchOrder.Relevance)]
    [InlineData("meetplek", SearchOrder.Name)]
    [InlineData("meetplek", SearchOrder.Changed)]
    // Mended, and with some of the words only: beyond the numbers as well.
    [InlineData("meetplekk", SearchOrder.Relevance)]
    [InlineData("meetplek qqqqqqqq", SearchOrder.Relevance)]
    public async Task Search_MoreThanIsCounted_ShowsEverythingOnce(string text, SearchOrder order)
    {
        var filter = new SearchFilter(text, Order: order);
        var (seen, next) = (new List<Guid>(), (SearchCursor?)null);
        for (var page = 1; page <= SearchFilter.MaxPage; page++)
        {
            var result = await RunAsync(filter with { Page = page });
            result.Total.Should().BeNull();
            result.Items.Should().HaveCount(SearchFilter.PageSize);
            if (page == 1 && order == SearchOrder.Relevance && text == "meetplek") result.Items.Take(3).Should().OnlyContain(i => i.Name == "Meetplek");
            seen.AddRange(result.Items.Select(i => i.Id));
            next = result.Next;
        }
        while (next is not null)
        {
            var result = await RunAsync(filter with { After = next });
            seen.AddRange(result.Items.Select(i => i.Id));
            next = result.Next;
        }

        seen.Should().OnlyHaveUniqueItems().And.HaveCount(Facilities + 3);
    }

    private Task<SearchResult> RunAsync(SearchFilter filter) => Database.Search.SearchAsync(filter, TestContext.Current.CancellationToken);
}
