namespace KennisstedenPortal.LocalPostgres;

/// <summary>
/// PostgreSQL refuses to run as root. This is the command to put in front of its programs, so that it does not see itself as root.
/// Each of them replaces itself by the program, so the process id stays the same.
/// </summary>
/// <remarks>
/// <para>Not root: nothing is needed.</para>
/// <para><c>unshare</c>: a user namespace in which root is called user 1000. The files stay root's.</para>
/// <para>
/// <c>setpriv</c>, where user namespaces are off (Docker's default) or the folders belong to someone else: user and group 65534
/// (nobody), who becomes owner of the data folder. The capability to pass file permissions is kept if it can be, so that the programs
/// and the data may lie in a folder that is closed to nobody; where the container has taken that capability away, the folders above both
/// must be open to everyone.
/// </para>
/// </remarks>
internal sealed class PrivilegeDrop
{
    private const string Nobody = "65534";

    private static readonly string[] Unshare = ["unshare", "--user", "--map-user=1000", "--map-group=1000"];
    private static readonly string[] SetPriv = ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups"];
    private static readonly string[] KeepFileAccess = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"];

    private readonly IReadOnlyList<string> _prefix;
    private readonly bool _changesOwner;

    private PrivilegeDrop(IReadOnlyList<string> prefix, bool changesOwner)
    {
        _prefix = prefix;
        _changesOwner = changesOwner;
    }

    /// <summary>The first way that works here and can reach both folders.</summary>
    /// <exception cref="PostgresStartException">This is root and no way works.</exception>
    public static async Task<PrivilegeDrop> ChooseAsync(string dataFolder, string binaryFolder, CancellationToken ct)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new PrivilegeDrop([], changesOwner: false);
        }

        PrivilegeDrop[] ways =
        [
            new(Unshare, changesOwner: false),
            new([.. SetPriv, .. KeepFileAccess], changesOwner: true),
            new(SetPriv, changesOwner: true),
        ];
        foreach (var way in ways)
        {
            await way.HandOverAsync(dataFolder, ct);
            var trial = await way.RunAsync(["sh", "-c", "test -w \"$1\" && test -x \"$2\"", "sh", dataFolder, binaryFolder], dataFolder, ct);
            if (trial is { Succeeded: true })
            {
                return way;
            }
        }

        throw new PostgresStartException(
            "PostgreSQL refuses to run as root, and neither unshare nor setpriv (util-linux) could make it another user here. " +
            $"Run as another user, or make {dataFolder} and {binaryFolder} reachable for everyone.");
    }

    /// <summary>Runs a program of PostgreSQL in this way; null when it cannot be run.</summary>
    public Task<Command.Result?> RunAsync(IReadOnlyList<string> command, string workingFolder, CancellationToken ct) =>
        Command.RunAsync([.. _prefix, .. command], workingFolder, ct);

    /// <summary>Gives a file or folder, with all in it, to the user PostgreSQL will run as.</summary>
    public async Task HandOverAsync(string path, CancellationToken ct)
    {
        if (_changesOwner)
        {
            await Command.RunAsync(["chown", "-R", $"{Nobody}:{Nobody}", path], workingFolder: null, ct);
        }
    }
}
