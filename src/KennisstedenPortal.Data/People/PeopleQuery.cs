using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.People;

/// <summary>State of an account in the list.</summary>
public enum AccountState
{
    [Label("open", "open")] Open,
    [Label("gesloten", "closed")] Disabled,
    [Label("vergeten", "forgotten")] Forgotten,
}

/// <summary>A role in the administration.</summary>
public sealed record GrantRow(Guid Id, Role Role, string? Scope);

/// <summary>An account in the administration.</summary>
public sealed record PersonRow(Guid Id, string Name, string? Email, string Organisation, IReadOnlyList<GrantRow> Grants, DateTimeOffset CreatedAt, DateTimeOffset? LastSignInAt, bool HasSecondFactor, AccountState State);

/// <summary>An invitation that nobody accepted yet.</summary>
public sealed record InvitationRow(Guid Id, string Name, string Email, string Organisation, DateTimeOffset SentAt, DateTimeOffset ExpiresAt);

/// <summary>A line of the audit with the names of this moment.</summary>
/// <param name="Actor">Null for the portal or somebody who was not signed in.</param>
public sealed record RightsRow(DateTimeOffset At, RightsEventSort Sort, string? Actor, string? Person, string? Detail);

/// <summary>A page of a list, and whether there is more.</summary>
public sealed record PeoplePage<T>(IReadOnlyList<T> Rows, bool HasMore);

/// <summary>An object that a role or a person can be tied to.</summary>
public sealed record Choice(Guid Id, string Name, string? Place);

/// <summary>What the administration of people shows. Every question asks for the right first: names and addresses are nobody else's business.</summary>
public sealed class PeopleQuery(IDbContextFactory<PortalDbContext> contexts, SearchQuery search)
{
    public const int PageSize = 25, ChoiceLimit = 8;

    /// <param name="text">Part of a name, an address or an organisation.</param>
    public async Task<PeoplePage<PersonRow>> ListAsync(string? text, Role? role, int page, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.ManagePeople);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var people = db.Accounts.AsNoTracking();
        if (InputText.Clean(text) is { } words && InputText.Problem(words, SearchFilter.TextMaxLength) is null)
        {
            var like = $"%{Patterns.Literal(words)}%";
            people = people.Where(a => EF.Functions.ILike(a.Name, like) || EF.Functions.ILike(a.Email!, like) || EF.Functions.ILike(a.Organisation!.Name, like));
        }
        if (role is { } wanted) people = people.Where(a => a.Grants.Any(g => g.Role == wanted));
        var rows = await Rows(people.OrderBy(a => a.ForgottenAt != null).ThenBy(a => a.Name).ThenBy(a => a.Id).Skip((Math.Clamp(page, 1, 1000) - 1) * PageSize).Take(PageSize + 1)).ToListAsync(cancellation);
        return new PeoplePage<PersonRow>([.. rows.Take(PageSize)], rows.Count > PageSize);
    }

    public async Task<PersonRow?> FindAsync(Guid id, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.ManagePeople);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await Rows(db.Accounts.AsNoTracking().Where(a => a.Id == id)).SingleOrDefaultAsync(cancellation);
    }

    public async Task<IReadOnlyList<InvitationRow>> InvitationsAsync(Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.ManagePeople);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Invitations.AsNoTracking().Where(i => i.AcceptedAt == null && i.RevokedAt == null).OrderByDescending(i => i.SentAt).Take(100)
            .Select(i => new InvitationRow(i.Id, i.Name, i.Email, i.Organisation!.Name, i.SentAt, i.ExpiresAt)).ToListAsync(cancellation);
    }

    /// <param name="accountId">Only what concerns this account.</param>
    public async Task<PeoplePage<RightsRow>> AuditAsync(RightsEventSort? sort, Guid? accountId, int page, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.ManagePeople);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var events = db.RightsEvents.AsNoTracking();
        if (sort is { } wanted) events = events.Where(e => e.Sort == wanted);
        if (accountId is { } id) events = events.Where(e => e.AccountId == id);
        var rows = await events.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Skip((Math.Clamp(page, 1, 1000) - 1) * PageSize).Take(PageSize + 1)
            .Select(e => new RightsRow(e.At, e.Sort, db.Accounts.Where(a => a.Id == e.ActorId).Select(a => a.Name).FirstOrDefault(), db.Accounts.Where(a => a.Id == e.AccountId).Select(a => a.Name).FirstOrDefault(), e.Detail)).ToListAsync(cancellation);
        var scopes = rows.Select(r => ScopeOf(r.Detail)).OfType<Guid>().Distinct().ToArray();
        var names = await db.Objects.Where(o => scopes.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, cancellation);
        return new PeoplePage<RightsRow>([.. rows.Take(PageSize).Select(r => r with { Detail = Readable(r.Detail, names) })], rows.Count > PageSize);
    }

    /// <summary>Objects of a kind by name: one when the name is exact and nobody else's, else what comes near.</summary>
    public async Task<IReadOnlyList<Choice>> ChoicesAsync(string kindCode, string? text, CancellationToken cancellation = default)
    {
        if (InputText.Clean(text) is not { } words || InputText.Problem(words, SearchFilter.TextMaxLength) is not null) return [];
        var result = await search.SearchAsync(new SearchFilter(words, KindRegistry.OfCode(kindCode)), cancellation);
        // What has only some of the words is another name: nobody gets an organisation by chance.
        if (result.IsPartial) return [];
        var found = result.Items;
        var exact = found.Where(i => string.Equals(i.Name, words, StringComparison.OrdinalIgnoreCase)).ToList();
        return [.. (exact.Count == 1 ? exact : found).Take(ChoiceLimit).Select(i => new Choice(i.Id, i.Name, i.Municipality))];
    }

    private static IQueryable<PersonRow> Rows(IQueryable<Account> people) => people.Select(a => new PersonRow(a.Id, a.Name, a.Email, a.Organisation!.Name,
        a.Grants.OrderBy(g => g.GrantedAt).Select(g => new GrantRow(g.Id, g.Role, g.Scope!.Name)).ToList(), a.CreatedAt, a.LastSignInAt, a.TwoFactorEnabled,
        a.ForgottenAt != null ? AccountState.Forgotten : a.DisabledAt != null ? AccountState.Disabled : AccountState.Open));

    private static Guid? ScopeOf(string? detail) => Guid.TryParse(detail?.Split(' ')[^1], out var id) ? id : null;

    private static string? Readable(string? detail, Dictionary<Guid, string> names)
    {
        if (detail is null) return null;
        var words = detail.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words.Select(w => Guid.TryParse(w.TrimEnd(','), out var id) ? names.GetValueOrDefault(id, "") : w));
    }
}
