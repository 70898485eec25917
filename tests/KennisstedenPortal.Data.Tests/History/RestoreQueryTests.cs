using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.History;
using KennisstedenPortal.Data.Tests.Editing;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.History;

/// <summary>An older value or version comes back as a new change, and nothing is lost by it.</summary>
public sealed class RestoreQueryTests(TestServer server)
{
    private const string Campus = "kennispark-twente";
    private static readonly ObjectKind Campuses = KindRegistry.Of<Campus>(), Cities = KindRegistry.Of<City>();
    /// <summary>What the portal keeps itself, or what saying it anew makes anew.</summary>
    private static readonly string[] OwnMembers = ["id", "verification", "strengthVerification", "confirmedOn", "reportedBy", "citations", "asStated", "unit", "valueType"];

    [Fact]
    public async Task Restore_OneField_BringsTheValueBackWithItsSourcesAndNothingElse()
    {
        await using var editors = await Editors.StartAsync(server);
        var before = await SnapshotAsync(editors, Campus);
        await SaveAsync(editors, Campus, ("description", "Anders"), ("note", "Ook anders"));
        var query = new RestoreQuery(editors.Database);

        var restoration = (await query.FindAsync(Campuses, Campus, 1, editors.Enschede, ["description"]))!;
        var saved = (await editors.Objects.SaveAsync(restoration.Input, editors.Enschede)).Should().BeOfType<EditOutcome.Saved>().Subject;

        var now = await SnapshotAsync(editors, Campus);
        now["description"]?.ToJsonString().Should().Be(before["description"]?.ToJsonString());
        now["note"]!.GetValue<string>().Should().Be("Ook anders");
        foreach (var (path, value) in before.Where(p => p.Key.StartsWith("citation/", StringComparison.Ordinal) || p.Key == "provenance/description")) now[path]?.ToJsonString().Should().Be(value?.ToJsonString(), path);
        await using var db = editors.Database.CreateDbContext();
        var revision = await db.Revisions.SingleAsync(r => r.ObjectId == saved.ObjectId && r.Number == saved.Revision);
        revision.Reason.Should().StartWith("Teruggezet naar de stand van ");
        saved.Revision.Should().Be(3);
    }

    [Fact]
    public async Task Restore_OfAStrengthThatNobodyConfirmed_LeavesItUnconfirmed()
    {
        await using var editors = await Editors.StartAsync(server);
        var estimate = (await editors.FindAsync(Campus)).Specialisations.First(s => s.Strength is not null && s.ConfirmedOn is null && s.StrengthVerification is not null);
        await SaveAsync(editors, Campus, ($"theme/{estimate.ThemeCode}", new JsonObject { ["strength"] = estimate.Strength == Domain.Themes.Strength.Core ? "strong" : "core" }));
        (await editors.FindAsync(Campus)).Specialisations.Single(s => s.ThemeCode == estimate.ThemeCode).ConfirmedOn.Should().NotBeNull("who keeps it set it");

        var restoration = (await new RestoreQuery(editors.Database).FindAsync(Campuses, Campus, 1, editors.Enschede, [$"theme/{estimate.ThemeCode}"]))!;
        (await editors.Objects.SaveAsync(restoration.Input, editors.Enschede)).Should().BeOfType<EditOutcome.Saved>();

        var now = (await editors.FindAsync(Campus)).Specialisations.Single(s => s.ThemeCode == estimate.ThemeCode);
        (now.Strength, now.StrengthVerification, now.ConfirmedOn).Should().Be((estimate.Strength, estimate.StrengthVerification, null));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Restore_WholeVersion_GivesTheSameEditableSnapshot(int seed)
    {
        await using var editors = await Editors.StartAsync(server);
        var random = new Random(seed);
        var city = seed % 2 == 0;
        var (kind, slug) = city ? (Cities, "enschede") : (Campuses, Campus);
        var themes = await editors.Database.ScalarAsync<string>("select string_agg(code, ',' order by rank) from theme where taxonomy_code = 'instapthema'");
        var subject = (await editors.FindAsync(Campus)).Id;
        var source = await editors.Database.ScalarAsync<Guid>("select id from source order by id limit 1");
        for (var i = 0; i < 5; i++)
        {
            var item = await editors.FindAsync(slug);
            var theme = themes!.Split(',')[random.Next(10)];
            var changes = new List<(string, JsonNode?)> { ("description", $"Beschrijving {random.Next()}"), ("keywords", new JsonArray($"woord {i}")), ("location", random.Next(2) == 0 ? null : "52,24 6,85") };
            if (item.Relations.FirstOrDefault(r => !r.IsUnconfirmed) is { } relation) changes.Add(($"relation/{relation.Id}", random.Next(2) == 0 ? null : new JsonObject { ["since"] = "2019", ["note"] = $"noot {i}" }));
            changes.Add(($"theme/{theme}", item.Specialisations.Any(s => s.ThemeCode == theme) ? null : new JsonObject { ["strength"] = "core", ["basis"] = $"grond {i}" }));
            changes.Add(($"observation/{Guid.CreateVersion7()}", new JsonObject { ["indicator"] = "STARTUPS", ["period"] = $"20{10 + i}", ["value"] = random.Next(100), ["source"] = source.ToString(), ["verification"] = "source-verified" }));
            if (item.Observations.FirstOrDefault(o => o.IndicatorCode == "STARTUPS") is { } figure) changes.Add(($"observation/{figure.Id}", null));
            if (item.Citations.FirstOrDefault(c => c.Field is null || kind.FieldsByName.ContainsKey(c.Field)) is { } citation) changes.Add(($"citation/{citation.Id}", null));
            changes.Add(($"citation/{Guid.CreateVersion7()}", new JsonObject { ["source"] = source.ToString(), ["field"] = "description", ["passage"] = $"p. {i}" }));
            changes.Add(($"exchange/{Guid.CreateVersion7()}", new JsonObject { ["sort"] = "need", ["theme"] = theme, ["text"] = $"zoekt {i}" }));
            if (item.Exchanges.FirstOrDefault() is { } exchange) changes.Add(($"exchange/{exchange.Id}", null));
            if (city) changes.Add(($"swot/{Guid.CreateVersion7()}", new JsonObject { ["sort"] = "threat", ["text"] = $"dreigt {i}", ["evidence"] = new JsonArray(new JsonObject { ["object"] = subject.ToString() }, new JsonObject { ["source"] = source.ToString() }) }));
            if (item.Swot.FirstOrDefault() is { } swot) changes.Add(($"swot/{swot.Id}", null));
            await SaveAsync(editors, slug, [.. changes]);
        }
        var number = random.Next(1, 6);
        var restoration = (await new RestoreQuery(editors.Database).FindAsync(kind, slug, number, editors.Secretariat))!;

        Told(await editors.Objects.SaveAsync(restoration.Input, editors.Secretariat)).Should().Be("saved");

        await using var db = editors.Database.CreateDbContext();
        var then = JsonNode.Parse(await db.Revisions.Where(r => r.ObjectId == restoration.Subject.Id && r.Number == number).Select(r => r.Snapshot).SingleAsync())!.AsObject();
        Lines(await SnapshotAsync(editors, slug), restoration.Kept).Should().Equal(Lines(then, restoration.Kept));
        restoration.Kept.Should().NotContain(["description", "keywords", "location"]);
        restoration.Kept.Where(p => ChangeSet.SectionOf(p) is "swot" or "exchange" or "citation").Should().BeEmpty();
        (await new RestoreQuery(editors.Database).FindAsync(kind, slug, number, editors.Secretariat))!.Input.Changes.Against(await SnapshotAsync(editors, slug)).Values.Keys.Where(k => ChangeSet.SectionOf(k) is null).Should().BeEmpty("there is nothing more to put back");
    }

    [Fact]
    public async Task Restore_RelationWhoseOtherEndIsGone_IsToldAndLeftOut()
    {
        await using var editors = await Editors.StartAsync(server);
        var relation = (await editors.FindAsync(Campus)).Relations.First(r => r.Kind == RelationKind.AnchoredBy);
        await SaveAsync(editors, Campus, ($"relation/{relation.Id}", null));
        await editors.Database.ExecuteAsync($"update register_object set state = 'archived' where id = '{relation.ToId}'");

        var restoration = (await new RestoreQuery(editors.Database).FindAsync(Campuses, Campus, 1, editors.Enschede))!;

        restoration.Kept.Should().Contain($"relation/{relation.Id}");
        restoration.Input.Changes.Has($"relation/{relation.Id}").Should().BeFalse();
    }

    [Fact]
    public async Task FindAsync_WhoDoesNotKeepTheObject_IsRefused()
    {
        await using var editors = await Editors.StartAsync(server);
        var query = new RestoreQuery(editors.Database);

        foreach (var actor in new[] { editors.Delft, editors.Policy, editors.Administrator, editors.Partner })
            await ((Func<Task>)(() => query.FindAsync(Campuses, Campus, 1, actor))).Should().ThrowAsync<NotAllowedException>();
        (await query.FindAsync(Campuses, Campus, 99, editors.Enschede)).Should().BeNull();
    }

    [Fact]
    public async Task Restore_WhatOnlyTheSecretariatChanges_IsKeptForAnEditor()
    {
        await using var editors = await Editors.StartAsync(server);
        var city = await editors.FindAsync("enschede");
        (await editors.Objects.SaveAsync(Editors.Change(city, city.Revision, ("foundingMember", !((City)city).IsFoundingMember), ("note", "Nieuw")), editors.Secretariat)).Should().BeOfType<EditOutcome.Saved>();
        var query = new RestoreQuery(editors.Database);

        var mine = (await query.FindAsync(Cities, "enschede", 1, editors.Enschede))!;
        (mine.Input.Changes.Has("foundingMember"), mine.Input.Changes.Has("note")).Should().Be((false, true));
        mine.Kept.Should().Contain("foundingMember");
        (await query.FindAsync(Cities, "enschede", 1, editors.Secretariat))!.Input.Changes.Has("foundingMember").Should().BeTrue();
    }

    private static IEnumerable<string> Lines(JsonObject snapshot, IReadOnlyCollection<string> kept) =>
        snapshot.Where(p => !kept.Contains(p.Key, StringComparer.Ordinal) && p.Key is not ("confirmedOn" or "reviewBy" or "verification")).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key} = {Editable(p.Value)}");

    private static string? Editable(JsonNode? value) => value is not JsonObject map ? value?.ToJsonString()
        : string.Join(", ", map.Where(p => !OwnMembers.Contains(p.Key)).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}: {p.Value?.ToJsonString()}"));

    private static async Task<JsonObject> SnapshotAsync(Editors editors, string slug)
    {
        return (await editors.Query.FindAsync((await editors.FindAsync(slug)).Id, editors.Secretariat))!.Snapshot;
    }

    private static async Task SaveAsync(Editors editors, string slug, params (string, JsonNode?)[] changes) =>
        Told(await editors.Objects.SaveAsync(await editors.ChangeAsync(slug, changes), editors.Secretariat)).Should().Be("saved");

    private static string Told(EditOutcome outcome) => outcome switch
    {
        EditOutcome.Saved => "saved",
        EditOutcome.Invalid invalid => string.Join("; ", invalid.Problems.Select(p => $"{p.Path}: {p.Message.Nl}")),
        _ => outcome.GetType().Name,
    };
}
