using KennisstedenPortal.Data.StarterData;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.StarterData;

/// <summary>A later import changes only what nobody touched, and reports the rest.</summary>
public sealed class StarterRepeatTests(TestServer server)
{
    private const string Campuses = "campuses.json", Specialisations = "specialisations.json", Campus = "high-tech-campus-eindhoven";
    private const string Specialisation = "spec-amsterdam-ts-ict", Theme = "ts-ict";

    [Fact]
    public async Task Import_SameFilesAgain_ChangesNothing()
    {
        await using var database = await server.FilledAsync();

        var report = await database.Importer.ImportAsync();

        report.ChangedNothing.Should().BeTrue();
        report.Kept.Should().BeEmpty();
        await ShouldHaveOnlyFirstRevisionsAsync(database);
        (await database.ScalarAsync<long>("select count(*) from import_run")).Should().Be(1);
    }

    [Fact]
    public async Task Import_TwiceAtOnceIntoAnEmptyDatabase_FillsItOnce()
    {
        await using var database = await server.EmptyAsync();

        var reports = await Task.WhenAll(database.Importer.ImportAsync(), database.Importer.ImportAsync());

        reports.Should().ContainSingle(r => r.ChangedNothing).And.ContainSingle(r => !r.ChangedNothing);
        await ShouldHaveOnlyFirstRevisionsAsync(database);
        (await database.ScalarAsync<long>("select count(*) from import_run")).Should().Be(1);
    }

    [Fact]
    public async Task Import_WithdrawnVerificationOfAField_IsWithdrawn()
    {
        await using var database = await server.FilledAsync();
        using var folder = new StarterFolder();
        folder.Edit(Campuses, r => r.Record(Campus)["verified_fields"] = new System.Text.Json.Nodes.JsonArray("name"));

        var report = await database.Importer.ImportAsync(folder.Path);

        report.Kept.Should().BeEmpty();
        await using var db = database.CreateDbContext();
        var campus = await db.Objects.Include(o => o.Provenance).SingleAsync(o => o is Campus && o.Slug == Campus);
        campus.Provenance.Where(p => p.Verification == KennisstedenPortal.Domain.Provenance.Verification.SourceVerified).Select(p => p.Field)
            .Should().Equal("name");
        campus.Revision.Should().Be(2);
    }

    /// <summary>A note that turns out to talk to the editors leaves the page of what an earlier import filled; a note of people's own stays.</summary>
    [Fact]
    public async Task Import_NoteThatBecomesANoteToEditors_LeavesThePageUnlessPeopleWroteIt()
    {
        const string Other = "leiden-bio-science-park";
        await using var database = await server.EmptyAsync();
        using var folder = new StarterFolder();
        foreach (var campus in new[] { Campus, Other }) folder.Edit(Campuses, r => r.Record(campus)["note"] = "Naam controleren.");
        await database.Importer.ImportAsync(folder.Path);
        await database.ExecuteAsync($"update register_object set note = 'Van de campus zelf.' where slug = '{Other}' and kind = 'campus'");
        foreach (var campus in new[] { Campus, Other })
            folder.Edit(Campuses, r => (r.Record(campus)["note"], r.Record(campus)["editor_note"]) = (null, "Naam controleren."));

        await database.Importer.ImportAsync(folder.Path);

        await using var db = database.CreateDbContext();
        var campuses = await db.Objects.Include(o => o.Provenance).Where(o => o is Campus && (o.Slug == Campus || o.Slug == Other)).ToDictionaryAsync(o => o.Slug, StringComparer.Ordinal);
        campuses[Campus].Note.Should().BeNull();
        campuses[Other].Note.Should().Be("Van de campus zelf.");
        foreach (var campus in campuses.Values) campus.Provenance.Single(p => p.Field == "note").Note.Should().Be("Naam controleren.");
    }

    [Fact]
    public async Task Import_WithoutExamples_HoldsNoneAndArchivesThoseOfAnEarlierImport()
    {
        await using var empty = await server.EmptyAsync();
        await using var filled = await server.FilledAsync();
        (await filled.ScalarAsync<long>(Published)).Should().Be(24);
        await using (var db = filled.CreateDbContext())
        {
            // One that people worked on is theirs.
            (await db.AgendaActions.Include(a => a.Milestones).FirstAsync(a => a.Slug == "va-001")).Milestones.First().EvidenceNote = "Verslag";
            await db.SaveAsync(People.Editor, "Bewijs");
        }

        await empty.Importer.ImportAsync(examples: false);
        await filled.Importer.ImportAsync(examples: false);

        foreach (var database in new[] { empty, filled })
        {
            (await database.ScalarAsync<long>(Published)).Should().Be(database == empty ? 0 : 1);
            (await database.ScalarAsync<long>("select count(*) from agenda_element")).Should().BeGreaterThan(80);
        }
    }

    private const string Published = "select count(*) from register_object where kind = 'action' and state = 'published' and verification = 'example'";

    [Fact]
    public async Task Import_ExamplesArchivedByAnEarlierImport_ComeBackWholeAndOnlyOnce()
    {
        await using var filled = await server.FilledAsync();
        async Task<List<long>> CountsAsync() => [await filled.ScalarAsync<long>(Published), await filled.ScalarAsync<long>("select count(*) from relation where kind = 'concerns'"), await filled.ScalarAsync<long>("select count(*) from milestone"), await filled.ScalarAsync<long>("select count(*) from object_element")];
        var before = await CountsAsync();

        await filled.Importer.ImportAsync(examples: false);
        var again = await filled.Importer.ImportAsync(examples: false);
        var archived = await filled.ScalarAsync<long>("select count(*) from register_object where kind = 'action' and state = 'archived'");
        await filled.Importer.ImportAsync();

        again.ChangedNothing.Should().BeTrue();
        archived.Should().Be(24);
        (await CountsAsync()).Should().Equal(before);
        (await filled.ScalarAsync<long>("select count(*) from register_object where kind = 'action'")).Should().Be(24);
    }

    [Fact]
    public async Task Import_ExamplesAfterARealActionTookANumber_GivesThemTheNextAndKeepsThem()
    {
        await using var database = await server.EmptyAsync();
        await database.Importer.ImportAsync(examples: false);
        await using (var db = database.CreateDbContext())
        {
            db.Add(new AgendaAction { Id = Guid.CreateVersion7(), Slug = "va-003", Name = "Echte actie" });
            await db.SaveAsync(People.Editor, "Nieuw");
        }

        await database.Importer.ImportAsync();
        var again = await database.Importer.ImportAsync();

        again.ChangedNothing.Should().BeTrue();
        (await database.ScalarAsync<string>("select name from register_object where slug = 'va-003'")).Should().Be("Echte actie");
        (await database.ScalarAsync<string>("select string_agg(slug, ' ' order by slug) from register_object where kind = 'action' and verification = 'example'"))
            .Should().Be(string.Join(' ', Enumerable.Range(1, 25).Where(n => n != 3).Select(n => FormattableString.Invariant($"va-{n:000}"))));
    }

    [Fact]
    public async Task Import_SourceThatPeopleAlreadyTypedIn_IsThatSource()
    {
        await using var database = await server.EmptyAsync();
        await database.ExecuteAsync("insert into source (id, title, locator) values ('01890000-0000-7000-8000-000000000001', 'Eigen titel', 'https://netwerkkennissteden.nl/structuur/')");

        await database.Importer.ImportAsync();

        (await database.ScalarAsync<string>("select title from source where locator = 'https://netwerkkennissteden.nl/structuur/'")).Should().Be("Eigen titel");
        (await database.ScalarAsync<long>("select count(*) from citation where source_id = '01890000-0000-7000-8000-000000000001'")).Should().BePositive();
    }

    [Fact]
    public async Task Import_FieldThatPeopleChanged_KeepsTheirsAndUpdatesTheOthers()
    {
        await using var database = await server.FilledAsync();
        await database.ChangeAsync<Campus>(Campus, c => c.Name = "HTC Eindhoven");
        using var folder = new StarterFolder();
        folder.Edit(Campuses, r => (r.Record(Campus)["name"], r.Record(Campus)["founded_year"]) = ("De Campus", 1963));

        var report = await database.Importer.ImportAsync(folder.Path);

        report.Kept.Should().ContainSingle().Which.Should().Contain(Campus).And.Contain("'Name'");
        report.Updated.Should().BeEquivalentTo(new Dictionary<string, int>(StringComparer.Ordinal) { ["register_object"] = 1 });
        await using var db = database.CreateDbContext();
        var campus = await db.BySlugAsync<Campus>(Campus);
        (campus.Name, campus.FoundedYear, campus.Revision).Should().Be(("HTC Eindhoven", 1963, 3));
        (await ChangedFieldsAsync(db, campus, 2)).Should().Equal("name");
        (await ChangedFieldsAsync(db, campus, 3)).Should().Equal("foundedYear");

        var again = await database.Importer.ImportAsync(folder.Path);
        again.ChangedNothing.Should().BeTrue();
        again.Kept.Should().Equal(report.Kept, "what differs is told every time");
    }

    [Fact]
    public async Task Import_ChangedValueOfAnUntouchedObject_IsTakenOverWithANewRevision()
    {
        await using var database = await server.FilledAsync();
        using var folder = new StarterFolder();
        folder.Edit(Campuses, r => (r.Record(Campus)["name"], r.Record(Campus)["website"]) = ("De Campus", null));

        var report = await database.Importer.ImportAsync(folder.Path);

        report.Kept.Should().BeEmpty();
        await using var db = database.CreateDbContext();
        var campus = await db.BySlugAsync<Campus>(Campus);
        (campus.Name, campus.Website, campus.Revision).Should().Be(("De Campus", null, 2));
        (await ChangedFieldsAsync(db, campus, 2)).Should().Equal("name", "website");
        db.Revisions.Count(r => r.Number > 1).Should().Be(1, "no other object changed");
    }

    [Fact]
    public async Task Import_ValueThatPeopleAlreadySetTheSame_IsNoConflict()
    {
        await using var database = await server.FilledAsync();
        await database.ChangeAsync<Campus>(Campus, c => c.Name = "De Campus");
        using var folder = new StarterFolder();
        folder.Edit(Campuses, r => r.Record(Campus)["name"] = "De Campus");

        (await database.Importer.ImportAsync(folder.Path)).Kept.Should().BeEmpty();

        // From now on the files may change it again.
        folder.Edit(Campuses, r => r.Record(Campus)["name"] = "De Nieuwe Campus");
        (await database.Importer.ImportAsync(folder.Path)).Kept.Should().BeEmpty();
        await using var db = database.CreateDbContext();
        (await db.BySlugAsync<Campus>(Campus)).Name.Should().Be("De Nieuwe Campus");
    }

    [Fact]
    public async Task Import_AddressThatPeopleChanged_Stays()
    {
        await using var database = await server.FilledAsync();
        await database.ChangeAsync<Campus>(Campus, c => c.Slug = "htc-eindhoven");

        (await database.Importer.ImportAsync()).ChangedNothing.Should().BeTrue();

        await using var db = database.CreateDbContext();
        (await db.BySlugAsync<Campus>("htc-eindhoven")).Name.Should().Be("High Tech Campus Eindhoven");
    }

    [Fact]
    public async Task Import_NewRecord_IsAddedBesideTheRest()
    {
        await using var database = await server.FilledAsync();
        using var folder = new StarterFolder();
        AddCampus(folder, "campus-in-oprichting");

        var report = await database.Importer.ImportAsync(folder.Path);

        report.Created.Should().Contain("register_object", 1);
        await using var db = database.CreateDbContext();
        var campus = await db.BySlugAsync<Campus>("campus-in-oprichting");
        campus.Revision.Should().Be(1);
        var city = await db.BySlugAsync<City>("eindhoven");
        city.Revision.Should().Be(2, "something belongs to it now");
    }

    [Fact]
    public async Task Import_RecordThatPeopleAlreadyAdded_IsRefusedByNameAndNothingIsWritten()
    {
        await using var database = await server.FilledAsync();
        await using (var own = database.CreateDbContext())
        {
            own.Add(new Campus { Id = Guid.CreateVersion7(), Slug = "campus-in-oprichting", Name = "Van ons" });
            await own.SaveAsync(People.Editor, "Nieuw");
        }
        using var folder = new StarterFolder();
        AddCampus(folder, "campus-in-oprichting");
        folder.Edit(Campuses, r => r.Record(Campus)["founded_year"] = 1963);

        var import = () => database.Importer.ImportAsync(folder.Path);

        (await import.Should().ThrowAsync<StarterDataException>()).Which.Problems.Should().ContainSingle().Which.Record.Should().Contain("campus-in-oprichting");
        await using var db = database.CreateDbContext();
        (await db.BySlugAsync<Campus>("campus-in-oprichting")).Name.Should().Be("Van ons");
        (await db.BySlugAsync<Campus>(Campus)).FoundedYear.Should().NotBe(1963);
        await ShouldHaveOnlyFirstRevisionsAsync(database);
    }

    [Fact]
    public async Task Import_RemovedSpecialisation_GoesWithItsSources()
    {
        await using var database = await server.FilledAsync();
        using var folder = new StarterFolder();
        folder.Edit(Specialisations, r => r["items"]!.AsArray().Remove(r.Record(Specialisation)));

        var report = await database.Importer.ImportAsync(folder.Path);

        report.Kept.Should().BeEmpty();
        report.Updated.Should().Contain("specialisation", 1);
        await using var db = database.CreateDbContext();
        var amsterdam = await db.BySlugAsync<City>("amsterdam");
        (await db.Specialisations.AnyAsync(s => s.ObjectId == amsterdam.Id && s.ThemeCode == Theme)).Should().BeFalse();
        (await ChangedFieldsAsync(db, amsterdam, 2)).Should().Equal($"theme/{Theme}");
        (await database.ScalarAsync<long>("select count(*) from citation where specialisation_id not in (select id from specialisation)")).Should().Be(0);
        (await database.Importer.ImportAsync(folder.Path)).ChangedNothing.Should().BeTrue();
    }

    [Fact]
    public async Task Import_RemovedSpecialisationThatPeopleChanged_StaysWithItsSources()
    {
        await using var database = await server.FilledAsync();
        var sources = await ChangeSpecialisationAsync(database, s => s.Strength = Strength.Emerging);
        sources.Should().BePositive();
        using var folder = new StarterFolder();
        folder.Edit(Specialisations, r => r["items"]!.AsArray().Remove(r.Record(Specialisation)));

        var report = await database.Importer.ImportAsync(folder.Path);

        report.Kept.Should().Contain(k => k.StartsWith("specialisation"));
        await using var db = database.CreateDbContext();
        var kept = await SpecialisationAsync(db);
        kept!.Strength.Should().Be(Strength.Emerging);
        kept.Citations.Should().HaveCount(sources);
    }

    [Fact]
    public async Task Import_SpecialisationThatPeopleRemoved_DoesNotComeBack()
    {
        await using var database = await server.FilledAsync();
        await RemoveSpecialisationAsync(database);

        var report = await database.Importer.ImportAsync();

        report.Kept.Should().Contain(k => k.StartsWith("specialisation") && k.Contains("door mensen verwijderd"));
        await using var db = database.CreateDbContext();
        (await SpecialisationAsync(db)).Should().BeNull();
    }

    [Fact]
    public async Task Import_NewSourceOfASpecialisationThatPeopleRemoved_DoesNotStopTheImport()
    {
        await using var database = await server.FilledAsync();
        await RemoveSpecialisationAsync(database);
        using var folder = new StarterFolder();
        folder.Edit(Specialisations, r => r.Record(Specialisation)["sources"]!.AsArray().Add("seed"));
        folder.Edit(Campuses, r => r.Record(Campus)["founded_year"] = 1963);

        await database.Importer.ImportAsync(folder.Path);

        await using var db = database.CreateDbContext();
        (await SpecialisationAsync(db)).Should().BeNull();
        (await db.BySlugAsync<Campus>(Campus)).FoundedYear.Should().Be(1963);
    }

    [Fact]
    public async Task Import_RecordThatTheFilesNoLongerHold_StaysAndIsReported()
    {
        await using var database = await server.FilledAsync();
        using var folder = new StarterFolder();
        const string lonely = "acerta-oss";
        folder.Edit("rd-concentrations.json", r => r["items"]!.AsArray().Remove(r.Record(lonely)));

        var report = await database.Importer.ImportAsync(folder.Path);

        report.Kept.Should().Contain(k => k.StartsWith("register_object") && k.Contains(lonely));
        await using var db = database.CreateDbContext();
        (await db.Objects.OfType<RdConcentration>().CountAsync(o => o.Slug == lonely)).Should().Be(1);
    }

    [Fact]
    public async Task Import_ChangedBoundary_IsTakenOver()
    {
        await using var database = await server.FilledAsync();
        using var folder = new StarterFolder();
        folder.Edit("gemeenten-2023.geojson", r => r["features"]!.AsArray().Single(f => (string?)f!["properties"]!["code"] == "GM0503")!["geometry"] =
            System.Text.Json.Nodes.JsonNode.Parse("""{"type":"Polygon","coordinates":[[[4.3,52],[4.4,52],[4.4,52.05],[4.3,52]]]}"""));

        var report = await database.Importer.ImportAsync(folder.Path);

        report.Kept.Should().BeEmpty("nobody can change a boundary");
        await using var db = database.CreateDbContext();
        using var boundary = System.Text.Json.JsonDocument.Parse((await db.Areas.SingleAsync(a => a.Code == "GM0503")).Boundary!);
        Boundaries.Rings(boundary.RootElement).Should().ContainSingle().Which.Should().HaveCount(4);
    }

    [Fact]
    public async Task Import_FailsInTheDatabase_WritesNothing()
    {
        await using var database = await server.FilledAsync();
        var before = database.Generation.Current;
        using var folder = new StarterFolder();
        folder.Edit(Campuses, r => r.Record(Campus)["founded_year"] = 1963);
        // The last row of an import can no longer be written.
        using var owner = new Npgsql.NpgsqlConnection(database.Owner);
        await owner.OpenAsync();
        await using (var block = new Npgsql.NpgsqlCommand("alter table import_run add constraint block check (report is null) not valid", owner)) await block.ExecuteNonQueryAsync();

        var import = () => database.Importer.ImportAsync(folder.Path);

        await import.Should().ThrowAsync<DbUpdateException>();
        await ShouldHaveOnlyFirstRevisionsAsync(database);
        await using var db = database.CreateDbContext();
        (await db.BySlugAsync<Campus>(Campus)).FoundedYear.Should().NotBe(1963);
        database.Generation.Current.Should().Be(before);
    }

    private static void AddCampus(StarterFolder folder, string id) => folder.Edit(Campuses, r =>
    {
        var campus = r.Record(Campus).DeepClone().AsObject();
        (campus["id"], campus["name"]) = (id, "Campus in oprichting");
        r["items"]!.AsArray().Add(campus);
    });

    private static async Task<Specialisation?> SpecialisationAsync(PortalDbContext db)
    {
        var amsterdam = await db.BySlugAsync<City>("amsterdam");
        return await db.Specialisations.Include(s => s.Citations).SingleOrDefaultAsync(s => s.ObjectId == amsterdam.Id && s.ThemeCode == Theme);
    }

    /// <returns>How many sources it has.</returns>
    private static async Task<int> ChangeSpecialisationAsync(TestDatabase database, Action<Specialisation> change)
    {
        await using var db = database.CreateDbContext();
        var link = (await SpecialisationAsync(db))!;
        change(link);
        await db.SaveAsync(People.Editor, "Verbetering");
        return link.Citations.Count;
    }

    private static async Task RemoveSpecialisationAsync(TestDatabase database)
    {
        await using var db = database.CreateDbContext();
        db.Remove((await SpecialisationAsync(db))!);
        await db.SaveAsync(People.Editor, "Klopt niet");
    }

    private static async Task<string[]> ChangedFieldsAsync(PortalDbContext db, RegisterObject item, int revision) =>
        [.. (await db.FieldChanges.Where(f => f.ObjectId == item.Id && f.RevisionNumber == revision).Select(f => f.Field).ToListAsync()).Order(StringComparer.Ordinal)];

    private static async Task ShouldHaveOnlyFirstRevisionsAsync(TestDatabase database)
    {
        (await database.ScalarAsync<int>("select max(number) from revision")).Should().Be(1);
        (await database.ScalarAsync<int>("select max(revision) from register_object")).Should().Be(1);
        (await database.ScalarAsync<long>("select count(*) from revision")).Should().Be(await database.ScalarAsync<long>("select count(*) from register_object"));
        (await database.ScalarAsync<long>("select count(*) from field_change")).Should().Be(0);
    }
}
