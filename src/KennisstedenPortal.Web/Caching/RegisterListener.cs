using KennisstedenPortal.Data;
using Npgsql;

namespace KennisstedenPortal.Web.Caching;

/// <summary>
/// Moves the register generation with every commit of every instance. While the database is away nothing moves, so that
/// cached pages keep answering; a new connection moves it once, since changes may have been missed.
/// </summary>
internal sealed partial class RegisterListener(NpgsqlDataSource source, RegisterGeneration generation, TimeProvider time, ILogger<RegisterListener> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var lost = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(stoppingToken);
                connection.Notification += (_, _) => generation.Advance();
                await using (var command = new NpgsqlCommand($"listen {RegisterGeneration.Channel}", connection)) await command.ExecuteNonQueryAsync(stoppingToken);
                generation.Advance();
                lost = false;
                while (true) await connection.WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException)
            {
                // Once per outage.
                if (!lost) LostConnection(logger, e.Message);
                lost = true;
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The connection that listens for changes was lost: {Reason}")]
    private static partial void LostConnection(ILogger logger, string reason);
}
