using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Web.Tests.Working;

/// <summary>The public page of what is not saved yet: for its maker only, and with no more on it than the public will see.</summary>
public sealed class PreviewTests(Site site)
{
    private const string Text = "Campus waar bedrijven en studenten samenwerken.", Campus = "/bewerken/campussen/kennispark-twente/voorbeeld", City = "/bewerken/kennissteden/enschede/voorbeeld";

    private static async Task KeepAsync(Work work, string slug, string demo, params (string, JsonNode?)[] changes)
    {
        var change = await work.ChangeAsync(slug, "", changes);
        (await work.Get<DraftStore>().KeepAsync(change.ObjectId, change.Kind, change.BaseRevision, change.Changes, 0, await work.ActorAsync(demo))).Outcome.Should().Be(DraftOutcome.Kept);
    }

    [Fact]
    public async Task Preview_OfADraft_IsThePublicPageWithTheChangeAndSavesNothing()
    {
        await using var work = await Work.StartAsync(site);
        var (campus, delft) = (await work.FindAsync(Work.Campus), await work.FindAsync("delft"));
        await KeepAsync(work, Work.Campus, "redacteur-kennispark", ("description", Text), ("slug", "heel-ander-adres"), ($"relation/{Guid.CreateVersion7()}", new JsonObject { ["kind"] = "belongs-to", ["from"] = campus.Id.ToString(), ["to"] = delft.Id.ToString() }));
        using var editor = await work.PersonAsync("redacteur-kennispark");

        foreach (var prefix in new[] { "", "/en" })
        {
            using var answer = await editor.GetAsync(prefix + Campus);
            var html = await answer.Content.ReadAsStringAsync();
            answer.StatusCode.Should().Be(HttpStatusCode.OK);
            answer.Headers.CacheControl!.NoStore.Should().BeTrue();
            html.Should().Contain("noindex").And.NotContain("heel-ander-adres").And.NotContain("/bewerken/campussen/kennispark-twente\" rel");
            Html.Language(html).Should().Be(prefix.Length == 0 ? "nl" : "en");
            Html.Headings1(html).Should().Equal("Kennispark Twente");
            Html.Inline(html).Should().BeEmpty();
            Html.Ids(html).Should().OnlyHaveUniqueItems();
            Html.Text(html).Should().Contain(Text).And.Contain(prefix.Length == 0 ? "Voorbeeld – nog niet opgeslagen" : "Preview – not saved yet").And.Contain(prefix.Length == 0 ? "gemeld door Kennispark Twente, nog niet bevestigd" : "reported by Kennispark Twente, not confirmed yet");
        }

        (await work.FindAsync(Work.Campus)).Revision.Should().Be(campus.Revision);
        Html.Text(await work.Own.Client.GetStringAsync("/campussen/kennispark-twente")).Should().NotContain(Text);
        using var other = await work.PersonAsync("redacteur-enschede");
        (await other.GetAsync(Campus)).StatusCode.Should().Be(HttpStatusCode.NotFound, "it is the draft of somebody else");
        using var nobody = new Person(work.Own.Portal.BaseAddress);
        using var refused = await nobody.GetAsync(Campus);
        refused.StatusCode.Should().Be(HttpStatusCode.Redirect);
        refused.Headers.Location!.ToString().Should().Contain("/inloggen");
    }

    [Fact]
    public async Task Preview_OfACity_LeavesOutWhatIsForPartnersAndShowsNewSources()
    {
        await using var work = await Work.StartAsync(site);
        var source = Guid.CreateVersion7();
        JsonObject Swot(string text, string visibility) => new() { ["sort"] = "strength", ["text"] = text, ["visibility"] = visibility, ["evidence"] = new JsonArray(new JsonObject { ["source"] = source.ToString() }) };
        await KeepAsync(work, "enschede", "redacteur-enschede", ("description", Text), ($"source/{source}", new JsonObject { ["title"] = "Jaarverslag van de stad", ["locator"] = "https://example.org/jaarverslag" }),
            ($"citation/{Guid.CreateVersion7()}", new JsonObject { ["source"] = source.ToString(), ["field"] = "description" }),
            ($"swot/{Guid.CreateVersion7()}", Swot("Dit mag iedereen zien", "public")), ($"swot/{Guid.CreateVersion7()}", Swot("Dit is voor partners", "partners")), ("website", "javascript:alert(1)"));
        using var editor = await work.PersonAsync("redacteur-enschede");

        var html = await editor.ReadAsync(City);

        Html.Text(html).Should().Contain(Text).And.Contain("Dit mag iedereen zien").And.Contain("Jaarverslag van de stad").And.Contain("Buurgemeenten").And.Contain("Een deel kan zo niet worden opgeslagen")
            .And.NotContain("Dit is voor partners").And.NotContain("javascript:");
    }

    [Theory]
    [InlineData("visibility", "partners", "Alleen wie is ingelogd als partner ziet het.")]
    [InlineData("visibility", "secretariat", "Alleen wie het bijhoudt en het secretariaat zien het.")]
    [InlineData("state", "archived", "Het is dan gearchiveerd.")]
    public async Task Preview_OfWhatTheyWillNotSee_SaysSoAndShowsNothing(string path, string value, string sentence)
    {
        await using var work = await Work.StartAsync(site);
        await KeepAsync(work, Work.Campus, "redacteur-enschede", (path, value), ("description", Text));
        using var editor = await work.PersonAsync("redacteur-enschede");

        Html.Text(await editor.ReadAsync(Campus)).Should().Contain("Het publiek ziet Kennispark Twente dan niet").And.Contain(sentence).And.NotContain(Text);
    }

    [Fact]
    public async Task Preview_OfSomethingNew_IsItsPage()
    {
        await using var work = await Work.StartAsync(site);
        var id = Guid.CreateVersion7();
        await work.Get<DraftStore>().KeepAsync(id, KindRegistry.Of<Facility>(), 0, new ChangeSet([new("name", "Lab voor sensoren"), new("sort", "fieldlab"), new("steward", (await work.FindAsync("enschede")).Id.ToString())]), 0, await work.ActorAsync("redacteur-enschede"));
        using var editor = await work.PersonAsync("redacteur-enschede");

        var html = await editor.ReadAsync($"/toevoegen/faciliteiten/{id}/voorbeeld");

        Html.Headings1(html).Should().Equal("Lab voor sensoren");
        Html.Text(html).Should().Contain("gemeente Enschede");
        (await editor.GetAsync($"/toevoegen/campussen/{id}/voorbeeld")).StatusCode.Should().Be(HttpStatusCode.NotFound, "it is no campus");
    }

    [Fact]
    public async Task Preview_OfAProposal_IsForMakerAndKeeperUntilItIsDecidedOn()
    {
        await using var work = await Work.StartAsync(site);
        var (campus, delft) = (await work.FindAsync(Work.Campus), await work.FindAsync("delft"));
        var id = await work.ProposeAsync(Work.Campus, "redacteur-delft", "Zo is het", ("description", Text), ($"relation/{Guid.CreateVersion7()}", new JsonObject { ["kind"] = "belongs-to", ["from"] = campus.Id.ToString(), ["to"] = delft.Id.ToString() }));
        using var maker = await work.PersonAsync("redacteur-delft");
        using var keeper = await work.PersonAsync("redacteur-enschede");
        using var other = await work.PersonAsync("redacteur-partner");

        foreach (var reader in new[] { maker, keeper })
        {
            Html.Links(await reader.ReadAsync($"/voorstellen/{id}")).Should().Contain($"/voorstellen/{id}/voorbeeld");
            Html.Text(await reader.ReadAsync($"/voorstellen/{id}/voorbeeld")).Should().Contain(Text).And.Contain("als dit voorstel wordt overgenomen").And.Contain("gemeld door Kennispark Twente, nog niet bevestigd", "Enschede can't speak for Delft");
        }
        (await other.GetAsync($"/voorstellen/{id}/voorbeeld")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        await work.Get<ProposalWriter>().RejectAsync(id, "Nee", await work.ActorAsync("redacteur-enschede"));
        (await keeper.GetAsync($"/voorstellen/{id}/voorbeeld")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }
}
