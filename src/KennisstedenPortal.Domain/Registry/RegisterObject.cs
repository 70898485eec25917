using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Themes;

namespace KennisstedenPortal.Domain.Registry;

public enum ObjectState
{
    [Label("Concept", "Draft")] Draft,
    [Label("Gepubliceerd", "Published")] Published,
    [Label("Gearchiveerd", "Archived")] Archived,
}

public enum Visibility
{
    [Label("Openbaar", "Public")] Public,
    [Label("Partners", "Partners")] Partners,
    [Label("Secretariaat", "Secretariat")] Secretariat,
}

/// <summary>
/// Anything the register describes. Everything hangs on this one type: relations, themes, sources, observations,
/// history and agenda links, so that a new kind gets them by being one.
/// </summary>
public abstract class RegisterObject
{
    public const int NameMaxLength = 200;
    public const int DescriptionMaxLength = 4000;
    public const int NoteMaxLength = 4000;
    public const int WebsiteMaxLength = 500;
    public const int ShortTextMaxLength = 300;

    public required Guid Id { get; init; }
    /// <summary>Readable part of the address, unique per kind; see <see cref="SlugText"/>.</summary>
    public required string Slug { get; set; }
    public required string Name { get; set; }
    public string? NameEnglish { get; set; }
    public List<string> Aliases { get; set; } = [];
    public string? Description { get; set; }
    public string? Website { get; set; }
    /// <summary>Subjects in the words of the source, beside the coded themes.</summary>
    public List<string> Keywords { get; set; } = [];
    public string? Note { get; set; }
    /// <summary>Language tag of <see cref="Note"/>; null is Dutch.</summary>
    public string? NoteLanguage { get; set; }

    /// <summary>Municipality (CBS code) in which it stands; which kennisstad it belongs to is a <see cref="Relation"/>.</summary>
    public string? MunicipalityCode { get; set; }
    public Geography.Area? Municipality { get; init; }
    /// <summary>Degrees WGS84; both or neither.</summary>
    public double? Latitude { get; set; }
    public double? Longitude { get; set; }
    /// <summary>Placed by hand, right to some hundreds of metres.</summary>
    public bool LocationIsApproximate { get; set; }

    public ObjectState State { get; set; } = ObjectState.Published;
    public Visibility Visibility { get; set; } = Visibility.Public;
    /// <summary>The city, campus or organisation that keeps these data; null is the secretariat (product rule 2).</summary>
    public Guid? StewardId { get; set; }
    public RegisterObject? Steward { get; init; }
    public Verification Verification { get; set; } = Verification.GeneralKnowledge;
    /// <summary>Day on which the steward last confirmed the whole; null when never.</summary>
    public DateOnly? ConfirmedOn { get; set; }
    /// <summary>Day after which it must be confirmed again; null when never confirmed.</summary>
    public DateOnly? ReviewBy { get; set; }
    /// <summary>Raised whenever the object or anything that belongs to it changes; the concurrency token.</summary>
    public int Revision { get; set; }
    public DateTimeOffset ChangedAt { get; set; }

    public ICollection<ObjectLocation> OtherLocations { get; } = [];
    public ICollection<Relation> Relations { get; } = [];
    public ICollection<Relation> InverseRelations { get; } = [];
    public ICollection<Specialisation> Specialisations { get; } = [];
    public ICollection<Citation> Citations { get; } = [];
    public ICollection<FieldProvenance> Provenance { get; } = [];
    public ICollection<ExternalKey> ExternalKeys { get; } = [];
    public ICollection<Indicators.Observation> Observations { get; } = [];
    public ICollection<SwotItem> Swot { get; } = [];
    public ICollection<Exchange> Exchanges { get; } = [];

    public Freshness FreshnessOn(DateOnly day) => FreshnessRule.Of(ConfirmedOn, ReviewBy, day);
}

/// <summary>A further municipality in which an object stands or works (a campus across a border, teaching locations).</summary>
public sealed class ObjectLocation
{
    public required Guid ObjectId { get; init; }
    public required string MunicipalityCode { get; init; }
    public Geography.Area? Municipality { get; init; }
}

/// <summary>The id of an object in somebody else's list (starter data, ROR, BRIN).</summary>
public sealed class ExternalKey
{
    public const int MaxLength = 200;

    public required Guid ObjectId { get; init; }
    /// <summary>For example <c>ror</c>, <c>brin</c>, <c>campuses.json</c>.</summary>
    public required string Scheme { get; init; }
    public required string Value { get; init; }
    /// <summary>Name and place under which that list knows it, where given.</summary>
    public string? Label { get; set; }
}

/// <summary>A former address of an object; it redirects to the present one.</summary>
public sealed class FormerSlug
{
    public required string Kind { get; init; }
    public required string Slug { get; init; }
    public required Guid ObjectId { get; init; }
}
