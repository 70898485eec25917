using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Web.Tests.Working;

/// <summary>Where partners read what is not public yet.</summary>
public sealed class PartnersPageTests(Site site)
{
    private const string Page = "/werkplek/partners";

    [Fact]
    public async Task Partners_ReadWhatIsForThemAndNobodyElseDoes()
    {
        await using var work = await Work.StartAsync(site);
        using var person = await work.PersonAsync("redacteur-delft");
        Html.Text(await person.ReadAsync(Page)).Should().Contain("Nog niemand schreef op").And.Contain("Nog geen stad schreef dit op");
        Guid enschedeId;
        await using (var db = work.Own.Database.CreateDbContext())
        {
            var enschede = await db.Objects.OfType<City>().SingleAsync(c => c.Slug == "enschede");
            enschedeId = enschede.Id;
            enschede.Exchanges.Add(new Exchange { Id = Guid.CreateVersion7(), ObjectId = enschede.Id, Sort = ExchangeSort.Offer, ThemeCode = "robotica", Text = "Een <b>vliegveld</b>" });
            enschede.Swot.Add(new SwotItem { Id = Guid.CreateVersion7(), ObjectId = enschede.Id, Sort = SwotSort.Weakness, Text = "Weinig woningen" });
            await db.SaveAsync(Actor.Portal, "Voor de proef");
        }

        foreach (var (address, said) in new[] { (Page, "Aanbod en vraag"), (Page + $"?van={enschedeId}", "Van wie"), ("/en" + Page, "Offers and needs"), (Page + "?van=%00", "Aanbod en vraag"), (Page + "?van=delft", "Aanbod en vraag") })
        {
            var html = await person.ReadAsync(address);
            Html.Text(html).Should().Contain(said, address).And.Contain("Een <b>vliegveld</b>", address).And.Contain("Weinig woningen", address);
            Html.Headings1(html).Should().ContainSingle(address);
            Html.Ids(html).Should().OnlyHaveUniqueItems(address);
        }
        Html.Text(await person.ReadAsync(Page + $"?van={Guid.NewGuid()}")).Should().NotContain("vliegveld").And.Contain("Nog niets opgeschreven").And.NotContain("Nog niemand");
        Html.Links(await person.ReadAsync("/werkplek")).Should().Contain(Page);
        Html.Text(await work.Own.Client.GetStringAsync("/kennissteden/enschede")).Should().NotContain("vliegveld").And.NotContain("Weinig woningen");
        using var stranger = new Person(work.Own.Portal.BaseAddress);
        using var refused = await stranger.GetAsync(Page);
        refused.StatusCode.Should().Be(HttpStatusCode.Redirect);
        refused.Headers.Location!.OriginalString.Should().Contain("/inloggen");
    }
}
