using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Domain.Agenda;

/// <summary>An object of the agenda: it is tied to elements of the agenda, and holds what parties promised.</summary>
public abstract class AgendaObject : RegisterObject
{
    public ICollection<ObjectElement> Elements { get; } = [];
    public ICollection<Commitment> Commitments { get; } = [];
}

/// <summary>An action serves an element of the agenda (a line or a part of one, an ask, a bottleneck, a result); a document answers it.</summary>
public sealed class ObjectElement
{
    public required Guid ObjectId { get; init; }
    public required string ElementCode { get; init; }
    public AgendaElement? Element { get; init; }
}
