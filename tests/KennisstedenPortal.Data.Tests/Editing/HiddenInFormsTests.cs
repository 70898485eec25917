using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Editing;

/// <summary>A form tells no more than a page: what is hidden from the editor stays hidden, and stays where it is.</summary>
public sealed class HiddenInFormsTests(TestServer server)
{
    private const string Campus = "kennispark-twente";

    private static JsonObject Swot(string text, string visibility, params JsonNode[] evidence) => new() { ["sort"] = "strength", ["text"] = text, ["visibility"] = visibility, ["evidence"] = new JsonArray(evidence) };

    /// <summary>A lab that Delft keeps, to which Enschede's campus is related and on which a strength of Enschede rests; then Delft hides it.</summary>
    private static async Task<(RegisterObject Hidden, string Relation, string Swot)> HideAsync(Editors editors)
    {
        await using var db = editors.Database.CreateDbContext();
        var delft = await editors.FindAsync("delft");
        var hidden = await db.Objects.AsNoTracking().OfType<Facility>().Where(f => f.StewardId == delft.Id && f.State == ObjectState.Published).OrderBy(f => f.Name).FirstAsync();
        var campus = await editors.FindAsync(Campus);
        var (relation, swot) = ($"relation/{Guid.CreateVersion7()}", $"swot/{Guid.CreateVersion7()}");
        (await editors.Objects.SaveAsync(Editors.Change(campus, campus.Revision, (relation, new JsonObject { ["kind"] = "located-on", ["from"] = hidden.Id.ToString(), ["to"] = campus.Id.ToString() })), editors.Secretariat)).Should().BeOfType<EditOutcome.Saved>();
        var source = campus.Observations.Select(o => o.SourceId).Concat((await editors.FindAsync("enschede")).Observations.Select(o => o.SourceId)).First().ToString();
        (await editors.Objects.SaveAsync(await editors.ChangeAsync("enschede", (swot, Swot("Sterk", "partners", new JsonObject { ["object"] = hidden.Id.ToString() }, new JsonObject { ["source"] = source }))), editors.Enschede)).Should().BeOfType<EditOutcome.Saved>();
        (await editors.Objects.SaveAsync(await editors.ChangeAsync(hidden.Slug, ("visibility", "secretariat")), editors.Delft)).Should().BeOfType<EditOutcome.Saved>();
        return (hidden, relation, swot);
    }

    [Fact]
    public async Task FindAsync_HiddenObjectOfAnotherCity_IsNeitherNamedNorPointedAt()
    {
        await using var editors = await Editors.StartAsync(server);
        var (hidden, relation, swot) = await HideAsync(editors);
        var (campus, city) = ((await editors.FindAsync(Campus)).Id, (await editors.FindAsync("enschede")).Id);

        foreach (var view in new[] { (await editors.Query.FindAsync(campus, editors.Enschede))!, (await editors.Query.FindAsync(city, editors.Enschede))! })
        {
            view.Names.Values.Should().NotContain(hidden.Name);
            view.Snapshot.ToJsonString().Should().NotContain(hidden.Id.ToString());
        }
        (await editors.Query.FindAsync(campus, editors.Secretariat))!.Snapshot.ContainsKey(relation).Should().BeTrue();
        (await editors.Query.FindAsync(city, editors.Secretariat))!.Names.Values.Should().Contain(hidden.Name);
        (await editors.Query.NamesAsync([hidden.Id.ToString()], editors.Enschede)).Should().BeEmpty();
        (await editors.Query.NamesAsync([hidden.Id.ToString()], editors.Delft)).Should().ContainSingle();
        (await editors.Query.NamesAsync([hidden.Id.ToString()])).Should().BeEmpty();
    }

    [Fact]
    public async Task SaveAsync_FormWithoutTheHiddenEvidence_LeavesItWhereItIs()
    {
        await using var editors = await Editors.StartAsync(server);
        var (hidden, _, swot) = await HideAsync(editors);
        var city = await editors.FindAsync("enschede");
        var seen = (await editors.Query.FindAsync(city.Id, editors.Enschede))!.Snapshot[swot]!.DeepClone();
        seen["text"] = "Nog sterker";

        (await editors.Objects.SaveAsync(await editors.ChangeAsync("enschede", (swot, seen)), editors.Enschede)).Should().BeOfType<EditOutcome.Saved>();

        var item = (await editors.FindAsync("enschede")).Swot.Single();
        item.Text.Should().Be("Nog sterker");
        item.Evidence.Select(e => e.SubjectId).Should().Contain(hidden.Id);
    }

    [Fact]
    public async Task SaveAsync_GuessedIdentityOfAHiddenObject_IsNoOtherEndAndNoEvidence()
    {
        await using var editors = await Editors.StartAsync(server);
        var (hidden, _, _) = await HideAsync(editors);
        (string, JsonNode)[] tries = [($"relation/{Guid.CreateVersion7()}", new JsonObject { ["kind"] = "belongs-to", ["from"] = hidden.Id.ToString(), ["to"] = (await editors.FindAsync("enschede")).Id.ToString() }),
            ($"swot/{Guid.CreateVersion7()}", Swot("Zwak", "public", new JsonObject { ["object"] = hidden.Id.ToString() }))];

        foreach (var change in tries)
            (await editors.Objects.SaveAsync(await editors.ChangeAsync("enschede", change), editors.Enschede)).Should().BeOfType<EditOutcome.Invalid>();
    }

    [Fact]
    public async Task PreviewAsync_HiddenFactOfAnothersCity_IsNotShown()
    {
        await using var editors = await Editors.StartAsync(server);
        var source = (await editors.FindAsync("enschede")).Observations.First().SourceId.ToString();
        var swot = $"swot/{Guid.CreateVersion7()}";
        (await editors.Objects.SaveAsync(await editors.ChangeAsync("enschede", (swot, Swot("Niet voor Delft", "secretariat", new JsonObject { ["source"] = source }))), editors.Enschede)).Should().BeOfType<EditOutcome.Saved>();
        var guess = await editors.ChangeAsync("enschede", (swot, null), ("note", "x"));

        (await editors.Objects.PreviewAsync(guess, editors.Delft))!.Differences.Select(d => d.Path).Should().Equal("note");
        (await editors.Objects.PreviewAsync(guess, editors.Enschede))!.Differences.Select(d => d.Path).Should().BeEquivalentTo("note", swot);
        (await editors.Query.FindAsync((await editors.FindAsync("enschede")).Id, editors.Delft))!.Snapshot.ContainsKey(swot).Should().BeFalse();
    }
}
