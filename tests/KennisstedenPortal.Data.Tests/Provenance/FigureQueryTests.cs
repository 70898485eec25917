using KennisstedenPortal.Data.Provenance;
using KennisstedenPortal.Domain.Indicators;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Provenance;

public sealed class FigureQueryTests(TestServer server, FilledDatabase filled) : IClassFixture<FilledDatabase>
{
    private TestDatabase Database => filled.Database;

    [Fact]
    public async Task Observation_EveryOne_IsFoundWithWhatItIsAbout()
    {
        await using var db = Database.CreateDbContext();
        var query = new FigureQuery(Database);
        foreach (var expected in await db.Observations.AsNoTracking().Where(o => o.ObjectId != null || o.IndicatorCode != "POP_TOTAL").ToListAsync())
        {
            var figure = (await query.ObservationAsync(expected.Id, default))!;

            (figure.Item.Value, figure.Item.Indicator!.Code, figure.Item.Source!.Id).Should().Be((expected.Value, expected.IndicatorCode, expected.SourceId));
            (figure.Subject is null).Should().Be(expected.ObjectId is null);
            figure.Area?.Code.Should().Be(expected.AreaCode);
        }
    }

    [Fact]
    public async Task Observation_OfWhichAnotherSourceGivesTheFigure_NamesThatOneAndNoOtherPeriodOrSegment()
    {
        await using var database = await server.FilledAsync();
        var same = Guid.CreateVersion7();
        Guid first;
        await using (var db = database.CreateDbContext())
        {
            var item = await db.Observations.AsNoTracking().FirstAsync(o => o.IndicatorCode == "POP_TOTAL" && o.ObjectId != null);
            first = item.Id;
            var source = await db.Sources.Where(s => s.Id != item.SourceId).Select(s => s.Id).FirstAsync();
            Observation Like(Guid id, string period, string? segment) => new()
            {
                Id = id,
                IndicatorCode = item.IndicatorCode,
                ObjectId = item.ObjectId,
                ReferencePeriod = period,
                PeriodStart = item.PeriodStart,
                Value = item.Value + 1,
                Unit = item.Unit,
                Segment = segment,
                SourceId = source,
            };
            db.AddRange(Like(same, item.ReferencePeriod, null), Like(Guid.CreateVersion7(), "2022", null), Like(Guid.CreateVersion7(), item.ReferencePeriod, "mannen"));
            await db.SaveAsync(People.Editor, "Andere bron");
        }

        var query = new FigureQuery(database);
        (await query.ObservationAsync(first, default))!.Others.Should().ContainSingle().Which.Should().Match<Observation>(o => o.Id == same && o.Source != null);
        (await query.ObservationAsync(same, default))!.Others.Should().ContainSingle(o => o.Id == first);
    }

    [Theory]
    [InlineData(ObjectState.Draft, Visibility.Public)]
    [InlineData(ObjectState.Archived, Visibility.Public)]
    [InlineData(ObjectState.Published, Visibility.Partners)]
    [InlineData(ObjectState.Published, Visibility.Secretariat)]
    public async Task Observation_OfSomethingHidden_IsNotFound(ObjectState state, Visibility visibility)
    {
        await using var database = await server.FilledAsync();
        var id = await database.ScalarAsync<Guid>("select f.id from observation f join register_object o on o.id = f.object_id where o.slug = 'delft' and o.kind = 'city' limit 1");
        (await new FigureQuery(database).ObservationAsync(id, default)).Should().NotBeNull();

        await database.ChangeAsync<City>("delft", c => (c.State, c.Visibility) = (state, visibility));

        (await new FigureQuery(database).ObservationAsync(id, default)).Should().BeNull();
    }

    [Fact]
    public async Task Claim_EveryOne_ComesWithItsIndicatorAndSources()
    {
        await using var db = Database.CreateDbContext();
        foreach (var expected in await db.Claims.AsNoTracking().ToListAsync())
        {
            var claim = (await new FigureQuery(Database).ClaimAsync(expected.Id, default))!;

            claim.Indicator?.Code.Should().Be(expected.IndicatorCode);
            claim.Citations.Should().NotBeEmpty().And.OnlyContain(c => c.Source != null);
            claim.Verification.Should().NotBe(Verification.Example);
        }
        (await new FigureQuery(Database).ClaimAsync(Guid.NewGuid(), default)).Should().BeNull();
    }
}
