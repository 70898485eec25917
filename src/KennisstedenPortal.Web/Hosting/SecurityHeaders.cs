namespace KennisstedenPortal.Web.Hosting;

/// <summary>Security headers of every answer. Only our own script files run, and they ask only our own host (ADR 0013).</summary>
internal static class SecurityHeaders
{
    public static HeaderPolicyCollection Reading { get; } = Of(null).AddReferrerPolicyStrictOriginWhenCrossOrigin();

    /// <summary>MudBlazor writes styles into its elements. Addresses may hold the secret of a link, so no other site is told where a visitor came from.</summary>
    public static HeaderPolicyCollection Working { get; } = Of(null, inlineStyles: true).AddReferrerPolicySameOrigin();

    /// <summary>For the map page of an installation with a background map: its tiles come from one other host.</summary>
    public static HeaderPolicyCollection ReadingWithTilesFrom(string origin) => Of(origin).AddReferrerPolicyStrictOriginWhenCrossOrigin();

    private static HeaderPolicyCollection Of(string? tiles, bool inlineStyles = false) => new HeaderPolicyCollection()
        .AddContentTypeOptionsNoSniff()
        .AddFrameOptionsDeny()
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
            var styles = csp.AddStyleSrc().Self();
            if (inlineStyles) styles.UnsafeInline();
            csp.AddFontSrc().Self();
            // Working pages have a base, so that their circuit finds the host under an English address as well.
            if (inlineStyles) csp.AddBaseUri().Self();
            else csp.AddBaseUri().None();
            csp.AddFormAction().Self();
            csp.AddFrameAncestors().None();
        });
}
