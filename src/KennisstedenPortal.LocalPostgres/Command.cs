using System.ComponentModel;
using System.Diagnostics;

namespace KennisstedenPortal.LocalPostgres;

/// <summary>Runs a short-lived program. Arguments go as a list, so that no shell sees them.</summary>
internal static class Command
{
    internal sealed record Result(int ExitCode, string Output)
    {
        public bool Succeeded => ExitCode == 0;
    }

    /// <summary>
    /// Runs to the end, with both outputs joined and without PostgreSQL's own <c>PG*</c> environment variables.
    /// Null when the program does not exist or cannot run on this machine. Cancelling ends the program itself, not its children.
    /// </summary>
    public static async Task<Result?> RunAsync(IReadOnlyList<string> command, string? workingFolder, CancellationToken ct)
    {
        var start = new ProcessStartInfo(command[0])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingFolder ?? "/",
        };
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }

        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var errors = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return new Result(process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }
}
