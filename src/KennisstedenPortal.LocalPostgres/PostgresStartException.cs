namespace KennisstedenPortal.LocalPostgres;

/// <summary>PostgreSQL was found, but its data could not be made, or it did not start or stop; the message holds what it said.</summary>
public sealed class PostgresStartException : Exception
{
    internal PostgresStartException(string message)
        : base(message)
    {
    }
}
