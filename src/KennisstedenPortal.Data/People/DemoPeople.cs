using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.People;

/// <summary>An invented person as whom anybody can sign in, in a local run only.</summary>
/// <param name="Code">Stands in the form and in the address of the mail.</param>
/// <param name="Organisation">Slug of the organisation.</param>
/// <param name="Scope">Slug of the city, campus or organisation of an editor.</param>
/// <param name="ScopeName">Its name, for the sign-in page, which asks the database nothing.</param>
public sealed record DemoPerson(string Code, string Name, string Organisation, Role Role, string? Scope = null, string? ScopeName = null)
{
    public string Email => Code + DemoPeople.Domain;
}

/// <summary>One person per role, to try the portal with.</summary>
public sealed class DemoPeople(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    /// <summary>A name that no mail server has (RFC 2606).</summary>
    public const string Domain = "@demo.invalid";

    public static IReadOnlyList<DemoPerson> All { get; } =
    [
        new("redacteur-enschede", "Esra Demir (demo)", "gemeente-enschede", Role.MunicipalEditor, "enschede", "Enschede"),
        new("redacteur-delft", "Daan Visser (demo)", "gemeente-delft", Role.MunicipalEditor, "delft", "Delft"),
        new("redacteur-kennispark", "Karin Smit (demo)", "kennispark-twente", Role.CampusEditor, "kennispark-twente", "Kennispark Twente"),
        new("redacteur-partner", "Paul Bakker (demo)", "oost-nl", Role.PartnerEditor, "oost-nl", "Oost NL"),
        new("secretariaat", "Sanne Mulder (demo)", "netwerk-kennissteden-nederland", Role.Secretariat),
        new("beleid", "Bilal Haddad (demo)", "ministerie-van-binnenlandse-zaken-en-koninkrijksrelaties", Role.PolicyOfficer),
        new("beheerder", "Bea Jansen (demo)", "netwerk-kennissteden-nederland", Role.Administrator),
    ];

    /// <summary>Whether somebody is there as whom anybody could sign in.</summary>
    public async Task<bool> AnyAsync(CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var ending = "%" + Domain.ToUpperInvariant();
        return await db.Accounts.AnyAsync(a => EF.Functions.Like(a.NormalizedEmail!, ending), cancellation);
    }

    /// <summary>Makes the people who are not there yet. Those whose organisation is not in the register are left out.</summary>
    public async Task EnsureAsync(CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(5080002)", cancellation);
        var slugs = All.Select(p => p.Organisation).Concat(All.Select(p => p.Scope).OfType<string>()).Distinct(StringComparer.Ordinal).ToArray();
        var objects = await db.Objects.AsNoTracking().Where(o => slugs.Contains(o.Slug)).ToListAsync(cancellation);
        var present = await db.Accounts.Select(a => a.NormalizedEmail).ToListAsync(cancellation);
        Guid? Find(string kind, string slug) => objects.Find(o => o.Slug == slug && KindRegistry.Of(o).Code == kind)?.Id;
        var now = time.GetUtcNow();
        foreach (var person in All)
        {
            if (present.Contains(person.Email.ToUpperInvariant()) || Find("organisation", person.Organisation) is not { } organisation) continue;
            var scope = person.Scope is null ? null : Find(person.Role.ScopeKind()!, person.Scope);
            if (person.Scope is not null && scope is null) continue;
            var account = NewAccount.Of(person.Name, person.Email, organisation, "nl", now);
            account.TwoFactorEnabled = person.Role.NeedsSecondFactor();
            foreach (var grant in await MunicipalRoles.WithOwnAsync(db, organisation, [new Grant(person.Role, scope)], cancellation))
                account.Grants.Add(new RoleGrant { Id = Guid.CreateVersion7(), AccountId = account.Id, Role = grant.Role, ScopeId = grant.ScopeId, GrantedAt = now });
            db.Accounts.Add(account);
        }
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
