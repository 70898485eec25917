using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Editing;

/// <summary>Editing: what is saved, what is refused, and that nobody overwrites anybody.</summary>
public sealed class ObjectWriterTests(TestServer server)
{
    private const string Campus = "kennispark-twente";

    [Fact]
    public async Task SaveAsync_OfWhatAColleagueMadeTheSameInOtherWriting_IsNoConflict()
    {
        await using var editors = await Editors.StartAsync(server);
        var item = await editors.FindAsync("kennispark-twente");
        (await editors.Objects.SaveAsync(Editors.Change(item, item.Revision, ("note", "Dezelfde tekst"), ("location", "52,24 6,85")), editors.EnschedeColleague)).Should().BeOfType<EditOutcome.Saved>();

        (await editors.Objects.SaveAsync(Editors.Change(item, item.Revision, ("note", " Dezelfde tekst "), ("location", "52.24, 6.85")), editors.Enschede)).Should().BeOfType<EditOutcome.Unchanged>();
        (await editors.Objects.SaveAsync(Editors.Change(item, item.Revision, ("note", "Een andere tekst")), editors.Enschede)).Should().BeOfType<EditOutcome.Conflict>();
    }

    [Fact]
    public async Task SaveAsync_OfSomethingNewWithoutItsSort_IsRefused()
    {
        await using var editors = await Editors.StartAsync(server);
        var (city, id) = (await editors.FindAsync("enschede"), Guid.CreateVersion7());
        EditInput New(params (string, JsonNode?)[] more) => new(id, KindRegistry.Of<Facility>(), 0, new ChangeSet([new("name", "Proeflab"), new("steward", city.Id.ToString()), .. more.Select(m => KeyValuePair.Create(m.Item1, m.Item2))]), null);

        (await editors.Objects.SaveAsync(New(), editors.Enschede)).Should().BeOfType<EditOutcome.Invalid>().Which.Problems.Should().ContainSingle(p => p.Path == "sort");
        (await editors.Objects.SaveAsync(New(("sort", "fieldlab")), editors.Enschede)).Should().BeOfType<EditOutcome.Saved>();
    }

    [Fact]
    public async Task SaveAsync_EveryFieldOfAKind_IsKeptWithHistory()
    {
        await using var editors = await Editors.StartAsync(server);
        var input = await editors.ChangeAsync(Campus, ("name", "  Kennispark Twente (UT)  "), ("nameEnglish", "Kennispark"), ("aliases", new JsonArray("KPT", "Het park")), ("description", "Regel een\r\nregel twee"),
            ("website", "https://www.kennispark.nl/over"), ("keywords", new JsonArray("medtech")), ("note", "Let op"), ("noteLanguage", null), ("municipality", "GM0153"), ("location", "52,2393 6,8497"),
            ("campusType", "science park"), ("phase", "growth"), ("foundedYear", 1989), ("ncoMember", true), ("visibility", "partners"));

        var saved = (await editors.Objects.SaveAsync(input, editors.Enschede)).Should().BeOfType<EditOutcome.Saved>().Subject;

        var item = (Campus)await editors.FindAsync(Campus);
        (item.Name, item.NameEnglish, item.Description, item.Website, item.Note, item.NoteLanguage).Should().Be(("Kennispark Twente (UT)", "Kennispark", "Regel een\nregel twee", "https://www.kennispark.nl/over", "Let op", null));
        (item.Latitude, item.Longitude, item.LocationIsApproximate, item.Phase, item.FoundedYear, item.IsNcoMember, item.Visibility).Should().Be((52.2393, 6.8497, false, CampusPhase.Growth, 1989, true, Visibility.Partners));
        item.Aliases.Should().Equal("KPT", "Het park");
        saved.Revision.Should().Be(item.Revision).And.Be(input.BaseRevision + 1);
        await using var db = editors.Database.CreateDbContext();
        var revision = await db.Revisions.Include(r => r.Changes).SingleAsync(r => r.ObjectId == item.Id && r.Number == saved.Revision);
        (revision.UserId, revision.Reason).Should().Be((editors.Enschede.UserId, "Verbeterd"));
        revision.Changes.Select(c => c.Field).Should().Contain(["name", "location", "visibility", "phase"]);
    }

    [Fact]
    public async Task SaveAsync_ThingsThatBelongToAnObject_AreAddedChangedAndRemoved()
    {
        await using var editors = await Editors.StartAsync(server);
        var city = await editors.FindAsync("enschede");
        var gone = city.Specialisations.First();
        var (source, figure, swot, offer) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var theme = await editors.Database.ScalarAsync<string>($"select code from theme where taxonomy_code = 'instapthema' and code not in (select theme_code from specialisation where object_id = '{city.Id}') limit 1");
        var input = Editors.Change(city, city.Revision,
            ($"source/{source}", new JsonObject { ["title"] = "Jaarverslag", ["locator"] = "https://www.voorbeeld.nl/verslag", ["publishedOn"] = "2026" }),
            ($"theme/{gone.ThemeCode}", null),
            ($"theme/{theme}", new JsonObject { ["strength"] = "strong", ["basis"] = "Drie labs" }),
            ($"observation/{figure}", new JsonObject { ["indicator"] = "STARTUPS", ["period"] = "2025", ["value"] = 0, ["source"] = source.ToString(), ["verification"] = "source-verified" }),
            ($"swot/{swot}", new JsonObject { ["sort"] = "strength", ["text"] = "Veel start-ups", ["evidence"] = new JsonArray(new JsonObject { ["observation"] = figure.ToString() }, new JsonObject { ["source"] = source.ToString() }) }),
            ($"exchange/{offer}", new JsonObject { ["sort"] = "offer", ["theme"] = theme, ["text"] = "Plek in de cleanroom" }),
            ($"citation/{Guid.CreateVersion7()}", new JsonObject { ["source"] = source.ToString(), ["field"] = "description" }));

        (await editors.Objects.SaveAsync(input, editors.Enschede)).Should().BeOfType<EditOutcome.Saved>();

        var saved = await editors.FindAsync("enschede");
        saved.Specialisations.Should().NotContain(s => s.ThemeCode == gone.ThemeCode);
        saved.Specialisations.Single(s => s.ThemeCode == theme).ConfirmedOn.Should().NotBeNull("who keeps the city confirms a strength by setting it");
        var kept = saved.Observations.Single(o => o.Id == figure);
        (kept.Value, kept.Missing, kept.Unit, kept.Verification).Should().Be((0m, null, "aantal", Verification.SourceVerified));
        saved.Swot.Single().Evidence.Should().HaveCount(2);
        saved.Swot.Single().Visibility.Should().Be(Visibility.Partners);
        saved.Exchanges.Single().Visibility.Should().Be(Visibility.Partners);
        saved.Citations.Should().Contain(c => c.SourceId == source && c.Field == "description");

        (await editors.Objects.SaveAsync(Editors.Change(saved, saved.Revision, ($"swot/{swot}", null), ($"exchange/{offer}", null), ($"observation/{figure}", null)), editors.Enschede)).Should().BeOfType<EditOutcome.Saved>();
        var after = await editors.FindAsync("enschede");
        (after.Swot.Count, after.Exchanges.Count, after.Observations.Count(o => o.Id == figure)).Should().Be((0, 0, 0));
    }

    [Fact]
    public async Task SaveAsync_SamePathChangedByTwo_IsAConflictAndDifferentPathsAreNot()
    {
        await using var editors = await Editors.StartAsync(server);
        var item = await editors.FindAsync(Campus);
        (await editors.Objects.SaveAsync(Editors.Change(item, item.Revision, ("description", "Van de campus"), ("campusType", "innovatiepark")), editors.Campus)).Should().BeOfType<EditOutcome.Saved>();

        var conflict = (await editors.Objects.SaveAsync(Editors.Change(item, item.Revision, ("description", "Van de gemeente"), ("note", "Nieuw")), editors.Enschede)).Should().BeOfType<EditOutcome.Conflict>().Subject;

        conflict.Preview.Clashes.Should().ContainSingle();
        var clash = conflict.Preview.Clashes[0];
        (clash.Path, Json.Text(clash.Base), Json.Text(clash.Theirs), Json.Text(clash.Mine)).Should().Be(("description", item.Description, "Van de campus", "Van de gemeente"));
        conflict.Preview.OthersChanged.Should().Contain("campusType");
        (await editors.FindAsync(Campus)).Note.Should().Be(item.Note, "nothing is saved until the person has chosen");
        (await editors.Objects.SaveAsync(Editors.Change(item, conflict.Preview.Revision, ("description", "Samen"), ("note", "Nieuw")), editors.Enschede)).Should().BeOfType<EditOutcome.Saved>();
        (await editors.Objects.SaveAsync(Editors.Change(item, item.Revision, ("website", "https://kennispark.example")), editors.Enschede)).Should().BeOfType<EditOutcome.Saved>("nobody else touched the website");
        (await editors.FindAsync(Campus)).Description.Should().Be("Samen");
    }

    [Fact]
    public async Task SaveAsync_ThemesAndRelationsChangedByTwo_AreConflictsToo()
    {
        await using var editors = await Editors.StartAsync(server);
        var item = await editors.FindAsync(Campus);
        var (theme, relation) = (item.Specialisations.First(), item.Relations.First());
        (await editors.Objects.SaveAsync(Editors.Change(item, item.Revision, ($"theme/{theme.ThemeCode}", new JsonObject { ["strength"] = "core" }), ($"relation/{relation.Id}", new JsonObject { ["since"] = "2001" })), editors.Campus)).Should().BeOfType<EditOutcome.Saved>();

        var conflict = (await editors.Objects.SaveAsync(Editors.Change(item, item.Revision, ($"theme/{theme.ThemeCode}", null), ($"relation/{relation.Id}", new JsonObject { ["since"] = "2002" })), editors.Enschede)).Should().BeOfType<EditOutcome.Conflict>().Subject;

        conflict.Preview.Clashes.Select(c => c.Path).Should().BeEquivalentTo($"theme/{theme.ThemeCode}", $"relation/{relation.Id}");
    }

    [Fact]
    public async Task SaveAsync_TwentyAtOnce_NoChangeIsLost()
    {
        await using var editors = await Editors.StartAsync(server);
        var item = await editors.FindAsync(Campus);
        string[] fields = ["nameEnglish", "website", "note", "campusType"];
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => editors.Objects.SaveAsync(Editors.Change(item, item.Revision, (fields[i % 4], fields[i % 4] == "website" ? $"https://voorbeeld.nl/{i}" : $"Tekst {i}")), editors.Enschede)));

        outcomes.OfType<EditOutcome.Saved>().Count().Should().Be(4, "one per field; who came later saw the other's text");
        outcomes.Where(o => o is not EditOutcome.Saved).Should().AllBeOfType<EditOutcome.Conflict>();
        (await editors.FindAsync(Campus)).Revision.Should().Be(item.Revision + 4);
    }

    [Fact]
    public async Task SaveAsync_ChangedValue_LosesItsVerificationUnlessTheChangeSaysItHolds()
    {
        await using var editors = await Editors.StartAsync(server);
        var item = await editors.FindAsync(Campus);
        await editors.Objects.SaveAsync(Editors.Change(item, item.Revision, ("provenance/description", new JsonObject { ["verification"] = "source-verified" }), ("provenance/nameEnglish", new JsonObject { ["note"] = "Zo op de gevel" }), ("provenance/note", new JsonObject { ["note"] = "Naam navragen" }), ("provenance/campusType", new JsonObject { ["verification"] = "source-verified", ["note"] = "Nagevraagd" })), editors.Enschede);
        var marked = await editors.FindAsync(Campus);

        await editors.Objects.SaveAsync(Editors.Change(marked, marked.Revision, ("description", "Heel anders"), ("nameEnglish", "Another Park"), ("note", "Nog een toelichting"), ("campusType", "park"), ("provenance/campusType", new JsonObject { ["verification"] = "source-verified", ["note"] = "Nagevraagd" })), editors.Enschede);

        var saved = await editors.FindAsync(Campus);
        saved.Provenance.Should().NotContain(p => p.Field == "description" || p.Field == "nameEnglish", "neither the check nor the remark was about the new value");
        saved.Provenance.Single(p => p.Field == FieldProvenance.OfTheWhole).Note.Should().Be("Naam navragen", "that is about the campus");
        saved.Provenance.Single(p => p.Field == "campusType").Should().Match<FieldProvenance>(p => p.Verification == Verification.SourceVerified && p.Note == "Nagevraagd");
    }

    [Fact]
    public async Task SaveAsync_RelationToAnothersObject_WaitsForTheOtherEnd()
    {
        await using var editors = await Editors.StartAsync(server);
        var (campus, delft) = (await editors.FindAsync(Campus), await editors.FindAsync("delft"));
        var id = Guid.CreateVersion7();
        (await editors.Objects.SaveAsync(Editors.Change(campus, campus.Revision, ($"relation/{id}", new JsonObject { ["kind"] = "belongs-to", ["from"] = campus.Id.ToString(), ["to"] = delft.Id.ToString() })), editors.Campus)).Should().BeOfType<EditOutcome.Saved>();

        (await editors.FindAsync(Campus)).Relations.Single(r => r.Id == id).IsUnconfirmed.Should().BeTrue();
        var own = (await editors.FindAsync(Campus));
        (await editors.Objects.SaveAsync(Editors.Change(own, own.Revision, ($"relation/{id}", new JsonObject { ["confirmedOn"] = "2026-01-01" })), editors.Campus)).Should().BeOfType<EditOutcome.Invalid>("nobody confirms what they said themselves");
        var other = await editors.FindAsync("delft");
        other.Revision.Should().Be(delft.Revision + 1, "it belongs to both");
        (await editors.Objects.SaveAsync(Editors.Change(other, other.Revision, ($"relation/{id}", new JsonObject { ["confirmedOn"] = "2026-01-01" })), editors.Delft)).Should().BeOfType<EditOutcome.Saved>();
        (await editors.FindAsync(Campus)).Relations.Single(r => r.Id == id).IsUnconfirmed.Should().BeFalse();
        await using var db = editors.Database.CreateDbContext();
        (await db.Notices.AnyAsync(n => n.AccountId == editors.Delft.UserId && n.Sort == NoticeSort.RelationReported)).Should().BeTrue();
    }

    [Fact]
    public async Task SaveAsync_NewObject_GetsAFreeAddressAndItsFirstRevision()
    {
        await using var editors = await Editors.StartAsync(server);
        var city = await editors.FindAsync("enschede");
        var taken = await editors.FindAsync("mesa-nanolab");
        EditInput New(Guid id) => new(id, KindRegistry.Of<Facility>(), 0, new ChangeSet([new("name", "MESA+ NanoLab"), new("sort", "fieldlab"), new("steward", city.Id.ToString())]), null);
        var id = Guid.CreateVersion7();

        var saved = (await editors.Objects.SaveAsync(New(id), editors.Enschede)).Should().BeOfType<EditOutcome.Saved>().Subject;

        (saved.Revision, saved.Slug).Should().Be((1, $"{taken.Slug}-2"));
        (await editors.Objects.SaveAsync(New(id), editors.Enschede)).Should().BeOfType<EditOutcome.NotFound>("a second click adds nothing");
        await editors.Objects.Invoking(o => o.SaveAsync(New(Guid.CreateVersion7()), editors.Delft)).Should().ThrowAsync<NotAllowedException>();
        (await editors.Objects.SaveAsync(new EditInput(Guid.CreateVersion7(), KindRegistry.Of<Facility>(), 0, new ChangeSet([new("steward", city.Id.ToString())]), null), editors.Enschede)).Should().BeOfType<EditOutcome.Invalid>("it has no name");
    }

    [Fact]
    public async Task SaveAsync_NewAddress_KeepsTheOldOneWorking()
    {
        await using var editors = await Editors.StartAsync(server);
        (await editors.Objects.SaveAsync(await editors.ChangeAsync(Campus, ("slug", "kennispark")), editors.Enschede)).Should().BeOfType<EditOutcome.Saved>();
        (await editors.Database.ScalarAsync<long>($"select count(*) from former_slug where slug = '{Campus}'")).Should().Be(1);
        (await editors.Objects.SaveAsync(await editors.ChangeAsync("kennispark", ("slug", Campus)), editors.Enschede)).Should().BeOfType<EditOutcome.Saved>("it may go back");
        foreach (var bad in new[] { "Met Spaties", "../x", "", "high-tech-campus-eindhoven" })
            (await editors.Objects.SaveAsync(await editors.ChangeAsync(Campus, ("slug", bad)), editors.Enschede)).Should().BeOfType<EditOutcome.Invalid>(bad);
    }

    [Fact]
    public async Task SaveAsync_FourEyes_WaitsForAColleagueAndNobodyApprovesTheirOwn()
    {
        await using var editors = await Editors.StartAsync(server);
        (await editors.Objects.SaveAsync(await editors.ChangeAsync("enschede", ("fourEyes", true)), editors.Enschede)).Should().BeOfType<EditOutcome.Saved>();

        var waiting = (await editors.Objects.SaveAsync(await editors.ChangeAsync(Campus, ("description", "Nieuw")), editors.Enschede)).Should().BeOfType<EditOutcome.Waiting>().Subject;

        (await editors.FindAsync(Campus)).Description.Should().NotBe("Nieuw");
        foreach (var nobody in new[] { editors.Enschede, editors.Delft, editors.Policy, editors.Administrator })
            await editors.Proposals.Invoking(p => p.AcceptAsync(waiting.ProposalId, null, nobody)).Should().ThrowAsync<NotAllowedException>();
        (await editors.Proposals.AcceptAsync(waiting.ProposalId, null, editors.EnschedeColleague)).Should().BeOfType<EditOutcome.Saved>();
        (await editors.FindAsync(Campus)).Description.Should().Be("Nieuw");
        (await editors.Objects.SaveAsync(await editors.ChangeAsync("enschede", ("fourEyes", false)), editors.Enschede)).Should().BeOfType<EditOutcome.Waiting>("to switch it off takes a colleague too");
        await using var db = editors.Database.CreateDbContext();
        (await db.Revisions.AnyAsync(r => r.ProposalId == waiting.ProposalId)).Should().BeTrue();
    }

    [Fact]
    public async Task ProposeAsync_ByAnybodySignedIn_IsDecidedByTheSteward()
    {
        await using var editors = await Editors.StartAsync(server);
        var proposed = (await editors.Objects.ProposeAsync(await editors.ChangeAsync("delft", ("description", "Beter")), editors.Enschede)).Should().BeOfType<EditOutcome.Waiting>().Subject;
        var other = (await editors.Objects.ProposeAsync(await editors.ChangeAsync("delft", ("note", "Ook")), editors.Policy)).Should().BeOfType<EditOutcome.Waiting>().Subject;

        await editors.Objects.Awaiting(o => o.SaveAsync(editors.ChangeAsync("delft", ("description", "x")).Result, editors.Enschede)).Should().ThrowAsync<NotAllowedException>();
        (await editors.Proposals.RejectAsync(other.ProposalId, " ", editors.Delft)).Should().BeOfType<EditOutcome.Invalid>("a reason is needed");
        (await editors.Proposals.RejectAsync(other.ProposalId, "Staat er al", editors.Delft)).Should().BeOfType<EditOutcome.Decided>();
        (await editors.Proposals.AcceptAsync(proposed.ProposalId, "Dank", editors.Delft)).Should().BeOfType<EditOutcome.Saved>();
        (await editors.Proposals.AcceptAsync(proposed.ProposalId, null, editors.Delft)).Should().BeOfType<EditOutcome.NotFound>("it was decided on");

        (await editors.FindAsync("delft")).Description.Should().Be("Beter");
        await using var db = editors.Database.CreateDbContext();
        (await db.Notices.Where(n => n.AccountId == editors.Enschede.UserId).Select(n => n.Sort).ToListAsync()).Should().Contain(NoticeSort.ProposalAccepted);
        (await db.Notices.Where(n => n.AccountId == editors.Policy.UserId).Select(n => n.Sort).ToListAsync()).Should().Contain(NoticeSort.ProposalRejected);
    }

    [Fact]
    public async Task AcceptAsync_TwoAtOnce_AppliesItOnce()
    {
        await using var editors = await Editors.StartAsync(server);
        var proposed = (await editors.Objects.ProposeAsync(await editors.ChangeAsync("enschede", ("note", "Eens")), editors.Policy)).Should().BeOfType<EditOutcome.Waiting>().Subject;
        var before = (await editors.FindAsync("enschede")).Revision;

        var outcomes = await Task.WhenAll(editors.Proposals.AcceptAsync(proposed.ProposalId, null, editors.Enschede), editors.Proposals.AcceptAsync(proposed.ProposalId, null, editors.EnschedeColleague));

        outcomes.OfType<EditOutcome.Saved>().Should().ContainSingle();
        (await editors.FindAsync("enschede")).Revision.Should().Be(before + 1);
    }

    [Fact]
    public async Task SaveAsync_NothingNew_WritesNothing()
    {
        await using var editors = await Editors.StartAsync(server);
        var item = await editors.FindAsync(Campus);
        (await editors.Objects.SaveAsync(Editors.Change(item, item.Revision, ("name", $" {item.Name} ")), editors.Enschede)).Should().BeOfType<EditOutcome.Unchanged>();
        (await editors.FindAsync(Campus)).Revision.Should().Be(item.Revision);
    }

    [Fact]
    public async Task SaveAsync_DraftOfWhoSaves_IsGone()
    {
        await using var editors = await Editors.StartAsync(server);
        var item = await editors.FindAsync(Campus);
        var input = Editors.Change(item, item.Revision, ("note", "Van mij"));
        (await editors.Drafts.KeepAsync(item.Id, input.Kind, item.Revision, input.Changes, 0, editors.Enschede)).Should().Be((DraftOutcome.Kept, 1));
        (await editors.Drafts.KeepAsync(item.Id, input.Kind, item.Revision, input.Changes, 0, editors.Enschede)).Outcome.Should().Be(DraftOutcome.Elsewhere, "another tab kept one");
        (await editors.Drafts.FindAsync(item.Id, editors.Delft)).Should().BeNull("a draft is of one person");
        (await editors.Drafts.FindAsync(item.Id, editors.Enschede))!.Changes.Values.Should().ContainKey("note");

        await editors.Objects.SaveAsync(input, editors.Enschede);

        (await editors.Drafts.FindAsync(item.Id, editors.Enschede)).Should().BeNull();
    }

    [Fact]
    public async Task PreviewAsync_ChangeThatWouldOpenAHiddenObject_ShowsNothingOfIt()
    {
        await using var editors = await Editors.StartAsync(server);
        (await editors.Objects.SaveAsync(await editors.ChangeAsync(Campus, ("visibility", "secretariat")), editors.Secretariat)).Should().BeOfType<EditOutcome.Saved>();
        var opening = await editors.ChangeAsync(Campus, ("visibility", "public"), ("description", "x"));

        (await editors.Objects.PreviewAsync(opening, editors.Policy)).Should().BeNull();
        (await editors.Objects.ProposeAsync(opening, editors.Policy)).Should().BeOfType<EditOutcome.NotFound>();
        (await editors.Objects.ProposeAsync(await editors.ChangeAsync("delft", ("visibility", "secretariat")), editors.Policy)).Should().BeOfType<EditOutcome.Waiting>("what one can read, one may propose to hide");
    }

    [Fact]
    public async Task ProposeAsync_ForAnotherSteward_GoesToWhoKeepsItNow()
    {
        await using var editors = await Editors.StartAsync(server);
        var delft = await editors.FindAsync("delft");
        var proposed = (await editors.Objects.ProposeAsync(await editors.ChangeAsync(Campus, ("steward", delft.Id.ToString())), editors.Delft)).Should().BeOfType<EditOutcome.Waiting>().Subject;

        await using var db = editors.Database.CreateDbContext();
        var enschede = await editors.FindAsync("enschede");
        (await db.Proposals.SingleAsync(p => p.Id == proposed.ProposalId)).StewardId.Should().Be(enschede.Id);
        (await db.Notices.Select(n => n.AccountId).ToListAsync()).Should().Contain(editors.Enschede.UserId!.Value).And.NotContain(editors.Delft.UserId!.Value);
    }

    public static TheoryData<string, string> Hostile => new()
    {
        { "name", "\"\"" }, { "name", "null" }, { "name", "\"a\\u0000b\"" }, { "name", "\"a\\u202Eb\"" }, { "name", "\"a\\nb\"" }, { "name", "{}" }, { "name", "12" }, { "description", "[1]" },
        { "website", "\"javascript:alert(1)\"" }, { "website", "\"ftp://x.nl\"" }, { "website", "\"https://user:pw@x.nl\"" }, { "aliases", "\"x\"" }, { "aliases", "[null]" },
        { "foundedYear", "99999" }, { "foundedYear", "\"1990\"" }, { "foundedYear", "1990.5" }, { "phase", "\"onbekend\"" }, { "ncoMember", "\"ja\"" }, { "municipality", "\"GM9999\"" }, { "location", "\"0 0\"" },
        { "location", "\"52 6 7\"" }, { "location", "\"NaN NaN\"" }, { "location", "\"1e400 5\"" }, { "steward", "\"x\"" }, { "verification", "\"source-verified\"" }, { "confirmedOn", "\"2026-01-01\"" }, { "revision", "1" }, { "id", "\"x\"" },
        { "state", "\"draft\"" }, { "theme/bestaat-niet", "{}" }, { "theme/x", "{\"strength\":\"heel\"}" }, { "relation/x", "{}" }, { "relation/0199a000-0000-7000-8000-000000000009", "{\"kind\":\"part-of\"}" },
        { "observation/0199a000-0000-7000-8000-000000000009", "{\"indicator\":\"STARTUPS\",\"period\":\"9999\",\"value\":1}" }, { "observation/0199a000-0000-7000-8000-000000000009", "{\"value\":1e20}" },
        { "observation/0199a000-0000-7000-8000-000000000009", "{\"value\":1,\"missing\":\"unknown\"}" }, { "swot/0199a000-0000-7000-8000-000000000009", "{\"sort\":\"strength\",\"text\":\"x\"}" },
        { "citation/0199a000-0000-7000-8000-000000000009", "{\"source\":\"0199a000-0000-7000-8000-000000000009\"}" }, { "key/ror/x", "{}" }, { "exchange/x", "7" }, { "onzin/x", "1" }, { "", "1" },
    };

    [Theory, MemberData(nameof(Hostile))]
    public async Task SaveAsync_HostileValue_IsRefusedWithASentenceAndChangesNothing(string path, string json)
    {
        await using var editors = await Editors.StartAsync(server);
        var item = await editors.FindAsync(Campus);
        var outcome = await editors.Objects.SaveAsync(Editors.Change(item, item.Revision, ("note", "mee"), (path, JsonNode.Parse(json))), editors.Secretariat);

        outcome.Should().BeOfType<EditOutcome.Invalid>().Which.Problems.Should().NotBeEmpty().And.OnlyContain(p => p.Message.Nl.Length > 10);
        (await editors.FindAsync(Campus)).Revision.Should().Be(item.Revision);
    }
}
