using Microsoft.AspNetCore.Components;

namespace KennisstedenPortal.Working.Shared;

/// <summary>Where people find the portal; stands in links in mails.</summary>
/// <param name="Configured">From the configuration, or null to follow the request.</param>
public sealed record PortalAddress(string? Configured)
{
    /// <summary>Without a slash at the end.</summary>
    public string Of(NavigationManager navigation)
    {
        ArgumentNullException.ThrowIfNull(navigation);
        return (Configured is { Length: > 0 } ? Configured : navigation.BaseUri).TrimEnd('/');
    }
}
