using KennisstedenPortal.Data.Provenance;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;

namespace KennisstedenPortal.Data.Tests.Provenance;

/// <summary>How far the register was checked, counted again by plain SQL.</summary>
public sealed class ProvenanceQueryTests(TestServer server, FilledDatabase filled) : IClassFixture<FilledDatabase>
{
    private TestDatabase Database => filled.Database;

    /// <summary>Examples are left out.</summary>
    private static readonly Dictionary<FactSort, string> Tables = new()
    {
        [FactSort.Item] = "(select id as object_id, verification from register_object where verification <> 'example') f",
        [FactSort.Observation] = "observation f",
        [FactSort.Relation] = "(select from_id as object_id, verification from relation where verification is distinct from 'example') f",
        [FactSort.Specialisation] = "(select object_id, verification from specialisation where verification is distinct from 'example') f",
    };

    public static TheoryData<FactSort> Sorts => [.. Codes<FactSort>.All];

    [Theory, MemberData(nameof(Sorts))]
    public async Task Run_EverySort_CountsEachFactOnceByKindAndVerification(FactSort sort)
    {
        var counts = (await RunAsync(Database)).ByKind.Where(c => c.Sort == sort).ToList();

        counts.Sum(c => c.Count).Should().Be((int)await Database.ScalarAsync<long>($"select count(*) from {Tables[sort]}")).And.BePositive();
        foreach (var verification in Codes<Verification>.All.Cast<Verification?>().Append(null))
            foreach (var kind in KindRegistry.All.Select(k => k.Code).Append(null))
            {
                var condition = $"{Is("f.verification", verification is { } v ? Codes<Verification>.Code(v) : null)} and {Is("o.kind", kind)}";
                counts.Where(c => c.Verification == verification && c.Group == kind).Sum(c => c.Count)
                    .Should().Be((int)await Database.ScalarAsync<long>($"select count(*) from {Tables[sort]} left join register_object o on o.id = f.object_id where {condition}"), $"{sort}, {kind}, {verification}");
            }
    }

    [Theory]
    [InlineData("enschede")]
    [InlineData("den-haag")]
    [InlineData("rotterdam")]
    public async Task Run_City_CountsWhatBelongsToItOrStandsThere(string slug)
    {
        var counts = (await RunAsync(Database)).ByCity.Where(c => c.Group == slug).ToList();
        var members = $"""
            select o.id from register_object c join register_object o on o.id = c.id or o.municipality_code = c.municipality_code
              or exists (select 1 from object_location l where l.object_id = o.id and l.municipality_code = c.municipality_code)
              or exists (select 1 from relation r where r.from_id = o.id and r.to_id = c.id and r.kind in ('belongs-to', 'serves'))
            where c.kind = 'city' and c.slug = '{slug}'
            """;

        foreach (var (sort, table) in Tables)
            counts.Where(c => c.Sort == sort).Sum(c => c.Count).Should().Be((int)await Database.ScalarAsync<long>($"select count(*) from {table} where f.object_id in ({members})"), $"{sort} of {slug}").And.BePositive();
    }

    [Fact]
    public async Task Run_Freshness_FollowsConfirmationAndReviewDate()
    {
        await using var database = await server.FilledAsync();
        var today = database.Time.Today();
        await database.ChangeAsync<Facility>("samxl", f => (f.ConfirmedOn, f.ReviewBy) = (today.AddDays(-10), today));
        await database.ChangeAsync<Facility>("robohouse", f => (f.ConfirmedOn, f.ReviewBy) = (today.AddDays(-10), today.AddDays(-1)));

        var facilities = (await RunAsync(database)).ByKind.Where(c => c is { Sort: FactSort.Item, Group: "facility" }).ToList();

        facilities.Where(c => c.Freshness == Freshness.Current).Sum(c => c.Count).Should().Be(1);
        facilities.Where(c => c.Freshness == Freshness.Due).Sum(c => c.Count).Should().Be(1);
        facilities.Where(c => c.Freshness == Freshness.Unconfirmed).Sum(c => c.Count).Should().Be(90);
        (await RunAsync(database)).ByKind.Where(c => c.Sort != FactSort.Item).Should().OnlyContain(c => c.Freshness == null);
    }

    [Fact]
    public async Task Run_HiddenOrExample_CountsNowhere()
    {
        await using var database = await server.FilledAsync();
        var before = await RunAsync(database);
        await using (var db = database.CreateDbContext())
        {
            var facility = await db.BySlugAsync<Facility>("samxl");
            db.Add(new Specialisation { Id = Guid.CreateVersion7(), ObjectId = facility.Id, ThemeCode = db.Themes.First(t => !db.Specialisations.Any(s => s.ObjectId == facility.Id && s.ThemeCode == t.Code)).Code, Verification = Verification.Example });
            await db.SaveAsync(People.Editor, "Voorbeeld");
        }
        Flat(await RunAsync(database)).Should().BeEquivalentTo(Flat(before), "an example counts nowhere");

        await database.ChangeAsync<Facility>("samxl", f => f.Visibility = Visibility.Partners);
        await database.ChangeAsync<Facility>("robohouse", f => f.Verification = Verification.Example);
        var after = await RunAsync(database);
        after.ByKind.Where(c => c is { Sort: FactSort.Item, Group: "facility" }).Sum(c => c.Count).Should().Be(90);
        after.ByCity.Where(c => c is { Sort: FactSort.Item, Group: "delft" }).Sum(c => c.Count).Should().Be(before.ByCity.Where(c => c is { Sort: FactSort.Item, Group: "delft" }).Sum(c => c.Count) - 2);
        after.ByKind.Where(c => c is { Sort: FactSort.Relation, Group: "facility" }).Sum(c => c.Count)
            .Should().Be((int)await database.ScalarAsync<long>("select count(*) from relation r join register_object o on o.id = r.from_id where o.kind = 'facility' and o.slug not in ('samxl', 'robohouse')"));
        after.ByKind.Should().NotContain(c => c.Verification == Verification.Example);
    }

    [Fact]
    public async Task Run_HiddenCity_IsNotNamed()
    {
        await using var database = await server.FilledAsync();
        await database.ChangeAsync<City>("delft", c => c.State = ObjectState.Draft);

        (await RunAsync(database)).ByCity.Select(c => c.Group).Distinct(StringComparer.Ordinal).Should().HaveCount(12).And.NotContain("delft");
    }

    private static string Is(string column, string? value) => value is null ? $"{column} is null" : $"{column} = '{value}'";

    private static IEnumerable<FactCount> Flat(ProvenanceCounts counts) => counts.ByKind.Concat(counts.ByCity);

    private static Task<ProvenanceCounts> RunAsync(TestDatabase database) => new ProvenanceQuery(database, database.Time).RunAsync(default);
}
