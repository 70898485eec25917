using System.Globalization;

namespace KennisstedenPortal.Domain.Geography;

/// <summary>A place as it is written in history and typed by people: "52.2393 6.8497", with "±" when it was placed by hand.</summary>
/// <param name="Latitude">Degrees WGS84.</param>
/// <param name="Longitude">Degrees WGS84.</param>
public readonly record struct GeoPoint(double Latitude, double Longitude, bool IsApproximate = false)
{
    public bool IsInTheNetherlands => Latitude is >= Netherlands.MinLatitude and <= Netherlands.MaxLatitude && Longitude is >= Netherlands.MinLongitude and <= Netherlands.MaxLongitude;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Latitude} {Longitude}{(IsApproximate ? " ±" : "")}");

    /// <summary>Takes decimal points and decimal commas, and a comma, semicolon or space between the two; null when it is no place.</summary>
    public static GeoPoint? TryParse(string? text)
    {
        if (text is null || text.Length > 60) return null;
        var approximate = text.Contains('±', StringComparison.Ordinal);
        var parts = text.Replace("±", "", StringComparison.Ordinal).Split([' ', ';', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        // "52.2393,6.8497": the comma separates, since both numbers have a point.
        if (parts is [var one] && one.Split(',') is [var left, var right] && left.Contains('.', StringComparison.Ordinal) && right.Contains('.', StringComparison.Ordinal)) parts = [left, right];
        return parts is [var latitude, var longitude] && Degrees(latitude) is { } y && Degrees(longitude) is { } x ? new GeoPoint(y, x, approximate) : null;
    }

    private static double? Degrees(string text) =>
        double.TryParse(text.TrimEnd(',').Replace(',', '.'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var degrees) && double.IsFinite(degrees) ? degrees : null;
}
