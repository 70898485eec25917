using System.Globalization;
using System.Text.RegularExpressions;

namespace KennisstedenPortal.LocalPostgres;

/// <summary>The folder of a PostgreSQL whose <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c> run on this machine.</summary>
/// <remarks>
/// PostgreSQL's own programs call each other through a shell: this folder's path may hold spaces and single quotes, but no
/// <c>"</c>, <c>$</c>, <c>`</c> or <c>\</c>. The data folder's path may hold anything.
/// </remarks>
internal sealed partial record PostgresBinaries(string Folder, int MajorVersion)
{
    private const int OldestVersion = 15;

    private static readonly string[] Programs = ["initdb", "pg_ctl", "postgres"];

    public string InitDb => Path.Combine(Folder, "initdb");

    public string PgCtl => Path.Combine(Folder, "pg_ctl");

    /// <summary>The folders where this machine itself may have PostgreSQL: the PATH, then Debian's, newest version first.</summary>
    public static IEnumerable<string> MachineFolders()
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            // A link in /usr/local/bin or the like leads to the real folder, where the other programs and the libraries are.
            var initDb = new FileInfo(Path.Combine(folder, "initdb"));
            if (initDb.Exists && (initDb.ResolveLinkTarget(returnFinalTarget: true) ?? initDb) is { } real)
            {
                yield return Path.GetDirectoryName(real.FullName)!;
            }
        }

        var debian = new DirectoryInfo("/usr/lib/postgresql");
        if (debian.Exists)
        {
            foreach (var version in debian.GetDirectories().OrderByDescending(d => int.TryParse(d.Name, CultureInfo.InvariantCulture, out var n) ? n : 0))
            {
                yield return Path.Combine(version.FullName, "bin");
            }
        }
    }

    /// <summary>The npm package if it is at or above the folder, else the first of the machine's folders that works.</summary>
    /// <param name="searchFolder">Where to look upwards for the npm package.</param>
    /// <param name="machineFolders">See <see cref="MachineFolders"/>.</param>
    /// <param name="dataVersion">The major version existing data were made with: no other version reads them. Null when there are none.</param>
    /// <param name="ct">Ends the search.</param>
    /// <exception cref="PostgresNotFoundException">Nothing fits.</exception>
    public static async Task<PostgresBinaries> FindAsync(
        string searchFolder, IEnumerable<string> machineFolders, int? dataVersion, CancellationToken ct)
    {
        var native = EmbeddedPackage.FindNative(searchFolder);
        if (native is not null)
        {
            await EmbeddedPackage.RestoreLinksAsync(native, ct);
        }

        var found = new SortedSet<int>();
        IEnumerable<string> packageFolder = native is null ? [] : [Path.Combine(native, "bin")];
        foreach (var folder in packageFolder.Concat(machineFolders).Distinct(StringComparer.Ordinal))
        {
            if (await VersionAsync(folder, ct) is { } version and >= OldestVersion)
            {
                if (dataVersion is null || dataVersion == version)
                {
                    return new PostgresBinaries(folder, version);
                }

                found.Add(version);
            }
        }

        throw new PostgresNotFoundException(found.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"No PostgreSQL {OldestVersion} or newer was found.")
            : string.Create(CultureInfo.InvariantCulture,
                $"The data were made by PostgreSQL {dataVersion}, which no other version can read; found here: {string.Join(", ", found)}. Install that version, or remove the data to start afresh."));
    }

    private static async Task<int?> VersionAsync(string folder, CancellationToken ct)
    {
        if (!Array.TrueForAll(Programs, p => File.Exists(Path.Combine(folder, p))))
        {
            return null;
        }

        var result = await Command.RunAsync([Path.Combine(folder, "postgres"), "-V"], workingFolder: null, ct);
        return result is { Succeeded: true } && VersionPattern().Match(result.Output) is { Success: true } match
            ? int.Parse(match.Groups["major"].ValueSpan, CultureInfo.InvariantCulture)
            : null;
    }

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>[0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionPattern();
}
