using KennisstedenPortal.Data.People;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Options;

namespace KennisstedenPortal.Web.SignIn;

/// <summary>How often an open circuit asks whether its session still holds; under a minute.</summary>
internal sealed class CircuitSessionOptions
{
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>When somebody last did something in the circuit.</summary>
internal sealed class CircuitActivity(TimeProvider time) : CircuitHandler
{
    public DateTimeOffset Last { get; private set; } = time.GetUtcNow();

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => context =>
    {
        Last = time.GetUtcNow();
        return next(context);
    };
}

/// <summary>A circuit outlives the cookie that opened it: it ends, too, when the session ended or nobody did anything for long.</summary>
internal sealed class CircuitSession(ILoggerFactory logs, SessionCheck check, CircuitActivity activity, TimeProvider time, IOptions<CircuitSessionOptions> options) : RevalidatingServerAuthenticationStateProvider(logs)
{
    protected override TimeSpan RevalidationInterval => options.Value.Interval;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() - activity.Last >= SessionLimits.Idle) return false;
        try
        {
            return await check.StateOfAsync(authenticationState.User, cancellationToken) == SessionState.Holds;
        }
        catch (Exception e) when (Hosting.Unavailable.StatusOf(e) == StatusCodes.Status503ServiceUnavailable)
        {
            // Nothing can be read or written now; asked again next time. Without this an outage would sign everybody out.
            return true;
        }
    }
}
