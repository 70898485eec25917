using System.Text.Json;
using System.Text.RegularExpressions;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KennisstedenPortal.Web.Tests.Confirming;

/// <summary>The page behind a confirmation mail, as a browser without JavaScript uses it.</summary>
public sealed class ConfirmByLinkPageTests(Site site)
{
    [Fact]
    public async Task Get_ByAPersonOrAScanner_ShowsTheObjectsIsKeptByNobodyAndChangesNothing()
    {
        await using var own = await site.OwnAsync();
        var (path, ids) = await LinkAsync(own);

        for (var i = 0; i < 4; i++)
        {
            using var answer = await own.Client.GetAsync(path);
            var html = await answer.Content.ReadAsStringAsync();
            answer.StatusCode.Should().Be(HttpStatusCode.OK);
            answer.Headers.CacheControl!.NoStore.Should().BeTrue();
            Html.Headings1(html).Should().Equal("Klopt dit nog?");
            Html.Ids(html).Should().Contain(ids.Select(id => $"juist-{id}"));
            html.Should().NotContain("blazor.web.js").And.Contain("Anna");
        }
        using (await own.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path))) { }

        (await ConfirmedAsync(own)).Should().Be(0);
        (await own.Database.ScalarAsync<long>("select count(*) from access_link where used_at is null")).Should().Be(1);
    }

    [Fact]
    public async Task Post_TicksAndARemark_ConfirmsProposesAndUsesTheLinkUp()
    {
        await using var own = await site.OwnAsync();
        var (path, ids) = await LinkAsync(own);

        var (status, html) = await PostAsync(own, path, [("juist", $"{ids[0]}"), ("juist", $"{ids[1]}"), ($"opmerking-{ids[2]}", "Verhuisd <b>naar</b> elders"), ($"opmerking-{ids[0]}", " ")]);

        status.Should().Be(HttpStatusCode.OK);
        Html.Headings1(html).Should().Equal("Dank u wel");
        Html.Text(html).Should().Contain("U hebt bevestigd dat 2 gegevens nog juist zijn.").And.Contain("Uw opmerkingen liggen nu bij de mensen");
        (await ConfirmedAsync(own)).Should().Be(2);
        (await own.Database.ScalarAsync<string>("select reason from proposal")).Should().Be("Verhuisd <b>naar</b> elders");
        using var again = await own.Client.GetAsync(path);
        again.StatusCode.Should().Be(HttpStatusCode.Gone);
        Html.Text(await again.Content.ReadAsStringAsync()).Should().Contain("Deze link is al gebruikt").And.NotContain("Anna");
    }

    [Fact]
    public async Task Post_NothingOrTooMuch_SaysWhatToDoAndKeepsWhatWasTyped()
    {
        await using var own = await site.OwnAsync();
        var (path, ids) = await LinkAsync(own);

        var (_, empty) = await PostAsync(own, path, []);
        var (_, bad) = await PostAsync(own, path, [("juist", $"{ids[1]}"), ($"opmerking-{ids[0]}", "onzichtbaar\u202Eteken")]);

        Html.Title(empty).Should().StartWith("Fout: ");
        Html.Text(empty).Should().Contain("Vink aan wat nog juist is, of schrijf op wat er niet klopt.");
        WebUtility.HtmlDecode(bad).Should().Contain("onzichtbaar\u202Eteken").And.MatchRegex($"id=\"juist-{ids[1]}\"[^>]* checked").And.Contain($"aria-describedby=\"opmerking-{ids[0]}-fout\"");
        (await ConfirmedAsync(own)).Should().Be(0);
        (await own.Database.ScalarAsync<long>("select count(*) from access_link where used_at is null")).Should().Be(1, "the link still works");
    }

    [Fact]
    public async Task Post_WithoutTheTokenOfTheForm_IsRefused()
    {
        await using var own = await site.OwnAsync();
        var (path, ids) = await LinkAsync(own);

        using var answer = await own.Client.PostAsync(path, new FormUrlEncodedContent([new("_handler", "answer"), new("juist", $"{ids[0]}")]));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await ConfirmedAsync(own)).Should().Be(0);
    }

    [Fact]
    public async Task Post_Revoke_EndsTheLink()
    {
        await using var own = await site.OwnAsync();
        var (path, _) = await LinkAsync(own);

        var (_, html) = await PostAsync(own, path, [], "revoke");

        Html.Headings1(html).Should().Equal("Link ingetrokken");
        using var again = await own.Client.GetAsync(path);
        again.StatusCode.Should().Be(HttpStatusCode.Gone);
    }

    [Theory]
    [InlineData("/bevestigen/kort")]
    [InlineData("/bevestigen/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/bevestigen/%00%E2%80%AE")]
    public async Task Get_SecretThatNobodyGave_SaysThatTheLinkDoesNotWork(string path)
    {
        using var answer = await site.Client.GetAsync(path);

        answer.StatusCode.Should().BeOneOf(HttpStatusCode.Gone, HttpStatusCode.BadRequest);
        if (answer.StatusCode == HttpStatusCode.Gone) Html.Headings1(await answer.Content.ReadAsStringAsync()).Should().Equal("Deze link werkt niet");
    }

    [Fact]
    public async Task Get_English_IsEnglish()
    {
        await using var own = await site.OwnAsync();
        var (path, _) = await LinkAsync(own);

        var html = await own.Client.GetStringAsync("/en" + path);

        Html.Language(html).Should().Be("en");
        Html.Headings1(html).Should().Equal("Is this still right?");
    }

    private static Task<long> ConfirmedAsync(OwnPortal own) => own.Database.ScalarAsync<long>("select count(*) from register_object where confirmed_on is not null");

    private static async Task<(string Path, List<Guid> Ids)> LinkAsync(OwnPortal own)
    {
        await using var db = own.Database.CreateDbContext();
        var delft = await db.Objects.OfType<City>().SingleAsync(c => c.Slug == "delft");
        var ids = await db.Objects.Where(o => o.StewardId == delft.Id && o.Id != delft.Id && o.State == ObjectState.Published).OrderBy(o => o.Name).Select(o => o.Id).Take(3).ToListAsync();
        var account = new Account { Id = Guid.CreateVersion7(), Name = "Anna", OrganisationId = await db.Objects.OfType<Organisation>().OrderBy(o => o.Slug).Select(o => o.Id).FirstAsync(), CreatedAt = DateTimeOffset.UtcNow, Email = "anna@voorbeeld.nl", UserName = "anna@voorbeeld.nl", NormalizedEmail = "ANNA@VOORBEELD.NL", NormalizedUserName = "ANNA@VOORBEELD.NL" };
        account.Grants.Add(new RoleGrant { Id = Guid.CreateVersion7(), AccountId = account.Id, Role = Role.MunicipalEditor, ScopeId = delft.Id, GrantedAt = DateTimeOffset.UtcNow });
        db.Add(account);
        var link = own.Portal.Services.GetRequiredService<AccessLinkWriter>().Add(db, LinkPurpose.Confirm, account.Id, JsonSerializer.Serialize(ids), ReviewReminder.Lifetime, Actor.Portal);
        await db.SaveChangesAsync();
        return ($"/bevestigen/{link.Secret}", ids);
    }

    /// <summary>Opens the page, and sends its form with its cookie and token, as a browser does.</summary>
    private static async Task<(HttpStatusCode Status, string Html)> PostAsync(OwnPortal own, string path, (string Name, string Value)[] fields, string form = "answer")
    {
        using var page = await own.Client.GetAsync(path);
        var token = Regex.Match(await page.Content.ReadAsStringAsync(), "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([new("_handler", form), new("__RequestVerificationToken", token), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]) };
        request.Headers.Add("Cookie", page.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        using var answer = await own.Client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
