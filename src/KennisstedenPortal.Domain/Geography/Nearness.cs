namespace KennisstedenPortal.Domain.Geography;

/// <summary>
/// How a municipality lies to a kennisstad. Computed from municipal land neighbours and never stored, so that
/// "47 of 65" can be recomputed for any list (product rule 1).
/// </summary>
public enum Nearness
{
    [Label("In de kennisstad", "In the knowledge city")] In,
    [Label("In een buurgemeente", "In a neighbouring municipality")] Adjacent,
    [Label("Elders", "Elsewhere")] Elsewhere,
}

/// <summary>Computes <see cref="Nearness"/> for a fixed set of neighbours.</summary>
public sealed class NearnessMap(IEnumerable<MunicipalityNeighbour> neighbours)
{
    private readonly ILookup<string, string> _neighbours =
        neighbours.ToLookup(n => n.MunicipalityCode, n => n.NeighbourCode, StringComparer.Ordinal);

    /// <param name="municipality">Municipality in which something stands; null (unknown) is elsewhere.</param>
    /// <param name="cityMunicipality">Municipality of the kennisstad.</param>
    public Nearness Of(string? municipality, string cityMunicipality)
    {
        if (municipality is null) return Nearness.Elsewhere;
        if (string.Equals(municipality, cityMunicipality, StringComparison.Ordinal)) return Nearness.In;
        return _neighbours[municipality].Contains(cityMunicipality, StringComparer.Ordinal) ? Nearness.Adjacent : Nearness.Elsewhere;
    }

    /// <summary>The nearest relation to any of the given kennissteden.</summary>
    public Nearness ToAny(string? municipality, IEnumerable<string> cityMunicipalities) =>
        cityMunicipalities.Select(c => Of(municipality, c)).DefaultIfEmpty(Nearness.Elsewhere).Min();

    /// <summary>The kennissteden in or next to which the municipality lies: the one it is first, the others in the order given.</summary>
    public IReadOnlyList<(string CityMunicipality, Nearness Nearness)> Near(string? municipality, IEnumerable<string> cityMunicipalities) =>
        [.. cityMunicipalities.Select(c => (CityMunicipality: c, Nearness: Of(municipality, c))).Where(c => c.Nearness != Nearness.Elsewhere).OrderBy(c => c.Nearness)];
}

/// <summary>The division of the country into municipalities that the register computes with.</summary>
public static class MunicipalDivision
{
    /// <summary>Boundaries and neighbours are those of this day; later mergers are not in them.</summary>
    public static readonly DateOnly Date = new(2023, 1, 1);
}

/// <summary>The rectangle in which every point of the register must lie: the European Netherlands, in degrees WGS84.</summary>
public static class Netherlands
{
    public const double MinLatitude = 50.7, MaxLatitude = 53.6, MinLongitude = 3.3, MaxLongitude = 7.3;

    public static bool Contains(double latitude, double longitude) =>
        latitude is >= MinLatitude and <= MaxLatitude && longitude is >= MinLongitude and <= MaxLongitude;
}
