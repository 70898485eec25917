namespace KennisstedenPortal.Data.Tests.Mail;

/// <summary>A clock that tells what the test says.</summary>
internal sealed class Clock(DateTimeOffset now) : TimeProvider
{
    /// <summary>A Tuesday at noon in the Netherlands.</summary>
    public static Clock Tuesday => new(new(2026, 11, 24, 11, 0, 0, TimeSpan.Zero));

    public DateTimeOffset Now { get; set; } = now;
    public override DateTimeOffset GetUtcNow() => Now;
}
