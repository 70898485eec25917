using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Components;

namespace KennisstedenPortal.Web.Hosting;

/// <summary>
/// Tells working pages from reading pages before anything is routed: a working page has a first segment that no reading page
/// has. Only there is anybody signed in, are there cookies, and is nothing cached.
/// </summary>
internal static class WorkingAddresses
{
    /// <summary>Where circuits connect.</summary>
    public const string Circuits = "/_blazor";
    /// <summary>The part of a route that nobody may read back: of links in mails.</summary>
    private const string Secret = "{secret";

    private static readonly string[] Routes = [.. typeof(Working.App).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes<RouteAttribute>()).Select(r => WithoutLanguage(r.Template))];
    private static readonly FrozenSet<string> Firsts = Routes.Select(First).Concat([First(Circuits), "uitloggen"]).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenSet<string> WithSecret = Routes.Where(r => r.Contains(Secret, StringComparison.Ordinal)).Select(First).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyCollection<string> FirstSegments => Firsts;

    public static bool IsWorking(this HttpContext context) => Firsts.Contains(First(WithoutLanguage(context.Request.Path.Value ?? "")));

    /// <summary>The path as a log may hold it: the secret of a link is left out.</summary>
    public static string Loggable(string path)
    {
        var plain = WithoutLanguage(path.Split('?')[0]);
        return WithSecret.Contains(First(plain)) ? $"/{First(plain)}/…" : path;
    }

    private static string First(string path) => path.TrimStart('/').Split('/', '?')[0];
    private static string WithoutLanguage(string path) => string.Equals(path, "/en", StringComparison.OrdinalIgnoreCase) ? "/" : path.StartsWith("/en/", StringComparison.OrdinalIgnoreCase) ? path[3..] : path;
}
