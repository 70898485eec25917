using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;

namespace KennisstedenPortal.Working.Editing;

/// <summary>Municipalities by a part of their name, from what the portal holds once for everybody.</summary>
internal static class Places
{
    private const int Most = 12;

    public static IReadOnlyList<Choice> Find(ReferenceSnapshot reference, string text) =>
    [
        .. reference.Municipalities.Values.Where(m => m.Name.Contains(text.Trim(), StringComparison.OrdinalIgnoreCase))
            .OrderBy(m => !m.Name.StartsWith(text.Trim(), StringComparison.OrdinalIgnoreCase)).ThenBy(m => m.Name, Dutch.Alphabet).Take(Most).Select(m => new Choice(m.Code, m.Name)),
    ];
}
