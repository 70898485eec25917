namespace KennisstedenPortal.Domain.Registry;

public enum SwotSort
{
    [Label("Sterk", "Strength")] Strength,
    [Label("Zwak", "Weakness")] Weakness,
    [Label("Kans", "Opportunity")] Opportunity,
    [Label("Bedreiging", "Threat")] Threat,
}

/// <summary>A strength, weakness, opportunity or threat of a city, tied to what shows it. Starts visible to partners only (product rule 11).</summary>
public sealed class SwotItem
{
    public const int TextMaxLength = 500;

    public required Guid Id { get; init; }
    public required Guid ObjectId { get; init; }
    public required SwotSort Sort { get; set; }
    public required string Text { get; set; }
    public Visibility Visibility { get; set; } = Visibility.Partners;
    public ICollection<SwotEvidence> Evidence { get; } = [];
}

/// <summary>What shows it: exactly one of an object of the register, a figure, or a source.</summary>
public sealed class SwotEvidence
{
    public required Guid Id { get; init; }
    public required Guid ItemId { get; init; }
    public Guid? SubjectId { get; init; }
    public RegisterObject? Subject { get; init; }
    public Guid? ObservationId { get; init; }
    public Indicators.Observation? Observation { get; init; }
    public Guid? SourceId { get; init; }
    public Provenance.Source? Source { get; init; }
}

public enum ExchangeSort
{
    [Label("Wat wij bieden", "What we offer")] Offer,
    [Label("Wat wij zoeken", "What we seek")] Need,
}

/// <summary>What an object offers to others, or seeks from them, on a theme. Starts visible to partners only (product rule 11).</summary>
public sealed class Exchange
{
    public const int TextMaxLength = 500;

    public required Guid Id { get; init; }
    public required Guid ObjectId { get; init; }
    public required ExchangeSort Sort { get; set; }
    /// <summary>An entry theme.</summary>
    public required string ThemeCode { get; set; }
    public Themes.Theme? Theme { get; init; }
    public required string Text { get; set; }
    public Visibility Visibility { get; set; } = Visibility.Partners;
}
