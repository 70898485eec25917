using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace KennisstedenPortal.Web.Tests.Mail;

/// <summary>A mail server on a free port that speaks just enough SMTP, and answers each command as the test says.</summary>
internal sealed class SmtpListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public SmtpListener()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _serving = ServeAsync();
    }

    public int Port { get; }
    /// <summary>Answers by the first word of a command, and "." for the end of a message; null breaks the connection.</summary>
    public ConcurrentDictionary<string, string?> Answers { get; } = new(StringComparer.Ordinal);
    public ConcurrentQueue<string> Commands { get; } = [];
    /// <summary>Messages that were accepted, as they came.</summary>
    public ConcurrentQueue<string> Messages { get; } = [];

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                try
                {
                    await TalkAsync(client.GetStream());
                }
                catch (IOException)
                {
                    // The other side went away.
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 test");
        while (await reader.ReadLineAsync(_stop.Token) is { } command)
        {
            Commands.Enqueue(command);
            var word = command.Split(' ', ':')[0].ToUpperInvariant();
            if (Answers.TryGetValue(word, out var answer) && answer is null) return;
            await writer.WriteLineAsync(answer ?? word switch { "EHLO" => "250-test\r\n250 8BITMIME", "DATA" => "354 go on", "QUIT" => "221 bye", _ => "250 ok" });
            if (word == "QUIT") return;
            if (word != "DATA" || answer is not null) continue;
            var message = new StringBuilder();
            while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".") message.Append(line).Append('\n');
            if (Answers.TryGetValue(".", out answer) && answer is null) return;
            if (answer is null) Messages.Enqueue(message.ToString());
            await writer.WriteLineAsync(answer ?? "250 queued");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Stop();
        _stop.Dispose();
        _listener.Dispose();
    }
}
