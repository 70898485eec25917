using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Domain.Geography;

/// <summary>One place on a list that is counted.</summary>
/// <param name="Municipality">CBS code of where it stands; null is unknown.</param>
/// <param name="Sector">Null is unknown.</param>
public readonly record struct CountedSite(string? Municipality, Sector? Sector);

/// <summary>
/// How many stand in a kennisstad, in a neighbouring municipality only, and elsewhere. Each is counted once, by its nearest
/// relation to any kennisstad.
/// </summary>
/// <param name="Unknown">Municipality unknown: neither near nor elsewhere, and no part of any percentage.</param>
public sealed record NearnessTally(int In, int Adjacent, int Elsewhere, int Unknown)
{
    /// <summary>In or next to a kennisstad: what the source document counts.</summary>
    public int Near => In + Adjacent;
    /// <summary>With a known municipality; the whole of every percentage.</summary>
    public int Known => Near + Elsewhere;
    public int Total => Known + Unknown;

    public decimal? InPercentage => Percentage(In, Known);
    public decimal? NearPercentage => Percentage(Near, Known);

    /// <summary>A part in hundredths of the whole, to one decimal and half away from zero; null when there is no whole.</summary>
    public static decimal? Percentage(decimal part, decimal whole) => whole == 0 ? null : Math.Round(100 * part / whole, 1, MidpointRounding.AwayFromZero);
}

/// <summary>
/// What stands in one kennisstad and in the municipalities around it. What lies between two kennissteden is in the tally of
/// both, so that these don't add up to the total.
/// </summary>
public sealed record CityTally(string CityMunicipality, int In, int Adjacent)
{
    public int Near => In + Adjacent;
}

/// <summary>
/// Counts a list by <see cref="Nearness"/>: "47 of 65" recomputed for a list of our own (product rule 1). It counts places. It
/// says nothing about money or people, and can't be compared with the count of another list.
/// </summary>
public sealed class NearnessCount
{
    private readonly Dictionary<(Sector?, Nearness?), int> _parts = [];

    /// <param name="cityMunicipalities">Municipalities of the kennissteden; one that is named twice counts once.</param>
    public NearnessCount(IEnumerable<CountedSite> sites, IEnumerable<string> cityMunicipalities, NearnessMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        var all = sites.ToList();
        var cities = cityMunicipalities.Distinct(StringComparer.Ordinal).ToList();
        foreach (var site in all)
        {
            var near = map.Near(site.Municipality, cities);
            Nearness? nearness = site.Municipality is null ? null : near.Count == 0 ? Nearness.Elsewhere : near[0].Nearness;
            _parts[(site.Sector, nearness)] = _parts.GetValueOrDefault((site.Sector, nearness)) + 1;
            if (near.Count > 1) NearSeveral++;
        }
        Cities = [.. cities.Select(city => new CityTally(city, Count(city, Nearness.In), Count(city, Nearness.Adjacent)))];

        int Count(string city, Nearness nearness) => all.Count(s => map.Of(s.Municipality, city) == nearness);
    }

    public NearnessTally Total => Tally(_ => true);

    /// <summary>In the order in which the kennissteden were given.</summary>
    public IReadOnlyList<CityTally> Cities { get; }

    /// <summary>Number that is in or next to more than one kennisstad, and therefore in more than one of <see cref="Cities"/>.</summary>
    public int NearSeveral { get; }

    /// <param name="sector">Null: those whose sector is unknown.</param>
    public NearnessTally OfSector(Sector? sector) => Tally(s => s == sector);

    private NearnessTally Tally(Func<Sector?, bool> takes)
    {
        return new NearnessTally(Sum(Nearness.In), Sum(Nearness.Adjacent), Sum(Nearness.Elsewhere), Sum(null));

        int Sum(Nearness? nearness) => _parts.Where(p => p.Key.Item2 == nearness && takes(p.Key.Item1)).Sum(p => p.Value);
    }
}
