using System.Text.Json;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.History;
using KennisstedenPortal.Domain.Indicators;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.History;

/// <summary>Every change of the register is written with its history, in one transaction, or not at all.</summary>
public sealed class SaveTests(TestServer server)
{
    private const string Slug = "samxl", Campus = "high-tech-campus-eindhoven";

    [Fact]
    public async Task SaveAsync_RelationsCrossingAtTheSameTime_BothSucceed()
    {
        await using var database = await server.FilledAsync();
        await using var setup = database.CreateDbContext();
        var ids = await setup.Objects.OfType<Organisation>().OrderBy(o => o.Name).Select(o => o.Id).Take(40).ToListAsync();

        await Task.WhenAll(ids.Zip(ids.AsEnumerable().Reverse()).Select(async pair =>
        {
            await using var db = database.CreateDbContext();
            db.Add(new Relation { Id = Guid.CreateVersion7(), Kind = RelationKind.MemberOf, FromId = pair.First, ToId = pair.Second });
            await db.SaveAsync(Actor.Import, "Kruisende relaties");
        }));

        (await database.ScalarAsync<long>("select count(*) from relation where from_id = any(array[" + string.Join(",", ids.Select(i => $"'{i}'::uuid")) + "]) and kind = 'member-of' and as_stated is null and verification is null")).Should().BeGreaterThanOrEqualTo(40);
    }

    [Fact]
    public async Task SaveAsync_ChangedFields_WritesRevisionChangesAndSnapshot()
    {
        await using var database = await server.FilledAsync();
        string was;
        Guid id;
        await using (var db = database.CreateDbContext())
        {
            var facility = await db.BySlugAsync<Facility>(Slug);
            (was, id) = (facility.Name, facility.Id);
            facility.Name = "SAM|XL, het nieuwe \"lab\"";
            facility.Access = FacilityAccess.Closed;
            facility.Website = null;
            await db.SaveAsync(People.Editor, "Na een bezoek");
        }

        await using var read = database.CreateDbContext();
        var saved = await read.BySlugAsync<Facility>(Slug);
        saved.Revision.Should().Be(2);
        var revision = await read.Revisions.Include(r => r.Changes).SingleAsync(r => r.ObjectId == id && r.Number == 2);
        (revision.UserId, revision.ActorName, revision.ActorOrganisation, revision.Reason, revision.At)
            .Should().Be((People.Editor.UserId, People.Editor.Name, People.Editor.Organisation, "Na een bezoek", saved.ChangedAt));
        var changes = revision.Changes.ToDictionary(c => c.Field, StringComparer.Ordinal);
        changes.Keys.Should().BeEquivalentTo("name", "access", "website");
        (Text(changes["name"].OldValue), Text(changes["name"].NewValue)).Should().Be((was, "SAM|XL, het nieuwe \"lab\""));
        Text(changes["access"].NewValue).Should().Be("closed");
        changes["website"].NewValue.Should().BeNull();
        Text(changes["website"].OldValue).Should().StartWith("http");
        using var snapshot = JsonDocument.Parse(revision.Snapshot);
        snapshot.RootElement.GetProperty("name").GetString().Should().Be("SAM|XL, het nieuwe \"lab\"");
        snapshot.RootElement.GetProperty("website").ValueKind.Should().Be(JsonValueKind.Null, "unknown is a value too");
        read.Revisions.Count(r => r.Number > 1).Should().Be(1, "nothing else changed");
    }

    [Fact]
    public async Task SaveAsync_UnchangedInput_WritesNothing()
    {
        await using var database = await server.FilledAsync();
        var generation = database.Generation.Current;

        await database.ChangeAsync<Facility>(Slug, f =>
        {
            f.Name = new string(f.Name.ToCharArray());
            f.Keywords = [.. f.Keywords];
            f.Aliases = [.. f.Aliases];
            f.Note = f.Note;
        });

        await ShouldHaveOnlyFirstRevisionsAsync(database);
        database.Generation.Current.Should().Be(generation);
    }

    [Fact]
    public async Task SaveAsync_ChangeTakenBackBeforeSaving_WritesNothing()
    {
        await using var database = await server.FilledAsync();

        await database.ChangeAsync<Facility>(Slug, f =>
        {
            var name = f.Name;
            f.Name = "Anders";
            f.Name = name;
        });

        await ShouldHaveOnlyFirstRevisionsAsync(database);
    }

    [Fact]
    public async Task SaveAsync_NewObject_GetsItsFirstRevision()
    {
        await using var database = await server.FilledAsync();
        var facility = People.NewFacility("nieuw-lab", "Nieuw lab");

        await AddAsync(database, facility);

        await using var db = database.CreateDbContext();
        (await db.BySlugAsync<Facility>("nieuw-lab")).Revision.Should().Be(1);
        var revision = await db.Revisions.Include(r => r.Changes).SingleAsync(r => r.ObjectId == facility.Id);
        (revision.Number, revision.ActorName).Should().Be((1, People.Editor.Name));
        revision.Changes.Should().BeEmpty("its snapshot says all");
    }

    [Fact]
    public async Task SaveAsync_SeveralChangesInARow_CountRevisionsWithoutGaps()
    {
        await using var database = await server.FilledAsync();

        foreach (var name in new[] { "Een", "Twee", "Drie" }) await database.ChangeAsync<Facility>(Slug, f => f.Name = name);

        await using var db = database.CreateDbContext();
        var facility = await db.BySlugAsync<Facility>(Slug);
        (await db.Revisions.Where(r => r.ObjectId == facility.Id).OrderBy(r => r.Number).Select(r => r.Number).ToListAsync()).Should().Equal(1, 2, 3, 4);
        (await db.FieldChanges.Where(c => c.ObjectId == facility.Id).OrderBy(c => c.RevisionNumber).Select(c => c.NewValue).ToListAsync()).Should().Equal("\"Een\"", "\"Twee\"", "\"Drie\"");
    }

    [Fact]
    public async Task SaveAsync_RelationAddedAndRemoved_GivesBothEndsARevisionEachTime()
    {
        await using var database = await server.FilledAsync();
        var (from, to) = (await IdAsync<Facility>(database, Slug), await IdAsync<Organisation>(database, "universiteit-van-amsterdam"));
        var relation = new Relation { Id = Guid.CreateVersion7(), Kind = RelationKind.HostedBy, FromId = from, ToId = to, Since = "2024" };

        // Neither end is loaded: they get their revision all the same.
        await AddAsync(database, relation);
        await using (var db = database.CreateDbContext())
        {
            db.Remove(await db.Relations.SingleAsync(r => r.Id == relation.Id));
            await db.SaveAsync(People.Editor, "Toch niet");
        }

        await using var read = database.CreateDbContext();
        foreach (var end in new[] { from, to })
        {
            (await read.Objects.SingleAsync(o => o.Id == end)).Revision.Should().Be(3);
            var changes = await ChangesAsync(read, end);
            changes.Select(c => (c.RevisionNumber, c.Field)).Should().Equal((2, $"relation/{relation.Id}"), (3, $"relation/{relation.Id}"));
            (changes[0].OldValue, changes[1].NewValue).Should().Be((null, null));
            using var added = JsonDocument.Parse(changes[0].NewValue!);
            added.RootElement.GetProperty("from").GetGuid().Should().Be(from);
            added.RootElement.GetProperty("to").GetGuid().Should().Be(to);
            added.RootElement.GetProperty("kind").GetString().Should().Be("hosted-by");
            JsonDocument.Parse(changes[1].OldValue!).RootElement.GetProperty("since").GetString().Should().Be("2024");
        }
        read.Revisions.Count(r => r.Number > 1).Should().Be(4);
    }

    [Fact]
    public async Task SaveAsync_CitationOnARelation_GivesBothEndsARevision()
    {
        await using var database = await server.FilledAsync();
        Relation relation;
        await using (var db = database.CreateDbContext())
        {
            relation = await db.Relations.AsNoTracking().FirstAsync(r => r.Kind == RelationKind.LocatedOn);
            db.Add(new Citation { Id = Guid.CreateVersion7(), SourceId = (await db.Sources.FirstAsync()).Id, RelationId = relation.Id, Passage = "p. 4" });
            await db.SaveAsync(People.Editor, "Bron erbij");
        }

        await using var read = database.CreateDbContext();
        foreach (var end in new[] { relation.FromId, relation.ToId })
        {
            var change = (await ChangesAsync(read, end)).Should().ContainSingle().Subject;
            (change.RevisionNumber, change.Field).Should().Be((2, $"relation/{relation.Id}"));
            change.NewValue.Should().Contain("p. 4");
        }
        read.Revisions.Count(r => r.Number > 1).Should().Be(2);
    }

    [Fact]
    public async Task SaveAsync_AnythingThatBelongsToAnObject_GivesItARevision()
    {
        await using var database = await server.FilledAsync();
        var id = await IdAsync<Facility>(database, Slug);
        Guid source, link;
        await using (var db = database.CreateDbContext())
        {
            source = (await db.Sources.FirstAsync()).Id;
            link = (await db.Specialisations.FirstAsync(s => s.ObjectId == id)).Id;
        }
        (object Part, string Field)[] parts =
        [
            (new ObjectLocation { ObjectId = id, MunicipalityCode = "GM0014" }, "location/GM0014"),
            (new ExternalKey { ObjectId = id, Scheme = "kvk", Value = "12345678" }, "key/kvk/12345678"),
            (new FieldProvenance { ObjectId = id, Field = "visibility", Note = "Nagevraagd" }, "provenance/visibility"),
            (new Specialisation { Id = Guid.CreateVersion7(), ObjectId = id, ThemeCode = "sdg-04", Strength = Strength.Strong }, "theme/sdg-04"),
            (new Citation { Id = Guid.Parse("0199a000-0000-7000-8000-00000000000a"), SourceId = source, ObjectId = id, Field = "name" }, "citation/0199a000-0000-7000-8000-00000000000a"),
            (new Citation { Id = Guid.CreateVersion7(), SourceId = source, SpecialisationId = link }, "theme/"),
            (new Observation
            {
                Id = Guid.Parse("0199a000-0000-7000-8000-00000000000b"), IndicatorCode = "POP_TOTAL", ObjectId = id, ReferencePeriod = "2026", PeriodStart = new DateOnly(2026, 1, 1),
                Value = 0, Unit = "personen", SourceId = source,
            }, "observation/0199a000-0000-7000-8000-00000000000b"),
        ];

        foreach (var (part, _) in parts) await AddAsync(database, part);

        await using var read = database.CreateDbContext();
        var changes = await ChangesAsync(read, id);
        changes.Should().HaveCount(parts.Length);
        for (var i = 0; i < parts.Length; i++)
        {
            changes[i].RevisionNumber.Should().Be(i + 2);
            changes[i].Field.Should().StartWith(parts[i].Field);
        }
        (await read.BySlugAsync<Facility>(Slug)).Revision.Should().Be(parts.Length + 1);
    }

    [Fact]
    public async Task SaveAsync_LongestKeyOfAnObject_IsWrittenInItsHistory()
    {
        await using var database = await server.FilledAsync();
        var id = await IdAsync<Facility>(database, Slug);

        await AddAsync(database, new ExternalKey { ObjectId = id, Scheme = new string('s', 60), Value = new string('v', ExternalKey.MaxLength) });

        await using var db = database.CreateDbContext();
        (await ChangesAsync(db, id)).Should().ContainSingle().Which.Field.Should().StartWith("key/");
    }

    [Fact]
    public async Task SaveAsync_WhatBelongsToNoObject_WritesNoRevision()
    {
        await using var database = await server.FilledAsync();
        var before = database.Generation.Current;
        await using (var db = database.CreateDbContext())
        {
            (await db.Set<AgendaElement>().FirstAsync()).Note = "Toelichting";
            await db.SaveAsync(People.Editor, "Agenda");
        }

        await ShouldHaveOnlyFirstRevisionsAsync(database);
        database.Generation.Current.Should().BeGreaterThan(before, "pages that show it are stale");
    }

    [Fact]
    public async Task SaveAsync_ObjectRemoved_Throws()
    {
        await using var database = await server.FilledAsync();
        await AddAsync(database, People.NewFacility("nieuw-lab"));
        await using var db = database.CreateDbContext();
        db.Remove(await db.BySlugAsync<Facility>("nieuw-lab"));

        var save = () => db.SaveAsync(People.Editor, "Weg");

        await save.Should().ThrowAsync<InvalidOperationException>().WithMessage("*archived*");
        (await database.ScalarAsync<long>("select count(*) from register_object where slug = 'nieuw-lab'")).Should().Be(1);
    }

    [Fact]
    public async Task SaveChanges_WithoutHistory_Throws()
    {
        await using var database = await server.FilledAsync();
        await using var db = database.CreateDbContext();
        (await db.BySlugAsync<Facility>(Slug)).Name = "Stiekem";

        Func<Task>[] ways = [() => db.SaveChangesAsync(), () => db.SaveChangesAsync(acceptAllChangesOnSuccess: true), () => Task.FromResult(db.SaveChanges()), () => Task.FromResult(db.SaveChanges(acceptAllChangesOnSuccess: false))];

        foreach (var way in ways) await way.Should().ThrowAsync<InvalidOperationException>().WithMessage("*SaveAsync*");
        await using var read = database.CreateDbContext();
        (await read.BySlugAsync<Facility>(Slug)).Name.Should().NotBe("Stiekem");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task SaveAsync_NoReason_Throws(string reason)
    {
        await using var database = await server.EmptyAsync();
        await using var db = database.CreateDbContext();
        db.Add(People.NewFacility("nieuw-lab"));

        var save = () => db.SaveAsync(People.Editor, reason);

        await save.Should().ThrowAsync<ArgumentException>();
        (await database.ScalarAsync<long>("select count(*) from register_object")).Should().Be(0);
    }

    [Fact]
    public async Task SaveAsync_StaleRevision_ThrowsAndWritesNoHistory()
    {
        await using var database = await server.FilledAsync();
        await database.ChangeAsync<Facility>(Slug, f => f.Name = "Van de eerste");
        await using var db = database.CreateDbContext();
        var facility = await db.BySlugAsync<Facility>(Slug);
        // What the form was filled from.
        db.Entry(facility).Property(f => f.Revision).OriginalValue = 1;
        facility.Note = "Van de tweede";

        var save = () => db.SaveAsync(People.Colleague, "Zelfde moment");

        await save.Should().ThrowAsync<DbUpdateConcurrencyException>();
        await ShouldStandAsync(database, "Van de eerste", revision: 2);
    }

    [Fact]
    public async Task SaveAsync_StaleRevisionAndOnlyARelationAdded_Throws()
    {
        await using var database = await server.FilledAsync();
        var organisation = await IdAsync<Organisation>(database, "universiteit-van-amsterdam");
        await database.ChangeAsync<Facility>(Slug, f => f.Name = "Van de eerste");
        await using var db = database.CreateDbContext();
        var facility = await db.BySlugAsync<Facility>(Slug);
        db.Entry(facility).Property(f => f.Revision).OriginalValue = 1;
        db.Add(new Relation { Id = Guid.CreateVersion7(), Kind = RelationKind.HostedBy, FromId = facility.Id, ToId = organisation });

        var save = () => db.SaveAsync(People.Colleague, "Zelfde moment");

        await save.Should().ThrowAsync<DbUpdateConcurrencyException>();
        await ShouldStandAsync(database, "Van de eerste", revision: 2);
    }

    [Fact]
    public async Task SaveAsync_ChangedByAColleagueSinceItWasRead_Throws()
    {
        await using var database = await server.FilledAsync();
        await using var mine = database.CreateDbContext();
        (await mine.BySlugAsync<Facility>(Slug)).Name = "Van mij";
        await database.ChangeAsync<Facility>(Slug, f => f.Name = "Van de eerste");

        var save = () => mine.SaveAsync(People.Colleague, "Zelfde moment");

        await save.Should().ThrowAsync<DbUpdateConcurrencyException>();
        await ShouldStandAsync(database, "Van de eerste", revision: 2);
    }

    [Fact]
    public async Task SaveAsync_SomethingAddedToItSinceItWasRead_Throws()
    {
        await using var database = await server.FilledAsync();
        await using var mine = database.CreateDbContext();
        var facility = await mine.BySlugAsync<Facility>(Slug);
        facility.Name = "Van mij";
        await AddAsync(database, new ExternalKey { ObjectId = facility.Id, Scheme = "kvk", Value = "1" });

        var save = () => mine.SaveAsync(People.Colleague, "Zelfde moment");

        await save.Should().ThrowAsync<DbUpdateConcurrencyException>();
    }

    [Fact]
    public async Task SaveAsync_RefusedByTheDatabase_WritesNothing()
    {
        await using var database = await server.FilledAsync();
        var generation = database.Generation.Current;
        await using var db = database.CreateDbContext();
        (await db.BySlugAsync<Campus>(Campus)).Name = "Wel goed";
        (await db.BySlugAsync<Facility>(Slug)).Slug = "Met Hoofdletters";

        var save = () => db.SaveAsync(People.Editor, "Fout");

        await save.Should().ThrowAsync<DbUpdateException>();
        await ShouldHaveOnlyFirstRevisionsAsync(database);
        await using var read = database.CreateDbContext();
        (await read.BySlugAsync<Campus>(Campus)).Name.Should().Be("High Tech Campus Eindhoven");
        database.Generation.Current.Should().Be(generation);
    }

    [Fact]
    public async Task SaveAsync_HistoryRefusedByTheDatabase_TakesTheChangeBack()
    {
        await using var database = await server.FilledAsync();
        await using var db = database.CreateDbContext();
        (await db.BySlugAsync<Facility>(Slug)).Name = "Anders";

        var save = () => db.SaveAsync(People.Editor, new string('r', 1001));

        await save.Should().ThrowAsync<DbUpdateException>("a reason of that length does not fit");
        await ShouldHaveOnlyFirstRevisionsAsync(database);
        await using var read = database.CreateDbContext();
        (await read.BySlugAsync<Facility>(Slug)).Name.Should().NotBe("Anders");
    }

    [Fact]
    public async Task SaveAsync_InsideATransactionOfTheCaller_StandsOrFallsWithIt()
    {
        await using var database = await server.FilledAsync();
        await using (var db = database.CreateDbContext())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            (await db.BySlugAsync<Facility>(Slug)).Name = "Anders";
            await db.SaveAsync(People.Editor, "Misschien");
            (await db.Revisions.CountAsync(r => r.Number == 2)).Should().Be(1);
            await transaction.RollbackAsync();
        }

        await ShouldHaveOnlyFirstRevisionsAsync(database);
    }

    [Fact]
    public async Task SaveAsync_RelationsAddedToOneObjectAtOnce_AllGetARevision()
    {
        await using var database = await server.FilledAsync();
        var campus = await IdAsync<Campus>(database, Campus);
        await using var read = database.CreateDbContext();
        var organisations = await read.Objects.OfType<Organisation>().Where(o => o.InverseRelations.All(r => r.FromId != campus)).OrderBy(o => o.Slug).Take(8).Select(o => o.Id).ToListAsync();

        await Task.WhenAll(organisations.Select(o => AddAsync(database, new Relation { Id = Guid.CreateVersion7(), Kind = RelationKind.AnchoredBy, FromId = campus, ToId = o })));

        (await read.BySlugAsync<Campus>(Campus)).Revision.Should().Be(1 + organisations.Count);
        (await read.Revisions.Where(r => r.ObjectId == campus).CountAsync()).Should().Be(1 + organisations.Count);
        var changes = await ChangesAsync(read, campus);
        changes.Should().HaveCount(organisations.Count, "each revision shows its own relation only").And.OnlyHaveUniqueItems(c => c.Field);
    }

    private static async Task AddAsync(TestDatabase database, object part)
    {
        await using var db = database.CreateDbContext();
        db.Add(part);
        await db.SaveAsync(People.Editor, "Aanvulling");
    }

    private static async Task<Guid> IdAsync<T>(TestDatabase database, string slug) where T : RegisterObject
    {
        await using var db = database.CreateDbContext();
        return (await db.BySlugAsync<T>(slug)).Id;
    }

    private static async Task<List<FieldChange>> ChangesAsync(PortalDbContext db, Guid id) =>
        await db.FieldChanges.Where(c => c.ObjectId == id).OrderBy(c => c.RevisionNumber).ThenBy(c => c.Field).ToListAsync();

    private static async Task ShouldStandAsync(TestDatabase database, string name, int revision)
    {
        await using var db = database.CreateDbContext();
        var facility = await db.BySlugAsync<Facility>(Slug);
        (facility.Name, facility.Revision).Should().Be((name, revision));
        (await db.Revisions.Where(r => r.ObjectId == facility.Id).MaxAsync(r => r.Number)).Should().Be(revision);
        (await db.FieldChanges.Where(c => c.ObjectId == facility.Id).MaxAsync(c => c.RevisionNumber)).Should().Be(revision);
        (await db.Revisions.CountAsync(r => r.ActorName == People.Colleague.Name)).Should().Be(0);
    }

    private static async Task ShouldHaveOnlyFirstRevisionsAsync(TestDatabase database)
    {
        (await database.ScalarAsync<int>("select max(number) from revision")).Should().Be(1);
        (await database.ScalarAsync<int>("select max(revision) from register_object")).Should().Be(1);
        (await database.ScalarAsync<long>("select count(*) from field_change")).Should().Be(0);
    }

    private static string? Text(string? json) => json is null ? null : JsonSerializer.Deserialize<string>(json);
}
