using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Data.Registry;
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
/// <param name="IsOfFormer">Who sent it may invite nobody any more: it works again when somebody else sends it.</param>
public sealed record InvitationRow(Guid Id, string Name, string Email, string Organisation, IReadOnlyList<HeldRole> Roles, DateTimeOffset SentAt, DateTimeOffset ExpiresAt, bool IsOfFormer);

/// <summary>A line of the audit with the names of this moment.</summary>
/// <param name="Actor">Null for the portal or somebody who was not signed in.</param>
/// <param name="Person">Whom it concerns, or who was invited; null when neither account nor invitation tells it any more.</param>
public sealed record RightsRow(DateTimeOffset At, RightsEventSort Sort, string? Actor, string? Person, Text? Detail);

/// <summary>A page of a list, and whether there is more.</summary>
public sealed record PeoplePage<T>(IReadOnlyList<T> Rows, bool HasMore);

/// <summary>An object that a role or a person can be tied to.</summary>
/// <param name="IsExact">It has the name that was asked for, and no other has.</param>
public sealed record Choice(Guid Id, string Name, string? Place, bool IsExact);

/// <summary>What the administration of people shows. Every question asks for the right first: names and addresses are nobody else's business.</summary>
public sealed class PeopleQuery(IDbContextFactory<PortalDbContext> contexts, SearchQuery search)
{
    public const int PageSize = 25, ChoiceLimit = 8;
    /// <summary>The audit of a century: no number of a page that could hurt.</summary>
    public const int LastPage = 100_000;
    private static readonly char[] BetweenWords = [' ', ','];

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
        var rows = await Rows(people.OrderBy(a => a.ForgottenAt != null).ThenBy(a => a.Name).ThenBy(a => a.Id).Skip((Math.Clamp(page, 1, LastPage) - 1) * PageSize).Take(PageSize + 1)).ToListAsync(cancellation);
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
        var rows = await db.Invitations.AsNoTracking().Where(i => i.AcceptedAt == null && i.RevokedAt == null).OrderByDescending(i => i.SentAt).Take(100)
            .Select(i => new { i.Id, i.Name, i.Email, Organisation = i.Organisation!.Name, i.Grants, i.SentAt, i.ExpiresAt, IsOfFormer = db.Accounts.Where(InvitationWriter.FormerInviter).Any(a => a.Id == i.InvitedById) }).ToListAsync(cancellation);
        var grants = rows.ToDictionary(r => r.Id, r => InvitationWriter.GrantsOf(r.Grants));
        var names = await NamesAsync(db, grants.Values.SelectMany(g => g).Select(g => g.ScopeId).OfType<Guid>(), cancellation);
        return [.. rows.Select(r => new InvitationRow(r.Id, r.Name, r.Email, r.Organisation, [.. grants[r.Id].Select(g => new HeldRole(g.Role, g.ScopeId is { } scope ? names.GetValueOrDefault(scope) : null))], r.SentAt, r.ExpiresAt, r.IsOfFormer))];
    }

    /// <param name="accountId">Only what concerns this account.</param>
    public async Task<PeoplePage<RightsRow>> AuditAsync(RightsEventSort? sort, Guid? accountId, int page, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.ManagePeople);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var events = db.RightsEvents.AsNoTracking();
        if (sort is { } wanted) events = events.Where(e => e.Sort == wanted);
        if (accountId is { } id) events = events.Where(e => e.AccountId == id);
        var rows = await events.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Skip((Math.Clamp(page, 1, LastPage) - 1) * PageSize).Take(PageSize + 1)
            .Select(e => new { e.At, e.Sort, Actor = db.Accounts.Where(a => a.Id == e.ActorId).Select(a => a.Name).FirstOrDefault(), Person = db.Accounts.Where(a => a.Id == e.AccountId).Select(a => a.Name).FirstOrDefault(), e.Detail }).ToListAsync(cancellation);
        var ids = rows.SelectMany(r => IdsIn(r.Detail)).Distinct().ToArray();
        var names = await NamesAsync(db, ids, cancellation);
        // The line itself names nobody: who is forgotten, or was never let in, goes from here with the account or the invitation.
        var invited = await db.Invitations.Where(i => ids.Contains(i.Id))
            .Select(i => new { i.Id, i.Name, Account = db.Accounts.Where(a => a.Id == i.AccountId).Select(a => a.Name).FirstOrDefault() }).ToDictionaryAsync(i => i.Id, i => i.Account ?? i.Name, cancellation);
        return new PeoplePage<RightsRow>([.. rows.Take(PageSize).Select(r => new RightsRow(r.At, r.Sort, r.Actor, r.Person ?? IdsIn(r.Detail).Select(i => invited.GetValueOrDefault(i)).FirstOrDefault(n => n is not null), Readable(r.Sort, r.Detail, names)))], rows.Count > PageSize);
    }

    /// <summary>Objects of a kind by name: one when the name is exact (but for case, accents and spaces) and no other's, else what comes near, to choose from.</summary>
    public async Task<IReadOnlyList<Choice>> ChoicesAsync(string kindCode, string? text, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.ReadPartners);
        if (InputText.Clean(text) is not { } words || InputText.Problem(words, SearchFilter.TextMaxLength) is not null) return [];
        var result = await search.SearchAsync(new SearchFilter(words, KindRegistry.OfCode(kindCode)), cancellation);
        // What has only some of the words is another name: nobody gets an organisation by chance.
        var found = (result.IsPartial ? [] : result.Items).Select(i => new Choice(i.Id, i.Name, i.Municipality, false)).ToList();
        // The search knows what is public only.
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var part = $"%{Patterns.Literal(words)}%";
        found.InsertRange(0, await db.Objects.AsNoTracking().ReadableBy(actor).Where(o => o.Visibility != Visibility.Public && o.State == ObjectState.Published && EF.Property<string>(o, RegisterObjectConfiguration.Kind) == kindCode && EF.Functions.ILike(o.Name, part))
            .OrderBy(o => o.Name).Take(ChoiceLimit / 2).Select(o => new Choice(o.Id, o.Name, o.Municipality!.Name, false)).ToListAsync(cancellation));
        // The search mends misspelled words and takes beginnings for words: what it found is not always what was meant.
        var exact = found.Where(i => string.Equals(Bare(i.Name), Bare(words), StringComparison.Ordinal)).ToList();
        return [.. (exact.Count == 1 ? exact : [.. exact, .. found.Except(exact)]).Take(ChoiceLimit).Select(c => c with { IsExact = exact.Count == 1 })];
    }

    private static IQueryable<PersonRow> Rows(IQueryable<Account> people) => people.Select(a => new PersonRow(a.Id, a.Name, a.Email, a.Organisation!.Name,
        a.Grants.OrderBy(g => g.GrantedAt).ThenBy(g => g.Role).Select(g => new GrantRow(g.Id, g.Role, g.Scope!.Name)).ToList(), a.CreatedAt, a.LastSignInAt, a.TwoFactorEnabled,
        a.ForgottenAt != null ? AccountState.Forgotten : a.DisabledAt != null ? AccountState.Disabled : AccountState.Open));

    /// <summary>A name as it is compared: letters and digits only, without case and accents.</summary>
    private static string Bare(string name) => SearchText.Fold(name).Replace(" ", "", StringComparison.Ordinal);

    private static async Task<Dictionary<Guid, string>> NamesAsync(PortalDbContext db, IEnumerable<Guid> ids, CancellationToken cancellation)
    {
        var some = ids.Distinct().ToArray();
        return await db.Objects.Where(o => some.Contains(o.Id)).Select(o => new { o.Id, o.Name }).ToDictionaryAsync(o => o.Id, o => o.Name, cancellation);
    }

    private static IEnumerable<Guid> IdsIn(string? detail) =>
        (detail ?? "").Split(BetweenWords, StringSplitOptions.RemoveEmptyEntries).Select(w => Guid.TryParse(w, out var id) ? id : (Guid?)null).OfType<Guid>();

    /// <summary>The codes and identities of a line in words; null when nothing is left to say.</summary>
    private static Text? Readable(RightsEventSort sort, string? detail, Dictionary<Guid, string> names)
    {
        var parts = (detail ?? "").Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(p => InWords(sort, p, names)).OfType<Text>().ToList();
        return parts.Count == 0 ? null : new Text(string.Join(", ", parts.Select(p => p.Nl)), string.Join(", ", parts.Select(p => p.En)));
    }

    private static Text? InWords(RightsEventSort sort, string part, Dictionary<Guid, string> names)
    {
        var words = part.Split(' ');
        // An invitation is no object; who was invited stands in a column of its own.
        if (Guid.TryParse(words[0], out var id)) return names.TryGetValue(id, out var name) ? new Text(name, name) : null;
        if (Codes<Role>.TryParse(words[0], out var role))
        {
            var label = Codes<Role>.Label(role);
            return words.Length > 1 && Guid.TryParse(words[1], out var scope) && names.TryGetValue(scope, out var of) ? new Text($"{label.Nl} voor {of}", $"{label.En} for {of}") : label;
        }
        if (sort is RightsEventSort.LinkSent or RightsEventSort.LinkUsed or RightsEventSort.LinkRevoked && Codes<LinkPurpose>.TryParse(part, out var purpose)) return Codes<LinkPurpose>.Label(purpose);
        return part switch
        {
            "password" => new Text("nieuw wachtwoord", "new password"),
            InvitationWriter.SentAgain => new Text("opnieuw verstuurd", "sent again"),
            _ => new Text(part, part),
        };
    }
}
