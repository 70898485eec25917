using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KennisstedenPortal.Web.Tests.Working;

/// <summary>A portal with the demo people in it, and what they did before a test begins.</summary>
internal sealed class Work(OwnPortal own) : IAsyncDisposable
{
    public const string Campus = "kennispark-twente";

    public OwnPortal Own => own;
    public T Get<T>() where T : notnull => own.Portal.Services.GetRequiredService<T>();

    public static async Task<Work> StartAsync(Site site)
    {
        var work = new Work(await site.OwnAsync());
        await work.Get<DemoPeople>().EnsureAsync();
        return work;
    }

    public Task<Person> PersonAsync(string demo) => Person.SignedInAsync(own.Portal, demo);

    public async Task<Actor> ActorAsync(string demo)
    {
        await using var db = own.Database.CreateDbContext();
        var id = await db.Accounts.Where(a => a.Email == demo + DemoPeople.Domain).Select(a => a.Id).SingleAsync();
        return (await Get<ActorQuery>().FindAsync(id))!;
    }

    public async Task<RegisterObject> FindAsync(string slug)
    {
        await using var db = own.Database.CreateDbContext();
        return await db.Objects.AsNoTracking().SingleAsync(o => o.Slug == slug && !(o is Organisation));
    }

    public async Task<EditInput> ChangeAsync(string slug, string why, params (string Path, JsonNode? Value)[] changes)
    {
        var item = await FindAsync(slug);
        return new EditInput(item.Id, KindRegistry.Of(item), item.Revision, new ChangeSet(changes.Select(c => KeyValuePair.Create(c.Path, c.Value))), why);
    }

    public async Task<Guid> ProposeAsync(string slug, string demo, string why, params (string, JsonNode?)[] changes) =>
        ((EditOutcome.Waiting)await Get<ObjectWriter>().ProposeAsync(await ChangeAsync(slug, why, changes), await ActorAsync(demo))).ProposalId;

    public async Task SaveAsync(string slug, string demo, params (string, JsonNode?)[] changes) =>
        (await Get<ObjectWriter>().SaveAsync(await ChangeAsync(slug, "Verbeterd", changes), await ActorAsync(demo))).Should().BeOfType<EditOutcome.Saved>();

    public ValueTask DisposeAsync() => own.DisposeAsync();
}
