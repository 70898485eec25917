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
            Html.Text(await bea.ReadAsync(invited.Headers.Location!.ToString())).Should().Contain("De uitnodiging voor Anna als gemeenteredacteur van Enschede en partnerredacteur van Gemeente Enschede is onderweg.");
        Html.Text(await bea.ReadAsync("/beheer")).Should().Contain(Email).And.Contain("Openstaande uitnodigingen").And.Contain("Gemeenteredacteur voor Enschede").And.NotContain("is onderweg");
        (await bea.ReadAsync("/beheer/rechten?soort=invited")).Should().Contain("<td>Anna</td>");
        using var anna = new Person(own.Portal.BaseAddress);
        using (await anna.PostAsync(await own.LastLinkAsync(Email), "accept", ("naam", "Anna"), ("wachtwoord", Guests.Password))) { }
        (await anna.ReadAsync("/werkplek")).Should().Contain("Enschede");

        var list = await bea.ReadAsync("/beheer?zoek=anna&rol=municipal-editor");
        var page = Regex.Match(list, "href=\"(/beheer/mensen/[0-9a-f-]{36})\">Anna<").Groups[1].Value;
        var open = await bea.ReadAsync(page);
        Regex.Matches(open, "href=\"/beheer\" aria-current=\"true\"").Should().HaveCount(2, "in the menu of the site and in that of the administration");
        Html.Text(open).Should().Contain("Ja, sluit dit account").And.NotContain("Zet de tweede factor", "she has none");
        using (var granted = await bea.PostAsync(page, "grant", ("rol", "municipal-editor"), ("bereik", "Delft"))) (await granted.Content.ReadAsStringAsync()).Should().Contain("De wijziging is opgeslagen").And.Contain("Delft");
        (await anna.ReadAsync("/werkplek")).Should().Contain("Delft");
        var role = Regex.Match(await bea.ReadAsync(page), "name=\"ontneem\" value=\"([0-9a-f-]{36})\"").Groups[1].Value;
        using (await bea.PostAsync(page, "withdraw", ("ontneem", role))) { }
        using (var ended = await anna.GetAsync("/werkplek")) ended.StatusCode.Should().Be(HttpStatusCode.Redirect);
        using (await bea.PostAsync(page, "access", ("actie", "sluiten"))) { }
        using (var closed = await anna.SignInAsync(Email, Guests.Password)) closed.StatusCode.Should().Be(HttpStatusCode.OK);
        using (await bea.PostAsync(page, "access", ("actie", "openen"))) { }
        using (var again = await anna.SignInAsync(Email, Guests.Password)) again.StatusCode.Should().Be(HttpStatusCode.Redirect);
        using (var unsure = await bea.PostAsync(page, "forget")) (await unsure.Content.ReadAsStringAsync()).Should().Contain("Zet eerst het vinkje");
        using (await bea.PostAsync(page, "forget", ("zeker", "ja"))) { }
        (await bea.ReadAsync(page)).Should().Contain("Oud-gebruiker").And.NotContain(Email);

        (await own.AuditAsync()).Should().Contain([RightsEventSort.Invited, RightsEventSort.InvitationAccepted, RightsEventSort.RoleGranted, RightsEventSort.RoleWithdrawn, RightsEventSort.Disabled, RightsEventSort.Enabled, RightsEventSort.Forgotten]);
        (await bea.ReadAsync("/beheer/rechten?soort=role-granted")).Should().Contain("rol gegeven").And.Contain("Gemeenteredacteur voor Delft").And.NotContain("municipal-editor").And.NotContain("<td>Anna</td>");
        (await bea.ReadAsync("/en/beheer/rechten?soort=invited")).Should().Contain("Municipal editor for Enschede").And.NotContain("<td>Anna</td>", "her invitation went with her");
    }

    /// <summary>What was on the page when it was opened may be gone when it is clicked: the answer is a sentence.</summary>
    [Fact]
    public async Task Form_WhoseSubjectIsGoneMeanwhile_SaysSo()
    {
        await using var own = await site.OwnAsync();
        using var bea = await Person.SignedInAsync(own.Portal, "beheerder");
        await own.InviteAsync(Email, Role.MunicipalEditor, "enschede");
        var people = await bea.ReadAsync("/beheer");
        var invitation = Regex.Match(people, "value=\"(intrekken [0-9a-f-]{36})\"").Groups[1].Value;
        foreach (var said in new[] { "De uitnodiging is ingetrokken.", "Deze uitnodiging staat niet meer open." })
        {
            using var answer = await bea.PostToAsync("/beheer", people, "invitation", ("actie", invitation));
            Html.Text(await answer.Content.ReadAsStringAsync()).Should().Contain(said);
        }

        var page = $"/beheer/mensen/{await own.PersonAsync("bram@enschede.example")}";
        var open = await bea.ReadAsync(page);
        var role = Regex.Match(open, "name=\"ontneem\" value=\"([0-9a-f-]{36})\"").Groups[1].Value;
        foreach (var said in new[] { "De wijziging is opgeslagen.", "Dit is intussen al gewijzigd." })
        {
            using var answer = await bea.PostToAsync(page, open, "withdraw", ("ontneem", role));
            answer.StatusCode.Should().Be(HttpStatusCode.OK);
            Html.Text(await answer.Content.ReadAsStringAsync()).Should().Contain(said);
        }
        foreach (var said in new[] { "De wijziging is opgeslagen.", "Deze persoon is vergeten; er valt niets meer te wijzigen." })
        {
            using var answer = await bea.PostToAsync(page, open, "forget", ("zeker", "ja"));
            Html.Text(await answer.Content.ReadAsStringAsync()).Should().Contain(said);
        }
        using var closed = await bea.PostToAsync(page, open, "access", ("actie", "sluiten"));
        Html.Text(await closed.Content.ReadAsStringAsync()).Should().Contain("er valt niets meer te wijzigen").And.NotContain("Ja, sluit dit account");
    }

    [Fact]
    public async Task Invitation_EmptyOrWithoutAnAddress_TellsAllThatIsWrongAtOnce()
    {
        await using var own = await site.OwnAsync();
        using var bea = await Person.SignedInAsync(own.Portal, "beheerder");

        foreach (var email in new[] { "", "geenmail" })
        {
            using var answer = await bea.PostAsync("/beheer/uitnodigen", "invite", ("naam", ""), ("email", email), ("organisatie", ""), ("rol", ""), ("bereik", ""));
            Regex.Matches(await answer.Content.ReadAsStringAsync(), "<li><a href=\"/beheer/uitnodigen#([a-z]+)\">").Select(m => m.Groups[1].Value).Should().Equal("naam", "email", "organisatie", "rol");
        }
    }

    [Fact]
    public async Task Invitation_WithNamesThatAreNotExact_AsksWhichAreMeant()
    {
        await using var own = await site.OwnAsync();
        using var bea = await Person.SignedInAsync(own.Portal, "beheerder");
        (string, string)[] typed = [("naam", "Anna"), ("email", Email), ("organisatie", "Gemeente Ensche"), ("rol", "municipal-editor"), ("bereik", "Enschedee"), ("taal", "nl")];

        using var asked = await bea.PostAsync("/beheer/uitnodigen", "invite", typed);

        var html = await asked.Content.ReadAsStringAsync();
        Regex.Matches(html, "Kies welke u bedoelt").Should().HaveCount(2);
        (await own.AuditAsync()).Should().NotContain(RightsEventSort.Invited);
        string Offered(string field, string name) => Regex.Match(html, $"name=\"{field}-keuze\" value=\"([0-9a-f-]{{36}})\"[^>]*>\\s*<span>{name}\\s*<").Groups[1].Value;
        using var chosen = await bea.PostAsync("/beheer/uitnodigen", "invite", [.. typed, ("organisatie-gezocht", "Gemeente Ensche"), ("organisatie-keuze", Offered("organisatie", "Gemeente Enschede")), ("bereik-gezocht", "Enschedee"), ("bereik-keuze", Offered("bereik", "Enschede"))]);
        Html.Text(await bea.ReadAsync(chosen.Headers.Location!.ToString())).Should().Contain("De uitnodiging voor Anna als gemeenteredacteur van Enschede en partnerredacteur van Gemeente Enschede is onderweg.");
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
