using KennisstedenPortal.Web.Hosting;
using KennisstedenPortal.Web.Tests.Working;

namespace KennisstedenPortal.Web.Tests.Hosting;

/// <summary>Whose word on the visitor's address counts.</summary>
public sealed class ProxyTests(Site site)
{
    [Theory]
    [InlineData("127.0.0.1;::1", HttpStatusCode.OK)]
    [InlineData("10.0.0.0/8; 127.0.0.0/8;::1/128", HttpStatusCode.OK)]
    [InlineData("10.0.0.1", HttpStatusCode.TooManyRequests)]
    [InlineData("", HttpStatusCode.TooManyRequests)]
    public async Task Attempts_OfAnotherVisitorBehindAProxy_AreCountedApartOnlyWhenTheProxyIsKnown(string proxies, HttpStatusCode other)
    {
        await using var own = await site.OwnAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Portal:SignIn:AttemptsPerMinute"] = "2", ["Portal:Proxies"] = proxies });
        using var person = new Person(own.Portal.BaseAddress);
        var page = await person.ReadAsync("/inloggen");
        async Task<HttpStatusCode> TryAsync(string visitor)
        {
            person.Header("X-Forwarded-For", visitor);
            using var answer = await person.PostToAsync("/inloggen", page, "sign-in", ("email", "x@y.nl"), ("wachtwoord", "verkeerd"));
            return answer.StatusCode;
        }

        for (var i = 0; i < 2; i++) await TryAsync("203.0.113.7");

        (await TryAsync("203.0.113.7")).Should().Be(HttpStatusCode.TooManyRequests);
        (await TryAsync("203.0.113.8")).Should().Be(other);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::/64")]
    public void Party_OfAnAddress_IsTheAddressOrItsNetwork(string address, string party) => Proxies.PartyOf(IPAddress.Parse(address)).Should().Be(party);
}
