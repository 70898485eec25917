using System.Text.RegularExpressions;
using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Working.SignIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace KennisstedenPortal.Web.Tests.Working;

/// <summary>Setting up a second factor, and that its codes work once.</summary>
public sealed class SecondFactorTests(Site site)
{
    private const string Email = "anna@enschede.example", Page = "/account/tweede-factor", CodePage = "/inloggen/tweede-factor";
    private static readonly Dictionary<string, string> ManyAttempts = new(StringComparer.Ordinal) { ["Portal:SignIn:AttemptsPerMinute"] = "1000" };

    [Fact]
    public async Task Code_UsedOnce_WorksNoMoreThoughItsTimeIsNotOver()
    {
        await using var own = await site.OwnAsync(ManyAttempts);
        await own.PersonAsync(Email);
        var key = await WithFactorAsync(own);
        var code = Totp.CodeOf(key, DateTimeOffset.UtcNow.AddSeconds(30));
        using var first = new Person(own.Portal.BaseAddress);
        using (await first.SignInAsync(Email, Guests.Password)) { }
        using (var right = await first.PostAsync(CodePage, "code", ("code", code))) right.StatusCode.Should().Be(HttpStatusCode.Redirect);

        using var second = new Person(own.Portal.BaseAddress);
        using (await second.SignInAsync(Email, Guests.Password)) { }
        using (var again = await second.PostAsync(CodePage, "code", ("code", code))) again.StatusCode.Should().Be(HttpStatusCode.OK);

        using var answer = await second.GetAsync("/werkplek");
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Code_UsedTwiceAtOnce_WorksForOne()
    {
        await using var own = await site.OwnAsync();
        var id = await own.PersonAsync(Email);
        const string key = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
        var now = DateTimeOffset.UtcNow;
        var codes = new TimeCodes(new CodeSteps(own.Database), new SetTime(now));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => codes.UseAsync(id, key, Totp.CodeOf(key, now))));

        outcomes.Should().ContainSingle(o => o);
        (await codes.UseAsync(id, key, Totp.CodeOf(key, now.AddSeconds(-30)))).Should().BeFalse("it is older than one that was used");
        (await codes.UseAsync(id, key, Totp.CodeOf(key, now.AddSeconds(90)))).Should().BeFalse("it is not of now");
        (await codes.UseAsync(id, key, Totp.CodeOf(key, now.AddSeconds(30)))).Should().BeTrue();
    }

    /// <summary>Identity writes whole rows: what it read before a code was used must not undo that.</summary>
    [Fact]
    public async Task UsedCode_WhenTheAccountIsSavedFromBefore_StaysUsed()
    {
        await using var own = await site.OwnAsync();
        var id = await own.PersonAsync(Email);
        await using var scope = own.Portal.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = (await users.FindByIdAsync(id.ToString()))!;

        (await new CodeSteps(own.Database).UseAsync(id, 7)).Should().BeTrue();
        (await users.AccessFailedAsync(account)).Succeeded.Should().BeTrue();

        (await own.Database.ScalarAsync<long>("select last_code_step from account")).Should().Be(7);
    }

    [Fact]
    public async Task Setup_WithoutThePassword_ShowsNoKey()
    {
        await using var own = await site.OwnAsync(ManyAttempts);
        await own.PersonAsync(Email);
        using var person = new Person(own.Portal.BaseAddress);
        using (await person.SignInAsync(Email, Guests.Password)) { }

        (await person.ReadAsync(Page)).Should().Contain("Uw wachtwoord").And.NotContain("secret-key");
        (await person.BeginFactorAsync("een verkeerd wachtwoord")).Should().Match<(string Key, string Page)>(a => a.Key == "" && a.Page.Contains("Dit is niet uw wachtwoord", StringComparison.Ordinal));
        using (var skipped = await person.PostToAsync(Page, await person.ReadAsync(Page), "enable", ("opzet", "verzonnen"), ("code", "123456"))) (await skipped.Content.ReadAsStringAsync()).Should().NotContain("secret-key");

        (await own.Database.ScalarAsync<bool>("select bool_or(two_factor_enabled) from account")).Should().BeFalse();
    }

    [Fact]
    public async Task Setup_OfSomebodyWithoutAPassword_AsksToSignInAgainAfterAWhile()
    {
        var time = new SetTime(DateTimeOffset.UtcNow);
        await using var own = await site.OwnAsync(services: s => s.Use(time));
        using var person = await Person.SignedInAsync(own.Portal, "redacteur-enschede");
        (await person.ReadAsync(Page)).Should().Contain("Beginnen");

        time.Now = time.Now.AddMinutes(11);

        (await person.ReadAsync(Page)).Should().Contain("Log eerst opnieuw in").And.NotContain("Beginnen");
    }

    [Fact]
    public async Task Setup_Visited_ChangesNothingAndEndsNoSession()
    {
        await using var own = await site.OwnAsync(ManyAttempts);
        await own.PersonAsync(Email);
        using var person = new Person(own.Portal.BaseAddress);
        using (await person.SignInAsync(Email, Guests.Password)) { }
        const string state = "select string_agg(security_stamp || concurrency_stamp, '') || (select count(*) from account_token) from account";
        var before = await own.Database.ScalarAsync<string>(state);

        for (var i = 0; i < 3; i++) await person.ReadAsync(Page);

        (await own.Database.ScalarAsync<string>(state)).Should().Be(before);
    }

    [Fact]
    public async Task Factor_EnabledRenewedAndReset_IsMailedToThePersonEachTime()
    {
        await using var own = await site.OwnAsync(ManyAttempts);
        var id = await own.PersonAsync(Email);
        await WithFactorAsync(own, async (person, key) =>
        {
            using var renewed = await person.PostAsync(Page, "renew", ("code", Totp.CodeOf(key, DateTimeOffset.UtcNow.AddSeconds(30))));
            Regex.Count(await renewed.Content.ReadAsStringAsync(), "<li>[A-Z0-9]{5}-[A-Z0-9]{5}</li>").Should().Be(10);
        });

        await own.Portal.Services.GetRequiredService<PeopleWriter>().ResetSecondFactorAsync(id, Guests.Administrator);

        (await own.SubjectsAsync(Email)).Should().Equal("Uw uitnodiging voor het Kennisstedenportaal", "Uw tweede factor staat aan", "U hebt nieuwe herstelcodes", "Uw tweede factor is uitgezet");
        (await own.AuditAsync()).Should().ContainInOrder(RightsEventSort.SecondFactorEnabled, RightsEventSort.RecoveryCodesRenewed, RightsEventSort.SecondFactorReset);
    }

    [Fact]
    public async Task RecoveryCodes_EachWorkOnce_AndAreKeptAsPasswordsAre()
    {
        await using var own = await site.OwnAsync(ManyAttempts);
        await own.PersonAsync(Email);
        IReadOnlyList<string> codes = [];
        await WithFactorAsync(own, async (person, key) => codes = await RenewAsync(person, key));

        foreach (var (code, works) in new[] { (codes[3], true), (codes[3], false), (codes[7].ToLowerInvariant(), true), (codes[0], true), (codes[7], false) })
        {
            using var person = new Person(own.Portal.BaseAddress);
            using (await person.SignInAsync(Email, Guests.Password)) { }
            using var answer = await person.PostAsync(CodePage, "code", ("code", code));
            answer.StatusCode.Should().Be(works ? HttpStatusCode.Redirect : HttpStatusCode.OK, code);
        }

        var kept = (await own.Database.ScalarAsync<string>("select value from account_token where name = 'RecoveryCodes'")).Split(';');
        kept.Should().HaveCount(7);
        kept.Select(k => Convert.FromBase64String(k)).Should().OnlyContain(k => k[0] == 1 && k.Length == 61, "each is a hash of Identity's for passwords");
        kept.Select(k => Convert.ToHexString(Convert.FromBase64String(k).AsSpan(13, 16))).Should().OnlyHaveUniqueItems("each has a salt of its own");
    }

    [Fact]
    public async Task Codes_WhenTheyAreMade_AreLongAndNoTwoAreTheSame()
    {
        await using var own = await site.OwnAsync(ManyAttempts);
        await own.PersonAsync(Email);
        IReadOnlyList<string> codes = [];
        var key = await WithFactorAsync(own, async (person, key) => codes = await RenewAsync(person, key));

        codes.Should().HaveCount(10).And.OnlyHaveUniqueItems().And.AllSatisfy(c => c.Should().MatchRegex("^[A-Z2-9]{5}-[A-Z2-9]{5}$", "ten signs out of more than twenty are more than forty bits"));
        key.Replace(" ", "", StringComparison.Ordinal).Should().MatchRegex("^[A-Z2-7]{32}$", "160 bits");
        TimeCodes.Digits.Should().BeGreaterThanOrEqualTo(6);
    }

    [Fact]
    public async Task Factor_Enabled_EndsTheOtherSessions()
    {
        await using var own = await site.OwnAsync(ManyAttempts);
        await own.PersonAsync(Email);
        using var otherDevice = new Person(own.Portal.BaseAddress);
        using (await otherDevice.SignInAsync(Email, Guests.Password)) { }
        (await otherDevice.ReadAsync("/werkplek")).Should().Contain("Anna");

        await WithFactorAsync(own, async (person, _) => (await person.ReadAsync("/werkplek")).Should().Contain("Anna"));

        using var ended = await otherDevice.GetAsync("/werkplek");
        ended.StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    /// <summary>Every last step without those before it: signing in, setting up, choosing a new password, coming back from a provider.</summary>
    [Fact]
    public async Task Step_BeforeItsTurn_LeadsNowhere()
    {
        await using var own = await site.OwnAsync(ManyAttempts);
        var id = await own.PersonAsync(Email);
        await own.PersonAsync("bram@enschede.example");
        using var person = new Person(own.Portal.BaseAddress);
        var anyPage = await person.ReadAsync("/inloggen");

        using (var code = await person.PostToAsync(CodePage, anyPage, "code", ("code", "123456"))) code.Headers.Location!.ToString().Should().EndWith("/inloggen");
        using (var back = await person.GetAsync("/inloggen/klaar")) back.Headers.Location!.ToString().Should().Contain("/inloggen/mislukt");
        using (var reset = await person.PostToAsync($"/wachtwoord/{id}/verzonnen", anyPage, "reset", ("wachtwoord", "acht paarse olifanten zwemmen"))) ((int)reset.StatusCode).Should().BeOneOf(200, 400);
        using (var nobody = await person.GetAsync("/werkplek")) nobody.StatusCode.Should().Be(HttpStatusCode.Redirect);
        using (await person.SignInAsync(Email, Guests.Password)) { }
        using (var renew = await person.PostToAsync(Page, await person.ReadAsync(Page), "renew", ("code", "123456"))) ((int)renew.StatusCode).Should().BeOneOf(200, 400);

        // The second step with the first step of somebody else.
        using var other = new Person(own.Portal.BaseAddress);
        using (await other.SignInAsync("bram@enschede.example", Guests.Password)) { }
        var (key, begun) = await other.BeginFactorAsync();
        var ticket = Regex.Match(begun, "name=\"opzet\" value=\"([^\"]+)\"").Groups[1].Value;
        using (var stolen = await person.PostToAsync(Page, await person.ReadAsync(Page), "enable", ("opzet", ticket), ("code", Totp.CodeOf(key, DateTimeOffset.UtcNow)))) ((int)stolen.StatusCode).Should().BeOneOf(200, 400);

        (await own.Database.ScalarAsync<bool>("select bool_or(two_factor_enabled) from account")).Should().BeFalse();
        (await own.AuditAsync()).Should().NotContain([RightsEventSort.PasswordChanged, RightsEventSort.SecondFactorEnabled, RightsEventSort.RecoveryCodesRenewed]);
    }

    private static async Task<IReadOnlyList<string>> RenewAsync(Person person, string key)
    {
        using var renewed = await person.PostAsync(Page, "renew", ("code", Totp.CodeOf(key, DateTimeOffset.UtcNow.AddSeconds(30))));
        return [.. Regex.Matches(await renewed.Content.ReadAsStringAsync(), "<li>([A-Z0-9]{5}-[A-Z0-9]{5})</li>").Select(m => m.Groups[1].Value)];
    }

    /// <summary>The account was changed elsewhere between reading and writing it: Identity refuses, and nobody is told otherwise.</summary>
    [Fact]
    public async Task Change_ThatIdentityRefuses_IsNeitherMailedNorInTheAudit()
    {
        await using var own = await site.OwnAsync();
        var id = await own.PersonAsync(Email);
        await using var scope = own.Portal.Services.CreateAsyncScope();
        var (users, ownAccount) = (scope.ServiceProvider.GetRequiredService<UserManager<Account>>(), scope.ServiceProvider.GetRequiredService<OwnAccount>());
        var account = (await users.FindByIdAsync(id.ToString()))!;
        await own.Database.ExecuteAsync("update account set concurrency_stamp = 'elders'");

        var saved = await ownAccount.SaveAsync(account, RightsEventSort.SecondFactorEnabled, MailTexts.SecondFactorEnabled("nl", "Anna"), async () => (await users.SetTwoFactorEnabledAsync(account, true)).Succeeded);

        saved.Should().BeFalse();
        (await own.SubjectsAsync(Email)).Should().ContainSingle("the invitation");
        (await own.AuditAsync()).Should().NotContain(RightsEventSort.SecondFactorEnabled);
    }

    [Fact]
    public async Task Recovery_OfThePassword_LeavesTheSecondFactorInPlace()
    {
        const string fresh = "  Acht Paarse olifanten zwemmen ver voorbij de zeven oude dijken van het eiland  ";
        await using var own = await site.OwnAsync(ManyAttempts);
        await own.PersonAsync(Email);
        await WithFactorAsync(own);
        using var person = new Person(own.Portal.BaseAddress);
        using (await person.PostAsync("/wachtwoord", "recover", ("email", Email))) { }
        await own.MailAsync(Email, "Kies een nieuw wachtwoord");
        using (await person.PostAsync(await own.LastLinkAsync(Email), "reset", ("wachtwoord", fresh))) { }

        using (var trimmed = await person.SignInAsync(Email, fresh.Trim())) trimmed.StatusCode.Should().Be(HttpStatusCode.OK, "a password is what was typed, spaces and capitals too");
        using (var right = await person.SignInAsync(Email, fresh)) right.Headers.Location!.ToString().Should().Contain(CodePage);
        using var early = await person.GetAsync("/werkplek");
        early.StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    /// <returns>The key in the app of the person.</returns>
    private static async Task<string> WithFactorAsync(OwnPortal own, Func<Person, string, Task>? then = null)
    {
        using var person = new Person(own.Portal.BaseAddress);
        using (await person.SignInAsync(Email, Guests.Password)) { }
        var (key, page) = await person.BeginFactorAsync();
        using (var enabled = await person.EnableFactorAsync(page, Totp.CodeOf(key, DateTimeOffset.UtcNow))) (await enabled.Content.ReadAsStringAsync()).Should().Contain("herstelcodes");
        if (then is not null) await then(person, key);
        return key;
    }
}
