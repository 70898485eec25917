using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using Microsoft.AspNetCore.Identity;

namespace KennisstedenPortal.Data.Tests.Access;

/// <summary>The administration of people: for who manages people, whatever the object.</summary>
internal static class PeopleWaysIn
{
    public static IReadOnlyList<WayIn> All { get; } =
    [
        Way("PeopleWriter.GrantAsync", (w, a, id) => Writer(w).GrantAsync(id, new Grant(Role.PolicyOfficer), a)),
        Way("PeopleWriter.WithdrawAsync", (w, a, id) => Writer(w).WithdrawAsync(id, Guid.CreateVersion7(), a)),
        Way("PeopleWriter.ChangeOrganisationAsync", (w, a, id) => Writer(w).ChangeOrganisationAsync(id, w.Proposer.OrganisationId!.Value, a)),
        Way("PeopleWriter.DisableAsync", (w, a, id) => Writer(w).DisableAsync(id, a)),
        Way("PeopleWriter.EnableAsync", (w, a, id) => Writer(w).EnableAsync(id, a)),
        Way("PeopleWriter.ResetSecondFactorAsync", (w, a, id) => Writer(w).ResetSecondFactorAsync(id, a)),
        Way("PeopleWriter.EndSessionsAsync", (w, a, id) => Writer(w).EndSessionsAsync(id, a)),
        Way("PeopleWriter.ForgetAsync", (w, a, id) => Writer(w).ForgetAsync(id, a)),
        Way("InvitationWriter.InviteAsync", (w, a, id) => Invitations(w).InviteAsync(new InvitationInput("Iemand", $"iemand-{id:N}@example.org", w.Proposer.OrganisationId!.Value, "nl", [new Grant(Role.PolicyOfficer)]), "https://kennissteden.example", a)),
        Way("InvitationWriter.ResendAsync", (w, a, id) => Invitations(w).ResendAsync(id, "https://kennissteden.example", a)),
        Way("InvitationWriter.RevokeAsync", (w, a, id) => Invitations(w).RevokeAsync(id, a)),
        Way("PeopleQuery.ListAsync", (w, a, _) => Query(w).ListAsync(null, null, 1, a)),
        Way("PeopleQuery.FindAsync", (w, a, id) => Query(w).FindAsync(id, a)),
        Way("PeopleQuery.InvitationsAsync", (w, a, _) => Query(w).InvitationsAsync(a)),
        Way("PeopleQuery.AuditAsync", (w, a, _) => Query(w).AuditAsync(null, null, 1, a)),
    ];

    private static PeopleWriter Writer(RightsWorld world) => new(world.Database, new Outbox(world.Database.Time), world.Database.Time);
    private static InvitationWriter Invitations(RightsWorld world) => new(world.Database, new Outbox(world.Database.Time), world.Database.Time, new PasswordHasher<Account>(), new PasswordCheck(AppContext.BaseDirectory));
    private static PeopleQuery Query(RightsWorld world) => new(world.Database, world.Database.Search);

    /// <summary>Tried on an account that was made for it.</summary>
    private static WayIn Way(string name, Func<RightsWorld, Actor, Guid, Task> act) => new(name, (actor, _) => Rights.Allows(actor, Right.ManagePeople), async (world, actor, _) =>
    {
        await act(world, actor, await AccountAsync(world));
        return true;
    });

    private static async Task<Guid> AccountAsync(RightsWorld world)
    {
        var id = Guid.CreateVersion7();
        await using var db = world.Database.CreateDbContext();
        db.Add(new Account { Id = id, Name = "Iemand", Email = $"{id:N}@example.org", NormalizedEmail = $"{id:N}@EXAMPLE.ORG", UserName = $"{id:N}", NormalizedUserName = $"{id:N}", OrganisationId = world.Proposer.OrganisationId!.Value, CreatedAt = DateTimeOffset.UtcNow });
        await db.SaveChangesAsync();
        return id;
    }
}
