using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Working.Shared;

/// <summary>Tells a database that is away for a moment from a defect.</summary>
internal static class Outage
{
    public static bool Is(Exception error) => error is DbException or DbUpdateException or TimeoutException or InvalidOperationException { InnerException: DbException };
}
