using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.History;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Tests.Editing;
using KennisstedenPortal.Data.Tests.Registry;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.History;

/// <summary>The past as it may be read: what stood when, what differs, and nothing that is closed to the reader.</summary>
public sealed class HistoryQueryTests(TestServer server)
{
    private const string Campus = "kennispark-twente", City = "enschede";
    private static readonly ObjectKind Campuses = KindRegistry.Of<Campus>(), Cities = KindRegistry.Of<City>();

    [Fact]
    public async Task RunAsync_AtAndAroundARevision_GivesTheLastOneAtOrBeforeTheMoment()
    {
        await using var editors = await Editors.StartAsync(server);
        var was = await editors.FindAsync(Campus);
        await SaveAsync(editors, Campus, editors.Enschede, ("description", "Van daarna"));
        var changed = (await editors.FindAsync(Campus)).ChangedAt;
        var past = new PastQuery(editors.Database);

        async Task<string?> At(DateTimeOffset at) => (await past.RunAsync(Campuses, Campus, at)) is PastOutcome.Found found ? found.Detail.Item.Description : "niets";

        (await At(changed)).Should().Be("Van daarna", "the revision itself is at the moment");
        (await At(changed.AddMicroseconds(-1))).Should().Be(was.Description);
        (await At(was.ChangedAt)).Should().Be(was.Description);
        (await past.RunAsync(Campuses, Campus, was.ChangedAt.AddMicroseconds(-1))).Should().BeOfType<PastOutcome.TooEarly>().Which.First.Should().Be(was.ChangedAt);
    }

    [Fact]
    public async Task RunAsync_AtThisMoment_IsThePresentForEveryObject()
    {
        await using var database = await server.FilledAsync();
        await using var db = database.CreateDbContext();
        var past = new PastQuery(database);
        var detail = new DetailQuery(database, database.Source);
        var all = await db.Objects.AsNoTracking().Public().OrderBy(o => o.Id).ToListAsync();

        foreach (var item in all.Where((o, i) => o is City || i % 5 == 0))
        {
            var then = ((PastOutcome.Found)await past.RunAsync(KindRegistry.Of(item), item.Slug, DateTimeOffset.UtcNow)).Detail;
            var now = (await detail.RunAsync(KindRegistry.Of(item), item.Slug, default)).Detail!;
            Lines(then).Should().Equal(Lines(now), item.Slug);
            (then.Place, then.ProvinceName, then.WorkingAreaName).Should().Be((now.Place, now.ProvinceName, now.WorkingAreaName));
        }

        // A snapshot gives the sources of a theme or relation no identity of their own, and a row of a list needs no municipality.
        IEnumerable<string> Lines(ObjectDetail shown) => DetailRowsTests.Lines(db.Model, shown.Item, "")
            .Where(l => !l.StartsWith("InverseRelations.From.Municipality", StringComparison.Ordinal) && !l.Contains("s.Citations.Id =", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Past_OfWhatIsNotPublic_StaysClosedToThePublic()
    {
        await using var editors = await Editors.StartAsync(server);
        await SaveAsync(editors, Campus, editors.Enschede, ("visibility", "partners"), ("note", "Geheim van toen"));
        var query = new HistoryQuery(editors.Database, editors.Database.Time);
        var past = new PastQuery(editors.Database);

        (await query.TimelineAsync(Campuses, Campus, null)).Should().BeNull();
        (await query.TimelineAsync(Campuses, Campus, editors.Delft)).Should().NotBeNull("partners may read it");
        (await past.RunAsync(Campuses, Campus, DateTimeOffset.UtcNow)).Should().BeOfType<PastOutcome.NotFound>();

        var hiddenAt = (await editors.FindAsync(Campus)).ChangedAt;
        await SaveAsync(editors, Campus, editors.Enschede, ("visibility", "public"), ("note", null));
        (await past.RunAsync(Campuses, Campus, hiddenAt)).Should().BeOfType<PastOutcome.Closed>();
        var timeline = (await query.TimelineAsync(Campuses, Campus, null))!;
        timeline.Entries.Select(e => (e.Number, e.Paths.Count)).Should().Equal([(3, 0), (1, 0)], "that it opened again is told, what happened in between is not");
        (await query.CompareAsync(Campuses, Campus, 1, 2, null))!.Differences.Should().BeEmpty();
        (await query.CompareAsync(Campuses, Campus, 1, 2, editors.Enschede))!.Differences.Select(d => d.Path).Should().Contain("note");
        (await query.ChangeAsync(Campuses, Campus, 2, null)).Should().BeNull();
    }

    [Fact]
    public async Task Past_OfSwotOffersAndRelationsToWhatIsHidden_ShowsOnlyWhatIsPublic()
    {
        await using var editors = await Editors.StartAsync(server);
        var (open, closed, offer) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var theme = await editors.Database.ScalarAsync<string>("select code from theme where taxonomy_code = 'instapthema' order by rank limit 1");
        var evidence = new JsonArray(new JsonObject { ["object"] = (await editors.FindAsync(Campus)).Id.ToString() });
        await SaveAsync(editors, City, editors.Enschede,
            ($"swot/{open}", new JsonObject { ["sort"] = "strength", ["text"] = "Open en sterk", ["visibility"] = "public", ["evidence"] = evidence.DeepClone() }),
            ($"swot/{closed}", new JsonObject { ["sort"] = "weakness", ["text"] = "Gesloten en zwak", ["evidence"] = evidence.DeepClone() }));
        await SaveAsync(editors, City, editors.Enschede, ($"exchange/{offer}", new JsonObject { ["sort"] = "offer", ["theme"] = theme, ["text"] = "Onder ons" }));
        var query = new HistoryQuery(editors.Database, editors.Database.Time);

        var timeline = (await query.TimelineAsync(Cities, City, null))!;
        timeline.Entries.Select(e => e.Number).Should().Equal([2, 1], "a change of what is closed is not told at all");
        timeline.Entries[0].Paths.Should().Equal($"swot/{open}");
        timeline.Entries.Should().OnlyContain(e => e.Person == null);
        (await query.CompareAsync(Cities, City, 1, 3, null))!.Differences.Select(d => d.Path).Should().Equal($"swot/{open}");
        var detail = ((PastOutcome.Found)await new PastQuery(editors.Database).RunAsync(Cities, City, DateTimeOffset.UtcNow)).Detail;
        detail.Item.Swot.Should().ContainSingle().Which.Evidence.Should().ContainSingle().Which.Subject!.Slug.Should().Be(Campus);
        detail.Item.Exchanges.Should().BeEmpty();

        // What is shown by an object that is hidden later loses that, and relations with it go too.
        await SaveAsync(editors, Campus, editors.Enschede, ("visibility", "secretariat"));
        detail = ((PastOutcome.Found)await new PastQuery(editors.Database).RunAsync(Cities, City, DateTimeOffset.UtcNow)).Detail;
        detail.Item.Swot.Single().Evidence.Should().BeEmpty();
        detail.Item.InverseRelations.Should().NotContain(r => r.From is Campus && r.From.Slug == Campus);

        var own = (await query.TimelineAsync(Cities, City, editors.EnschedeColleague))!;
        own.Subject.MayEdit.Should().BeTrue();
        own.Entries.Select(e => e.Number).Should().Equal(3, 2, 1);
        own.Entries[0].Person.Should().Be("enschede");
        (await query.TimelineAsync(Cities, City, editors.Delft))!.Entries.Should().OnlyContain(e => e.Person == null);
    }

    [Fact]
    public async Task TimelineAsync_WhoLeft_IsAFormerUser()
    {
        await using var editors = await Editors.StartAsync(server);
        await SaveAsync(editors, Campus, editors.Campus, ("note", "Van wie wegging"));
        await editors.Database.ExecuteAsync($"update account set forgotten_at = now() where id = '{editors.Campus.UserId}'");

        var entry = (await new HistoryQuery(editors.Database, editors.Database.Time).TimelineAsync(Campuses, Campus, editors.Enschede))!.Entries[0];

        (entry.Person, entry.HasLeft).Should().Be((null, true));
    }

    [Fact]
    public async Task TimelineAsync_ManyChanges_GoesOnInPages()
    {
        await using var editors = await Editors.StartAsync(server);
        for (var i = 0; i < HistoryQuery.PageSize + 3; i++) await SaveAsync(editors, Campus, editors.Campus, ("note", $"Keer {i}"));
        var query = new HistoryQuery(editors.Database, editors.Database.Time);

        var first = (await query.TimelineAsync(Campuses, Campus, null))!;
        var second = (await query.TimelineAsync(Campuses, Campus, null, first.Older))!;

        first.Entries.Should().HaveCount(HistoryQuery.PageSize);
        first.Entries.Concat(second.Entries).Select(e => e.Number).Should().Equal(Enumerable.Range(1, HistoryQuery.PageSize + 4).Reverse());
        second.Older.Should().BeNull();
    }

    [Fact]
    public async Task CompareAsync_TwoMoments_TellsFieldsThemesAndRelationsInWords()
    {
        await using var editors = await Editors.StartAsync(server);
        var item = await editors.FindAsync(Campus);
        var before = DateTimeOffset.UtcNow;
        var (theme, relation) = (item.Specialisations.First().ThemeCode, item.Relations.First().Id);
        var description = "Een lange beschrijving van de campus, met veel woorden, die op één plek anders wordt dan zij was.";
        await SaveAsync(editors, Campus, editors.Enschede, ("description", description), ("phase", "start"), ($"theme/{theme}", null), ($"relation/{relation}", null));
        await SaveAsync(editors, Campus, editors.Enschede, ("description", description.Replace("veel", "weinig", StringComparison.Ordinal)));
        var query = new HistoryQuery(editors.Database, editors.Database.Time);

        var all = (await query.CompareAsync(Campuses, Campus, before, DateTimeOffset.UtcNow, null))!;
        var words = new DifferenceWords(Campuses, item.Id, all.Names, "nl").Of(all.Differences);
        words.Single(w => w.Path == "phase").After!.Single().Text.Should().Be("start");
        words.Single(w => w.Path == $"theme/{theme}").After.Should().BeNull();
        words.Single(w => w.Path == $"relation/{relation}").Before!.Single().Text.Should().NotContain(item.Relations.First().ToId.ToString());
        var one = (await query.ChangeAsync(Campuses, Campus, 3, null))!;
        var text = new DifferenceWords(Campuses, item.Id, one.Names, "nl").Of(one.Differences).Single(w => w.Path == "description");
        text.Before!.Where(p => p.IsChanged).Select(p => p.Text).Should().Equal("veel");
        text.After!.Where(p => p.IsChanged).Select(p => p.Text).Should().Equal("weinig");
        string.Concat(text.After!.Select(p => p.Text)).Should().Be(description.Replace("veel", "weinig", StringComparison.Ordinal));
        (await query.CompareAsync(Campuses, Campus, before.AddYears(-30), before, null))!.From.Should().BeNull();
    }

    private static async Task SaveAsync(Editors editors, string slug, Actor actor, params (string, JsonNode?)[] changes) =>
        (await editors.Objects.SaveAsync(await editors.ChangeAsync(slug, changes), actor)).Should().BeOfType<EditOutcome.Saved>();
}
