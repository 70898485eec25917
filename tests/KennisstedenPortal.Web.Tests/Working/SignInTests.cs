using System.Text.RegularExpressions;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Web.SignIn;
using KennisstedenPortal.Working.SignIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KennisstedenPortal.Web.Tests.Working;

/// <summary>From invitation to signing out, as a browser without script does it.</summary>
public sealed class SignInTests(Site site)
{
    private const string Email = "anna@enschede.example";
    private static readonly Dictionary<string, string> ManyAttempts = new(StringComparer.Ordinal) { ["Portal:SignIn:AttemptsPerMinute"] = "1000" };

    [Fact]
    public async Task Invitation_OfAnEditor_LeadsToTheWorkplaceAndWorksOnce()
    {
        await using var own = await site.OwnAsync();
        var link = await own.InviteAsync(Email, Role.MunicipalEditor, "enschede");
        using var person = new Person(own.Portal.BaseAddress);
        (await person.ReadAsync(link)).Should().Contain("Gemeente Enschede").And.Contain("Gemeenteredacteur");
        (await person.ReadAsync(link)).Should().Contain("Gemeenteredacteur", "looking consumes nothing");

        using (var weak = await person.PostAsync(link, "accept", ("naam", "Anna"), ("wachtwoord", "welkom12345678")))
            (await weak.Content.ReadAsStringAsync()).Should().Contain("error-summary").And.Contain("href=\"" + link + "#wachtwoord\"");
        using var accepted = await person.PostAsync(link, "accept", ("naam", "Anna Jansen"), ("wachtwoord", Guests.Password));

        accepted.Headers.Location!.ToString().Should().EndWith("/werkplek");
        (await person.ReadAsync("/werkplek")).Should().Contain("Anna Jansen");
        (await person.ReadAsync(link)).Should().Contain("Deze uitnodiging werkt niet");
        (await own.AuditAsync()).Should().ContainInOrder(RightsEventSort.Invited, RightsEventSort.InvitationAccepted, RightsEventSort.SignedIn);
    }

    [Fact]
    public async Task Secretariat_OnFirstSignIn_SetsUpASecondFactorBeforeAnythingElse()
    {
        await using var own = await site.OwnAsync(ManyAttempts);
        await own.PersonAsync(Email, Role.Secretariat, null);
        using var person = new Person(own.Portal.BaseAddress);
        using (var answer = await person.SignInAsync(Email, Guests.Password)) answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        using (var elsewhere = await person.GetAsync("/werkplek")) elsewhere.Headers.Location!.ToString().Should().Be("/account/tweede-factor");

        var (key, setup) = await person.BeginFactorAsync();
        using (var wrong = await person.EnableFactorAsync(setup, "000000")) (await wrong.Content.ReadAsStringAsync()).Should().Contain("Deze code klopt niet").And.Contain(key, "one may try again with the same key");
        using var enabled = await person.EnableFactorAsync(setup, Totp.CodeOf(key, DateTimeOffset.UtcNow));
        (await own.Database.ScalarAsync<string>("select value from account_token where name = 'AuthenticatorKey'")).Should().NotContain(key.Replace(" ", "", StringComparison.Ordinal));
        var codes = Regex.Matches(await enabled.Content.ReadAsStringAsync(), "<li>([A-Z0-9]{5}-[A-Z0-9]{5})</li>").Select(m => m.Groups[1].Value).ToList();
        codes.Should().HaveCount(10);
        (await person.ReadAsync("/werkplek")).Should().Contain("Secretariaat");

        using var again = new Person(own.Portal.BaseAddress);
        using (var first = await again.SignInAsync(Email, Guests.Password)) first.Headers.Location!.ToString().Should().Contain("/inloggen/tweede-factor");
        using (var early = await again.GetAsync("/werkplek")) early.StatusCode.Should().Be(HttpStatusCode.Redirect);
        using (var wrong = await again.PostAsync("/inloggen/tweede-factor", "code", ("code", "123456"))) wrong.StatusCode.Should().Be(HttpStatusCode.OK);
        using (var right = await again.PostAsync("/inloggen/tweede-factor", "code", ("code", codes[0]))) right.Headers.Location!.ToString().Should().EndWith("/werkplek");
        (await again.ReadAsync("/werkplek")).Should().Contain("Secretariaat");

        using var third = new Person(own.Portal.BaseAddress);
        using (await third.SignInAsync(Email, Guests.Password)) { }
        using (var used = await third.PostAsync("/inloggen/tweede-factor", "code", ("code", codes[0]))) used.StatusCode.Should().Be(HttpStatusCode.OK, "a recovery code works once");
        using (var fresh = await third.PostAsync("/inloggen/tweede-factor", "code", ("code", Totp.CodeOf(key, DateTimeOffset.UtcNow.AddSeconds(30))))) fresh.StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Password_WrongFiveTimes_LocksTheAccountWithTheSameWordsAsForNobody()
    {
        await using var own = await site.OwnAsync(ManyAttempts);
        await own.PersonAsync(Email);
        using var person = new Person(own.Portal.BaseAddress);
        async Task<string> TryAsync(string email, string password)
        {
            using var answer = await person.SignInAsync(email, password);
            return Html.Text(await answer.Content.ReadAsStringAsync());
        }

        var unknown = await TryAsync("niemand@enschede.example", "een verkeerd wachtwoord");
        for (var i = 0; i < 5; i++) (await TryAsync(Email, "een verkeerd wachtwoord")).Should().Be(unknown);
        (await TryAsync(Email, Guests.Password)).Should().Be(unknown, "the right password no longer opens it, and nobody is told");

        (await own.AuditAsync()).Should().ContainSingle(e => e == RightsEventSort.LockedOut);
        await own.Database.ExecuteAsync("update account set lockout_end = now() - interval '1 second'");
        using var after = await person.SignInAsync(Email, Guests.Password);
        after.StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("a\0b@c.nl")]
    [InlineData("' or 1=1 --")]
    [InlineData("<script>alert(1)</script>@x.nl")]
    [InlineData("\u202Enaam@voorbeeld.nl")]
    public async Task SignIn_WithHostileInput_IsRefusedWithoutAnError(string email)
    {
        await using var own = await site.OwnAsync(ManyAttempts);
        using var person = new Person(own.Portal.BaseAddress);
        foreach (var (page, form) in new[] { ("/inloggen", "sign-in"), ("/wachtwoord", "recover") })
        {
            using var answer = await person.PostAsync(page, form, ("email", email), ("wachtwoord", new string('x', 5000)));
            answer.StatusCode.Should().BeOneOf(HttpStatusCode.OK, HttpStatusCode.BadRequest);
            (await answer.Content.ReadAsStringAsync()).Should().Contain("rel=\"stylesheet\"").And.NotContain("<script>alert");
        }
    }

    [Fact]
    public async Task Attempts_TooManyFromOneAddress_AreHeldBack()
    {
        await using var own = await site.OwnAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Portal:SignIn:AttemptsPerMinute"] = "3" });
        using var person = new Person(own.Portal.BaseAddress);
        for (var i = 0; i < 3; i++)
            using (var answer = await person.SignInAsync("x@y.nl", "verkeerd")) answer.StatusCode.Should().Be(HttpStatusCode.OK);

        using var held = await person.SignInAsync("x@y.nl", "verkeerd");

        held.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        (await held.Content.ReadAsStringAsync()).Should().Contain("Te veel pogingen");
        (await person.ReadAsync("/inloggen")).Should().Contain("Wachtwoord", "looking is not limited");
    }

    [Fact]
    public async Task Recovery_ByMail_WorksOnceAndEndsEverySession()
    {
        await using var own = await site.OwnAsync(ManyAttempts);
        await own.PersonAsync(Email);
        using var old = new Person(own.Portal.BaseAddress);
        using (await old.SignInAsync(Email, Guests.Password)) { }
        using var person = new Person(own.Portal.BaseAddress);
        async Task<string> AskAsync(string email)
        {
            using var answer = await person.PostAsync("/wachtwoord", "recover", ("email", email));
            return Html.Text(await answer.Content.ReadAsStringAsync());
        }

        (await AskAsync("niemand@enschede.example")).Should().Be(await AskAsync(Email));
        await own.MailAsync(Email, "Kies een nieuw wachtwoord");
        var link = await own.LastLinkAsync(Email);
        link.Should().StartWith("/wachtwoord/");
        (await person.ReadAsync(link)).Should().Contain("Kies een nieuw wachtwoord");
        using (var reset = await person.PostAsync(link, "reset", ("wachtwoord", "acht paarse olifanten zwemmen"))) (await reset.Content.ReadAsStringAsync()).Should().Contain("Uw wachtwoord is gewijzigd");

        (await person.ReadAsync(link)).Should().Contain("Deze link werkt niet meer");
        using (var ended = await old.GetAsync("/werkplek")) ended.StatusCode.Should().Be(HttpStatusCode.Redirect);
        using (var former = await person.SignInAsync(Email, Guests.Password)) former.StatusCode.Should().Be(HttpStatusCode.OK);
        using var fresh = await person.SignInAsync(Email, "acht paarse olifanten zwemmen");
        fresh.StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await own.AuditAsync()).Should().Contain([RightsEventSort.LinkSent, RightsEventSort.PasswordChanged]);
    }

    [Theory]
    [InlineData("disable")]
    [InlineData("end")]
    [InlineData("forget")]
    public async Task Session_WhenItIsRevoked_EndsAtTheNextRequest(string how)
    {
        await using var own = await site.OwnAsync();
        var id = await own.PersonAsync(Email);
        using var person = new Person(own.Portal.BaseAddress);
        using (await person.SignInAsync(Email, Guests.Password)) { }
        (await person.ReadAsync("/werkplek")).Should().Contain("Anna");
        var writer = own.Portal.Services.GetRequiredService<PeopleWriter>();

        await (how switch { "disable" => writer.DisableAsync(id, Guests.Administrator), "end" => writer.EndSessionsAsync(id, Guests.Administrator), _ => writer.ForgetAsync(id, Guests.Administrator) });

        using var answer = await person.GetAsync("/werkplek");
        answer.Headers.Location!.ToString().Should().StartWith("/inloggen");
    }

    [Theory]
    [InlineData(7, 5, true)]
    [InlineData(9, 9, false)]
    [InlineData(25, 1, false)]
    public async Task Session_IdleOrTooOld_Ends(int hours, int step, bool holds)
    {
        var time = new SetTime(DateTimeOffset.UtcNow);
        await using var own = await site.OwnAsync(services: s => s.Use(time));
        await own.PersonAsync(Email);
        using var person = new Person(own.Portal.BaseAddress);
        using (await person.SignInAsync(Email, Guests.Password)) { }

        var held = true;
        for (var passed = step; passed <= hours; passed += step)
        {
            time.Now = time.Now.AddHours(step);
            using var answer = await person.GetAsync("/werkplek");
            held = answer.StatusCode == HttpStatusCode.OK;
        }

        held.Should().Be(holds);
    }

    [Fact]
    public async Task Password_AfterYears_StillWorks()
    {
        var time = new SetTime(DateTimeOffset.UtcNow);
        await using var own = await site.OwnAsync(services: s => s.Use(time));
        await own.PersonAsync(Email);
        time.Now = time.Now.AddYears(5);
        using var person = new Person(own.Portal.BaseAddress);

        using var answer = await person.SignInAsync(Email, Guests.Password);

        answer.Headers.Location!.ToString().Should().EndWith("/werkplek", "nobody has to change a password because it is old");
    }

    [Fact]
    public async Task PasswordField_OnEveryForm_HidesWhatIsTypedAndLetsAManagerFillIt()
    {
        await using var own = await site.OwnAsync(ManyAttempts);
        await own.PersonAsync(Email);
        using var person = new Person(own.Portal.BaseAddress);
        var invitation = await own.InviteAsync("bram@enschede.example", Role.PolicyOfficer);
        using (await person.PostAsync("/wachtwoord", "recover", ("email", Email))) { }
        await own.MailAsync(Email, "Kies een nieuw wachtwoord");
        var pages = new List<string> { await person.ReadAsync("/inloggen"), await person.ReadAsync(invitation), await person.ReadAsync(await own.LastLinkAsync(Email)) };
        using (await person.SignInAsync(Email, Guests.Password)) { }
        pages.AddRange([await person.ReadAsync("/account"), await person.ReadAsync("/account/tweede-factor")]);

        foreach (var html in pages)
        {
            var fields = Regex.Matches(html, "<input\\b[^>]*name=\"(?:wachtwoord|huidig|nieuw)\"[^>]*>").Select(m => m.Value).ToList();
            fields.Should().NotBeEmpty().And.OnlyContain(f => f.Contains("type=\"password\"", StringComparison.Ordinal) && Regex.IsMatch(f, "autocomplete=\"(current|new)-password\"") && !f.Contains("readonly", StringComparison.Ordinal));
            html.Should().NotContain("onpaste", "nothing keeps anybody from pasting").And.NotContain("oncopy");
        }
        File.ReadAllText(Repository.Of("src", "KennisstedenPortal.Working", "wwwroot", "js", "forms.js")).Should().NotContain("paste");
    }

    /// <summary>Who tries many at one moment gets no more attempts than who tries them one by one.</summary>
    [Fact]
    public async Task Attempts_AtTheSameMoment_AreAllCounted()
    {
        await using var own = await site.OwnAsync();
        var id = await own.PersonAsync(Email);
        var scopes = Enumerable.Range(0, 5).Select(_ => own.Portal.Services.CreateAsyncScope()).ToList();
        var tries = new List<(OwnAccount Own, Account Account)>();
        // Each has read the account before any of them was counted.
        foreach (var scope in scopes) tries.Add((scope.ServiceProvider.GetRequiredService<OwnAccount>(), (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByIdAsync(id.ToString()))!));

        foreach (var (account, person) in tries) (await account.ProveAsync(person, "een verkeerd wachtwoord")).Should().BeFalse();

        (await own.Database.ScalarAsync<bool>("select bool_or(lockout_end > now()) from account")).Should().BeTrue();
        foreach (var scope in scopes) await scope.DisposeAsync();
    }

    /// <summary>The form, by five browsers at one moment: none of them is free.</summary>
    [Fact]
    public async Task Attempts_ThroughTheFormAtTheSameMoment_LockTheAccountOnce()
    {
        await using var own = await site.OwnAsync(ManyAttempts);
        await own.PersonAsync(Email);
        var people = Enumerable.Range(0, 5).Select(_ => new Person(own.Portal.BaseAddress)).ToList();

        foreach (var answer in await Task.WhenAll(people.Select(p => p.SignInAsync(Email, "een verkeerd wachtwoord"))))
            using (answer) answer.StatusCode.Should().Be(HttpStatusCode.OK);

        (await own.Database.ScalarAsync<bool>("select bool_or(lockout_end > now()) from account")).Should().BeTrue();
        (await own.AuditAsync()).Should().ContainSingle(e => e == RightsEventSort.LockedOut);
        foreach (var person in people) person.Dispose();
    }

    [Fact]
    public async Task SecondClick_OnAFormThatDidItsWork_SaysWhatIsTrue()
    {
        await using var own = await site.OwnAsync(ManyAttempts);
        var invitation = await own.InviteAsync(Email, Role.MunicipalEditor, "enschede");
        using var person = new Person(own.Portal.BaseAddress);
        var page = await person.ReadAsync(invitation);
        // The second click leaves before the answer to the first, with its new session, is there.
        using var first = new Person(own.Portal.BaseAddress);
        foreach (Cookie cookie in person.Cookies.GetAllCookies()) first.Cookies.Add(own.Portal.BaseAddress, new Cookie(cookie.Name, cookie.Value));
        using (await first.PostToAsync(invitation, page, "accept", ("naam", "Anna"), ("wachtwoord", Guests.Password))) { }
        using (var again = await person.PostToAsync(invitation, page, "accept", ("naam", "Anna"), ("wachtwoord", Guests.Password)))
        {
            again.StatusCode.Should().Be(HttpStatusCode.OK);
            Html.Text(await again.Content.ReadAsStringAsync()).Should().Contain("Hebt u haar net aangenomen? Log dan in.");
        }

        using var forgetful = new Person(own.Portal.BaseAddress);
        using (await forgetful.PostAsync("/wachtwoord", "recover", ("email", Email))) { }
        await own.MailAsync(Email, "Kies een nieuw wachtwoord");
        var link = await own.LastLinkAsync(Email);
        page = await forgetful.ReadAsync(link);
        using (await forgetful.PostToAsync(link, page, "reset", ("wachtwoord", "acht paarse olifanten zwemmen"))) { }
        using (var again = await forgetful.PostToAsync(link, page, "reset", ("wachtwoord", "acht paarse olifanten zwemmen")))
        {
            again.StatusCode.Should().Be(HttpStatusCode.OK);
            Html.Text(await again.Content.ReadAsStringAsync()).Should().Contain("Hebt u er net een wachtwoord mee gekozen?").And.NotContain("niet veranderd");
        }
    }

    [Theory]
    [InlineData("https://kwaad.example/")]
    [InlineData("//kwaad.example")]
    [InlineData("/\\kwaad.example")]
    [InlineData("javascript:alert(1)")]
    public async Task SignIn_WithAForeignReturnAddress_StaysHere(string address)
    {
        await using var own = await site.OwnAsync();
        using var person = new Person(own.Portal.BaseAddress);

        using var answer = await person.PostAsync($"/inloggen?terug={Uri.EscapeDataString(address)}", "demo", ("demo", "redacteur-enschede"));

        new Uri(own.Portal.BaseAddress, answer.Headers.Location!).Should().Be(new Uri(own.Portal.BaseAddress, "/werkplek"));
    }

    [Fact]
    public async Task Keys_OfTwoPortalsOnOneDatabase_AreTheSame()
    {
        await using var own = await site.OwnAsync();
        await own.PersonAsync(Email);
        await using var second = PortalUnderTest.Start(own.Database);
        using var person = new Person(own.Portal.BaseAddress);
        using (await person.SignInAsync(Email, Guests.Password)) { }

        using var elsewhere = new Person(second.BaseAddress);
        foreach (Cookie cookie in person.Cookies.GetAllCookies()) elsewhere.Cookies.Add(second.BaseAddress, new Cookie(cookie.Name, cookie.Value));

        (await elsewhere.ReadAsync("/werkplek")).Should().Contain("Anna");
        (await own.Database.ScalarAsync<long>("select count(*) from protection_key")).Should().BeGreaterThan(0);
    }

    [Fact]
    public async Task Cookie_OfASession_HoldsNoNameAndNoRole()
    {
        var claims = await new SessionClaims(TimeProvider.System).CreateAsync(new Account { Id = Guid.CreateVersion7(), Name = "Anna", OrganisationId = Guid.Empty, CreatedAt = default, Email = Email, SecurityStamp = "s" });

        claims.Claims.Select(c => c.Value).Should().HaveCount(4).And.NotContain(v => v.Contains("Anna", StringComparison.Ordinal) || v.Contains('@'));
    }

    [Fact]
    public async Task DemoPeople_WhereTheyAreNotOffered_CannotBeUsed()
    {
        await using var own = await site.OwnAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Portal:SignIn:DemoPeople"] = "false" });
        using var person = new Person(own.Portal.BaseAddress);
        (await person.ReadAsync("/inloggen")).Should().NotContain("demo");

        using var answer = await person.PostAsync("/inloggen", "demo", ("demo", "beheerder"));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest, "there is no such form");
        (await own.Database.ScalarAsync<long>("select count(*) from account")).Should().Be(0);
    }
}
