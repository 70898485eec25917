namespace KennisstedenPortal.Web.Hosting;

/// <summary>What an installation that people reach must have. A local run (development) does without.</summary>
internal static class ServeRequirements
{
    /// <exception cref="StartRefusedException">Something is missing.</exception>
    public static void Demand(IConfiguration configuration, IHostEnvironment environment)
    {
        if (environment.IsDevelopment()) return;
        DemandPublicUrl(configuration, environment);
        if (string.IsNullOrEmpty(configuration["Portal:Keys:Certificate"]))
            throw new StartRefusedException("Set Portal__Keys__Certificate: outside development the keys in the database are encrypted with a certificate. docs/operations.md says how to make one.");
    }

    /// <summary>Links in mails lead to this address. Following the request instead, its Host header would decide where a secret goes.</summary>
    /// <exception cref="StartRefusedException">It is missing, or no address.</exception>
    public static void DemandPublicUrl(IConfiguration configuration, IHostEnvironment environment)
    {
        if (environment.IsDevelopment()) return;
        if (!Uri.TryCreate(configuration["Portal:PublicUrl"], UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            throw new StartRefusedException("Set Portal__PublicUrl to the https address under which people know the portal: links in mails need it.");
    }
}
