using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.People;

/// <summary>
/// What an administrator does with accounts. Nobody changes their own account here, and the portal always keeps somebody who
/// can manage it. Each change is in the audit, in the same transaction; who loses something is signed out within a minute.
/// </summary>
public sealed class PeopleWriter(IDbContextFactory<PortalDbContext> contexts, Outbox outbox, TimeProvider time)
{
    /// <summary>The name under which somebody who is forgotten stays in the administration.</summary>
    public const string FormerUser = "Oud-gebruiker";
    private const long AdministratorsLock = 5_080_003;

    private static PeopleOutcome.Saved Done(Guid id) => new PeopleOutcome.Saved(id);

    /// <exception cref="NotAllowedException">The actor manages no people.</exception>
    public Task<PeopleOutcome> GrantAsync(Guid accountId, Grant grant, Actor actor, CancellationToken cancellation = default) => ChangeAsync(accountId, actor, async (db, account, now) =>
    {
        if (await PeopleChecks.GrantAsync(db, grant, cancellation) is { } problem) return new PeopleOutcome.Invalid([new("scope", problem)]);
        if (account.Grants.Any(g => g.Role == grant.Role && g.ScopeId == grant.ScopeId)) return PeopleOutcome.Wrong("role", "Deze persoon heeft deze rol al.", "This person has this role already.");
        await GiveAsync(db, account, account.OrganisationId, [grant], actor, now, cancellation);
        return Done(account.Id);
    }, cancellation);

    /// <summary>Gives what the person has not got yet, and what goes with it (<see cref="MunicipalRoles"/>).</summary>
    private static async Task GiveAsync(PortalDbContext db, Account account, Guid organisationId, IReadOnlyList<Grant> grants, Actor actor, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var grant in (await MunicipalRoles.WithOwnAsync(db, organisationId, grants, cancellation)).Where(g => !account.Grants.Any(h => h.Role == g.Role && h.ScopeId == g.ScopeId)).ToList())
        {
            db.RoleGrants.Add(new RoleGrant { Id = Guid.CreateVersion7(now), AccountId = account.Id, Role = grant.Role, ScopeId = grant.ScopeId, GrantedAt = now, GrantedById = actor.UserId });
            db.Note(RightsEventSort.RoleGranted, actor.UserId, account.Id, now, Describe(grant));
        }
    }

    /// <exception cref="NotAllowedException">The actor manages no people.</exception>
    public Task<PeopleOutcome> WithdrawAsync(Guid accountId, Guid grantId, Actor actor, CancellationToken cancellation = default) => ChangeAsync(accountId, actor, async (db, account, now) =>
    {
        if (account.Grants.SingleOrDefault(g => g.Id == grantId) is not { } grant) return new PeopleOutcome.NotFound();
        if (grant.Role == Role.Administrator && await IsLastAdministratorAsync(db, account, cancellation)) return LastAdministrator;
        db.RoleGrants.Remove(grant);
        EndSessions(account);
        db.Note(RightsEventSort.RoleWithdrawn, actor.UserId, account.Id, now, Describe(new Grant(grant.Role, grant.ScopeId)));
        return Done(account.Id);
    }, cancellation);

    /// <exception cref="NotAllowedException">The actor manages no people.</exception>
    public Task<PeopleOutcome> ChangeOrganisationAsync(Guid accountId, Guid organisationId, Actor actor, CancellationToken cancellation = default) => ChangeAsync(accountId, actor, async (db, account, now) =>
    {
        if (account.OrganisationId == organisationId) return Done(account.Id);
        if (await PeopleChecks.OrganisationAsync(db, organisationId, cancellation) is { } problem) return new PeopleOutcome.Invalid([new("organisation", problem)]);
        account.OrganisationId = organisationId;
        db.Note(RightsEventSort.OrganisationChanged, actor.UserId, account.Id, now, organisationId.ToString());
        await GiveAsync(db, account, organisationId, [.. account.Grants.Select(g => new Grant(g.Role, g.ScopeId))], actor, now, cancellation);
        return Done(account.Id);
    }, cancellation);

    /// <summary>Closes the account: sessions end, nothing is lost, and it can be opened again.</summary>
    /// <exception cref="NotAllowedException">The actor manages no people.</exception>
    public Task<PeopleOutcome> DisableAsync(Guid accountId, Actor actor, CancellationToken cancellation = default) => ChangeAsync(accountId, actor, async (db, account, now) =>
    {
        if (account.DisabledAt is not null) return Done(account.Id);
        if (await IsLastAdministratorAsync(db, account, cancellation)) return LastAdministrator;
        account.DisabledAt = now;
        EndSessions(account);
        db.Note(RightsEventSort.Disabled, actor.UserId, account.Id, now);
        return Done(account.Id);
    }, cancellation);

    /// <exception cref="NotAllowedException">The actor manages no people.</exception>
    public Task<PeopleOutcome> EnableAsync(Guid accountId, Actor actor, CancellationToken cancellation = default) => ChangeAsync(accountId, actor, (db, account, now) =>
    {
        if (account.DisabledAt is null) return Task.FromResult<PeopleOutcome>(Done(account.Id));
        (account.DisabledAt, account.LockoutEnd, account.AccessFailedCount) = (null, null, 0);
        db.Note(RightsEventSort.Enabled, actor.UserId, account.Id, now);
        return Task.FromResult<PeopleOutcome>(Done(account.Id));
    }, cancellation);

    /// <summary>After a lost telephone: the person sets up a second factor anew.</summary>
    /// <exception cref="NotAllowedException">The actor manages no people.</exception>
    public Task<PeopleOutcome> ResetSecondFactorAsync(Guid accountId, Actor actor, CancellationToken cancellation = default) => ChangeAsync(accountId, actor, async (db, account, now) =>
    {
        account.TwoFactorEnabled = false;
        await db.Set<AccountToken>().Where(t => t.UserId == account.Id).ExecuteDeleteAsync(cancellation);
        EndSessions(account);
        if (account.Email is { } email) await outbox.AddAsync(db, new(email, MailTexts.SecondFactorReset(account.Language, account.Name), account.Language), cancellation);
        db.Note(RightsEventSort.SecondFactorReset, actor.UserId, account.Id, now);
        return Done(account.Id);
    }, cancellation);

    /// <exception cref="NotAllowedException">The actor manages no people.</exception>
    public Task<PeopleOutcome> EndSessionsAsync(Guid accountId, Actor actor, CancellationToken cancellation = default) => ChangeAsync(accountId, actor, (db, account, now) =>
    {
        EndSessions(account);
        db.Note(RightsEventSort.SessionsEnded, actor.UserId, account.Id, now);
        return Task.FromResult<PeopleOutcome>(Done(account.Id));
    }, cancellation);

    /// <summary>
    /// Forgets the person for good: name, address, roles, logins, secrets, drafts and notices go. What the person changed stays
    /// in the history, under the organisation.
    /// </summary>
    /// <exception cref="NotAllowedException">The actor manages no people.</exception>
    public Task<PeopleOutcome> ForgetAsync(Guid accountId, Actor actor, CancellationToken cancellation = default) => ChangeAsync(accountId, actor, async (db, account, now) =>
    {
        if (account.ForgottenAt is not null) return Done(account.Id);
        if (await IsLastAdministratorAsync(db, account, cancellation)) return LastAdministrator;
        var email = account.Email;
        await db.Set<ExternalLogin>().Where(l => l.UserId == account.Id).ExecuteDeleteAsync(cancellation);
        await db.Set<AccountToken>().Where(t => t.UserId == account.Id).ExecuteDeleteAsync(cancellation);
        await db.Sessions.Where(s => s.AccountId == account.Id).ExecuteDeleteAsync(cancellation);
        await db.Drafts.Where(d => d.AccountId == account.Id).ExecuteDeleteAsync(cancellation);
        await db.Notices.Where(n => n.AccountId == account.Id).ExecuteDeleteAsync(cancellation);
        await db.AccessLinks.Where(l => l.AccountId == account.Id && l.RevokedAt == null).ExecuteUpdateAsync(l => l.SetProperty(x => x.RevokedAt, now), cancellation);
        await db.Invitations.Where(i => i.AccountId == account.Id || i.Email == email).ExecuteDeleteAsync(cancellation);
        await db.Outbox.Where(m => m.Recipient == email).ExecuteDeleteAsync(cancellation);
        await db.Proposals.Where(p => p.ProposerId == account.Id).ExecuteUpdateAsync(p => p.SetProperty(x => x.ProposerName, FormerUser), cancellation);
        await db.Proposals.Where(p => p.DeciderId == account.Id).ExecuteUpdateAsync(p => p.SetProperty(x => x.DeciderName, FormerUser), cancellation);
        await db.Revisions.Where(r => r.UserId == account.Id).ExecuteUpdateAsync(r => r.SetProperty(x => x.ActorName, FormerUser), cancellation);
        db.RoleGrants.RemoveRange(account.Grants);
        (account.Name, account.UserName, account.NormalizedUserName, account.Email, account.NormalizedEmail, account.PasswordHash) = (FormerUser, null, null, null, null, null);
        (account.TwoFactorEnabled, account.EmailConfirmed, account.LastSignInAt, account.ForgottenAt, account.DisabledAt) = (false, false, null, now, account.DisabledAt ?? now);
        EndSessions(account);
        db.Note(RightsEventSort.Forgotten, actor.UserId, account.Id, now);
        return Done(account.Id);
    }, cancellation);

    /// <summary>Signs the person out everywhere; the one thing here that everybody may do, with their own account only.</summary>
    public async Task EndOwnSessionsAsync(Actor actor, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (actor.UserId is not { } id) return;
        await HoldAsync(db, id, cancellation);
        if (await db.Accounts.SingleOrDefaultAsync(a => a.Id == id, cancellation) is not { } account) return;
        EndSessions(account);
        db.Note(RightsEventSort.SessionsEnded, actor.UserId, account.Id, time.GetUtcNow());
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>A grant as the audit names it.</summary>
    internal static string Describe(Grant grant) => grant.ScopeId is { } scope ? $"{Codes<Role>.Code(grant.Role)} {scope}" : Codes<Role>.Code(grant.Role);

    private async Task<PeopleOutcome> ChangeAsync(Guid accountId, Actor actor, Func<PortalDbContext, Account, DateTimeOffset, Task<PeopleOutcome>> change, CancellationToken cancellation)
    {
        Rights.Demand(actor, Right.ManagePeople);
        if (accountId == actor.UserId) return PeopleOutcome.Wrong("", "U kunt uw eigen account hier niet wijzigen. Vraag een andere beheerder.", "You cannot change your own account here. Ask another administrator.");
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Two administrators who close each other at the same moment would leave none.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({AdministratorsLock})", cancellation);
        await HoldAsync(db, accountId, cancellation);
        if (await db.Accounts.Include(a => a.Grants).SingleOrDefaultAsync(a => a.Id == accountId, cancellation) is not { } account) return new PeopleOutcome.NotFound();
        if (account.ForgottenAt is not null) return PeopleOutcome.Wrong("", "Deze persoon is vergeten; er valt niets meer te wijzigen.", "This person is forgotten; there is nothing to change.");
        var outcome = await change(db, account, time.GetUtcNow());
        if (outcome is not PeopleOutcome.Saved) return outcome;
        account.ConcurrencyStamp = Guid.NewGuid().ToString("N");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return outcome;
    }

    /// <summary>Each wrong password changes the account: nobody's attempts keep an administrator from closing it.</summary>
    private static Task<int> HoldAsync(PortalDbContext db, Guid accountId, CancellationToken cancellation) => db.Database.ExecuteSqlAsync($"select 1 from account where id = {accountId} for no key update", cancellation);

    private static void EndSessions(Account account)
    {
        account.SecurityStamp = Guid.NewGuid().ToString("N");
        account.ConcurrencyStamp = Guid.NewGuid().ToString("N");
    }

    private static PeopleOutcome.Invalid LastAdministrator { get; } = PeopleOutcome.Wrong("", "Dit is de laatste beheerder. Maak eerst iemand anders beheerder.", "This is the last administrator. Make somebody else administrator first.");

    private static async Task<bool> IsLastAdministratorAsync(PortalDbContext db, Account account, CancellationToken cancellation) =>
        account.Grants.Any(g => g.Role == Role.Administrator) && account.DisabledAt is null
        && !await db.Accounts.AnyAsync(a => a.Id != account.Id && a.DisabledAt == null && a.Grants.Any(g => g.Role == Role.Administrator), cancellation);
}
