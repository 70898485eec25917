using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Editing;

/// <summary>A filled database with people in it, one per role, and the writers they use.</summary>
internal sealed class Editors : IAsyncDisposable
{
    private Editors(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }
    public Actor Enschede { get; private set; } = default!;
    public Actor EnschedeColleague { get; private set; } = default!;
    public Actor Delft { get; private set; } = default!;
    public Actor Campus { get; private set; } = default!;
    public Actor Partner { get; private set; } = default!;
    public Actor Policy { get; private set; } = default!;
    public Actor Secretariat { get; private set; } = default!;
    public Actor Administrator { get; private set; } = default!;
    public ObjectWriter Objects => new(Database, Database.Time);
    public ProposalWriter Proposals => new(Database, Objects, Database.Time);
    public DraftStore Drafts => new(Database, Database.Time);
    public EditQuery Query => new(Database);

    public IEnumerable<Actor> Everybody => [Enschede, EnschedeColleague, Delft, Campus, Partner, Policy, Secretariat, Administrator];

    public static async Task<Editors> StartAsync(TestServer server)
    {
        var editors = new Editors(await server.FilledAsync());
        await using var db = editors.Database.CreateDbContext();
        var (enschede, delft) = ((await db.BySlugAsync<City>("enschede")).Id, (await db.BySlugAsync<City>("delft")).Id);
        var campus = (await db.BySlugAsync<Campus>("kennispark-twente")).Id;
        var organisation = (await db.Objects.OfType<Organisation>().Where(o => o.Type == OrganisationType.University).OrderBy(o => o.Name).FirstAsync()).Id;
        Actor Add(string name, params Grant[] grants)
        {
            var account = new Account { Id = Guid.CreateVersion7(), Name = name, Email = $"{name}@example.org", NormalizedEmail = $"{name}@EXAMPLE.ORG", UserName = name, NormalizedUserName = name, OrganisationId = organisation, CreatedAt = DateTimeOffset.UtcNow };
            foreach (var grant in grants) account.Grants.Add(new RoleGrant { Id = Guid.CreateVersion7(), AccountId = account.Id, Role = grant.Role, ScopeId = grant.ScopeId, GrantedAt = DateTimeOffset.UtcNow });
            db.Add(account);
            return new Actor(account.Id, name, $"Organisatie van {name}") { OrganisationId = organisation, Grants = grants };
        }
        editors.Enschede = Add("enschede", new Grant(Role.MunicipalEditor, enschede));
        editors.EnschedeColleague = Add("collega", new Grant(Role.MunicipalEditor, enschede));
        editors.Delft = Add("delft", new Grant(Role.MunicipalEditor, delft));
        editors.Campus = Add("campus", new Grant(Role.CampusEditor, campus));
        editors.Partner = Add("partner", new Grant(Role.PartnerEditor, organisation));
        editors.Policy = Add("beleid", new Grant(Role.PolicyOfficer));
        editors.Secretariat = Add("secretariaat", new Grant(Role.Secretariat));
        editors.Administrator = Add("beheer", new Grant(Role.Administrator));
        await db.SaveChangesAsync();
        return editors;
    }

    public async Task<RegisterObject> FindAsync(string slug)
    {
        await using var db = Database.CreateDbContext();
        return await db.Objects.AsNoTracking().AsSplitQuery().Include(o => o.Specialisations).Include(o => o.Relations).Include(o => o.InverseRelations).Include(o => o.Citations).Include(o => o.Provenance)
            .Include(o => o.Observations).Include(o => o.Swot).ThenInclude(s => s.Evidence).Include(o => o.Exchanges).SingleAsync(o => o.Slug == slug && !(o is Organisation));
    }

    /// <summary>What a form would send: the object as it stands, with these paths changed.</summary>
    public async Task<EditInput> ChangeAsync(string slug, params (string Path, JsonNode? Value)[] changes)
    {
        var item = await FindAsync(slug);
        return Change(item, item.Revision, changes);
    }

    public static EditInput Change(RegisterObject item, int revision, params (string Path, JsonNode? Value)[] changes) =>
        new(item.Id, KindRegistry.Of(item), revision, new ChangeSet(changes.Select(c => KeyValuePair.Create(c.Path, c.Value))), "Verbeterd");

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
