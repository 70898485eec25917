using KennisstedenPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Web.Tests.Working;

/// <summary>A session is a row on the server; the cookie only names it.</summary>
public sealed class SessionTests(Site site)
{
    private const string Email = "anna@enschede.example";

    [Fact]
    public async Task SignOut_WithACopyOfTheCookieElsewhere_EndsThatCopyAndNoOtherSession()
    {
        await using var own = await site.OwnAsync();
        await own.PersonAsync(Email);
        using var person = new Person(own.Portal.BaseAddress);
        using var otherDevice = new Person(own.Portal.BaseAddress);
        foreach (var each in new[] { person, otherDevice })
            using (await each.SignInAsync(Email, Guests.Password)) { }
        using var thief = Copy(person, own);
        (await thief.ReadAsync("/werkplek")).Should().Contain("Anna");

        using (var signedOut = await person.PostToAsync("/uitloggen", await person.ReadAsync("/account"), null)) signedOut.StatusCode.Should().Be(HttpStatusCode.Redirect);

        using (var stolen = await thief.GetAsync("/werkplek")) stolen.Headers.Location!.ToString().Should().StartWith("/inloggen");
        (await otherDevice.ReadAsync("/werkplek")).Should().Contain("Anna");
        (await own.AuditAsync()).Should().EndWith(RightsEventSort.SignedOut);
    }

    [Fact]
    public async Task SignIn_WhileSignedIn_ReplacesTheSession()
    {
        await using var own = await site.OwnAsync();
        await own.PersonAsync(Email);
        using var person = new Person(own.Portal.BaseAddress);
        using (await person.SignInAsync(Email, Guests.Password)) { }
        using var copy = Copy(person, own);

        using (await person.SignInAsync(Email, Guests.Password)) { }

        using (var old = await copy.GetAsync("/werkplek")) old.StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await person.ReadAsync("/werkplek")).Should().Contain("Anna");
        (await own.Database.ScalarAsync<long>("select count(*) from session")).Should().Be(1);
    }

    [Fact]
    public async Task SignIn_AsSomebodyElseWhileSignedIn_IsInTheAuditForBoth()
    {
        await using var own = await site.OwnAsync();
        var anna = await own.PersonAsync(Email);
        var bram = await own.PersonAsync("bram@delft.example", scope: "delft");
        using var person = new Person(own.Portal.BaseAddress);
        using (await person.SignInAsync(Email, Guests.Password)) { }

        using (await person.SignInAsync("bram@delft.example", Guests.Password)) { }

        await using var db = own.Database.CreateDbContext();
        var lines = await db.RightsEvents.OrderBy(e => e.At).ThenBy(e => e.Id).Where(e => e.Sort == RightsEventSort.SignedIn || e.Sort == RightsEventSort.SignedOut).Select(e => new { e.Sort, e.AccountId }).ToListAsync();
        lines.Select(l => (l.Sort, l.AccountId)).Should().Equal((RightsEventSort.SignedIn, anna), (RightsEventSort.SignedOut, anna), (RightsEventSort.SignedIn, bram));
    }

    [Fact]
    public async Task EverywhereSignedOut_ByThePerson_EndsTheOtherDevices()
    {
        await using var own = await site.OwnAsync();
        await own.PersonAsync(Email);
        using var person = new Person(own.Portal.BaseAddress);
        using var otherDevice = new Person(own.Portal.BaseAddress);
        foreach (var each in new[] { person, otherDevice })
            using (await each.SignInAsync(Email, Guests.Password)) { }

        using (await person.PostAsync("/account", "end")) { }

        foreach (var each in new[] { person, otherDevice })
            using (var answer = await each.GetAsync("/werkplek")) answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Password_ChangedOnTheAccountPage_AsksTheOldOneEndsOtherSessionsAndIsMailed()
    {
        await using var own = await site.OwnAsync();
        await own.PersonAsync(Email);
        using var person = new Person(own.Portal.BaseAddress);
        using var otherDevice = new Person(own.Portal.BaseAddress);
        foreach (var each in new[] { person, otherDevice })
            using (await each.SignInAsync(Email, Guests.Password)) { }

        using (var wrong = await person.PostAsync("/account", "password", ("huidig", "een verkeerd wachtwoord"), ("nieuw", "acht paarse olifanten zwemmen"))) (await wrong.Content.ReadAsStringAsync()).Should().Contain("niet uw huidige wachtwoord");
        (await otherDevice.ReadAsync("/werkplek")).Should().Contain("Anna");
        using (var changed = await person.PostAsync("/account", "password", ("huidig", Guests.Password), ("nieuw", "acht paarse olifanten zwemmen"))) (await changed.Content.ReadAsStringAsync()).Should().Contain("Uw wachtwoord is gewijzigd");

        (await person.ReadAsync("/werkplek")).Should().Contain("Anna");
        using (var ended = await otherDevice.GetAsync("/werkplek")) ended.StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await own.SubjectsAsync(Email)).Should().EndWith("Uw wachtwoord is gewijzigd");
    }

    private static Person Copy(Person person, OwnPortal own)
    {
        var copy = new Person(own.Portal.BaseAddress);
        foreach (Cookie cookie in person.Cookies.GetAllCookies()) copy.Cookies.Add(own.Portal.BaseAddress, new Cookie(cookie.Name, cookie.Value));
        return copy;
    }
}
