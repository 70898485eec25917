using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Data.People;

namespace KennisstedenPortal.Data.Tests.Agenda;

internal static class AgendaWriters
{
    /// <summary>On the clock of the database, unless another is given.</summary>
    public static ProgressWriter Progress(this TestDatabase database, TimeProvider? time = null) =>
        new(database, new AccessLinkWriter(database, time ?? database.Time), new Outbox(time ?? database.Time), new PortalLinks("https://portaal.example"), time ?? database.Time);
}
