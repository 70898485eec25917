using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace KennisstedenPortal.BrowserTests;

/// <summary>
/// One address in front of portals, as a proxy with sticky sessions: every connection goes to the first portal that takes it. Its
/// lines can hang and break.
/// </summary>
internal sealed class Forwarder : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, byte> _open = new();
    private readonly Uri[] _portals;
    private readonly Task _accepting;
    private volatile TaskCompletionSource _flow = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Forwarder(params Uri[] portals)
    {
        _portals = portals;
        _flow.SetResult();
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Nothing comes through any more, and nobody is told.</summary>
    public void Hang() => _flow = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Every line breaks, and what was under way is lost. New ones work.</summary>
    public void Break()
    {
        foreach (var line in _open.Keys) line.Dispose();
        _flow.TrySetResult();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It was stopped.
        }
    }

    private async Task ServeAsync(TcpClient browser)
    {
        _open[browser] = 0;
        foreach (var portal in _portals)
        {
            using var line = new TcpClient();
            try
            {
                await line.ConnectAsync(IPAddress.Loopback, portal.Port);
            }
            catch (SocketException)
            {
                continue;
            }
            _open[line] = 0;
            await Task.WhenAny(CopyAsync(browser, line), CopyAsync(line, browser));
            _open.TryRemove(line, out _);
            break;
        }
        _open.TryRemove(browser, out _);
        browser.Dispose();
    }

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is > 0 and var read)
            {
                await _flow.Task;
                await to.GetStream().WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Either side went away.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        Break();
    }
}
