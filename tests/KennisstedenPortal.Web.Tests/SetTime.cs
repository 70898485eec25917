using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KennisstedenPortal.Web.Tests;

/// <summary>A clock that tells what the test says; timers run as always.</summary>
internal sealed class SetTime(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    public override DateTimeOffset GetUtcNow() => Now;
}

internal static class ServiceSettings
{
    public static void Use(this IServiceCollection services, TimeProvider time) => services.Replace(ServiceDescriptor.Singleton(time));
}
