namespace KennisstedenPortal.Data.Configurations;

internal static class Collations
{
    /// <summary>Names sort as in a Dutch index on every server, whatever its own locale; PostgreSQL brings ICU along.</summary>
    public const string Dutch = "nl-x-icu";
}
