namespace KennisstedenPortal.LocalPostgres.Tests;

/// <summary>The data of a new, stopped server, made once: copying them is faster than making them.</summary>
public sealed class FreshData : IAsyncLifetime
{
    private readonly TemporaryFolder _temporary = new();

    public async ValueTask InitializeAsync()
    {
        var options = new LocalPostgresOptions { DataFolder = _temporary.Of("fresh"), SearchFolder = AppContext.BaseDirectory, Durable = false };
        await using var server = await LocalPostgresServer.StartAsync(options, TestContext.Current.CancellationToken);
    }

    public void CopyTo(string folder) => Copy(new DirectoryInfo(_temporary.Of("fresh")), folder);

    public ValueTask DisposeAsync()
    {
        _temporary.Dispose();
        return ValueTask.CompletedTask;
    }

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to, from.UnixFileMode);
        foreach (var file in from.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(to, file.Name));
        }

        foreach (var folder in from.EnumerateDirectories())
        {
            Copy(folder, Path.Combine(to, folder.Name));
        }
    }
}
