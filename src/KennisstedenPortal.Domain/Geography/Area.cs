namespace KennisstedenPortal.Domain.Geography;

public enum AreaKind
{
    [Label("Land", "Country")] Country,
    [Label("Provincie", "Province")] Province,
    [Label("COROP-gebied", "COROP region")] Corop,
    [Label("Gemeente", "Municipality")] Municipality,
    [Label("ROM-regio", "ROM region")] RomRegion,
    [Label("Boardregio", "Board region")] BoardRegion,
}

/// <summary>An area that facts can be about: official codes (NL, PV.., CR.., GM....) or, for regions without one, a slug.</summary>
public sealed class Area
{
    public required string Code { get; init; }
    public required AreaKind Kind { get; init; }
    /// <summary>Null where only the code is known (most COROP regions in the starter data).</summary>
    public string? Name { get; set; }
    /// <summary>Province of a municipality, country of a province.</summary>
    public string? ParentCode { get; set; }
    /// <summary>COROP region of a municipality.</summary>
    public string? CoropCode { get; set; }
    /// <summary>GeoJSON geometry (Polygon or MultiPolygon, WGS84, RFC 7946) or null.</summary>
    public string? Boundary { get; set; }
    /// <summary>A point inside the area, to place what has no point of its own. Degrees, WGS84.</summary>
    public double? InteriorLatitude { get; set; }
    public double? InteriorLongitude { get; set; }
    public Provenance.Verification Verification { get; set; } = Provenance.Verification.GeneralKnowledge;
    public ICollection<AreaMember> Members { get; } = [];
}

/// <summary>An area that belongs to a region: provinces of a ROM region.</summary>
public sealed class AreaMember
{
    public required string RegionCode { get; init; }
    public required string MemberCode { get; init; }
}

/// <summary>Two municipalities that share a land border; stored in both directions.</summary>
public sealed class MunicipalityNeighbour
{
    public required string MunicipalityCode { get; init; }
    public required string NeighbourCode { get; init; }
    /// <summary>Length of the shared border in kilometres in the simplified boundaries, where known.</summary>
    public double? SharedBorderKm { get; set; }
}
