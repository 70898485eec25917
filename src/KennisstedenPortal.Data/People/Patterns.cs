namespace KennisstedenPortal.Data.People;

/// <summary>Texts in patterns of the database.</summary>
internal static class Patterns
{
    /// <summary>The text itself, where LIKE would see wildcards.</summary>
    public static string Literal(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
