using System.Text.RegularExpressions;
using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Web.Tests.Working;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KennisstedenPortal.Web.Tests.Confirming;

/// <summary>The page behind a mail that asks for an update, as a browser without JavaScript uses it.</summary>
public sealed class ProgressByLinkPageTests(Site site)
{
    private static readonly (string, string)[] Report = [("hoe", "green"), ("tekst", "Drie labs delen hun rooster.")];

    [Fact]
    public async Task Post_SentTwice_IsReportedOnceAndTheSecondIsToldSo()
    {
        await using var own = await site.OwnAsync();
        var form = await OpenAsync(own);

        var first = await form.PostAsync("progress", Report);
        var second = await form.PostAsync("progress", Report);

        Html.Headings1(first.Html).Should().Equal("Dank u wel");
        first.Status.Should().Be(HttpStatusCode.OK, "it is told once; after that the link is one that was used");
        Html.Links(first.Html).Should().Contain("/agenda/acties/va-901#voortgang");
        second.Status.Should().Be(HttpStatusCode.OK);
        Html.Text(second.Html).Should().Contain("Deze link is al gebruikt.").And.Contain("Drie labs delen hun rooster.");
        (await own.Database.ScalarAsync<long>("select count(*) from progress_update")).Should().Be(1);
        foreach (var page in new[] { "", "/geschiedenis" }) Html.Text(await own.Client.GetStringAsync("/agenda/acties/va-901" + page)).Should().Contain("Universiteit Twente, gemeld via een link");
    }

    [Fact]
    public async Task Ask_MoreThanAnHourAllows_SaysWhenItMayAgain()
    {
        await using var own = await site.OwnAsync();
        await OpenAsync(own);
        using var secretariat = await Person.SignedInAsync(own.Portal, "secretariaat");
        const string Page = "/voortgang/va-901/vragen";
        var html = await secretariat.ReadAsync(Page);
        for (var i = 0; i < ProgressWriter.MostAskedInAnHour; i++) (await secretariat.PostToAsync(Page, html, "ask", ("mailadres", "beleid@utwente.example"))).Dispose();

        using var answer = await secretariat.PostToAsync(Page, html, "ask", ("mailadres", "beleid@utwente.example"));

        Html.Text(await answer.Content.ReadAsStringAsync()).Should().MatchRegex(@"U hebt het afgelopen uur 20 links gestuurd\. Meer kan niet in een uur\. Probeer het opnieuw na [0-9]{2}\.[0-9]{2} uur\.");
        using var administrator = await Person.SignedInAsync(own.Portal, "beheerder");
        Html.Text(await administrator.ReadAsync("/beheer/rechten?soort=link-sent")).Should().Contain("voortgang melden, Rooster voor labs");
    }

    [Theory]
    [InlineData("revoked_at = now()", "Deze link is ingetrokken.")]
    [InlineData("expires_at = now() - interval '1 minute'", "Deze link is verlopen.")]
    public async Task Post_LinkThatEndedWhileSomebodyWrote_SaysWhyAndGivesTheTextBack(string ended, string sentence)
    {
        await using var own = await site.OwnAsync();
        var form = await OpenAsync(own);
        await own.Database.ExecuteAsync($"update access_link set {ended}");

        var (status, html) = await form.PostAsync("progress", Report);

        status.Should().Be(HttpStatusCode.OK);
        Html.Text(html).Should().Contain(sentence).And.Contain("Wat u typte, is niet gemeld.").And.Contain("Drie labs delen hun rooster.");
        (await own.Database.ScalarAsync<long>("select count(*) from progress_update")).Should().Be(0);
    }

    [Fact]
    public async Task Post_Revoke_EndsTheLinkAndASecondTimeToo()
    {
        await using var own = await site.OwnAsync();
        var form = await OpenAsync(own);

        foreach (var _ in new[] { 1, 2 }) Html.Headings1((await form.PostAsync("revoke", [])).Html).Should().Equal("Link ingetrokken");

        using var again = await own.Client.GetAsync(form.Path);
        again.StatusCode.Should().Be(HttpStatusCode.Gone);
    }

    private sealed record Form(OwnPortal Own, string Path, string Token, IReadOnlyList<string> Cookies)
    {
        public async Task<(HttpStatusCode Status, string Html)> PostAsync(string name, (string Name, string Value)[] fields)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new FormUrlEncodedContent([new("_handler", name), new("__RequestVerificationToken", Token), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]) };
            request.Headers.Add("Cookie", Cookies);
            using var answer = await Own.Client.SendAsync(request);
            if (answer.StatusCode != HttpStatusCode.Redirect) return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
            // What was done stands on the page that a browser opens then.
            using var next = new HttpRequestMessage(HttpMethod.Get, answer.Headers.Location);
            next.Headers.Add("Cookie", answer.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
            using var page = await Own.Client.SendAsync(next);
            return (page.StatusCode, await page.Content.ReadAsStringAsync());
        }
    }

    /// <summary>An action of an owner without account, asked for an update, and the page of the link in the mail.</summary>
    private static async Task<Form> OpenAsync(OwnPortal own)
    {
        var secretariat = new Actor(Guid.CreateVersion7(), "Secretariaat", "Netwerk") { Grants = [new Grant(Role.Secretariat)] };
        await using var db = own.Database.CreateDbContext();
        var action = new AgendaAction { Id = Guid.CreateVersion7(), Slug = "va-901", Name = "Rooster voor labs", Status = ActionStatus.InProgress, StewardId = await db.Objects.OfType<Organisation>().Where(o => o.Slug == "universiteit-twente").Select(o => o.Id).SingleAsync() };
        db.Add(action);
        await db.SaveAsync(Actor.Portal, "Voor de proef");
        (await own.Portal.Services.GetRequiredService<ProgressWriter>().AskAsync(action.Id, Guid.NewGuid(), "beleid@utwente.example", "nl", secretariat)).Should().BeOfType<AskOutcome.Asked>();
        var body = await own.Database.ScalarAsync<string>("select body from outbox_mail where recipient = 'beleid@utwente.example'");
        var path = body[body.IndexOf("/melden/", StringComparison.Ordinal)..].Split('\n')[0];
        using var page = await own.Client.GetAsync(path);
        var token = Regex.Match(await page.Content.ReadAsStringAsync(), "name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"").Groups["token"].Value;
        return new Form(own, path, token, [.. page.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0])]);
    }
}
