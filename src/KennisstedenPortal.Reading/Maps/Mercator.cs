namespace KennisstedenPortal.Reading.Maps;

/// <summary>Mercator projection from degrees to drawing units; y runs downwards.</summary>
/// <param name="west">Longitude that lands on <paramref name="left"/>.</param>
/// <param name="north">Latitude that lands on <paramref name="top"/>.</param>
/// <param name="unitsPerDegree">Drawing units per degree of longitude.</param>
internal sealed class Mercator(double west, double north, double unitsPerDegree, double left = 0, double top = 0)
{
    private const double Radians = Math.PI / 180;
    private readonly double _north = Stretch(north);

    /// <summary>The latitude in degrees as long as those of longitude, so that both axes share one scale.</summary>
    public static double Stretch(double latitude) => Math.Log(Math.Tan((Math.PI / 4) + (latitude * Radians / 2))) / Radians;

    public (double X, double Y) Project(double longitude, double latitude) =>
        (left + ((longitude - west) * unitsPerDegree), top + ((_north - Stretch(latitude)) * unitsPerDegree));

    public double UnitsPerKilometre(double latitude) => unitsPerDegree / (111.32 * Math.Cos(latitude * Radians));
}
