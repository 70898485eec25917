using Microsoft.AspNetCore.Http;

namespace KennisstedenPortal.Reading.Shared;

/// <summary>Scheme and host under which the public knows the portal.</summary>
/// <param name="Configured">From the configuration, or null to follow the request.</param>
public sealed record PublicAddress(string? Configured)
{
    /// <summary>Without a slash at the end.</summary>
    public string Of(HttpRequest request) => Configured?.TrimEnd('/') ?? $"{request.Scheme}://{request.Host}";
}
