using KennisstedenPortal.Data.People;
using KennisstedenPortal.Data.Tests.Mail;
using KennisstedenPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Links;

public sealed class AccessLinkTests(TestServer server)
{
    [Fact]
    public async Task Add_NewLink_KeepsOnlyTheHashOfItsSecret()
    {
        await using var cast = await Cast.FilledAsync(server);
        var anna = await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft");

        var link = await cast.LinkAsync(anna, [Guid.CreateVersion7()]);

        link.Secret.Should().HaveLength(43).And.MatchRegex("^[A-Za-z0-9_-]+$");
        (await cast.Database.ScalarAsync<long>($"select count(*) from access_link l where l::text like '%{link.Secret}%'")).Should().Be(0);
        (await cast.Database.ScalarAsync<string>("select secret_hash from access_link")).Should().MatchRegex("^[0-9a-f]{64}$");
        (await EventsAsync(cast)).Should().Equal(RightsEventSort.LinkSent);
    }

    [Fact]
    public async Task FindAsync_AnyNumberOfTimes_ChangesNothing()
    {
        await using var cast = await Cast.FilledAsync(server);
        var link = await cast.LinkAsync(await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft"), []);

        for (var i = 0; i < 5; i++) (await cast.AccessLinks.FindAsync(link.Secret, default))!.State.Should().Be(LinkState.Valid);

        (await EventsAsync(cast)).Should().Equal(RightsEventSort.LinkSent);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("kort")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task FindAsync_SecretThatNobodyGave_FindsNothing(string? secret)
    {
        await using var cast = await Cast.FilledAsync(server);
        await cast.LinkAsync(await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft"), []);

        (await cast.AccessLinks.FindAsync(secret, default)).Should().BeNull();
    }

    [Fact]
    public async Task FindAsync_AfterItsTime_IsExpired()
    {
        await using var cast = await Cast.FilledAsync(server);
        var link = await cast.LinkAsync(await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft"), []);

        cast.Clock.Now = link.ExpiresAt.AddSeconds(-1);
        (await cast.AccessLinks.FindAsync(link.Secret, default))!.State.Should().Be(LinkState.Valid);
        cast.Clock.Now = link.ExpiresAt;
        (await cast.AccessLinks.FindAsync(link.Secret, default))!.State.Should().Be(LinkState.Expired);
    }

    [Fact]
    public async Task RevokeAsync_ByThePersonTheSecretariatOrTheMailItself_EndsItOnce()
    {
        await using var cast = await Cast.FilledAsync(server);
        var anna = await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft");
        var secretariat = await cast.PersonAsync("Els", Role.Secretariat);
        var links = new List<NewLink>();
        for (var i = 0; i < 3; i++) links.Add(await cast.LinkAsync(anna, []));

        (await cast.AccessLinks.RevokeAsync(links[0].Id, await cast.ActorAsync(anna), default)).Should().BeTrue();
        (await cast.AccessLinks.RevokeAsync(links[1].Id, await cast.ActorAsync(secretariat), default)).Should().BeTrue();
        (await cast.AccessLinks.RevokeAsync(links[2].Secret, default)).Should().BeTrue();
        (await cast.AccessLinks.RevokeAsync(links[0].Secret, default)).Should().BeFalse("it was revoked already");

        foreach (var link in links) (await cast.AccessLinks.FindAsync(link.Secret, default))!.State.Should().Be(LinkState.Revoked);
        (await EventsAsync(cast)).Count(e => e == RightsEventSort.LinkRevoked).Should().Be(3);
    }

    [Fact]
    public async Task RevokeAsync_LinkOfSomebodyElse_IsRefused()
    {
        await using var cast = await Cast.FilledAsync(server);
        var link = await cast.LinkAsync(await cast.PersonAsync("Anna", Role.MunicipalEditor, "delft"), []);
        var colleague = await cast.ActorAsync(await cast.PersonAsync("Bram", Role.MunicipalEditor, "delft"));

        await cast.AccessLinks.Awaiting(l => l.RevokeAsync(link.Id, colleague, default)).Should().ThrowAsync<NotAllowedException>();

        (await cast.AccessLinks.FindAsync(link.Secret, default))!.State.Should().Be(LinkState.Valid);
    }

    private static async Task<List<RightsEventSort>> EventsAsync(Cast cast)
    {
        await using var db = cast.Database.CreateDbContext();
        return await db.RightsEvents.OrderBy(e => e.Id).Select(e => e.Sort).ToListAsync();
    }
}
