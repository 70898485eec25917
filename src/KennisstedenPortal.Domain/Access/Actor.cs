namespace KennisstedenPortal.Domain.Access;

/// <summary>Who does something, passed explicitly to every writer. The public sees the organisation, never the person.</summary>
/// <param name="UserId">The account, or null for the portal itself.</param>
/// <param name="Name">Name of the person or process at that moment.</param>
/// <param name="Organisation">Name of the organisation the actor acts for.</param>
public sealed record Actor(Guid? UserId, string Name, string Organisation)
{
    /// <summary>The importer of starter data.</summary>
    public static Actor Import { get; } = new(null, "Startgegevens", "Kennisstedenportaal");

    /// <summary>The portal itself: reminders and other work that nobody asked for at that moment.</summary>
    public static Actor Portal { get; } = new(null, "Kennisstedenportaal", "Kennisstedenportaal");

    /// <summary>The organisation the person belongs to; null for the portal itself.</summary>
    public Guid? OrganisationId { get; init; }

    /// <summary>The roles the person holds at this moment; empty for the portal itself, which asks nobody's leave.</summary>
    public IReadOnlyList<Grant> Grants { get; init; } = [];

    public bool IsSignedIn => UserId is not null;

    public bool Has(Role role) => Grants.Any(g => g.Role == role);

    /// <summary>The objects for which the person is an editor.</summary>
    public IEnumerable<Guid> Scopes => Grants.Where(g => g.ScopeId is not null).Select(g => g.ScopeId!.Value);
}
