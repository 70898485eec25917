namespace KennisstedenPortal.Data.StarterData;

/// <summary>What an import did, for the person who ran it. Kept with the run.</summary>
/// <param name="Created">Rows made, per table.</param>
/// <param name="Updated">Values brought up to date, per table.</param>
/// <param name="Objects">Register objects in the files, per kind; derived organisations apart.</param>
/// <param name="Unresolved">References that name nothing we know.</param>
/// <param name="Differences">What the files say and we compute otherwise.</param>
/// <param name="Kept">Values that people changed since the last import and that were left alone.</param>
public sealed record ImportReport(
    IReadOnlyDictionary<string, int> Created,
    IReadOnlyDictionary<string, int> Updated,
    IReadOnlyDictionary<string, int> Objects,
    IReadOnlyList<string> Unresolved,
    IReadOnlyList<string> Differences,
    IReadOnlyList<string> Kept)
{
    public bool ChangedNothing => Created.Count == 0 && Updated.Count == 0;
}
