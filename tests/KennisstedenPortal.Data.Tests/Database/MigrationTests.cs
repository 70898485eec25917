using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace KennisstedenPortal.Data.Tests.Database;

public sealed class MigrationTests(TestServer server)
{
    [Fact]
    public async Task Model_AgainstTheMigrations_HasNoPendingChanges()
    {
        await using var database = await server.EmptyAsync();
        await using var db = database.CreateDbContext();

        db.Database.HasPendingModelChanges().Should().BeFalse("else a migration was forgotten");
        (await db.Database.GetPendingMigrationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task MigrateAsync_TwoInstancesAtOnce_BothFindItMigrated()
    {
        var (owner, application) = await FreshAsync();

        await Task.WhenAll(DatabaseSetup.MigrateAsync(owner, application), DatabaseSetup.MigrateAsync(owner, application));

        await ShouldBeReadyAsync(owner, application);
    }

    [Fact]
    public async Task MigrateAsync_AlreadyMigrated_ChangesNothing()
    {
        var (owner, application) = await FreshAsync();
        await DatabaseSetup.MigrateAsync(owner, application);

        await DatabaseSetup.MigrateAsync(owner, application);

        await ShouldBeReadyAsync(owner, application);
    }

    [Fact]
    public async Task MigrateAsync_ApplicationRoleIsMissing_MakesItWithItsPassword()
    {
        var (owner, _) = await FreshAsync();
        var application = new NpgsqlConnectionStringBuilder(owner) { Username = $"app \"{Guid.NewGuid():N}", Password = "met 'aanhaling'; en meer" }.ConnectionString;

        await DatabaseSetup.MigrateAsync(owner, application);

        await ShouldBeReadyAsync(owner, application);
    }

    [Fact]
    public async Task CreateAsync_DatabaseThatExists_LeavesItAsItIs()
    {
        await using var filled = await server.FilledAsync();
        var name = new NpgsqlConnectionStringBuilder(filled.Owner).Database!;

        var (owner, application) = await DatabaseSetup.CreateAsync(server.Server.ConnectionString("postgres"), name, server.Server.Password);
        await DatabaseSetup.MigrateAsync(owner, application);

        (await filled.ScalarAsync<long>("select count(*) from register_object where kind = 'city'")).Should().Be(13);
    }

    [Fact]
    public async Task MigrateAsync_FilledDatabaseOfAnEarlierRelease_KeepsEveryRow()
    {
        await using var filled = await server.FilledAsync();
        await using (var owner = new TestDatabase(filled.Owner, filled.Owner))
        await using (var db = owner.CreateDbContext())
            await db.GetService<IMigrator>().MigrateAsync(LastLanded);
        var before = await RowsAsync(filled);

        await DatabaseSetup.MigrateAsync(filled.Owner, filled.Application);

        (await RowsAsync(filled)).Should().Equal(before);
        await using var read = filled.CreateDbContext();
        (await read.Objects.OfType<Domain.Registry.City>().CountAsync(c => !c.HasFourEyes)).Should().Be(13, "what stood there reads with its new fields");
    }

    private const string LastLanded = "20261124013254_Search";

    /// <summary>Number of rows and a digest of their keys, for every table that people's work is in.</summary>
    private static async Task<List<string>> RowsAsync(TestDatabase database)
    {
        string[] tables = ["register_object", "relation", "specialisation", "citation", "observation", "source", "theme", "area", "revision", "field_change", "agenda_action", "agenda_element", "external_key", "field_provenance"];
        var rows = new List<string>();
        foreach (var table in tables) rows.Add(await database.ScalarAsync<string>($"select '{table} ' || count(*) || ' ' || coalesce(sum(hashtext(to_jsonb(t)->>'id')), 0) from {table} t"));
        return rows;
    }

    /// <summary>A database without a table.</summary>
    private async Task<(string Owner, string Application)> FreshAsync()
    {
        // Asking for one starts the server.
        await using (await server.EmptyAsync())
            return await DatabaseSetup.CreateAsync(server.Server.ConnectionString("postgres"), $"vers_{Guid.NewGuid():N}", server.Server.Password);
    }

    private static async Task ShouldBeReadyAsync(string owner, string application)
    {
        await using var database = new TestDatabase(owner, application);
        await using var db = database.CreateDbContext();
        db.Add(People.NewFacility("nieuw-lab"));
        await db.SaveAsync(People.Editor, "Nieuw");
        (await database.ScalarAsync<long>("select count(*) from revision")).Should().Be(1);
        (await database.ScalarAsync<long>("select count(*) from __ef_migrations_history")).Should().Be(db.Database.GetMigrations().Count());
    }
}
