using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Tests.Editing;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Registry;

/// <summary>What partners read of each other before it is public.</summary>
public sealed class PartnersQueryTests(TestServer server)
{
    [Fact]
    public async Task RunAsync_TellsEachPartnerWhatIsForPartnersAndNoMore()
    {
        await using var editors = await Editors.StartAsync(server);
        await WriteAsync(editors);
        var query = new PartnersQuery(editors.Database);

        foreach (var actor in new[] { editors.Delft, editors.Policy, editors.Partner, editors.Secretariat })
        {
            var page = await query.RunAsync(null, actor);
            page.Themes.Select(t => t.Code).Should().Equal(["robotica", "quantum"], "one seeks what another offers: that first");
            page.Themes[0].Should().Match<SharedTheme>(t => t.IsMatch && t.Offers.Single().Text == "Een vliegveld" && t.Offers.Single().Of.Slug == "enschede" && t.Needs.Single().Text == "Ruimte om te vliegen" && t.Needs.Single().IsOpen);
            page.Themes[1].IsMatch.Should().BeFalse("what somebody seeks of what they offer themselves is no match");
            page.Swot.Should().ContainSingle().Which.Items.Select(i => i.Text).Should().Equal("Veel talent", "Weinig woningen");
            page.IsCut.Should().BeFalse();
        }
        var delft = await query.RunAsync("delft", editors.Enschede);
        (delft.Themes.Single().Offers.Count, delft.Themes.Single().Needs.Single().Text, delft.Swot.Count).Should().Be((0, "Ruimte om te vliegen", 0));
        (await query.RunAsync("geheim", editors.Enschede)).Themes.Should().BeEmpty("a draft is for who keeps it");
        await query.Awaiting(q => q.RunAsync(null, new Actor(null, "", ""))).Should().ThrowAsync<NotAllowedException>();
    }

    private static async Task WriteAsync(Editors editors)
    {
        await using var db = editors.Database.CreateDbContext();
        var (enschede, delft) = (await db.Objects.OfType<City>().SingleAsync(c => c.Slug == "enschede"), await db.Objects.OfType<City>().SingleAsync(c => c.Slug == "delft"));
        var hidden = new Campus { Id = Guid.CreateVersion7(), Slug = "geheim", Name = "Geheim", State = ObjectState.Draft };
        db.Add(hidden);
        void Share(RegisterObject of, ExchangeSort sort, string theme, string text, Visibility visibility = Visibility.Partners) =>
            of.Exchanges.Add(new Exchange { Id = Guid.CreateVersion7(), ObjectId = of.Id, Sort = sort, ThemeCode = theme, Text = text, Visibility = visibility });
        Share(enschede, ExchangeSort.Offer, "robotica", "Een vliegveld");
        Share(delft, ExchangeSort.Need, "robotica", "Ruimte om te vliegen", Visibility.Public);
        Share(enschede, ExchangeSort.Offer, "quantum", "Een lab");
        Share(enschede, ExchangeSort.Need, "quantum", "Een groter lab");
        Share(delft, ExchangeSort.Offer, "quantum", "Nog geheim", Visibility.Secretariat);
        Share(hidden, ExchangeSort.Offer, "quantum", "Van een concept", Visibility.Public);
        void Swot(SwotSort sort, string text, Visibility visibility) => enschede.Swot.Add(new SwotItem { Id = Guid.CreateVersion7(), ObjectId = enschede.Id, Sort = sort, Text = text, Visibility = visibility });
        Swot(SwotSort.Weakness, "Weinig woningen", Visibility.Partners);
        Swot(SwotSort.Strength, "Veel talent", Visibility.Public);
        Swot(SwotSort.Threat, "Geheim", Visibility.Secretariat);
        await db.SaveAsync(Actor.Portal, "Voor de proef");
    }
}
