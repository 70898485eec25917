using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.HttpOverrides;

namespace KennisstedenPortal.Web.Hosting;

/// <summary>
/// The proxies whose word on the visitor's address and scheme counts, by <c>Portal:Proxies</c>. Nobody else's does: else
/// anybody could pass for anybody at the limits on signing in.
/// </summary>
internal static partial class Proxies
{
    private const string Key = "Portal:Proxies";

    /// <exception cref="StartRefusedException">One is neither an address nor a network.</exception>
    public static void AddProxies(this WebApplicationBuilder builder)
    {
        var known = Known(builder.Configuration);
        builder.Services.Configure<ForwardedHeadersOptions>(o =>
        {
            if (known.Count == 0) return;
            o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // As many hops as are known, and no further.
            o.ForwardLimit = null;
            o.KnownProxies.Clear();
            o.KnownIPNetworks.Clear();
            foreach (var network in known) o.KnownIPNetworks.Add(network);
        });
    }

    public static void UseProxies(this WebApplication app)
    {
        if (Known(app.Configuration).Count > 0) app.UseForwardedHeaders();
        else if (!app.Environment.IsDevelopment()) NoProxy(app.Logger);
    }

    /// <summary>Whom a limit counts as one: an IPv4 address, or the network of an IPv6 address, in which one party has all addresses.</summary>
    public static string PartyOf(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress([.. address.GetAddressBytes().Take(8), .. new byte[8]]) + "/64" : address.ToString();
    }

    private static List<System.Net.IPNetwork> Known(IConfiguration configuration) => [.. (configuration[Key] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(text =>
        System.Net.IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new System.Net.IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
        : throw new StartRefusedException($"Portal__Proxies: {text} is neither an address nor a network such as 10.0.0.0/24."))];

    [LoggerMessage(LogLevel.Warning, "Portal__Proxies is not set. Behind a proxy all visitors then share one limit on signing in.")]
    private static partial void NoProxy(ILogger logger);
}
