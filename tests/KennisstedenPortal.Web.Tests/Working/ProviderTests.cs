using KennisstedenPortal.Domain.Access;

namespace KennisstedenPortal.Web.Tests.Working;

/// <summary>Signing in at an organisation's own provider, against a real one.</summary>
public sealed class ProviderTests(Site site)
{
    private const string Email = "anna@enschede.example", Via = "/inloggen/via/gemeente-enschede";

    [Fact]
    public async Task Invitation_AcceptedAtTheProvider_TiesTheLoginToTheAccount()
    {
        await using var stage = await StageAsync();
        var link = await stage.Own.InviteAsync(Email, Role.MunicipalEditor, "enschede");
        using var person = new Person(stage.Own.Portal.BaseAddress);
        (await person.ReadAsync(link)).Should().Contain("Aannemen via").And.Contain("Gemeente Enschede");

        (await stage.RunAsync(person, $"{Via}?uitnodiging={link.Split('/')[^1]}")).Should().EndWith("/werkplek");
        (await person.ReadAsync("/werkplek")).Should().Contain("Anna de Vries");

        using var again = new Person(stage.Own.Portal.BaseAddress);
        (await stage.RunAsync(again, $"{Via}?terug=/account")).Should().EndWith("/account");
        (await again.ReadAsync("/account")).Should().Contain("Anna de Vries");
    }

    [Fact]
    public async Task Subject_WithoutInvitation_IsNobodyEvenWithTheAddressOfAnAccount()
    {
        await using var stage = await StageAsync(trustsEmail: true);
        await stage.Own.PersonAsync(Email);
        (stage.Provider.Email, stage.Provider.EmailVerified) = (Email, true);
        using var person = new Person(stage.Own.Portal.BaseAddress);

        (await stage.RunAsync(person, Via)).Should().EndWith("reden=onbekend");
        (await person.ReadAsync("/inloggen/mislukt?reden=onbekend")).Should().Contain("uitnodiging nodig");
    }

    [Theory]
    [InlineData(null, null, "geen-adres")]
    [InlineData(Email, false, "adres-niet-bevestigd")]
    [InlineData(Email, null, "adres-niet-bevestigd")]
    [InlineData("ander@enschede.example", true, "ander-adres")]
    [InlineData(Email, true, null)]
    public async Task Address_OfATrustedProvider_MustBeTheInvitedOneAndVerified(string? email, bool? verified, string? reason)
    {
        await using var stage = await StageAsync(trustsEmail: true);
        var link = await stage.Own.InviteAsync(Email, Role.MunicipalEditor, "enschede");
        (stage.Provider.Email, stage.Provider.EmailVerified) = (email, verified);
        using var person = new Person(stage.Own.Portal.BaseAddress);

        var end = await stage.RunAsync(person, $"{Via}?uitnodiging={link.Split('/')[^1]}");

        end.Should().EndWith(reason is null ? "/werkplek" : $"reden={reason}");
        (await stage.Own.Database.ScalarAsync<long>("select count(*) from account")).Should().Be(reason is null ? 1 : 0);
    }

    [Fact]
    public async Task Token_OfAnotherIssuer_IsRefused()
    {
        await using var stage = await StageAsync();
        stage.Provider.ClaimsToBe = "https://kwaad.example/";
        using var person = new Person(stage.Own.Portal.BaseAddress);

        (await stage.RunAsync(person, Via)).Should().EndWith("reden=uitgever");
    }

    [Fact]
    public async Task Token_WithASignatureOfAnotherKey_IsRefused()
    {
        await using var stage = await StageAsync();
        var link = await stage.Own.InviteAsync(Email, Role.MunicipalEditor, "enschede");
        stage.Provider.ForgesTokens = true;
        using var person = new Person(stage.Own.Portal.BaseAddress);

        (await stage.RunAsync(person, $"{Via}?uitnodiging={link.Split('/')[^1]}")).Should().Contain("/inloggen/mislukt");

        (await stage.Own.Database.ScalarAsync<long>("select count(*) from account")).Should().Be(0);
    }

    [Fact]
    public async Task Code_UsedTwice_IsRefused()
    {
        await using var stage = await StageAsync();
        var link = await stage.Own.InviteAsync(Email, Role.MunicipalEditor, "enschede");
        using var person = new Person(stage.Own.Portal.BaseAddress);
        var callback = await stage.CallbackAsync(person, $"{Via}?uitnodiging={link.Split('/')[^1]}");
        using (var first = await person.GetAsync(callback)) first.Headers.Location!.ToString().Should().Be("/inloggen/klaar");

        using var replayed = await person.GetAsync(callback);
        replayed.Headers.Location!.ToString().Should().EndWith("reden=verlopen");
        using var thief = new Person(stage.Own.Portal.BaseAddress);
        using var stolen = await thief.GetAsync(callback);
        stolen.Headers.Location!.ToString().Should().EndWith("reden=verlopen");

        // Even where the state is new, the provider gives nothing for a code that was used.
        var fresh = await stage.CallbackAsync(person, Via);
        var mixed = fresh[..fresh.IndexOf("code=", StringComparison.Ordinal)] + "code=" + Part(callback, "code") + "&state=" + Part(fresh, "state");
        using var swapped = await person.GetAsync(mixed);
        swapped.Headers.Location!.ToString().Should().EndWith("reden=verlopen");
    }

    [Fact]
    public async Task Role_ThatNeedsASecondFactor_IsAskedForItAfterAProviderToo()
    {
        await using var stage = await StageAsync();
        var link = await stage.Own.InviteAsync(Email, Role.Secretariat);
        using var person = new Person(stage.Own.Portal.BaseAddress);
        await stage.RunAsync(person, $"{Via}?uitnodiging={link.Split('/')[^1]}");

        using var answer = await person.GetAsync("/werkplek");

        answer.Headers.Location!.ToString().Should().EndWith("/account/tweede-factor", "however strongly they proved there who they are");
    }

    [Fact]
    public async Task Session_HereAndTheOneAtTheProvider_LiveApart()
    {
        await using var stage = await StageAsync();
        var link = await stage.Own.InviteAsync(Email, Role.MunicipalEditor, "enschede");
        using var person = new Person(stage.Own.Portal.BaseAddress);
        await stage.RunAsync(person, $"{Via}?uitnodiging={link.Split('/')[^1]}");

        // Nobody is signed in there any more.
        stage.Provider.Denies = true;
        var page = await person.ReadAsync("/werkplek");
        page.Should().Contain("Anna de Vries");
        using (var signedOut = await person.PostToAsync("/uitloggen", page, null)) signedOut.StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await stage.RunAsync(person, Via)).Should().EndWith("reden=geweigerd");

        // Signed out here only, one click signs in again.
        stage.Provider.Denies = false;
        (await stage.RunAsync(person, $"{Via}?terug=/account")).Should().EndWith("/account");
        (await person.ReadAsync("/account")).Should().Contain("Anna de Vries");
    }

    [Fact]
    public async Task Provider_ThatDenies_IsToldSo()
    {
        await using var stage = await StageAsync();
        stage.Provider.Denies = true;
        using var person = new Person(stage.Own.Portal.BaseAddress);

        (await stage.RunAsync(person, Via)).Should().EndWith("reden=geweigerd");
    }

    [Fact]
    public async Task Provider_Unknown_IsNotFound()
    {
        using var answer = await site.Client.GetAsync("/inloggen/via/bestaat-niet");

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    private static string Part(string address, string name) => address.Split('?', '&').Single(p => p.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];

    private async Task<Stage> StageAsync(bool trustsEmail = false)
    {
        var database = await site.Server.EmptyAsync();
        var provider = await IdentityProvider.StartAsync(database);
        var own = await site.OwnAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Portal:SignIn:Providers:0:Name"] = "Gemeente Enschede",
            ["Portal:SignIn:Providers:0:Issuer"] = provider.Issuer,
            ["Portal:SignIn:Providers:0:ClientId"] = IdentityProvider.ClientId,
            ["Portal:SignIn:Providers:0:ClientSecret"] = IdentityProvider.ClientSecret,
            ["Portal:SignIn:Providers:0:TrustsEmail"] = trustsEmail ? "true" : "false",
        });
        await provider.RegisterAsync(new Uri(own.Portal.BaseAddress, "/inloggen/terug/gemeente-enschede"));
        return new Stage(own, provider, database);
    }

    private sealed record Stage(OwnPortal Own, IdentityProvider Provider, TestDatabase Database) : IAsyncDisposable
    {
        /// <summary>Follows to the provider and back, until the portal has decided.</summary>
        public async Task<string> RunAsync(Person person, string start)
        {
            using var back = await person.GetAsync(await CallbackAsync(person, start));
            var next = back.Headers.Location!.ToString();
            if (next != "/inloggen/klaar") return next;
            using var end = await person.GetAsync(next);
            return end.Headers.Location!.ToString();
        }

        /// <summary>The address at the portal to which the provider sends the browser.</summary>
        public async Task<string> CallbackAsync(Person person, string start)
        {
            using var challenge = await person.GetAsync(start);
            challenge.Headers.Location!.ToString().Should().StartWith(Provider.Issuer).And.Contain("code_challenge_method=S256").And.Contain("response_type=code");
            using var client = PortalUnderTest.NewClient(Provider.Address);
            using var answer = await client.GetAsync(challenge.Headers.Location);
            return answer.Headers.Location!.ToString();
        }

        public async ValueTask DisposeAsync()
        {
            await Own.DisposeAsync();
            await Provider.DisposeAsync();
            await Database.DisposeAsync();
        }
    }
}
