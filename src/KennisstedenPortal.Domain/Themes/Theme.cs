using KennisstedenPortal.Domain.Provenance;

namespace KennisstedenPortal.Domain.Themes;

/// <summary>A list of themes: one of the official ones, or the portal's own leading list (<see cref="EntryCode"/>).</summary>
public sealed class Taxonomy
{
    /// <summary>Code of the leading list from which people choose; every other code rolls up to it.</summary>
    public const string EntryCode = "instapthema";

    public required string Code { get; init; }
    public required string NameNl { get; set; }
    public string? NameEn { get; set; }
    /// <summary>yyyy, yyyy-mm or yyyy-mm-dd; null when unknown.</summary>
    public string? ValidFrom { get; set; }
    public string? ValidTo { get; set; }
    public string? Status { get; set; }
    public string? Note { get; set; }
    public int Rank { get; set; }
    public ICollection<Theme> Themes { get; } = [];
    public ICollection<Citation> Citations { get; } = [];

    /// <summary>True when the list ended before the given day.</summary>
    public bool HasExpired(DateOnly day) => Period.EndsBefore(ValidTo, day);
}

/// <summary>One theme of one taxonomy.</summary>
public sealed class Theme
{
    public required string Code { get; init; }
    public required string TaxonomyCode { get; init; }
    public Taxonomy? Taxonomy { get; init; }
    public required string NameNl { get; set; }
    public string? NameEn { get; set; }
    public string? ParentCode { get; set; }
    public string? DescriptionNl { get; set; }
    public string? DescriptionEn { get; set; }
    public string? ValidFrom { get; set; }
    public string? ValidTo { get; set; }
    public string? Note { get; set; }
    public List<string> Synonyms { get; set; } = [];
    public Verification Verification { get; set; } = Verification.GeneralKnowledge;
    public int Rank { get; set; }
    /// <summary>The entry theme to which this code rolls up; an entry theme rolls up to itself.</summary>
    public required string EntryThemeCode { get; set; }
    public ICollection<Citation> Citations { get; } = [];

    public bool HasExpired(DateOnly day) => Period.EndsBefore(ValidTo, day);
}

public enum ThemeMappingKind
{
    [Label("prioriteit binnen", "priority of")] PriorityOf,
    [Label("draagt bij aan", "contributes to")] ContributesTo,
    [Label("valt onder", "rolls up to")] RollsUpTo,
}

/// <summary>A link between codes of two taxonomies.</summary>
public sealed class ThemeMapping
{
    public required string FromCode { get; init; }
    public required string ToCode { get; init; }
    public required ThemeMappingKind Kind { get; init; }
    public string? Reason { get; set; }
    public Verification Verification { get; set; } = Verification.GeneralKnowledge;
}

public enum Strength
{
    [Label("kern", "core")] Core,
    [Label("sterk", "strong")] Strong,
    [Label("in opbouw", "emerging")] Emerging,
}

/// <summary>
/// An object works on a theme. With a strength it is a specialisation (product: strengths are an editorial estimate until
/// the city confirms them); without one it only says what the object is about.
/// </summary>
public sealed class Specialisation
{
    public const int BasisMaxLength = 1000;

    public required Guid Id { get; init; }
    public required Guid ObjectId { get; init; }
    public required string ThemeCode { get; init; }
    public Theme? Theme { get; init; }
    public Strength? Strength { get; set; }
    /// <summary>Why: the passage or observation that the link rests on.</summary>
    public string? Basis { get; set; }
    /// <summary>How far the link itself was checked.</summary>
    public Verification? Verification { get; set; }
    /// <summary>How far the strength was checked; <see cref="ConfirmedOn"/> overrules it.</summary>
    public Verification? StrengthVerification { get; set; }
    /// <summary>Day on which the steward confirmed theme and strength; null is unconfirmed.</summary>
    public DateOnly? ConfirmedOn { get; set; }
    public ICollection<Citation> Citations { get; } = [];
}
