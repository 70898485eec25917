namespace KennisstedenPortal.LocalPostgres.Tests;

/// <summary>An empty folder of one test, gone afterwards. In memory where there is room: a database in files is 40 MB.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private const string Memory = "/dev/shm";
    private const long RoomNeeded = 1024L * 1024 * 1024;

    private readonly string _root = Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > RoomNeeded
        ? Directory.CreateDirectory(Path.Combine(Memory, $"local-postgres-{Guid.NewGuid():N}")).FullName
        : Directory.CreateTempSubdirectory("local-postgres-").FullName;

    public string Of(params string[] names) => Path.Combine([_root, .. names]);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
