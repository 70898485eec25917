using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.People;

/// <summary>What must hold of a name, an address, an organisation and a role, wherever they are filled in.</summary>
internal static class PeopleChecks
{
    public static Text? Name(string? name) => name is null
        ? new("Vul een naam in.", "Fill in a name.")
        : InputText.Problem(name, Account.NameMaxLength);

    public static Text? Email(string? email) =>
        email is not null && InputText.Problem(email, Account.EmailMaxLength) is { } problem ? problem
        : email is null || email.Count(c => c == '@') != 1 || email.Any(c => char.IsWhiteSpace(c) || !char.IsAscii(c) || c is '<' or '>' or ',' or ';' or '"' or '(' or ')') || email.Split('@') is not [{ Length: > 0 }, var host] || !host.Contains('.', StringComparison.Ordinal) || host.StartsWith('.') || host.EndsWith('.')
            ? new("Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl.", "Fill in an e-mail address, for example name@example.org.")
            : null;

    public static async Task<Text?> OrganisationAsync(PortalDbContext db, Guid id, CancellationToken cancellation) =>
        await db.Objects.OfType<Organisation>().AnyAsync(o => o.Id == id && o.State != ObjectState.Archived, cancellation) ? null : new("Kies een organisatie uit het register.", "Choose an organisation of the register.");

    public static async Task<Text?> GrantAsync(PortalDbContext db, Grant grant, CancellationToken cancellation)
    {
        if (grant.Role.ScopeKind() is not { } kind) return grant.ScopeId is null ? null : new("Deze rol geldt voor het hele portaal.", "This role is for the whole portal.");
        if (grant.ScopeId is not { } scope || await db.Objects.AsNoTracking().SingleOrDefaultAsync(o => o.Id == scope && o.State != ObjectState.Archived, cancellation) is not { } item || KindRegistry.Of(item).Code != kind)
            return new($"Kies voor deze rol een {KindRegistry.OfCode(kind).Singular.Nl.ToLowerInvariant()} uit het register.", $"Choose a {KindRegistry.OfCode(kind).Singular.En.ToLowerInvariant()} of the register for this role.");
        return null;
    }
}
