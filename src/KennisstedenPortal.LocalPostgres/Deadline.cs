namespace KennisstedenPortal.LocalPostgres;

/// <summary>A moment after which waiting ends, and the short pause between two looks.</summary>
internal readonly struct Deadline(TimeSpan within)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly long _end = Environment.TickCount64 + (long)within.TotalMilliseconds;

    public bool HasPassed => Environment.TickCount64 > _end;

    public static Task PauseAsync(CancellationToken ct) => Task.Delay(Pause, ct);
}
