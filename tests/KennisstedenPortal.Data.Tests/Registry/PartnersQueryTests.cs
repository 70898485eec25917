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
        var all = await query.RunAsync(null, editors.Secretariat);
        all.Names.Select(n => n.Name).Should().Equal("Delft", "Enschede");
        var delft = await query.RunAsync(all.Names[0].Id, editors.Enschede);
        (delft.Themes.Single().Offers.Count, delft.Themes.Single().Needs.Single().Text, delft.Swot.Count).Should().Be((0, "Ruimte om te vliegen", 0));
        delft.Themes.Single().IsMatch.Should().BeTrue("another offers it, though only what is Delft's is shown");
        (await query.RunAsync(all.Names[1].Id, editors.Delft)).Themes.Select(t => (t.Code, t.IsMatch)).Should().Equal(("robotica", true), ("quantum", false));
        (await query.RunAsync(Guid.CreateVersion7(), editors.Enschede)).Should().Match<SharedAmongPartners>(p => p.Themes.Count == 0 && p.Swot.Count == 0 && p.Names.Count == 2);

        await editors.Database.ExecuteAsync("update register_object set visibility = 'partners' where slug = 'delft'; update register_object set visibility = 'secretariat' where slug = 'enschede'");
        var hidden = await query.RunAsync(null, editors.Secretariat);
        hidden.Names.Select(n => n.Name).Should().Equal(["Delft"], "what is not for partners is not among them, whoever looks");
        hidden.Themes.Single().Needs.Single().Should().Match<Shared>(s => !s.HasPage && !s.IsOpen, "nobody else reads what stands on a page that is not there");
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
