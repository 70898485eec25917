using KennisstedenPortal.Data.Reports;
using KennisstedenPortal.Data.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace KennisstedenPortal.Data;

/// <summary>
/// Brings a database up to date. Two roles: the owner owns the tables and migrates; the application reads and writes, and
/// can add to history but never change or delete it.
/// </summary>
public static class DatabaseSetup
{
    public const string OwnerRole = "kennissteden_owner", ApplicationRole = "kennissteden_app";
    private const long Lock = 5_080_001;

    /// <summary>Options that every context of the portal shares.</summary>
    public static DbContextOptionsBuilder UsePortal(this DbContextOptionsBuilder options, NpgsqlDataSource source) =>
        options.UseNpgsql(source, npgsql => npgsql.MigrationsHistoryTable("__ef_migrations_history")).UseSnakeCaseNamingConvention();

    /// <summary>
    /// Applies all migrations as the owner and gives the application role its rights, creating that role when it is
    /// missing. Safe when several instances start at once.
    /// </summary>
    /// <param name="owner">Connection string of the owner of the database.</param>
    /// <param name="application">Connection string whose user and password the application will use.</param>
    public static async Task MigrateAsync(string owner, string application, CancellationToken cancellation = default)
    {
        var app = new NpgsqlConnectionStringBuilder(application);
        await using var source = NpgsqlDataSource.Create(owner);
        await using var guard = await source.OpenConnectionAsync(cancellation);
        await Run(guard, $"select pg_advisory_lock({Lock})", cancellation);
        try
        {
            var options = (DbContextOptions<PortalDbContext>)new DbContextOptionsBuilder<PortalDbContext>().UsePortal(source).Options;
            await using (var db = new PortalDbContext(options, TimeProvider.System, new RegisterGeneration()))
            {
                await db.Database.MigrateAsync(cancellation);
                // A migration that makes objects, or changes them, raises their revision; what they are now is remembered here.
                var behind = await db.CatchUpAsync(cancellation);
                // What lists and search read is derived; when the way it is built has changed, it is built anew.
                await SearchIndex.RebuildAsync(db, always: behind > 0, cancellation: cancellation);
                await ReportIndex.RebuildAsync(db, cancellation: cancellation);
            }
            if (app.Username != new NpgsqlConnectionStringBuilder(owner).Username) await GrantAsync(guard, app.Username!, app.Password ?? "", cancellation);
        }
        finally
        {
            await Run(guard, $"select pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    /// <summary>Creates the owner role and its database on a server of our own (local runs and tests).</summary>
    /// <returns>Connection strings of owner and application.</returns>
    public static async Task<(string Owner, string Application)> CreateAsync(string superuser, string database, string password, CancellationToken cancellation = default)
    {
        // Not pooled: a connection that lingers would look like somebody else's when the server is to stop.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(superuser) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        await EnsureRole(connection, OwnerRole, password, "createrole", cancellation);
        await EnsureRole(connection, ApplicationRole, password, "", cancellation);
        await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = database } } };
        if (await exists.ExecuteScalarAsync(cancellation) is null)
            await Run(connection, $"create database {Identifier(database)} owner {OwnerRole}", cancellation);
        string As(string role) => new NpgsqlConnectionStringBuilder(superuser) { Username = role, Password = password, Database = database }.ConnectionString;
        return (As(OwnerRole), As(ApplicationRole));
    }

    private static async Task GrantAsync(NpgsqlConnection connection, string role, string password, CancellationToken cancellation)
    {
        await EnsureRole(connection, role, password, "", cancellation);
        var name = Identifier(role);
        await Run(connection, $"""
            grant usage on schema public to {name};
            grant select, insert, update, delete on all tables in schema public to {name};
            grant usage, select on all sequences in schema public to {name};
            revoke update, delete on revision, field_change, rights_event, progress_update, edition, edition_withdrawal from {name};
            grant update (actor_name) on revision to {name};
            revoke insert, update, delete on __ef_migrations_history from {name};
            """, cancellation);
    }

    private static async Task EnsureRole(NpgsqlConnection connection, string role, string password, string options, CancellationToken cancellation)
    {
        await using var exists = new NpgsqlCommand("select 1 from pg_roles where rolname = $1", connection) { Parameters = { new() { Value = role } } };
        if (await exists.ExecuteScalarAsync(cancellation) is not null) return;
        await Run(connection, $"create role {Identifier(role)} login {options} password '{password.Replace("'", "''", StringComparison.Ordinal)}'", cancellation);
    }

    private static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

/// <summary>For <c>dotnet ef migrations</c> only, which builds the model and never connects.</summary>
internal sealed class DesignTimeContexts : IDesignTimeDbContextFactory<PortalDbContext>
{
    public PortalDbContext CreateDbContext(string[] args) =>
        new((DbContextOptions<PortalDbContext>)new DbContextOptionsBuilder<PortalDbContext>().UsePortal(NpgsqlDataSource.Create("Host=localhost")).Options, TimeProvider.System, new RegisterGeneration());
}
