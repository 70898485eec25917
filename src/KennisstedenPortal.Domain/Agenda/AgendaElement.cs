using KennisstedenPortal.Domain.Provenance;

namespace KennisstedenPortal.Domain.Agenda;

public enum ElementKind
{
    [Label("Context", "Context")] Context,
    [Label("Knelpunt", "Bottleneck")] Bottleneck,
    [Label("Lijn", "Line")] Line,
    [Label("Onderdeel van een lijn", "Part of a line")] LineElement,
    [Label("Vraag aan het Rijk", "Request to the national government")] Ask,
    [Label("Aanbod", "Offer")] Offer,
    [Label("Opbrengst", "Result")] Result,
    [Label("Effect", "Effect")] End,
    [Label("Rol van de kennissteden", "Role of the cities")] CityRole,
    [Label("Kracht van het ecosysteem", "Strength of the ecosystem")] Strength,
    [Label("Instrument", "Instrument")] Instrument,
    [Label("Document", "Document")] Document,
    [Label("Cijfer", "Figure")] Figure,
    [Label("Partner", "Partner")] Partner,
}

/// <summary>An element of the verbindingsagenda as the source document states it, with its quote and section.</summary>
public sealed class AgendaElement
{
    /// <summary>What an action can serve.</summary>
    public static IReadOnlyList<ElementKind> ServedKinds { get; } = [ElementKind.Bottleneck, ElementKind.Line, ElementKind.LineElement, ElementKind.Ask, ElementKind.Offer, ElementKind.Result, ElementKind.End, ElementKind.Instrument, ElementKind.Document];

    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required ElementKind Kind { get; init; }
    public required string Title { get; set; }
    /// <summary>Literal passage of at most fifteen words.</summary>
    public string? Quote { get; set; }
    public string? Section { get; set; }
    public int Rank { get; set; }
    public int? Number { get; set; }
    public string? Note { get; set; }
    /// <summary>The line an element belongs to, or the document a bottleneck rests on.</summary>
    public Guid? ParentId { get; set; }
    public AgendaElement? Parent { get; init; }
    public string? Footnote { get; set; }
    public string? Date { get; set; }
    public string? Author { get; set; }
    /// <summary>Sort within the kind: fund or policy, sort of facility, sort of partner.</summary>
    public string? Sort { get; set; }
    public string? Role { get; set; }
    public decimal? Value { get; set; }
    public string? Unit { get; set; }
    public bool InSourceDocument { get; set; } = true;
    public Verification Verification { get; set; } = Verification.GeneralKnowledge;
    public ICollection<Citation> Citations { get; } = [];
    /// <summary>Register objects this element is about: the organisations of a partner, the programme of an instrument.</summary>
    public ICollection<ElementObject> Objects { get; } = [];
}

public sealed class ElementObject
{
    public required Guid ElementId { get; init; }
    public required Guid ObjectId { get; init; }
}
