using KennisstedenPortal.Data.Export;
using KennisstedenPortal.Data.Reports;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;

namespace KennisstedenPortal.Reading.Reports;

/// <summary>A report as a file for Word or Excel, with the words of the page.</summary>
public static class ReportFiles
{
    public const string WordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    /// <param name="title">Of the report or of the edition.</param>
    /// <param name="address">Where it can be read again.</param>
    /// <param name="note">What else must be said of it: that it is withdrawn.</param>
    public static byte[] Word(ProgressReport report, string title, string address, string language, string? note = null)
    {
        var words = new ReportWords(report, language);
        var document = WordDocument.Create(title, language).Paragraph(words.Period).Paragraph(address);
        if (note is not null) document.Paragraph(note);
        foreach (var said in Notes(report, words)) document.Paragraph(said);

        document.Heading(1, words.T("Hoe de agenda ervoor staat", "Where the agenda stands"))
            .Table([words.T("Gegeven", "Figure"), words.Moment(report.Since), words.Moment(report.At)], words.Figures.Select(f => (IReadOnlyList<string>)[f.Label, words.Number(f.Before), words.Number(f.Now)]));
        foreach (var table in new[] { words.Statuses, words.Lights, words.Lines, words.Promises, words.Money }.Where(t => t.Rows.Count > 0)) document.Heading(2, table.Title).Table(table.Headers, table.Rows);

        document.Heading(1, words.T("Wat er veranderd is", "What has changed"));
        foreach (var (heading, count, none, steps) in words.Changes)
        {
            document.Heading(2, $"{heading} ({words.Number(count)})");
            if (steps.Count == 0) document.Paragraph(none);
            else document.Bullets(steps.Select(s => StepText(s, words)));
        }

        document.Heading(1, words.T("De acties", "The actions"));
        foreach (var group in report.Actions.GroupBy(a => a.Lines.Count > 0 ? a.Lines[0] : "", StringComparer.Ordinal))
        {
            document.Heading(2, LineTitle(report, group.Key, words));
            foreach (var action in group)
            {
                document.Heading(3, $"{action.Code} {action.Title}{(action.IsExample ? words.T(" (voorbeeld)", " (example)") : "")}");
                document.Paragraph(string.Join(" · ", new[] { words.T(Codes<ActionStatus>.Label(action.Status)), action.IsClosed ? null : words.LightOf(action), words.OwnerOf(action), action.EndsOn is { } end ? words.T($"tot en met {words.Day(end)}", $"until {words.Day(end)}") : null, words.MilestonesOf(action) }.OfType<string>()));
                if (action.Reason is { } reason) document.Paragraph(reason);
                if (words.SignalsOf(action).ToList() is { Count: > 0 } signals) document.Paragraph(words.T("Let op: ", "Please note: ") + string.Join(", ", signals));
                document.Bullets(action.Milestones.Select(m => $"{m.Title} ({words.WordsOf(m)}){EvidenceText(m, words)}"));
                document.Bullets(action.Promises.Select(p => $"{p.Party}: {p.Text} ({words.WordsOf(p)})"));
                document.Bullets(action.Updates.Select(u => $"{words.Day(Dutch.Day(u.At))}, {u.Organisation}{(u.OnBehalfOf is { } behalf ? words.T($", namens {behalf}", $", on behalf of {behalf}") : "")}: {words.T(Codes<TrafficLight>.Label(u.Light))}. {u.Text}"));
            }
        }
        return document.ToBytes();
    }

    /// <inheritdoc cref="Word"/>
    public static Task<byte[]> ExcelAsync(ProgressReport report, string title, string address, string language, CancellationToken cancellation, string? note = null)
    {
        var words = new ReportWords(report, language);
        string Say(string nl, string en) => words.T(nl, en);
        string Lines(ReportAction action) => string.Join(", ", action.Lines.Select(l => LineTitle(report, l, words)));
        Sheet[] sheets =
        [
            new(Say("Over dit bestand", "About this file"), [Say("Over", "About"), Say("Wat", "What")],
            [
                [Say("Titel", "Title"), title], [Say("Stand op", "As it stood on"), words.Moment(report.At)], [Say("Veranderd sinds", "Changed since"), words.Moment(report.Since)], [Say("Adres", "Address"), address], [Say("Regels van het verslag", "Rules of the report"), report.Rules],
                .. note is null ? [] : new IReadOnlyList<object?>[] { [Say("Let op", "Please note"), note] }, .. Notes(report, words).Select(n => (IReadOnlyList<object?>)[Say("Let op", "Please note"), n]),
            ]),
            new(Say("Stand", "State"), [Say("Gegeven", "Figure"), DayText.Iso(Dutch.Day(report.Since)), DayText.Iso(Dutch.Day(report.At))],
            [
                .. words.Figures.Select(f => (IReadOnlyList<object?>)[f.Label, f.Before, f.Now]),
                .. Codes<ActionStatus>.All.Select(s => (IReadOnlyList<object?>)[$"{Say("Status", "Status")}: {words.T(Codes<ActionStatus>.Label(s))}", report.Before.Of(s), report.Now.Of(s)]),
                .. Codes<TrafficLight>.All.Select(l => (IReadOnlyList<object?>)[$"{Say("Voortgang", "Progress")}: {words.T(Codes<TrafficLight>.Label(l))}", report.Before.Of(l), report.Now.Of(l)]),
            ]),
            new(Say("Acties", "Actions"), [Say("Code", "Code"), Say("Titel", "Title"), Say("Voorbeeld", "Example"), Say("Lijnen", "Lines"), Say("Status", "Status"), Say("Reden", "Reason"), Say("Voortgang", "Progress"), Say("Laatst gemeld", "Last reported"), Say("Eigenaar", "Owner"), Say("Einde", "End"), Say("Let op", "Please note"), Say("Mijlpalen", "Milestones"), Say("Waarvan afgerond", "Of which completed"), Say("Meldingen in de periode", "Updates in the period")],
                report.Actions.Select(a => (IReadOnlyList<object?>)[a.Code, a.Title, a.IsExample ? Say("ja", "yes") : Say("nee", "no"), Lines(a), words.T(Codes<ActionStatus>.Label(a.Status)), a.Reason, a.IsClosed ? null : words.LightOf(a), a.ReportedAt is { } at ? Dutch.Day(at) : null, words.OwnerOf(a), a.EndsOn, string.Join(", ", words.SignalsOf(a)), a.Milestones.Count, a.Completed, a.UpdateCount])),
            new(Say("Mijlpalen", "Milestones"), [Say("Code", "Code"), Say("Mijlpaal", "Milestone"), Say("Uiterlijk", "Due"), Say("Status", "Status"), Say("Afgerond op", "Completed on"), Say("In de periode", "In the period"), Say("Te laat", "Late"), Say("Bewijs: adres", "Evidence: address"), Say("Bewijs: object", "Evidence: object"), Say("Bewijs: toelichting", "Evidence: note")],
                report.Actions.SelectMany(a => a.Milestones, (a, m) => (IReadOnlyList<object?>)[a.Code, m.Title, m.DueOn, words.T(Codes<MilestoneStatus>.Label(m.Status)), m.ClosedOn, m.IsNew ? Say("ja", "yes") : Say("nee", "no"), m.IsLate ? Say("ja", "yes") : Say("nee", "no"), m.EvidenceUrl, m.EvidenceObject, m.EvidenceNote])),
            new(Say("Toezeggingen", "Commitments"), [Say("Code", "Code"), Say("Partij", "Party"), Say("Soort", "Type"), Say("Toezegging", "Commitment"), Say("Bedrag in euro", "Amount in euros"), Say("Uiterlijk", "Due"), Say("Status", "Status"), Say("Reden", "Reason")],
                report.Actions.SelectMany(a => a.Promises, (a, p) => (IReadOnlyList<object?>)[a.Code, p.Party, words.T(Codes<CommitmentSort>.Label(p.Sort)), p.Text, p.Amount, p.TermOn, words.T(Codes<CommitmentStatus>.Label(p.Status)), p.Reason])),
            new(Say("Veranderd", "Changed"), [Say("Wat", "What"), Say("Dag", "Day"), Say("Code", "Code"), Say("Titel", "Title"), Say("Verandering", "Change"), Say("Reden", "Reason")],
                words.Changes.SelectMany(c => c.Steps, (c, s) => (IReadOnlyList<object?>)[c.Title, Dutch.Day(s.At), s.Code, s.Title, s.Closed.Count > 0 ? string.Join("; ", s.Closed.Select(m => m.Title + EvidenceText(m, words))) : words.StepOf(s), s.Reason])),
        ];
        return Workbook.OfAsync(sheets, cancellation);
    }

    private static IEnumerable<string> Notes(ProgressReport report, ReportWords words)
    {
        if (report.Examples) yield return words.T("Voorbeelden tellen mee. Ze zijn verzonnen: dit zegt niets over de werkelijke agenda.", "Examples are counted. They are invented: this says nothing about the real agenda.");
        if (report.Next is not null) yield return words.T($"Dit bestand houdt hooguit {words.Number(ProgressReportQuery.MostActions)} acties; de totalen tellen ze allemaal.", $"This file holds at most {words.Number(ProgressReportQuery.MostActions)} actions; the totals count them all.");
        yield return words.T($"Van elke soort verandering staan hier hooguit de laatste {ProgressReportQuery.MostChanges}, van elke actie de laatste {ProgressReportQuery.MostUpdates} meldingen.", $"Of each kind of change at most the last {ProgressReportQuery.MostChanges} are shown, and of each action the last {ProgressReportQuery.MostUpdates} updates.");
    }

    internal static string StepText(ReportStep step, ReportWords words) => $"{words.Day(Dutch.Day(step.At))}: {step.Code} {step.Title}{(step.IsExample ? words.T(" (voorbeeld)", " (example)") : "")}, "
        + (step.Closed.Count > 0 ? string.Join("; ", step.Closed.Select(m => m.Title + DoneOn(step, m, words) + EvidenceText(m, words))) : words.StepOf(step)) + (step.Reason is { } reason ? $". {reason}" : "");

    /// <summary>A milestone counts in the period in which it was reported; the day on which it was done may lie before.</summary>
    private static string DoneOn(ReportStep step, ReportMilestone milestone, ReportWords words) => milestone.ClosedOn is { } done && done != Dutch.Day(step.At) ? words.T($", afgerond op {words.Day(done)}", $", completed on {words.Day(done)}") : "";

    private static string LineTitle(ProgressReport report, string code, ReportWords words) => report.Lines.FirstOrDefault(l => string.Equals(l.Code, code, StringComparison.Ordinal))?.Title ?? words.T("Bij geen lijn", "Serves no line");

    private static string EvidenceText(ReportMilestone milestone, ReportWords words) => milestone.HasEvidence ? $". {words.T("Bewijs", "Evidence")}: {string.Join(", ", new[] { milestone.EvidenceUrl, milestone.EvidenceObject, milestone.EvidenceNote }.OfType<string>())}" : "";
}
