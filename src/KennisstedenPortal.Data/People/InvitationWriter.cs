using System.Linq.Expressions;
using System.Text.Json;
using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace KennisstedenPortal.Data.People;

/// <summary>Whom to invite.</summary>
/// <param name="Form">Made when the form was shown: a second click on it sends one invitation.</param>
public sealed record InvitationInput(string? Name, string? Email, Guid OrganisationId, string Language, IReadOnlyList<Grant> Grants, Guid? Form = null);

/// <summary>An invitation as its link shows it.</summary>
public sealed record OpenInvitation(Guid Id, string Name, string Email, string Organisation, IReadOnlyList<HeldRole> Roles);

/// <summary>How somebody who is invited will sign in: with a password, or at an identity provider.</summary>
/// <param name="Password">Null with a login elsewhere.</param>
/// <param name="External">Issuer and subject at the identity provider.</param>
public sealed record Acceptance(string? Name, string? Password, (string Issuer, string Subject, string Name)? External = null);

/// <summary>Invites people and lets them in. There is no other way to get an account.</summary>
public sealed class InvitationWriter(IDbContextFactory<PortalDbContext> contexts, Outbox outbox, TimeProvider time, IPasswordHasher<Account> hasher, PasswordCheck passwords)
{
    public const int ValidDays = 7;
    /// <summary>In the audit: not a new invitation, but its link once more.</summary>
    internal const string SentAgain = "again";

    /// <summary>What is wrong with whom to invite, apart from organisation and roles: a form tells it together with those.</summary>
    public static IReadOnlyList<PeopleProblem> Problems(string? name, string? email)
    {
        var problems = new List<PeopleProblem>();
        if (PeopleChecks.Name(InputText.Clean(name)) is { } n) problems.Add(new("name", n));
        if (PeopleChecks.Email(InputText.Clean(email)) is { } e) problems.Add(new("email", e));
        return problems;
    }

    /// <param name="portal">Address of the portal for the link, without a slash at the end.</param>
    /// <exception cref="NotAllowedException">The actor manages no people.</exception>
    public async Task<PeopleOutcome> InviteAsync(InvitationInput input, string portal, Actor actor, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        Rights.Demand(actor, Right.ManagePeople);
        return (await WriteAsync(input, portal, actor.UserId, cancellation)).Outcome;
    }

    /// <summary>The first administrator, invited by who runs the installation.</summary>
    /// <returns>The link, or null with the outcome that tells why not.</returns>
    public async Task<(PeopleOutcome Outcome, string? Link)> InviteAdministratorAsync(string? email, string organisationSlug, string portal, CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var organisation = await db.Objects.OfType<Organisation>().Where(o => o.Slug == organisationSlug).Select(o => (Guid?)o.Id).SingleOrDefaultAsync(cancellation);
        if (organisation is null) return (PeopleOutcome.Wrong("organisation", $"De organisatie {organisationSlug} staat niet in het register.", $"The organisation {organisationSlug} is not in the register."), null);
        return await WriteAsync(new InvitationInput("Beheerder", email, organisation.Value, "nl", [new Grant(Role.Administrator)]), portal, null, cancellation);
    }

    /// <summary>A new link, valid for a new week; the old one no longer works.</summary>
    /// <exception cref="NotAllowedException">The actor manages no people.</exception>
    public async Task<PeopleOutcome> ResendAsync(Guid id, string portal, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.ManagePeople);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (await db.Invitations.Include(i => i.Organisation).SingleOrDefaultAsync(i => i.Id == id && i.AcceptedAt == null && i.RevokedAt == null, cancellation) is not { } invitation) return new PeopleOutcome.NotFound();
        var (now, secret) = (time.GetUtcNow(), Secrets.New());
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Who sends it answers for it from now on.
        (invitation.SecretHash, invitation.SentAt, invitation.ExpiresAt, invitation.InvitedById) = (Secrets.Hash(secret), now, now.AddDays(ValidDays), actor.UserId);
        await MailAsync(db, invitation, invitation.Organisation!.Name, LinkOf(portal, invitation.Language, secret), cancellation);
        db.Note(RightsEventSort.Invited, actor.UserId, null, now, $"{id}, {SentAgain}");
        if (!await SaveWhileOpenAsync(db, cancellation)) return new PeopleOutcome.NotFound();
        await transaction.CommitAsync(cancellation);
        return new PeopleOutcome.Saved(id);
    }

    /// <exception cref="NotAllowedException">The actor manages no people.</exception>
    public async Task<PeopleOutcome> RevokeAsync(Guid id, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.ManagePeople);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (await db.Invitations.SingleOrDefaultAsync(i => i.Id == id && i.AcceptedAt == null && i.RevokedAt == null, cancellation) is not { } invitation) return new PeopleOutcome.NotFound();
        invitation.RevokedAt = time.GetUtcNow();
        db.Note(RightsEventSort.InvitationRevoked, actor.UserId, null, time.GetUtcNow(), id.ToString());
        return await SaveWhileOpenAsync(db, cancellation) ? new PeopleOutcome.Saved(id) : new PeopleOutcome.NotFound();
    }

    /// <returns>False when somebody accepted, revoked or sent it again in between.</returns>
    private static async Task<bool> SaveWhileOpenAsync(PortalDbContext db, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    /// <summary>The invitation behind a link. Looking consumes nothing: mail scanners look, too.</summary>
    /// <returns>Null when the link is unknown, used, revoked or too old; which of these, nobody is told.</returns>
    public async Task<OpenInvitation?> FindAsync(string? secret, CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (await OpenAsync(db, secret, cancellation) is not { } invitation) return null;
        var grants = GrantsOf(invitation.Grants);
        var scopes = grants.Select(g => g.ScopeId).OfType<Guid>().ToArray();
        var names = await db.Objects.Where(o => scopes.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, cancellation);
        return new OpenInvitation(invitation.Id, invitation.Name, invitation.Email, invitation.Organisation!.Name, [.. grants.Select(g => new HeldRole(g.Role, g.ScopeId is { } s ? names.GetValueOrDefault(s) : null))]);
    }

    /// <summary>Makes the account with its roles. The link works once, also when two use it at the same moment.</summary>
    public async Task<PeopleOutcome> AcceptAsync(string? secret, Acceptance input, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (await OpenAsync(db, secret, cancellation) is not { } invitation) return new PeopleOutcome.NotFound();
        var name = InputText.Clean(input.Name);
        var problems = new List<PeopleProblem>();
        if (PeopleChecks.Name(name) is { } wrong) problems.Add(new("name", wrong));
        if (input.External is null && passwords.Problem(input.Password, name, invitation.Email, invitation.Organisation!.Name) is { } weak) problems.Add(new("password", weak));
        if (problems.Count > 0) return new PeopleOutcome.Invalid(problems);

        var now = time.GetUtcNow();
        var account = NewAccount.Of(name!, invitation.Email, invitation.OrganisationId, invitation.Language, now);
        if (input.External is null) account.PasswordHash = hasher.HashPassword(account, input.Password!);
        foreach (var grant in await MunicipalRoles.WithOwnAsync(db, invitation.OrganisationId, GrantsOf(invitation.Grants), cancellation))
        {
            account.Grants.Add(new RoleGrant { Id = Guid.CreateVersion7(), AccountId = account.Id, Role = grant.Role, ScopeId = grant.ScopeId, GrantedAt = now, GrantedById = invitation.InvitedById });
            db.Note(RightsEventSort.RoleGranted, invitation.InvitedById, account.Id, now, PeopleWriter.Describe(grant));
        }
        db.Accounts.Add(account);
        if (input.External is { } external) db.Add(new ExternalLogin { UserId = account.Id, LoginProvider = external.Issuer, ProviderKey = external.Subject, ProviderDisplayName = external.Name });
        (invitation.AcceptedAt, invitation.AccountId) = (now, account.Id);
        db.Note(RightsEventSort.InvitationAccepted, account.Id, account.Id, now);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Somebody used it a moment ago, or the address or login got an account in another way. Anything else is an error.
            return new PeopleOutcome.NotFound();
        }
        return new PeopleOutcome.Saved(account.Id);
    }

    private async Task<(PeopleOutcome Outcome, string? Link)> WriteAsync(InvitationInput input, string portal, Guid? by, CancellationToken cancellation)
    {
        var (name, email, language) = (InputText.Clean(input.Name), InputText.Clean(input.Email), input.Language == "en" ? "en" : "nl");
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        List<PeopleProblem> problems = [.. Problems(name, email)];
        if (await PeopleChecks.OrganisationAsync(db, input.OrganisationId, cancellation) is { } o) problems.Add(new("organisation", o));
        if (input.Grants.Count == 0) problems.Add(new("role", new("Kies minstens één rol.", "Choose at least one role.")));
        foreach (var grant in input.Grants)
            if (await PeopleChecks.GrantAsync(db, grant, cancellation) is { } g) problems.Add(new("scope", g));
        if (problems.Count > 0) return (new PeopleOutcome.Invalid(problems), null);

        var (now, secret, normal, same) = (time.GetUtcNow(), Secrets.New(), NewAccount.Normal(email!), Patterns.Literal(email!));
        var roles = await MunicipalRoles.WithOwnAsync(db, input.OrganisationId, [.. input.Grants.Distinct()], cancellation);
        var grants = JsonSerializer.Serialize(roles.Select(g => new StoredGrant(Codes<Role>.Code(g.Role), g.ScopeId)), Json);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // One after the other for an address, so that of two at once the second sees the first.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('invitation-' || {normal}, 0))", cancellation);
        var id = input.Form is { } form ? FormIdentity.Of(form, name!, email!, language, input.OrganisationId.ToString(), grants) : Guid.CreateVersion7(now);
        if (await db.Invitations.AsNoTracking().FirstOrDefaultAsync(i => i.Id == id, cancellation) is { } known)
        {
            if (known is { AcceptedAt: null, RevokedAt: null } && known.ExpiresAt > now) return (new PeopleOutcome.Saved(id), null);
            // Who goes back after it was revoked means to send another.
            id = Guid.CreateVersion7(now);
        }
        if (await db.Accounts.AnyAsync(a => a.NormalizedEmail == normal, cancellation)) return (PeopleOutcome.Wrong("email", "Met dit adres is er al een account. Geef die persoon een rol erbij.", "There is an account with this address. Give that person a role."), null);
        if (await db.Invitations.AnyAsync(i => EF.Functions.ILike(i.Email, same) && i.AcceptedAt == null && i.RevokedAt == null && i.ExpiresAt > now, cancellation))
            return (PeopleOutcome.Wrong("email", "Dit adres heeft al een uitnodiging. Verstuur die opnieuw, of trek haar in.", "This address has an invitation. Send that again, or revoke it."), null);
        var invitation = new Invitation
        {
            Id = id,
            Name = name!,
            Email = email!,
            OrganisationId = input.OrganisationId,
            Language = language,
            Grants = grants,
            SecretHash = Secrets.Hash(secret),
            SentAt = now,
            ExpiresAt = now.AddDays(ValidDays),
            InvitedById = by,
        };
        var link = LinkOf(portal, language, secret);
        db.Invitations.Add(invitation);
        await MailAsync(db, invitation, await db.Objects.Where(x => x.Id == input.OrganisationId).Select(x => x.Name).SingleAsync(cancellation), link, cancellation);
        db.Note(RightsEventSort.Invited, by, null, now, string.Join(", ", roles.Select(PeopleWriter.Describe).Prepend(invitation.Id.ToString())));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return (new PeopleOutcome.Saved(invitation.Id), link);
    }

    private Task<bool> MailAsync(PortalDbContext db, Invitation invitation, string organisation, string link, CancellationToken cancellation) =>
        outbox.AddAsync(db, new(invitation.Email, MailTexts.Invitation(invitation.Language, invitation.Name, organisation, link), invitation.Language), cancellation);

    private async Task<Invitation?> OpenAsync(PortalDbContext db, string? secret, CancellationToken cancellation)
    {
        if (!Secrets.IsOne(secret)) return null;
        var (hash, now) = (Secrets.Hash(secret!), time.GetUtcNow());
        return await db.Invitations.Include(i => i.Organisation).SingleOrDefaultAsync(i => i.SecretHash == hash && i.AcceptedAt == null && i.RevokedAt == null && i.ExpiresAt > now
            // Who may invite nobody any more lets nobody in either, until a colleague sends it again.
            && !db.Accounts.Where(FormerInviter).Any(a => a.Id == i.InvitedById), cancellation);
    }

    /// <summary>Accounts that may invite nobody any more.</summary>
    internal static readonly Expression<Func<Account, bool>> FormerInviter = a => a.DisabledAt != null || a.Grants.All(g => g.Role != Role.Administrator);

    private static string LinkOf(string portal, string language, string secret) => $"{portal}{(language == "en" ? "/en" : "")}/uitnodiging/{secret}";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    internal static IReadOnlyList<Grant> GrantsOf(string json) => [.. JsonSerializer.Deserialize<List<StoredGrant>>(json, Json)!.Select(g => new Grant(Codes<Role>.Parse(g.Role), g.Scope))];

    private sealed record StoredGrant(string Role, Guid? Scope);
}
