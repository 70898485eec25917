using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace KennisstedenPortal.Web.Tests;

/// <summary>Requests byte for byte, where a client would first tidy them.</summary>
internal static class Raw
{
    public sealed record Answer(int Status, string Head, string Body);

    public static Task<Answer> GetAsync(Uri portal, string target, string host = "localhost") =>
        SendAsync(portal, Encoding.UTF8.GetBytes($"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));

    /// <returns>Status 0 when the server closed the connection without a word.</returns>
    public static async Task<Answer> SendAsync(Uri portal, byte[] request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, portal.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(request);
        using var received = new MemoryStream();
        try
        {
            await stream.CopyToAsync(received);
        }
        catch (IOException) when (received.Length > 0)
        {
            // Kestrel may reset after an answer to what it did not read to the end.
        }
        var text = Encoding.UTF8.GetString(received.ToArray());
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal)
            ? new Answer(int.Parse(text.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture), text[..end], text[(end + 4)..])
            : new Answer(0, "", text);
    }
}
