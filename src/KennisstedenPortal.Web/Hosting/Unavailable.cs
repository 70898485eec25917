using System.Net.Sockets;
using KennisstedenPortal.Data;
using KennisstedenPortal.Data.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace KennisstedenPortal.Web.Hosting;

/// <summary>Tells a database that cannot be reached from a defect of the portal.</summary>
internal static class Unavailable
{
    /// <summary>503 when the database is away or full, or too many search at once, 400 for a request that can't be read, else 500.</summary>
    public static int StatusOf(Exception error) => error switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        SearchIsFullException or SearchTooSlowException => StatusCodes.Status503ServiceUnavailable,
        _ when Chain(error).Any(IsDatabaseAway) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static bool IsDatabaseAway(Exception e) => e switch
    {
        // Class 08 connection, 53 resources, 57P shutdown or starting up, 3D000 no such database, 28 not (yet) allowed in.
        PostgresException { SqlState: { } state } => state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal) || state.StartsWith("28", StringComparison.Ordinal) || state is "3D000",
        NpgsqlException or SocketException => true,
        TimeoutException => true,
        _ => false,
    };

    private static IEnumerable<Exception> Chain(Exception? error)
    {
        for (; error is not null; error = error.InnerException) yield return error;
    }
}

/// <summary>Ready means: the database answers and is migrated.</summary>
internal sealed class DatabaseHealth(IDbContextFactory<PortalDbContext> contexts) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var pending = await db.Database.GetPendingMigrationsAsync(cancellationToken);
            return pending.Any() ? HealthCheckResult.Unhealthy("migrations are pending") : HealthCheckResult.Healthy();
        }
        catch (Exception e) when (Unavailable.StatusOf(e) == StatusCodes.Status503ServiceUnavailable)
        {
            return HealthCheckResult.Unhealthy("the database does not answer");
        }
    }
}
