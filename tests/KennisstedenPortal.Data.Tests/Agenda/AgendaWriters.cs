using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Data.Meetings;
using KennisstedenPortal.Data.People;

namespace KennisstedenPortal.Data.Tests.Agenda;

internal static class AgendaWriters
{
    /// <summary>On the clock of the database, unless another is given.</summary>
    public static ProgressWriter Progress(this TestDatabase database, TimeProvider? time = null) =>
        new(database, new AccessLinkWriter(database, time ?? database.Time), new Outbox(time ?? database.Time), new PortalLinks("https://portaal.example"), time ?? database.Time);

    public static MeetingQuery Meetings(this TestDatabase database, TimeProvider? time = null) => new(database, time ?? database.Time);

    public static BriefingQuery Briefings(this TestDatabase database, TimeProvider? time = null) => new(database, new AccessLinkWriter(database, time ?? database.Time), time ?? database.Time);

    public static BriefingLinks BriefingLinks(this TestDatabase database, TimeProvider? time = null) =>
        new(database, new AccessLinkWriter(database, time ?? database.Time), new Outbox(time ?? database.Time), new PortalLinks("https://portaal.example"), time ?? database.Time);
}
