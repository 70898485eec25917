using KennisstedenPortal.Data.Provenance;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Indicators;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Provenance;

/// <summary>What rests on a source, counted again by plain SQL.</summary>
public sealed class SourceQueryTests(TestServer server, FilledDatabase filled) : IClassFixture<FilledDatabase>
{
    private TestDatabase Database => filled.Database;

    private static readonly Dictionary<UseSort, string> Conditions = new()
    {
        [UseSort.Item] = "object_id is not null and field is null",
        [UseSort.Field] = "object_id is not null and field is not null",
        [UseSort.Relation] = "relation_id is not null",
        [UseSort.Specialisation] = "specialisation_id is not null",
        [UseSort.Indicator] = "indicator_code is not null",
        [UseSort.Claim] = "claim_id is not null",
        [UseSort.Theme] = "theme_code is not null",
        [UseSort.Taxonomy] = "taxonomy_code is not null",
        [UseSort.AgendaElement] = "agenda_element_id is not null",
    };

    public static TheoryData<SourceOrder> Orders => [.. Codes<SourceOrder>.All];

    [Theory, MemberData(nameof(Orders))]
    public async Task List_PageByPage_HoldsEverySourceOnceWithItsCounts(SourceOrder order)
    {
        var items = await AllAsync(Database, order);

        items.Select(i => i.Source.Id).Should().OnlyHaveUniqueItems().And.HaveCount((int)await Database.ScalarAsync<long>("select count(*) from source"));
        foreach (var (sort, condition) in Conditions)
            items.Sum(i => i.Uses.GetValueOrDefault(sort)).Should().Be((int)await Database.ScalarAsync<long>($"select count(*) from citation where {condition}"), $"{sort}");
        items.Sum(i => i.Uses.GetValueOrDefault(UseSort.Observation)).Should().Be((int)await Database.ScalarAsync<long>("select count(*) from observation"));
        items.Should().OnlyContain(i => i.Uses.Values.All(n => n > 0), "a sort without any is left out");
    }

    [Fact]
    public async Task List_InEachOrder_IsInThatOrder()
    {
        (await AllAsync(Database, SourceOrder.Name)).Select(i => i.Source.Title).Should().BeInAscendingOrder(Dutch.Alphabet).And.NotBeEmpty();
        (await AllAsync(Database, SourceOrder.MostUsed)).Select(i => i.Total).Should().BeInDescendingOrder();
        var dates = (await AllAsync(Database, SourceOrder.Date)).Select(i => i.Source.PublishedOn).ToList();
        dates.TakeWhile(d => d is not null).Should().BeInDescendingOrder(StringComparer.Ordinal).And.NotBeEmpty();
        dates.SkipWhile(d => d is not null).Should().NotBeEmpty().And.OnlyContain(d => d == null);
    }

    [Fact]
    public async Task List_BeyondTheLastPage_IsEmpty()
    {
        var list = await new SourceListQuery(Database).RunAsync(SourceOrder.Name, 1000, default);

        list.Items.Should().BeEmpty();
        list.Total.Should().BePositive();
    }

    [Fact]
    public async Task Source_EveryOne_ShowsWhatRestsOnItOnce()
    {
        foreach (var item in await AllAsync(Database, SourceOrder.MostUsed))
        {
            var uses = await UsesAsync(Database, item.Source.Id);

            uses.GroupBy(u => u.Sort).ToDictionary(g => g.Key, g => g.Count()).Should().BeEquivalentTo(item.Uses, item.Source.Title);
            uses.Select(u => u.Sort).Should().BeInAscendingOrder();
            uses.Count(u => u.Subject is null && u.Name is null && u.Area is null).Should().Be(0);
        }
    }

    [Fact]
    public async Task Source_OfFigures_NamesEachFigureAndWhatItIsAbout()
    {
        var id = await Database.ScalarAsync<Guid>("select source_id from observation where indicator_code = 'STUD_HBO_LOC' and object_id is not null and area_code is not null limit 1");

        var figures = (await UsesAsync(Database, id)).Where(u => u.Figure is { IndicatorCode: "STUD_HBO_LOC", AreaCode: not null, ObjectId: not null }).ToList();

        figures.Should().NotBeEmpty().And.OnlyContain(u => u.Figure!.Indicator != null && u.Subject != null && u.Area != null);
        figures.Select(u => u.Figure!.Id).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Source_Relation_NamesBothEnds()
    {
        var id = await Database.ScalarAsync<Guid>("select source_id from citation where relation_id is not null limit 1");

        var relations = (await UsesAsync(Database, id)).Where(u => u.Sort == UseSort.Relation).ToList();

        relations.Should().NotBeEmpty().And.OnlyContain(u => u.Subject != null && u.Other != null && u.Relation != null && u.Subject != u.Other);
    }

    [Fact]
    public async Task Source_Unknown_IsNotFound() => (await new SourceQuery(Database).RunAsync(Guid.NewGuid(), 1, default)).Should().BeNull();

    [Fact]
    public async Task Source_OfSomethingHidden_ShowsNothingOfIt()
    {
        await using var database = await server.FilledAsync();
        var facility = await database.ScalarAsync<Guid>("select id from register_object where slug = 'samxl'");
        var (source, shared) = (Guid.CreateVersion7(), await database.ScalarAsync<Guid>($"select source_id from citation where object_id <> '{facility}' and object_id is not null limit 1"));
        await using (var db = database.CreateDbContext())
        {
            db.Add(new Source { Id = source, Title = "Nota over SAM XL", Locator = "https://example.org/sam-xl" });
            db.Add(new Citation { Id = Guid.CreateVersion7(), SourceId = source, ObjectId = facility });
            db.Add(new Citation { Id = Guid.CreateVersion7(), SourceId = shared, ObjectId = facility, Field = "name" });
            db.Add(new Observation { Id = Guid.CreateVersion7(), IndicatorCode = "POP_TOTAL", ObjectId = facility, ReferencePeriod = "2025", PeriodStart = new(2025, 1, 1), Value = 3, Unit = "personen", SourceId = shared });
            await db.SaveAsync(People.Editor, "Bron");
        }
        (await new SourceQuery(database).RunAsync(source, 1, default))!.Uses.Should().ContainSingle(u => u.Subject!.Slug == "samxl");
        (await UsesAsync(database, shared)).Count(u => u.Subject?.Slug == "samxl").Should().BeGreaterThanOrEqualTo(2);

        await database.ChangeAsync<Facility>("samxl", f => f.Visibility = Visibility.Partners);

        (await new SourceQuery(database).RunAsync(source, 1, default)).Should().BeNull("its title would give the facility away");
        (await AllAsync(database, SourceOrder.Name)).Should().NotContain(i => i.Source.Id == source);
        (await UsesAsync(database, shared)).Should().NotBeEmpty().And.NotContain(u => u.Subject != null && u.Subject.Slug == "samxl" || u.Other != null && u.Other.Slug == "samxl");
    }

    [Fact]
    public async Task Relation_WithAHiddenEnd_IsNotShown()
    {
        await using var database = await server.FilledAsync();
        var campus = await database.ScalarAsync<string>("select o.slug from citation c join relation r on r.id = c.relation_id join register_object o on o.id = r.from_id where o.kind = 'city' limit 1");
        var source = await database.ScalarAsync<Guid>($"select c.source_id from citation c join relation r on r.id = c.relation_id join register_object o on o.id = r.from_id where o.slug = '{campus}' limit 1");
        var other = (await UsesAsync(database, source)).First(u => u.Subject?.Slug == campus && u.Other is not null).Other!;

        await using (var db = database.CreateDbContext())
        {
            (await db.Objects.SingleAsync(o => o is Organisation && o.Slug == other.Slug)).State = ObjectState.Draft;
            await db.SaveAsync(People.Editor, "Weg");
        }

        var after = await new SourceQuery(database).RunAsync(source, 1, default);
        (after?.Uses ?? []).Should().NotContain(u => u.Other == other);
    }

    [Fact]
    public async Task Source_OnWhichNothingRests_HasAPage()
    {
        await using var database = await server.FilledAsync();
        var source = Guid.CreateVersion7();
        await using (var db = database.CreateDbContext())
        {
            db.Add(new Source { Id = source, Title = "Nog ongebruikt", Locator = "https://example.org/ongebruikt" });
            await db.SaveAsync(People.Editor, "Bron");
        }

        (await new SourceQuery(database).RunAsync(source, 1, default))!.Total.Should().Be(0);
    }

    [Fact]
    public async Task Example_OnASource_IsLinkedFromItsPageButCountsNowhere()
    {
        await using var database = await server.FilledAsync();
        var source = Guid.CreateVersion7();
        await using (var db = database.CreateDbContext())
        {
            var facility = await db.BySlugAsync<Facility>("samxl");
            facility.Verification = Verification.Example;
            db.Add(new Source { Id = source, Title = "Van een voorbeeld", Locator = "https://example.org/voorbeeld" });
            db.Add(new Citation { Id = Guid.CreateVersion7(), SourceId = source, ObjectId = facility.Id });
            await db.SaveAsync(People.Editor, "Voorbeeld");
        }

        (await new SourceQuery(database).RunAsync(source, 1, default))!.Total.Should().Be(0);
    }

    private static async Task<List<SourceItem>> AllAsync(TestDatabase database, SourceOrder order)
    {
        var (items, query) = (new List<SourceItem>(), new SourceListQuery(database));
        var first = await query.RunAsync(order, 1, default);
        items.AddRange(first.Items);
        for (var page = 2; page <= first.Pages; page++) items.AddRange((await query.RunAsync(order, page, default)).Items);
        return items;
    }

    private static async Task<List<SourceUse>> UsesAsync(TestDatabase database, Guid source)
    {
        var (uses, query) = (new List<SourceUse>(), new SourceQuery(database));
        var first = (await query.RunAsync(source, 1, default))!;
        uses.AddRange(first.Uses);
        for (var page = 2; page <= first.Pages; page++) uses.AddRange((await query.RunAsync(source, page, default))!.Uses);
        return uses;
    }
}
