using System.Runtime.CompilerServices;
using KennisstedenPortal.Data.Registry;

namespace KennisstedenPortal.Reading.Maps;

/// <summary>The parts of the country map that only depend on boundaries. Made once per snapshot, dropped together with it.</summary>
internal sealed class CountryGeometry
{
    public const int Width = 592;
    private const double UnitsPerDegree = 146;
    private static readonly ConditionalWeakTable<ReferenceSnapshot, CountryGeometry> Known = [];

    /// <summary>The same for every country map and for the silhouettes, which therefore share their shapes.</summary>
    public static readonly Mercator Projection = new(3.24, 53.62, UnitsPerDegree);

    public static readonly int Height = (int)Math.Round(Projection.Project(7.23, 50.74).Y) + 4;

    private CountryGeometry(ReferenceSnapshot data)
    {
        var all = data.Municipalities.Values.OrderBy(m => m.Code, StringComparer.Ordinal).ToList();
        var mesh = new BorderMesh(all.SelectMany(m => m.Rings).Select(r => SvgPath.Quantise(r, Projection)));
        Land = mesh.Outline();
        Borders = mesh.SharedLines();
        var near = data.CityMunicipalities.Keys.SelectMany(code => data.Neighbours[code]).ToHashSet(StringComparer.Ordinal);
        Neighbours = SvgPath.Of(all.Where(m => near.Contains(m.Code) && !data.CityMunicipalities.ContainsKey(m.Code)).SelectMany(m => m.Rings), Projection);
    }

    public string Land { get; }
    public string Borders { get; }
    public string Neighbours { get; }

    public static CountryGeometry Of(ReferenceSnapshot data) => Known.GetValue(data, static d => new CountryGeometry(d));
}
