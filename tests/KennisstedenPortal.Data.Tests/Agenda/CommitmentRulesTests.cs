using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.History;
using KennisstedenPortal.Data.Tests.Editing;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.History;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Agenda;

/// <summary>Nobody gets more time, or lets a promise lapse, without saying why.</summary>
public sealed class CommitmentRulesTests(TestServer server)
{
    private static readonly DateOnly Today = Domain.Dutch.Day(DateTimeOffset.UtcNow);

    [Fact]
    public async Task Save_TermExtended_RemembersFromWhenAndOnWhichDay()
    {
        await using var editors = await Editors.StartAsync(server);
        var (action, path, party) = await StartAsync(editors, "2027-06-01");

        await ActionEditingTests.ShouldBeSavedAsync(editors, action, (path, Until(party, "2028-06-01", "De raad besluit later.")));

        (await SingleAsync(editors)).Should().BeEquivalentTo(new { TermOn = new DateOnly(2028, 6, 1), ExtendedFrom = new DateOnly(2027, 6, 1), ExtendedOn = Today });
        await ActionEditingTests.ShouldBeSavedAsync(editors, action, (path, Until(party, "2028-01-01", "De raad besluit later.")));
        (await SingleAsync(editors)).ExtendedFrom.Should().Be(new DateOnly(2027, 6, 1), "a shorter term is no extension; the last one stays");
    }

    [Theory]
    [InlineData("2028-06-01")]
    [InlineData(null)]
    public async Task Save_DroppedAndMadeAnewWithALaterTerm_NeedsAReason(string? term)
    {
        await using var editors = await Editors.StartAsync(server);
        var (action, path, party) = await StartAsync(editors, "2027-06-01");
        var anew = $"commitment/{Guid.CreateVersion7()}";

        (await SaveAsync(editors, action, (path, null), (anew, Until(party, term)))).Should().BeOfType<EditOutcome.Invalid>().Which.Problems.Should().ContainSingle(p => p.Path == anew && p.Message.Nl.Contains("waarom de termijn langer", StringComparison.Ordinal));
        await ActionEditingTests.ShouldBeSavedAsync(editors, action, (path, null), (anew, Until(party, term, "De raad besluit later.")));

        (await SingleAsync(editors)).ExtendedFrom.Should().Be(new DateOnly(2027, 6, 1));
    }

    [Fact]
    public async Task Save_DroppedAndAnotherPartyAdded_NeedsNone()
    {
        await using var editors = await Editors.StartAsync(server);
        var (action, path, _) = await StartAsync(editors, "2027-06-01");

        await ActionEditingTests.ShouldBeSavedAsync(editors, action, (path, null), ($"commitment/{Guid.CreateVersion7()}", Until((await editors.FindAsync("delft")).Id, "2028-06-01")));

        (await SingleAsync(editors)).ExtendedOn.Should().BeNull();
    }

    [Fact]
    public async Task Restore_OlderVersionWithALaterTerm_IsNotRefusedForLackOfAReason()
    {
        await using var editors = await Editors.StartAsync(server);
        var (action, path, party) = await StartAsync(editors, "2028-06-01");
        await ActionEditingTests.ShouldBeSavedAsync(editors, action, (path, Until(party, "2027-06-01")));

        var plan = (await new RestoreQuery(editors.Database).FindAsync(KindRegistry.Of<AgendaAction>(), (await ActionEditingTests.FindAsync(editors, action)).Slug, 2, editors.Secretariat))!;
        (await editors.Objects.SaveAsync(plan.Input, editors.Secretariat)).Should().BeOfType<EditOutcome.Saved>();

        (await SingleAsync(editors)).Should().BeEquivalentTo(new { TermOn = new DateOnly(2028, 6, 1), ExtendedOn = (DateOnly?)null, Reason = (string?)null });
    }

    [Fact]
    public async Task Save_WithTheReasonOfARestoreAndATermThatNeverStood_AsksWhy()
    {
        await using var editors = await Editors.StartAsync(server);
        var (action, path, party) = await StartAsync(editors, "2028-06-01");
        await ActionEditingTests.ShouldBeSavedAsync(editors, action, (path, Until(party, "2027-06-01")));
        var item = await ActionEditingTests.FindAsync(editors, action);
        EditInput Put(string term) => new(action, KindRegistry.Of<AgendaAction>(), item.Revision, new ChangeSet([new(path, Until(party, term))]), OwnReason.PutBack + " gisteren");

        (await editors.Objects.SaveAsync(Put("2029-06-01"), editors.Secretariat)).Should().BeOfType<EditOutcome.Invalid>("the reason is anybody's to write, what stood is not").Which.Problems.Should().ContainSingle(p => p.Path == path);
        (await editors.Objects.SaveAsync(Put("2028-06-01"), editors.Secretariat)).Should().BeOfType<EditOutcome.Saved>("that stood there");
    }

    [Fact]
    public async Task Restore_VersionBeforeItWasRemoved_BringsTheExtensionBack()
    {
        await using var editors = await Editors.StartAsync(server);
        var (action, path, party) = await StartAsync(editors, "2027-06-01");
        await ActionEditingTests.ShouldBeSavedAsync(editors, action, (path, Until(party, "2028-06-01", "De raad besluit later.")));
        await ActionEditingTests.ShouldBeSavedAsync(editors, action, (path, null));

        var plan = (await new RestoreQuery(editors.Database).FindAsync(KindRegistry.Of<AgendaAction>(), (await ActionEditingTests.FindAsync(editors, action)).Slug, 3, editors.Secretariat))!;
        (await editors.Objects.SaveAsync(plan.Input, editors.Secretariat)).Should().BeOfType<EditOutcome.Saved>();

        (await SingleAsync(editors)).Should().BeEquivalentTo(new { TermOn = new DateOnly(2028, 6, 1), ExtendedFrom = new DateOnly(2027, 6, 1), ExtendedOn = Today, Reason = "De raad besluit later." });
    }

    [Fact]
    public async Task Restore_ThatAColleagueDecidesOnInOtherWords_IsNotRefusedEither()
    {
        await using var editors = await Editors.StartAsync(server);
        var (action, path, party) = await StartAsync(editors, "2028-06-01");
        await ActionEditingTests.ShouldBeSavedAsync(editors, action, (path, Until(party, "2027-06-01")), ("steward", party.ToString()));
        await editors.Database.ExecuteAsync("update register_object set has_four_eyes = true where kind = 'city' and slug = 'enschede'");

        var plan = (await new RestoreQuery(editors.Database).FindAsync(KindRegistry.Of<AgendaAction>(), (await ActionEditingTests.FindAsync(editors, action)).Slug, 2, editors.Enschede, [path]))!;
        var waiting = (await editors.Objects.SaveAsync(plan.Input, editors.Enschede)).Should().BeOfType<EditOutcome.Waiting>().Subject;
        (await editors.Proposals.AcceptAsync(waiting.ProposalId, "Akkoord, zo was het.", editors.Secretariat)).Should().BeOfType<EditOutcome.Saved>();

        (await SingleAsync(editors)).TermOn.Should().Be(new DateOnly(2028, 6, 1));
    }

    [Fact]
    public async Task Save_MetLapsedOrOpenAgain_KeepsTheDayOfIt()
    {
        await using var editors = await Editors.StartAsync(server);
        var (action, path, party) = await StartAsync(editors, "2027-06-01");
        JsonObject Now(string status, string? reason = null, string? on = null)
        {
            var node = Until(party, "2027-06-01", reason);
            (node["status"], node["settledOn"]) = (status, on);
            return node;
        }

        (await SaveAsync(editors, action, (path, Now("lapsed")))).Should().BeOfType<EditOutcome.Invalid>().Which.Problems.Single().Message.Nl.Should().Contain("waarom de toezegging is vervallen");
        await ActionEditingTests.ShouldBeSavedAsync(editors, action, (path, Now("met", on: "1-10-2026")));
        (await SingleAsync(editors)).SettledOn.Should().Be(new DateOnly(2026, 10, 1));
        await ActionEditingTests.ShouldBeSavedAsync(editors, action, (path, Now("partly-met")));
        (await SingleAsync(editors)).SettledOn.Should().BeNull();
        await ActionEditingTests.ShouldBeSavedAsync(editors, action, (path, Now("lapsed", "De regeling is gestopt.")));
        (await SingleAsync(editors)).SettledOn.Should().Be(Today, "who says nothing else means now");
    }

    /// <summary>A reason says why it was extended, and nothing of why nobody has to do it any more.</summary>
    [Fact]
    public async Task Save_LapsedWithTheReasonOfAnExtension_AsksForAnother()
    {
        await using var editors = await Editors.StartAsync(server);
        var (action, path, party) = await StartAsync(editors, "2027-06-01");
        await ActionEditingTests.ShouldBeSavedAsync(editors, action, (path, Until(party, "2028-06-01", "Levering later.")));
        JsonObject Lapsed(string reason)
        {
            var node = Until(party, "2028-06-01", reason);
            node["status"] = "lapsed";
            return node;
        }

        (await SaveAsync(editors, action, (path, Lapsed("Levering later.")))).Should().BeOfType<EditOutcome.Invalid>().Which.Problems.Should().ContainSingle().Which.Should().Match<Problem>(p => p.Path == path && p.Member == "reason" && p.Message.Nl.StartsWith("De reden die er staat, is van eerder. Schrijf erbij waarom", StringComparison.Ordinal));
        await ActionEditingTests.ShouldBeSavedAsync(editors, action, (path, Lapsed("De leverancier is gestopt.")));
        var more = Lapsed("De leverancier is gestopt.");
        more["text"] = "Wij betaalden mee";
        await ActionEditingTests.ShouldBeSavedAsync(editors, action, (path, more));
    }

    [Fact]
    public async Task Extension_SentByAPage_IsNotBelieved()
    {
        await using var editors = await Editors.StartAsync(server);
        var (action, path, party) = await StartAsync(editors, "2027-06-01");
        var node = Until(party, "2027-06-01", "Zomaar");
        (node["extendedFrom"], node["extendedOn"]) = ("2020-01-01", "2020-01-02");

        await ActionEditingTests.ShouldBeSavedAsync(editors, action, (path, node));

        (await SingleAsync(editors)).ExtendedOn.Should().BeNull();
    }

    private static JsonObject Until(Guid party, string? term, string? reason = null) => new() { ["party"] = party.ToString(), ["sort"] = "money", ["text"] = "Wij betalen mee", ["term"] = term, ["reason"] = reason };

    private static async Task<(Guid Action, string Path, Guid Party)> StartAsync(Editors editors, string term)
    {
        var action = await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress);
        var (path, party) = ($"commitment/{Guid.CreateVersion7()}", (await editors.FindAsync("enschede")).Id);
        await ActionEditingTests.ShouldBeSavedAsync(editors, action.Id, (path, Until(party, term)));
        return (action.Id, path, party);
    }

    private static async Task<Commitment> SingleAsync(Editors editors)
    {
        await using var db = editors.Database.CreateDbContext();
        return await db.Commitments.AsNoTracking().SingleAsync();
    }

    private static async Task<EditOutcome> SaveAsync(Editors editors, Guid id, params (string Path, JsonNode? Value)[] changes)
    {
        var item = await ActionEditingTests.FindAsync(editors, id);
        return await editors.Objects.SaveAsync(Editors.Change(item, item.Revision, changes), editors.Secretariat);
    }
}
