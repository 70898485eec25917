using KennisstedenPortal.Domain.Provenance;

namespace KennisstedenPortal.Domain.Indicators;

/// <summary>What is measured: definition, unit, level, and the table in which the official figure stands.</summary>
public sealed class Indicator
{
    public required string Code { get; init; }
    public required string NameNl { get; set; }
    public string? NameEn { get; set; }
    public required string Unit { get; set; }
    public required string DefinitionNl { get; set; }
    public string? DefinitionEn { get; set; }
    public required string SourceName { get; set; }
    public string? Frequency { get; set; }
    public required string Level { get; set; }
    public string? StatlineTable { get; set; }
    public string? StatlineTitle { get; set; }
    public string? StatlineVerification { get; set; }
    public required string Status { get; set; }
    public string? Note { get; set; }
    /// <summary>What is known to be missing from the observations.</summary>
    public string? KnownGap { get; set; }
    public Verification Verification { get; set; } = Verification.GeneralKnowledge;
    public ICollection<Citation> Citations { get; } = [];
}

public enum ValueBasis
{
    [Label("zoals gepubliceerd", "as published")] AsPublished,
    [Label("berekend", "computed")] Computed,
    [Label("berekende ondergrens", "computed lower bound")] ComputedLowerBound,
    [Label("ondergrens", "lower bound")] LowerBound,
    [Label("afgerond", "rounded")] Rounded,
}

/// <summary>Why there is no value; unknown, zero and not applicable are three different things.</summary>
public enum Missing
{
    [Label("onbekend", "unknown")] Unknown,
    [Label("niet van toepassing", "not applicable")] NotApplicable,
}

/// <summary>
/// A figure about an object, an area, or an object within an area, at a date and from a source. Two sources may disagree
/// and both stand; one may be preferred. Either <see cref="Value"/> or <see cref="Missing"/> is set.
/// </summary>
public sealed class Observation
{
    public required Guid Id { get; init; }
    public required string IndicatorCode { get; init; }
    public Indicator? Indicator { get; init; }
    public Guid? ObjectId { get; init; }
    public string? AreaCode { get; init; }
    /// <summary>See <see cref="Period"/>; <see cref="PeriodStart"/> is its first day, for sorting.</summary>
    public required string ReferencePeriod { get; init; }
    public required DateOnly PeriodStart { get; init; }
    /// <summary>In <see cref="Unit"/>.</summary>
    public decimal? Value { get; set; }
    public Missing? Missing { get; set; }
    /// <summary>Bounds where the source hides small counts (1 to 4): the true value lies between.</summary>
    public decimal? MinValue { get; set; }
    public decimal? MaxValue { get; set; }
    public int? SuppressedCells { get; set; }
    public required string Unit { get; set; }
    /// <summary>Part of the whole that is counted (bedrijven, hoger onderwijs …).</summary>
    public string? Segment { get; set; }
    public string? Qualifier { get; set; }
    public ValueBasis ValueType { get; set; }
    /// <summary>Calculated by or for this register instead of read from a source.</summary>
    public bool IsDerived { get; set; }
    public bool IsPreferred { get; set; }
    public required Guid SourceId { get; init; }
    public Source? Source { get; init; }
    public Verification Verification { get; set; } = Verification.GeneralKnowledge;
}

/// <summary>A figure that the source document states, with what an independent check found.</summary>
public sealed class DocumentClaim
{
    /// <summary>Passage of a citation that belongs to the check; any other is where the document states the figure.</summary>
    public const string CheckPassage = "controle";

    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public string? IndicatorCode { get; init; }
    public Indicator? Indicator { get; init; }
    public required decimal Value { get; init; }
    public required string Unit { get; init; }
    public required string PeriodText { get; init; }
    public required string SummaryNl { get; init; }
    public string? Segment { get; init; }
    public required string IndependentCheck { get; init; }
    public required string VerifiedMeaning { get; init; }
    public Verification Verification { get; init; }
    /// <summary>The document itself, and the sources of the check; the passage tells which is which.</summary>
    public ICollection<Citation> Citations { get; } = [];
}
