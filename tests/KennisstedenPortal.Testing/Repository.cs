namespace KennisstedenPortal.Testing;

public static class Repository
{
    /// <summary>The folder of the checkout that these tests were built from.</summary>
    public static string Root { get; } = Find();

    /// <summary>A path in it.</summary>
    public static string Of(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "global.json"))) return folder.FullName;
        throw new DirectoryNotFoundException($"There is no global.json above {AppContext.BaseDirectory}.");
    }
}
