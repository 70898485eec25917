using System.Text.RegularExpressions;
using KennisstedenPortal.Domain.Access;

namespace KennisstedenPortal.Web.Tests.Working;

/// <summary>The administration through its forms, as an administrator without script uses them.</summary>
public sealed class AdministrationTests(Site site)
{
    private const string Email = "anna@enschede.example";
    private static readonly string[] Pages = ["/beheer", "/beheer/uitnodigen", "/beheer/rechten", "/beheer/instellingen"];

    [Theory]
    [InlineData("redacteur-enschede")]
    [InlineData("secretariaat")]
    [InlineData("beleid")]
    public async Task Administration_ForOthers_IsForbidden(string demo)
    {
        await using var own = await site.OwnAsync();
        using var person = await Person.SignedInAsync(own.Portal, demo);
        foreach (var address in Pages.SelectMany(p => new[] { p, "/en" + p }).Append($"/beheer/mensen/{Guid.NewGuid()}"))
        {
            using var answer = await person.GetAsync(address);
            answer.StatusCode.Should().Be(HttpStatusCode.Forbidden, address);
            (await answer.Content.ReadAsStringAsync()).Should().Contain("rel=\"stylesheet\"");
        }
        (await person.ReadAsync("/werkplek")).Should().NotContain("href=\"/beheer\"");
    }

    [Fact]
    public async Task Administrator_FromInvitationToForgetting_DoesItAllWithForms()
    {
        await using var own = await site.OwnAsync();
        using var bea = await Person.SignedInAsync(own.Portal, "beheerder");

        using (var empty = await bea.PostAsync("/beheer/uitnodigen", "invite", ("naam", ""), ("email", "geen"), ("organisatie", "gemeente"), ("rol", "municipal-editor"), ("bereik", "Nergenshuizen")))
        {
            var html = await empty.Content.ReadAsStringAsync();
            html.Should().Contain("error-summary").And.Contain("Welke bedoelt u?").And.Contain("geen kennisstad met deze naam");
            html.Should().Contain("value=\"geen\"", "nothing that was typed is lost");
        }
        using (var invited = await bea.PostAsync("/beheer/uitnodigen", "invite", ("naam", "Anna"), ("email", Email), ("organisatie", "Gemeente Enschede"), ("rol", "municipal-editor"), ("bereik", "Enschede"), ("taal", "nl")))
            invited.Headers.Location!.ToString().Should().EndWith("/beheer?klaar=uitgenodigd");
        (await bea.ReadAsync("/beheer")).Should().Contain(Email).And.Contain("Openstaande uitnodigingen");
        using var anna = new Person(own.Portal.BaseAddress);
        using (await anna.PostAsync(await own.LastLinkAsync(Email), "accept", ("naam", "Anna"), ("wachtwoord", Guests.Password))) { }
        (await anna.ReadAsync("/werkplek")).Should().Contain("Enschede");

        var list = await bea.ReadAsync("/beheer?zoek=anna&rol=municipal-editor");
        var page = Regex.Match(list, "href=\"(/beheer/mensen/[0-9a-f-]{36})\">Anna<").Groups[1].Value;
        using (var granted = await bea.PostAsync(page, "grant", ("rol", "municipal-editor"), ("bereik", "Delft"))) (await granted.Content.ReadAsStringAsync()).Should().Contain("De wijziging is opgeslagen").And.Contain("Delft");
        (await anna.ReadAsync("/werkplek")).Should().Contain("Delft");
        var role = Regex.Match(await bea.ReadAsync(page), "name=\"ontneem\" value=\"([0-9a-f-]{36})\"").Groups[1].Value;
        using (await bea.PostAsync(page, "withdraw", ("ontneem", role))) { }
        using (var ended = await anna.GetAsync("/werkplek")) ended.StatusCode.Should().Be(HttpStatusCode.Redirect);
        using (await bea.PostAsync(page, "access", ("actie", "sluiten"))) { }
        using (var closed = await anna.SignInAsync(Email, Guests.Password)) closed.StatusCode.Should().Be(HttpStatusCode.OK);
        using (await bea.PostAsync(page, "access", ("actie", "openen"))) { }
        using (var open = await anna.SignInAsync(Email, Guests.Password)) open.StatusCode.Should().Be(HttpStatusCode.Redirect);
        using (var unsure = await bea.PostAsync(page, "forget")) (await unsure.Content.ReadAsStringAsync()).Should().Contain("Zet eerst het vinkje");
        using (await bea.PostAsync(page, "forget", ("zeker", "ja"))) { }
        (await bea.ReadAsync(page)).Should().Contain("Oud-gebruiker").And.NotContain(Email);

        (await own.AuditAsync()).Should().Contain([RightsEventSort.Invited, RightsEventSort.InvitationAccepted, RightsEventSort.RoleGranted, RightsEventSort.RoleWithdrawn, RightsEventSort.Disabled, RightsEventSort.Enabled, RightsEventSort.Forgotten]);
        (await bea.ReadAsync("/beheer/rechten?soort=role-granted")).Should().Contain("rol gegeven").And.Contain("Delft").And.NotContain("<td>Anna</td>");
    }

    [Fact]
    public async Task Administrator_OnTheirOwnPage_IsOfferedNoChange()
    {
        await using var own = await site.OwnAsync();
        using var bea = await Person.SignedInAsync(own.Portal, "beheerder");
        var page = Regex.Match(await bea.ReadAsync("/beheer?zoek=bea"), "href=\"(/beheer/mensen/[0-9a-f-]{36})\"").Groups[1].Value;

        (await bea.ReadAsync(page)).Should().Contain("uw eigen account").And.NotContain("name=\"ontneem\"").And.NotContain("Persoon vergeten");
    }

    [Fact]
    public async Task Page_OfNobody_IsNotFound()
    {
        await using var own = await site.OwnAsync();
        using var bea = await Person.SignedInAsync(own.Portal, "beheerder");

        using var answer = await bea.GetAsync($"/beheer/mensen/{Guid.NewGuid()}");

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }
}
