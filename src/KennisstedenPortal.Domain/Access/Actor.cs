namespace KennisstedenPortal.Domain.Access;

/// <summary>Who does something, passed explicitly to every writer. The public sees the organisation, never the person.</summary>
/// <param name="UserId">The account, or null for the portal itself.</param>
/// <param name="Name">Name of the person or process at that moment.</param>
/// <param name="Organisation">Name of the organisation the actor acts for.</param>
public sealed record Actor(Guid? UserId, string Name, string Organisation)
{
    /// <summary>The importer of starter data.</summary>
    public static Actor Import { get; } = new(null, "Startgegevens", "Kennisstedenportaal");
}
