using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace KennisstedenPortal.Testing;

/// <summary>The whole portal in this process, on real Kestrel at a free port, against a test database.</summary>
public sealed class PortalUnderTest : IAsyncDisposable
{
    private readonly Host _host;

    private PortalUnderTest(Host host, Uri address, TestDatabase database)
    {
        (_host, BaseAddress, Database) = (host, address, database);
        Client = NewClient(address);
    }

    /// <summary>With a slash at the end.</summary>
    public Uri BaseAddress { get; }
    public TestDatabase Database { get; }
    public IServiceProvider Services => _host.Services;

    /// <summary>Follows no redirect, keeps no cookie, decompresses nothing.</summary>
    public HttpClient Client { get; }

    /// <param name="database">Is not disposed with the portal.</param>
    /// <param name="settings">Configuration by key; it wins from the files. By default every host name is allowed and only fatal errors are logged.</param>
    /// <param name="services">Replaces services of the host.</param>
    public static PortalUnderTest Start(TestDatabase database, IReadOnlyDictionary<string, string>? settings = null, Action<IServiceCollection>? services = null)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Portal"] = database.Application,
            // Not UseKestrel(0): that sets the port after Program may have started the server already.
            ["urls"] = "http://127.0.0.1:0",
            ["AllowedHosts"] = "*",
            // Only for tests of mail and schedule: others would be mailed to nobody.
            ["Portal:BackgroundWork"] = "false",
            ["Serilog:MinimumLevel:Default"] = "Fatal",
            ["Serilog:MinimumLevel:Override:Serilog.AspNetCore.RequestLoggingMiddleware"] = "Fatal",
            ["Serilog:MinimumLevel:Override:Microsoft"] = "Fatal",
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal)) all[key] = value;
        var host = new Host(all, services);
        host.UseKestrel();
        host.StartServer();
        var address = new Uri(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return new PortalUnderTest(host, new UriBuilder(address) { Host = "localhost" }.Uri, database);
    }

    public static HttpClient NewClient(Uri address)
    {
        // Owned by the client.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 32 };
        return new HttpClient(handler, disposeHandler: true) { BaseAddress = address };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.DisposeAsync();
    }

    [SuppressMessage("Design", "CA1852", Justification = "The factory makes it.")]
    private sealed class Host(IReadOnlyDictionary<string, string> settings, Action<IServiceCollection>? services) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            // As settings, not as a later configuration source: Program reads them before it decides on a database of its own.
            foreach (var (key, value) in settings) builder.UseSetting(key, value);
            builder.UseEnvironment("Development");
            if (services is not null) builder.ConfigureTestServices(services);
        }
    }
}
