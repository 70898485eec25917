using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Editing;

/// <summary>What a client can make up: identities of others, codes that are none, revisions that do not exist, stewards of others.</summary>
public sealed class HostileEditingTests(TestServer server)
{
    private const string Campus = "kennispark-twente";

    private static JsonObject Swot(params JsonNode[] evidence) => new() { ["sort"] = "strength", ["text"] = "Sterk", ["visibility"] = "public", ["evidence"] = new JsonArray(evidence) };

    [Fact]
    public async Task SaveAsync_IdentityOfAnothersRow_IsRefused()
    {
        await using var editors = await Editors.StartAsync(server);
        var (city, delft) = (await editors.FindAsync("enschede"), await editors.FindAsync("delft"));
        var figure = delft.Observations.First();
        await using var db = editors.Database.CreateDbContext();
        var source = figure.SourceId.ToString();
        var (relation, citation) = (delft.InverseRelations.First(r => r.FromId != city.Id), (await db.Citations.FirstAsync(c => c.ObjectId != city.Id)).Id);
        var (swot, offer) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var theme = await editors.Database.ScalarAsync<string>("select code from theme where taxonomy_code = 'instapthema' limit 1");
        (await editors.Objects.SaveAsync(Editors.Change(delft, delft.Revision, ($"swot/{swot}", Swot(new JsonObject { ["source"] = source })), ($"exchange/{offer}", new JsonObject { ["sort"] = "offer", ["theme"] = theme, ["text"] = "Plek" })), editors.Delft)).Should().BeOfType<EditOutcome.Saved>();
        var campus = await editors.FindAsync(Campus);
        (string, JsonNode)[] tries =
        [
            ($"observation/{figure.Id}", new JsonObject { ["indicator"] = figure.IndicatorCode, ["period"] = "2025", ["value"] = 1, ["source"] = source }),
            ($"relation/{relation.Id}", new JsonObject { ["kind"] = "serves", ["from"] = campus.Id.ToString(), ["to"] = city.Id.ToString() }),
            ($"citation/{citation}", new JsonObject { ["source"] = source }),
            ($"swot/{swot}", Swot(new JsonObject { ["source"] = source })),
            ($"exchange/{offer}", new JsonObject { ["sort"] = "offer", ["theme"] = theme, ["text"] = "Plek" }),
        ];

        foreach (var (path, value) in tries)
            (await editors.Objects.SaveAsync(Editors.Change(city, city.Revision, (path, value)), editors.Secretariat)).Should().BeOfType<EditOutcome.Invalid>(path).Which.Problems.Should().OnlyContain(p => p.Path == path);

        (await editors.FindAsync("enschede")).Revision.Should().Be(city.Revision);
    }

    [Fact]
    public async Task SaveAsync_CodesThatAreNone_AreRefusedAndNeverReachTheDatabase()
    {
        await using var editors = await Editors.StartAsync(server);
        var item = await editors.FindAsync(Campus);
        foreach (var bad in new[] { "a\0b", "\uD800", "é", new string('x', 101), "" })
        {
            (string, JsonNode)[] tries =
            [
                ($"theme/{bad}", new JsonObject { ["strength"] = "core" }), ($"location/{bad}", true), ($"exchange/{Guid.CreateVersion7()}", new JsonObject { ["sort"] = "offer", ["theme"] = bad, ["text"] = "x" }),
                ($"observation/{Guid.CreateVersion7()}", new JsonObject { ["indicator"] = bad, ["period"] = "2025", ["value"] = 1 }), ("municipality", bad.Length == 0 ? "x y" : bad), ("slug", bad),
            ];
            foreach (var (path, value) in tries)
                (await editors.Objects.SaveAsync(Editors.Change(item, item.Revision, (path, value)), editors.Enschede)).Should().BeOfType<EditOutcome.Invalid>(path);
            (await editors.Query.NamesAsync([bad], editors.Enschede)).Should().BeEmpty();
            (await editors.Query.SourcesAsync(bad)).Should().NotBeNull();
            (await editors.Query.ObjectsAsync(bad, [], editors.Enschede)).Should().NotBeNull();
        }
    }

    [Fact]
    public async Task SaveAsync_RevisionThatDoesNotExist_IsRefused()
    {
        await using var editors = await Editors.StartAsync(server);
        var item = await editors.FindAsync(Campus);
        foreach (var revision in new[] { item.Revision + 1, int.MaxValue, -1 })
            (await editors.Objects.SaveAsync(Editors.Change(item, revision, ("note", "x")), editors.Enschede)).Should().BeOfType<EditOutcome.Invalid>("nobody escapes a conflict with a number of their own");
    }

    [Fact]
    public async Task SaveAsync_NewObject_GetsNoStewardThatIsNoneOrAnothers()
    {
        await using var editors = await Editors.StartAsync(server);
        var (delft, facility) = (await editors.FindAsync("delft"), await editors.FindAsync("mesa-nanolab"));
        EditInput New(JsonNode? steward) => new(Guid.CreateVersion7(), KindRegistry.Of<Facility>(), 0, new ChangeSet([new("name", "Nieuw lab"), new("sort", "fieldlab"), new("steward", steward)]), "Nieuw");

        foreach (var editor in new[] { editors.Enschede, editors.Campus, editors.Partner, editors.Policy, editors.Administrator })
            foreach (var steward in new[] { delft.Id.ToString(), facility.Id.ToString(), Guid.CreateVersion7().ToString(), "x", null })
                await editors.Objects.Awaiting(o => o.SaveAsync(New(steward), editor)).Should().ThrowAsync<NotAllowedException>();
        foreach (var steward in new[] { facility.Id.ToString(), Guid.CreateVersion7().ToString(), "x", "a\0" })
        {
            (await editors.Objects.SaveAsync(New(steward), editors.Secretariat)).Should().BeOfType<EditOutcome.Invalid>(steward);
            (await editors.Objects.ProposeAsync(New(steward), editors.Policy)).Should().BeOfType<EditOutcome.Invalid>(steward);
        }
        (await editors.Objects.ProposeAsync(New(delft.Id.ToString()), editors.Enschede)).Should().BeOfType<EditOutcome.Waiting>("Delft decides on it");
    }

    [Fact]
    public async Task SaveAsync_NameAsLongAsAnAddress_GetsOneOfItsOwnEachTime()
    {
        await using var editors = await Editors.StartAsync(server);
        var city = await editors.FindAsync("enschede");
        var slugs = new List<string>();
        for (var i = 0; i < 3; i++)
            slugs.Add((await editors.Objects.SaveAsync(new EditInput(Guid.CreateVersion7(), KindRegistry.Of<Facility>(), 0, new ChangeSet([new("name", new string('a', 100)), new("sort", "fieldlab"), new("steward", city.Id.ToString())]), null), editors.Enschede)).Should().BeOfType<EditOutcome.Saved>().Subject.Slug);

        slugs.Should().OnlyHaveUniqueItems().And.OnlyContain(s => s.Length > 70 && s.Length <= 80);
    }

    [Fact]
    public async Task SaveAsync_SideEffectOnWhatAnotherJustAdded_IsAConflict()
    {
        await using var editors = await Editors.StartAsync(server);
        var item = await editors.FindAsync(Campus);
        (await editors.Objects.SaveAsync(Editors.Change(item, item.Revision, ("provenance/description", new JsonObject { ["verification"] = "source-verified" })), editors.Campus)).Should().BeOfType<EditOutcome.Saved>();

        var conflict = (await editors.Objects.SaveAsync(Editors.Change(item, item.Revision, ("description", "Anders")), editors.Enschede)).Should().BeOfType<EditOutcome.Conflict>("the mark of the other would go unseen").Subject;

        conflict.Preview.Clashes.Select(c => c.Path).Should().Equal("provenance/description");
        (await editors.Objects.SaveAsync(Editors.Change(item, conflict.Preview.Revision, ("description", "Anders")), editors.Enschede)).Should().BeOfType<EditOutcome.Saved>("it was seen");
    }

    [Fact]
    public async Task SaveAsync_ChangedFigure_LosesItsMarkAndOneIsPreferred()
    {
        await using var editors = await Editors.StartAsync(server);
        var city = await editors.FindAsync("enschede");
        var source = city.Observations.First().SourceId.ToString();
        var (one, two) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        JsonObject Figure(int value, bool preferred, string? verification = null) => new() { ["indicator"] = "STARTUPS", ["period"] = "2024", ["value"] = value, ["source"] = source, ["preferred"] = preferred, ["verification"] = verification };
        (await editors.Objects.SaveAsync(Editors.Change(city, city.Revision, ($"observation/{one}", Figure(1, true)), ($"observation/{two}", Figure(2, true))), editors.Enschede)).Should().BeOfType<EditOutcome.Invalid>("only one can be preferred");
        (await editors.Objects.SaveAsync(Editors.Change(city, city.Revision, ($"observation/{one}", Figure(1, true, "source-verified")), ($"observation/{two}", Figure(2, false, "source-verified"))), editors.Enschede)).Should().BeOfType<EditOutcome.Saved>();

        (await editors.Objects.SaveAsync(await editors.ChangeAsync("enschede", ($"observation/{two}", Figure(3, true))), editors.Enschede)).Should().BeOfType<EditOutcome.Saved>();

        var saved = (await editors.FindAsync("enschede")).Observations.Where(o => o.Id == one || o.Id == two).ToDictionary(o => o.Id);
        (saved[two].Value, saved[two].Verification, saved[two].IsPreferred).Should().Be((3m, Verification.GeneralKnowledge, true));
        (saved[one].Verification, saved[one].IsPreferred).Should().Be((Verification.SourceVerified, false));
    }

    [Fact]
    public async Task SaveAsync_RemovingAFigureThatIsEvidenceElsewhere_IsRefused()
    {
        await using var editors = await Editors.StartAsync(server);
        var (city, delft) = (await editors.FindAsync("enschede"), await editors.FindAsync("delft"));
        var (figure, swot) = (city.Observations.First().Id, Guid.CreateVersion7());
        (await editors.Objects.SaveAsync(Editors.Change(delft, delft.Revision, ($"swot/{swot}", Swot(new JsonObject { ["observation"] = figure.ToString() }))), editors.Delft)).Should().BeOfType<EditOutcome.Saved>();

        (await editors.Objects.SaveAsync(Editors.Change(city, city.Revision, ($"observation/{figure}", null)), editors.Enschede)).Should().BeOfType<EditOutcome.Invalid>();

        (await editors.FindAsync("delft")).Swot.Single().Evidence.Should().ContainSingle();
        (await editors.Objects.SaveAsync(await editors.ChangeAsync("delft", ($"swot/{swot}", null)), editors.Delft)).Should().BeOfType<EditOutcome.Saved>();
        (await editors.Objects.SaveAsync(await editors.ChangeAsync("enschede", ($"observation/{figure}", null)), editors.Enschede)).Should().BeOfType<EditOutcome.Saved>("nothing rests on it any more");
    }

    [Theory]
    [InlineData("{\"note\":\"a\",\"note\":\"b\"}")]
    [InlineData("{\"theme/x\":{\"strength\":\"core\",\"strength\":\"strong\"}}")]
    [InlineData("[]")]
    [InlineData("{\"note\":")]
    public void Parse_WhatIsNoPlainChange_IsRefused(string json) => FluentActions.Invoking(() => ChangeSet.Parse(json)).Should().Throw<FormatException>();

    [Fact]
    public void Parse_DeeperThanAChangeGoes_IsRefused() =>
        FluentActions.Invoking(() => ChangeSet.Parse("{\"note\":" + new string('[', 40) + new string(']', 40) + "}")).Should().Throw<FormatException>();
}
