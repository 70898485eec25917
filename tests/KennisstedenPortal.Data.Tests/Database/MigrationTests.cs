using Microsoft.EntityFrameworkCore;
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
