namespace KennisstedenPortal.LocalPostgres;

/// <summary>Lets one process at a time make, start or stop the server of a data folder. Ends by itself when its holder is killed.</summary>
internal static class StartLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<FileStream> TakeAsync(string dataFolder, CancellationToken ct)
    {
        var deadline = new Deadline(Patience);
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(dataFolder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e.GetType() == typeof(IOException) && !deadline.HasPassed)
            {
                await Deadline.PauseAsync(ct);
            }
        }
    }
}
