using System.Text;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace KennisstedenPortal.Web.Hosting;

/// <summary>
/// Writes log events to standard output, all that came in within a moment at once: a line written by itself for each request
/// cost more than the page from the cache. Stopping writes what is left; a process that is killed loses the last moment.
/// </summary>
internal sealed class ConsoleLines(ITextFormatter formatter) : IBatchedLogEventSink, IDisposable
{
    private const int BufferSize = 64 * 1024;
    private readonly StreamWriter _output = new(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferSize);

    public static BatchingOptions Options { get; } = new() { BatchSizeLimit = 1000, BufferingTimeLimit = TimeSpan.FromMilliseconds(200), EagerlyEmitFirstEvent = true, QueueLimit = 100_000 };

    public Task EmitBatchAsync(IReadOnlyCollection<LogEvent> batch)
    {
        foreach (var logEvent in batch) formatter.Format(logEvent, _output);
        return _output.FlushAsync();
    }

    public Task OnEmptyBatchAsync() => Task.CompletedTask;

    public void Dispose() => _output.Dispose();
}
