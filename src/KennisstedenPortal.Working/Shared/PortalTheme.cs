using MudBlazor;

namespace KennisstedenPortal.Working.Shared;

/// <summary>
/// MudBlazor in the portal's own look. Letters and corners are set here; colours are tokens of <c>site.css</c> to which
/// <c>working.css</c> points MudBlazor's own, so that light and dark follow the system without a script.
/// </summary>
internal static class PortalTheme
{
    private static readonly string[] Sans = ["Figtree Variable", "Segoe UI", "system-ui", "sans-serif"], Head = ["Bricolage Grotesque Variable", "Figtree Variable", "system-ui", "sans-serif"];

    public static MudTheme Value { get; } = new()
    {
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "10px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Sans, FontSize = "1rem", LineHeight = "1.55", LetterSpacing = "normal" },
            H1 = new H1Typography { FontFamily = Head, FontWeight = "750" },
            H2 = new H2Typography { FontFamily = Head, FontWeight = "720" },
            H3 = new H3Typography { FontFamily = Head, FontWeight = "720" },
            H4 = new H4Typography { FontFamily = Head, FontWeight = "720" },
            H5 = new H5Typography { FontFamily = Head, FontWeight = "720" },
            H6 = new H6Typography { FontFamily = Head, FontWeight = "680" },
            Button = new ButtonTypography { FontFamily = Sans, FontWeight = "650", FontSize = "1rem", LetterSpacing = "normal", TextTransform = "none" },
        },
    };
}
