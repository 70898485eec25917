using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;

namespace KennisstedenPortal.Reading.Agenda;

/// <summary>A step of the chain from the reason to the result.</summary>
/// <param name="Anchor">Its place on the page of the whole chain.</param>
/// <param name="Kinds">What stands in it; the step of the actions holds no elements.</param>
public sealed record ChainStep(int Number, string Anchor, Text Name, Text Question, params IReadOnlyList<ElementKind> Kinds)
{
    public static IReadOnlyList<ChainStep> All { get; } =
    [
        new(1, "context", new("Context", "Context"), new("Waarom is een agenda nodig?", "Why is an agenda needed?"), ElementKind.Context),
        new(2, "knelpunten", new("Knelpunten", "Bottlenecks"), new("Wat zit in de weg?", "What is in the way?"), ElementKind.Bottleneck),
        new(3, "lijnen", new("Lijnen", "Lines"), new("Welke kant gaan we op?", "Which way are we going?"), ElementKind.Line, ElementKind.LineElement),
        new(4, "vragen-en-aanbod", new("Vragen en aanbod", "Requests and offers"), new("Wat vragen en bieden de steden?", "What do the cities ask and offer?"), ElementKind.Ask, ElementKind.Offer),
        new(5, "acties", new("Acties", "Actions"), new("Wie doet wat?", "Who does what?")),
        new(6, "opbrengsten", new("Opbrengsten", "Results"), new("Wat levert het op?", "What does it yield?"), ElementKind.Result),
        new(7, "effecten", new("Effecten", "Effects"), new("Waar doen we het voor?", "What are we doing it for?"), ElementKind.End),
    ];

    /// <summary>The step in which a kind stands, or null for what stands beside the chain.</summary>
    public static ChainStep? Of(ElementKind kind) => All.FirstOrDefault(s => s.Kinds.Contains(kind));
}
