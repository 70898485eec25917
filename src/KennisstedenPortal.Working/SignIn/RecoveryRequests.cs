using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KennisstedenPortal.Working.SignIn;

/// <summary>
/// Requests for a new password, looked at after the page has answered: from how long the answer takes nobody can tell whether
/// an address has an account. What waits is finished when the portal stops; what is lost by a crash is asked once more.
/// </summary>
public sealed partial class RecoveryRequests(IServiceScopeFactory scopes, ILogger<RecoveryRequests> logger) : BackgroundService
{
    private const int MostWaiting = 1000;
    private readonly Channel<(string Email, string Portal)> _waiting = Channel.CreateBounded<(string, string)>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <param name="portal">Address of the portal for the link, without a slash at the end.</param>
    public void Add(string email, string portal) => _waiting.Writer.TryWrite((email, portal));

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        return base.StopAsync(cancellationToken);
    }

    [SuppressMessage("Design", "CA1031", Justification = "One request that fails must not end those after it.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Ends with the queue, not with the token, so that nothing that waits is thrown away.
        await foreach (var (email, portal) in _waiting.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<PasswordRecovery>().SendAsync(email, portal);
            }
            catch (Exception e)
            {
                Failed(logger, e);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "A request for a new password failed; who asked has to ask again.")]
    private static partial void Failed(ILogger logger, Exception exception);
}
