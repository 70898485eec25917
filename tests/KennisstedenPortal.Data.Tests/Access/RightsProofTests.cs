using System.Reflection;
using KennisstedenPortal.Data.Tests.Editing;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Access;

/// <summary>Every way in, for every role, on what is theirs and what is another's: allowed exactly where the table of rights says so.</summary>
public sealed class RightsProofTests(TestServer server)
{
    public static TheoryData<string> WaysIn => [.. RightsMatrix.All.Select(w => w.Name)];

    [Fact]
    public void Matrix_AgainstTheCode_ListsEveryMethodThatTakesAnActor()
    {
        var methods = typeof(PortalDbContext).Assembly.GetExportedTypes()
            .SelectMany(t => t.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly))
            // What the compiler writes for records compares and takes apart; it does nothing.
            .Where(m => m.DeclaringType!.GetMethod("<Clone>$") is null && m.GetParameters().Any(p => p.ParameterType == typeof(Actor)))
            .Select(m => $"{m.DeclaringType!.Name}.{m.Name}").ToHashSet(StringComparer.Ordinal);

        methods.Except(RightsMatrix.All.Select(w => w.Name.Split(' ')[0]).Concat(RightsMatrix.Inside), StringComparer.Ordinal).Should().BeEmpty("each is tried for every role");
        RightsMatrix.All.Select(w => w.Name.Split(' ')[0]).Concat(RightsMatrix.Inside).Except(methods, StringComparer.Ordinal).Should().BeEmpty("the matrix names what exists");
    }

    [Theory, MemberData(nameof(WaysIn))]
    public async Task WayIn_ForEveryRoleOnOwnAndForeign_IsAllowedExactlyWhereRightsSays(string name)
    {
        var way = RightsMatrix.All.Single(w => w.Name == name);
        await using var editors = await Editors.StartAsync(server);
        var world = new RightsWorld(editors) { Proposer = await ProposerAsync(editors) };
        var objects = new List<RegisterObject> { await editors.FindAsync("enschede"), await editors.FindAsync("kennispark-twente"), await editors.FindAsync("mesa-nanolab"), await editors.FindAsync("delft"), await OrganisationAsync(editors) };
        var (wrong, seen) = (new List<string>(), new HashSet<bool>());

        foreach (var actor in editors.Everybody.Append(editors.Policy with { Grants = [] }))
            foreach (var item in objects)
            {
                var expected = way.Expected(actor, new Resource(item.Id, item.StewardId));
                var allowed = await AllowedAsync(() => way.Try(world, actor, item));
                seen.Add(expected);
                if (allowed != expected) wrong.Add($"{(actor.Grants is [var held, ..] ? held.Role : "nobody")} on {item.Slug}: {(allowed ? "let in" : "refused")}");
            }

        wrong.Should().BeEmpty();
        seen.Should().Contain(false, "somebody must be refused, or this proves nothing");
    }

    [Fact]
    public void Rights_OfEveryRole_AreTheOnesThatAreWrittenDown()
    {
        // The table of the product, by hand: who reaches all, who their own, who nothing.
        var own = new[] { Role.MunicipalEditor, Role.CampusEditor, Role.PartnerEditor };
        foreach (var right in new[] { Right.Edit, Right.Decide, Right.Confirm, Right.Archive })
            foreach (var role in Enum.GetValues<Role>())
                Rights.ReachOf(right, role).Should().Be(role == Role.Secretariat ? Reach.All : own.Contains(role) ? Reach.Own : Reach.None, $"{role} {right}");
        foreach (var role in Enum.GetValues<Role>())
        {
            Rights.ReachOf(Right.Propose, role).Should().Be(Reach.All);
            Rights.ReachOf(Right.ManagePeople, role).Should().Be(role == Role.Administrator ? Reach.All : Reach.None);
        }
    }

    private static async Task<bool> AllowedAsync(Func<Task<bool>> attempt)
    {
        try
        {
            return await attempt();
        }
        catch (NotAllowedException)
        {
            return false;
        }
    }

    private static async Task<RegisterObject> OrganisationAsync(Editors editors)
    {
        await using var db = editors.Database.CreateDbContext();
        return await db.Objects.AsNoTracking().SingleAsync(o => o.Id == editors.Partner.Grants[0].ScopeId);
    }

    /// <summary>One more person: who decides may not be who proposed.</summary>
    private static async Task<Actor> ProposerAsync(Editors editors)
    {
        await using var db = editors.Database.CreateDbContext();
        var account = new Data.People.Account { Id = Guid.CreateVersion7(), Name = "indiener", Email = "indiener@example.org", NormalizedEmail = "INDIENER@EXAMPLE.ORG", UserName = "indiener", NormalizedUserName = "INDIENER", OrganisationId = editors.Policy.OrganisationId!.Value, CreatedAt = DateTimeOffset.UtcNow };
        db.Add(account);
        await db.SaveChangesAsync();
        return new Actor(account.Id, account.Name, "Indieners") { OrganisationId = account.OrganisationId, Grants = [new Grant(Role.PolicyOfficer)] };
    }
}
