namespace KennisstedenPortal.Data.People;

/// <summary>How an account begins.</summary>
internal static class NewAccount
{
    public static Account Of(string name, string email, Guid organisation, string language, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        Name = name,
        OrganisationId = organisation,
        Language = language,
        CreatedAt = now,
        UserName = email,
        NormalizedUserName = Normal(email),
        Email = email,
        NormalizedEmail = Normal(email),
        EmailConfirmed = true,
        LockoutEnabled = true,
        SecurityStamp = Guid.NewGuid().ToString("N"),
        ConcurrencyStamp = Guid.NewGuid().ToString("N"),
    };

    /// <summary>As ASP.NET Core Identity compares addresses.</summary>
    public static string Normal(string email) => email.Normalize().ToUpperInvariant();
}
