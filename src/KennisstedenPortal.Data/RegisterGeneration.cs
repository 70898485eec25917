namespace KennisstedenPortal.Data;

/// <summary>
/// A number that moves whenever anything in the register may have changed. Cached pages carry it in their key; it is read
/// before the page queries, so a slow page can never store old data under a new number.
/// </summary>
public sealed class RegisterGeneration
{
    /// <summary>PostgreSQL channel on which every commit is announced to every instance.</summary>
    public const string Channel = "register_changed";

    private long _current = DateTime.UtcNow.Ticks;

    public long Current => Interlocked.Read(ref _current);

    /// <summary>
    /// Something may have changed, here or on another instance. Told on the thread that says so: a listener only notes it and
    /// returns, and takes itself off when it is done.
    /// </summary>
    public event EventHandler? Moved;

    public void Advance()
    {
        Interlocked.Increment(ref _current);
        Moved?.Invoke(this, EventArgs.Empty);
    }
}
