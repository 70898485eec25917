using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Reading.Maps;

/// <summary>The symbol of a kind on a map: the same shape as its badge, as a path. Legend, markers and pictures all draw from here.</summary>
public static class KindShape
{
    /// <summary>Side of the square that <see cref="Path"/> is drawn in.</summary>
    public const int Size = 20;

    public static string Path(ObjectKind kind) => kind.Code switch
    {
        "city" => "M5 1.5h10L19.5 10 15 18.5H5L.5 10z",
        "campus" => "M10 1.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z",
        "innovation-district" => "M10 0 20 10 10 20 0 10z",
        "rd-concentration" => "M2.5 2.5h15v15h-15z",
        "facility" => "M10 1.5 19.5 18h-19z",
        "action" => "M0 0h12l8 10-8 10H0z",
        "document" => "M3 0h10l5 5v15H3z",
        "meeting" => "M1 2h18v13h-7l-4 4v-4H1z",
        "programme" => "M7 1h6v6h6v6h-6v6H7v-6H1V7h6z",
        _ => "M10 .5 19.5 8 16 19H4L.5 8z",
    };

    /// <summary>For pictures that stand on their own, on white; pages colour by class.</summary>
    internal static string Colour(ObjectKind kind) => kind.Code switch
    {
        "city" => "#1a4f8b",
        "campus" => "#0f766e",
        "innovation-district" => "#7c3aed",
        "rd-concentration" => "#6b4423",
        "facility" => "#be185d",
        "action" => "#b45309",
        "document" => "#0b6e99",
        "meeting" => "#0a7c66",
        "programme" => "#5c6880",
        _ => "#3d4a66",
    };
}
