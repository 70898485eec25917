namespace KennisstedenPortal.Working.Editing;

/// <summary>The parts of a form in their order, for the list that leads to them. Each says itself that it is there.</summary>
public sealed class FormContents
{
    private readonly List<EditSection> _parts = [];

    public IReadOnlyList<EditSection> Parts => _parts;

    internal void Add(EditSection part) => _parts.Add(part);
}
