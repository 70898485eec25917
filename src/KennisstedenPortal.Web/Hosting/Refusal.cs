using KennisstedenPortal.Data.StarterData;
using KennisstedenPortal.LocalPostgres;
using Microsoft.AspNetCore.Connections;

namespace KennisstedenPortal.Web.Hosting;

/// <summary>Something the person who starts the portal can mend; it is said in one sentence, without a stack trace.</summary>
internal sealed class StartRefusedException(string sentence) : Exception(sentence);

internal static class Refusal
{
    /// <summary>The sentence to print, or null when it is a defect that deserves its stack trace.</summary>
    public static string? Explains(Exception e) => e switch
    {
        StartRefusedException or StarterDataException or PostgresNotFoundException or PostgresStartException => e.Message,
        IOException { InnerException: AddressInUseException } => $"The portal cannot start: {e.Message}",
        _ => null,
    };
}
