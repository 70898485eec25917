using System.Globalization;
using System.Text;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;

namespace KennisstedenPortal.Data.Mail;

/// <summary>A line of a mail that leads to a page.</summary>
public sealed record MailLine(string Text, string Address);

/// <summary>What happened, under one heading of a summary.</summary>
/// <param name="More">How many more there are than the lines show.</param>
public sealed record SummaryGroup(NoticeSort Sort, IReadOnlyList<MailLine> Lines, int More);

/// <summary>The texts of all mails, in both languages: plain words, one thing asked, links in full. Here those of the schedule; beside it those about accounts.</summary>
public static partial class MailTexts
{
    private static readonly CultureInfo DutchCulture = CultureInfo.GetCultureInfo("nl-NL"), EnglishCulture = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>What happened since the last summary, and how much waits.</summary>
    /// <param name="openProposals">Proposals that wait for this person.</param>
    /// <param name="due">Objects that this person can confirm and that are due.</param>
    public static MailText Summary(string language, string name, IReadOnlyList<SummaryGroup> groups, int openProposals, int due, PortalLinks links)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(links);
        var t = new Writer(language);
        var body = t.Begin(name).Line(t.T("Dit is er gebeurd met gegevens die u bijhoudt of waarvoor u iets hebt voorgesteld.", "This is what happened to facts that you keep or for which you proposed something."));
        foreach (var group in groups)
        {
            body.Line(Heading(group.Sort, t)).Links(group.Lines);
            if (group.More > 0) body.Continue(t.T($"- en nog {group.More}", $"- and {group.More} more"));
        }
        if (openProposals + due > 0)
        {
            string[] waits = [.. new[]
            {
                openProposals == 0 ? null : t.Count(openProposals, "voorstel wacht op uw oordeel", "voorstellen wachten op uw oordeel", "proposal waits for your decision", "proposals wait for your decision"),
                due == 0 ? null : t.Count(due, "gegeven wacht op uw bevestiging", "gegevens wachten op uw bevestiging", "entry waits for your confirmation", "entries wait for your confirmation"),
            }.OfType<string>()];
            body.Line(t.T("Wat op u wacht: ", "What waits for you: ") + string.Join(t.T(" en ", " and "), waits) + ".").Continue(links.Workplace);
        }
        return body.End(t.T("Nieuws over uw gegevens in het Kennisstedenportaal", "News about your facts in the Kennisstedenportaal"),
            t.T("U krijgt hooguit één zo'n mail per dag, en alleen als er iets te melden is.", "You get at most one such mail a day, and only when there is something to tell."));
    }

    /// <summary>Asks an editor to confirm what is due.</summary>
    /// <param name="lines">What the link can confirm, the first ones due first.</param>
    /// <param name="more">How many more are due than the link holds.</param>
    /// <param name="until">Last day on which the link works.</param>
    public static MailText Review(string language, string name, IReadOnlyList<string> lines, int more, string link, DateOnly until, PortalLinks links)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(links);
        var t = new Writer(language);
        var body = t.Begin(name)
            .Line(t.T("Wilt u kijken of deze gegevens in het Kennisstedenportaal nog kloppen? Op één pagina leest u wat er nu staat en vinkt u aan wat nog juist is. U hoeft niet in te loggen.",
                "Would you check whether these entries in the Kennisstedenportaal are still right? On one page you read what stands there now and tick what is still right. You need not sign in."))
            .Line(link)
            .Line(t.T($"De link werkt één keer, tot en met {t.Day(until)}. Hij is alleen voor u: stuur deze mail niet door. Klopt er iets niet? Dan kunt u dat op dezelfde pagina opschrijven. Er verandert niets aan de gegevens zonder dat iemand het nakijkt.",
                $"The link works once, until {t.Day(until)} inclusive. It is for you only: do not forward this mail. Is something wrong? You can write that down on the same page. Nothing in the register changes before somebody has looked at it."))
            .Line(t.T("Het gaat om:", "It concerns:"));
        foreach (var line in lines) body.Continue("- " + line);
        if (more > 0)
            body.Line(t.T($"Er {(more == 1 ? "wacht" : "wachten")} nog {more} andere op bevestiging. Die vindt u op uw werkplek:", $"{t.Count(more, "", "", "other entry waits", "other entries wait")} for confirmation. You find {(more == 1 ? "it" : "them")} on your workplace:")).Continue(links.Workplace);
        return body.End(t.T("Kloppen uw gegevens in het Kennisstedenportaal nog?", "Are your entries in the Kennisstedenportaal still right?"),
            t.T("U krijgt deze vraag hooguit één keer per maand, zolang er iets te bevestigen is.", "You are asked at most once a month, as long as something is to be confirmed."));
    }

    /// <summary>Warns that drafts of long ago will be removed.</summary>
    public static MailText StaleDrafts(string language, string name, IReadOnlyList<string> lines, DateOnly removal, PortalLinks links)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(links);
        var t = new Writer(language);
        var body = t.Begin(name)
            .Line(t.T("U hebt concepten in het Kennisstedenportaal waaraan langer dan een jaar niets is veranderd:", "You have drafts in the Kennisstedenportaal in which nothing changed for more than a year:"));
        foreach (var line in lines) body.Continue("- " + line);
        body.Line(t.T($"Op {t.Day(removal)} worden ze verwijderd. Wilt u een concept houden? Open het dan voor die dag op uw werkplek, en verander iets of sla het op:",
            $"They will be removed on {t.Day(removal)}. Do you want to keep a draft? Then open it on your workplace before that day, and change something or save it:")).Continue(links.Workplace);
        return body.End(t.T("Oude concepten worden verwijderd", "Old drafts will be removed"), null);
    }

    /// <summary>Asks for an update on an action, of somebody who need not have an account.</summary>
    /// <param name="until">The last day on which the link works.</param>
    public static MailText AskForUpdate(string language, string organisation, string action, string link, DateOnly until)
    {
        var t = new Writer(language);
        return t.Begin(organisation)
            .Line(t.T($"Hoe staat het met {action}? Uw organisatie is eigenaar van deze actie in de verbindingsagenda van de kennissteden. Via deze link meldt u het in twee minuten. U hoeft niet in te loggen.",
                $"How is {action} going? Your organisation owns this action in the verbindingsagenda of the knowledge cities. By this link you report it in two minutes. You need not sign in."))
            .Line(link)
            .Line(t.T($"De link werkt één keer, tot en met {t.Day(until)}. Wie hem heeft, kan namens uw organisatie melden: stuur hem alleen door aan een collega. Wat u meldt, staat meteen bij de actie.",
                $"The link works once, until {t.Day(until)} inclusive. Who has it can report for your organisation: forward it to a colleague only. What you report stands with the action at once."))
            .End(t.T($"Hoe staat het met {action}?", $"How is {action} going?"), t.T("U krijgt deze mail omdat iemand die de agenda bijhoudt om voortgang vroeg. Uw adres wordt nergens anders voor gebruikt.", "You get this mail since somebody who keeps the agenda asked for an update. Your address is used for nothing else."));
    }

    /// <summary>The briefing of a party for a meeting, by a link that reads and does nothing else.</summary>
    /// <param name="until">The last day on which the link works.</param>
    public static MailText Briefing(string language, string party, string meeting, DateOnly? day, string link, DateOnly until)
    {
        var t = new Writer(language);
        var when = day is { } on ? t.T($" van {t.Day(on)}", $" of {t.Day(on)}") : "";
        return t.Begin(party)
            .Line(t.T($"Hier staat in één minuut wat u moet weten voor {meeting}{when}: wat er wordt gevraagd, wat u toezegde en wat te laat is. U hoeft niet in te loggen.",
                $"Here is in one minute what you must know for {meeting}{when}: what is asked, what you committed to and what is late. You need not sign in."))
            .Line(link)
            .Line(t.T($"De link werkt tot en met {t.Day(until)}. Wie hem heeft, kan lezen wat er staat: stuur hem alleen door aan wie u naar het overleg stuurt.",
                $"The link works until {t.Day(until)} inclusive. Who has it can read what is there: forward it only to whom you send to the meeting."))
            .End(t.T($"Briefing voor {party}: {meeting}", $"Briefing for {party}: {meeting}"), t.T("U krijgt deze mail omdat het secretariaat van de agenda hem aan dit adres stuurde. Uw adres wordt nergens anders voor gebruikt.", "You get this mail since the secretariat of the agenda sent it to this address. Your address is used for nothing else."));
    }

    private static string Heading(NoticeSort sort, Writer t) => sort switch
    {
        NoticeSort.ProposalMade => t.T("Nieuwe voorstellen", "New proposals"),
        NoticeSort.ProposalAccepted => t.T("Uw voorstellen die zijn overgenomen", "Your proposals that were accepted"),
        NoticeSort.ProposalRejected => t.T("Uw voorstellen die zijn afgewezen", "Your proposals that were rejected"),
        NoticeSort.RelationReported => t.T("Relaties die een ander heeft gemeld; klopt dit?", "Relations that somebody else reported; are they right?"),
        NoticeSort.RelationConfirmed => t.T("Relaties die de andere kant heeft bevestigd", "Relations that the other side confirmed"),
        NoticeSort.RelationDisputed => t.T("Relaties die de andere kant tegenspreekt", "Relations that the other side disputes"),
        NoticeSort.Changed => t.T("Gewijzigd door een ander", "Changed by somebody else"),
        NoticeSort.ReviewDue => t.T("Opnieuw te bevestigen", "To be confirmed again"),
        NoticeSort.DeadlineNear => t.T("Moet binnen twee weken klaar zijn", "Due within two weeks"),
        NoticeSort.DeadlineToday => t.T("Moet vandaag klaar zijn, of had deze week klaar moeten zijn", "Due today, or this week"),
        NoticeSort.UpdateAsked => t.T("Het secretariaat vraagt hoe het gaat met", "The secretariat asks how it is going with"),
        NoticeSort.DeadlinePassed => t.T("Een week te laat of meer: rond het af, of zet er een nieuwe dag bij", "A week late or more: finish it, or set another day"),
        _ => throw new ArgumentOutOfRangeException(nameof(sort), sort, null),
    };

    /// <summary>Builds one mail: paragraphs with a blank line between them.</summary>
    private sealed class Writer(string language)
    {
        private readonly StringBuilder _text = new();

        public string T(string nl, string en) => new Text(nl, en).In(language);

        public string Day(DateOnly day) => day.ToString("d MMMM yyyy", T("nl", "en") == "en" ? EnglishCulture : DutchCulture);

        public string Count(int number, string nlOne, string nlMany, string enOne, string enMany) => string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? T(nlOne, enOne) : T(nlMany, enMany))}");

        public Writer Begin(string name)
        {
            _text.Append(T("Beste ", "Dear ")).Append(name).Append(',');
            return this;
        }

        /// <summary>A paragraph of its own.</summary>
        public Writer Line(string text)
        {
            _text.Append("\n\n").Append(text);
            return this;
        }

        /// <summary>On the next line of the same paragraph.</summary>
        public Writer Continue(string text)
        {
            _text.Append('\n').Append(text);
            return this;
        }

        public Writer Links(IReadOnlyList<MailLine> lines)
        {
            foreach (var line in lines) Continue("- " + line.Text).Continue("  " + line.Address);
            return this;
        }

        public MailText End(string subject, string? why)
        {
            Line(T("Met vriendelijke groet,", "Kind regards,")).Continue("Kennisstedenportaal");
            if (why is not null) Line(why);
            return new(subject, _text.ToString());
        }
    }
}
