namespace KennisstedenPortal.Testing;

/// <summary>Waits for something to become so. How long that takes is never asserted: the deadline only ends a hopeless wait.</summary>
public static class Poll
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <exception cref="TimeoutException">It did not become so within a minute.</exception>
    public static async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        var deadline = DateTime.UtcNow.AddMinutes(1);
        while (!await isSo())
        {
            if (DateTime.UtcNow > deadline) throw new TimeoutException($"Not within a minute: {what}");
            await Task.Delay(Pause);
        }
    }
}
