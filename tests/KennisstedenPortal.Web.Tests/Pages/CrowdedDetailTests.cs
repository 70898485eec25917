using KennisstedenPortal.Data;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KennisstedenPortal.Web.Tests.Pages;

/// <summary>An object to which more belongs than a page holds.</summary>
public sealed class CrowdedDetailTests(Site site)
{
    private const int Guests = ObjectDetail.MostInverse + 30;

    [Fact]
    public async Task Page_WithMoreRelationsThanItHolds_ShowsTheFirstAndTheWayToAll()
    {
        await using var own = await site.OwnAsync();
        await using (var db = await own.Portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync())
        {
            var campus = new Campus { Id = Guid.CreateVersion7(), Slug = "zandhoek", Name = "Zandhoek Proefterrein" };
            var guests = Enumerable.Range(0, Guests).Select(i => new Facility { Id = Guid.CreateVersion7(), Slug = $"gast-{i}", Name = $"Gast {i}", Sort = FacilitySort.Fieldlab }).ToList();
            db.Add(campus);
            db.AddRange(guests);
            db.AddRange(guests.Select(g => new Relation { Id = Guid.CreateVersion7(), Kind = RelationKind.LocatedOn, FromId = g.Id, ToId = campus.Id }));
            await db.SaveAsync(new Actor(null, "Redacteur", "Gemeente Delft"), "Nieuw");
        }

        var html = await own.Client.GetStringAsync("/campussen/zandhoek");

        Html.Links(html).Count(l => l.StartsWith("/faciliteiten/gast-", StringComparison.Ordinal)).Should().Be(ObjectDetail.MostInverse);
        Html.Links(html).Should().Contain("/zoeken?q=Zandhoek%20Proefterrein");
        Html.Text(await own.Client.GetStringAsync("/zoeken?q=Zandhoek%20Proefterrein")).Should().Contain($"{Guests + 1} resultaten", "the campus and all that stands on it");
    }
}
