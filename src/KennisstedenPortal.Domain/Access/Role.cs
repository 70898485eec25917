namespace KennisstedenPortal.Domain.Access;

/// <summary>What a person may do (product, "Who uses it"). The three editors hold their role for one scope.</summary>
public enum Role
{
    [Label("Secretariaat", "Secretariat")] Secretariat,
    [Label("Beleidsmedewerker", "Policy officer")] PolicyOfficer,
    [Label("Gemeenteredacteur", "Municipal editor")] MunicipalEditor,
    [Label("Campusredacteur", "Campus editor")] CampusEditor,
    [Label("Partnerredacteur", "Partner editor")] PartnerEditor,
    [Label("Beheerder", "Administrator")] Administrator,
}

/// <summary>A role somebody holds.</summary>
/// <param name="ScopeId">The city, campus or organisation for which an editor holds it; null for the other roles.</param>
public sealed record Grant(Role Role, Guid? ScopeId = null);

/// <summary>Which roles need a scope, and of which kind of object.</summary>
public static class Roles
{
    /// <summary>Kind code of the scope of an editor, or null for a role without scope.</summary>
    public static string? ScopeKind(this Role role) => role switch
    {
        Role.MunicipalEditor => "city",
        Role.CampusEditor => "campus",
        Role.PartnerEditor => "organisation",
        _ => null,
    };

    /// <summary>Roles that reach everybody's data sign in with a second factor.</summary>
    public static bool NeedsSecondFactor(this Role role) => role is Role.Secretariat or Role.Administrator;
}
