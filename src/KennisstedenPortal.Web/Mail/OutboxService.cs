using System.Net.Sockets;
using KennisstedenPortal.Data.Mail;
using Npgsql;

namespace KennisstedenPortal.Web.Mail;

/// <summary>
/// Sends mail while the portal runs: at once when one is added (PostgreSQL tells every instance, one of them gets it), and
/// when an earlier attempt is due again. Also what waited while no portal ran, or the database was away.
/// </summary>
internal sealed partial class OutboxService(NpgsqlDataSource source, OutboxSender sender, TimeProvider time, ILogger<OutboxService> logger) : BackgroundService
{
    /// <summary>Nobody tells that a mail is due again, or that another instance died: look at least this often.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var lost = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(stoppingToken);
                // Listening begins before the first look, so nothing falls in between.
                await using (var command = new NpgsqlCommand($"listen {Outbox.Channel}", connection)) await command.ExecuteNonQueryAsync(stoppingToken);
                lost = false;
                while (!stoppingToken.IsCancellationRequested)
                {
                    while (await sender.SendDueAsync(stoppingToken) == OutboxSender.BatchSize) stoppingToken.ThrowIfCancellationRequested();
                    await connection.WaitAsync(await UntilNextAsync(stoppingToken), stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Whatever it is, mail waits in the outbox and is tried again; told once per outage.
                if (!lost) Interrupted(logger, e is NpgsqlException or IOException or SocketException or TimeoutException ? null : e, e.Message);
                lost = true;
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<TimeSpan> UntilNextAsync(CancellationToken stopping)
    {
        if (await sender.NextDueAsync(stopping) is not { } due) return Longest;
        var wait = due - time.GetUtcNow();
        // Due now, but another instance is at it: look again soon.
        return wait <= TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : wait < Longest ? wait : Longest;
    }

    [LoggerMessage(LogLevel.Warning, "Sending mail was interrupted and is tried again: {Reason}")]
    private static partial void Interrupted(ILogger logger, Exception? e, string reason);
}
