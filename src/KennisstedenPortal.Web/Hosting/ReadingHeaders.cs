namespace KennisstedenPortal.Web.Hosting;

/// <summary>Security headers of everything that is read without signing in. Only our own script files run, and they ask only our own host (ADR 0013).</summary>
internal static class ReadingHeaders
{
    public static HeaderPolicyCollection Policy { get; } = Of(null);

    /// <summary>For the map page of an installation with a background map: its tiles come from one other host.</summary>
    public static HeaderPolicyCollection WithTilesFrom(string origin) => Of(origin);

    private static HeaderPolicyCollection Of(string? tiles) => new HeaderPolicyCollection()
        .AddContentTypeOptionsNoSniff()
        .AddFrameOptionsDeny()
        .AddReferrerPolicyStrictOriginWhenCrossOrigin()
        .AddCrossOriginOpenerPolicy(o => o.SameOrigin())
        .AddCrossOriginResourcePolicy(r => r.SameOrigin())
        .RemoveServerHeader()
        .AddPermissionsPolicy(p =>
        {
            p.AddCamera().None();
            p.AddGeolocation().None();
            p.AddMicrophone().None();
            p.AddPayment().None();
        })
        .AddContentSecurityPolicy(csp =>
        {
            csp.AddDefaultSrc().None();
            csp.AddScriptSrc().Self();
            var (connect, images) = (csp.AddConnectSrc().Self(), csp.AddImgSrc().Self().Data());
            if (tiles is not null)
            {
                connect.From(tiles);
                images.From(tiles);
            }
            csp.AddWorkerSrc().Self();
            csp.AddStyleSrc().Self();
            csp.AddFontSrc().Self();
            csp.AddBaseUri().None();
            csp.AddFormAction().Self();
            csp.AddFrameAncestors().None();
        });
}
