using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace KennisstedenPortal.LocalPostgres;

/// <summary>The first words of PostgreSQL's protocol, enough to know whether a server lets people in. No password is sent.</summary>
internal static class Handshake
{
    private const int ProtocolVersion = 3 << 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>
    /// True when a PostgreSQL on this port of 127.0.0.1 asks for a password, or refuses for another reason than that it is starting or
    /// stopping (SQLSTATE 57P03).
    /// </summary>
    public static async Task<bool> IsAnsweredAsync(int port, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, patience.Token);
            var stream = client.GetStream();
            await stream.WriteAsync(StartupMessage(), patience.Token);
            var answer = new byte[1024];
            var length = await stream.ReadAsync(answer, patience.Token);
            return length > 0 && answer[0] switch
            {
                (byte)'R' => true,
                (byte)'E' => answer.AsSpan(0, length).IndexOf("C57P03"u8) < 0,
                _ => false,
            };
        }
        catch (Exception e) when (e is SocketException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return false;
        }
    }

    private static byte[] StartupMessage()
    {
        var parameters = Encoding.ASCII.GetBytes("user\0postgres\0database\0postgres\0\0");
        var message = new byte[8 + parameters.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), ProtocolVersion);
        parameters.CopyTo(message, 8);
        return message;
    }
}
