using KennisstedenPortal.Data.Export;
using KennisstedenPortal.Data.Reports;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;

namespace KennisstedenPortal.Reading.Reports;

/// <summary>A line of a board summary: an action with what is to be said of it, or only that.</summary>
public sealed record BoardLine(string? Code, string? Title, bool IsExample, string Text)
{
    /// <summary>It was archived: its page is gone.</summary>
    public bool IsGone { get; init; }
}

/// <summary>A board summary in words, the same on the page and in the file.</summary>
public sealed class BoardText(BoardSummary board, string language)
{
    /// <summary>Lines per part, so that all fits on a sheet of paper.</summary>
    private const int Most = BoardQuery.Most;

    /// <summary>Of what is late, so that there is room for the rest of what is needed.</summary>
    private const int MostOverdue = 3;

    public ReportWords Words { get; } = new(board.Report, language);

    private string T(string nl, string en) => Words.T(nl, en);

    public string Title => board.City is { } city ? T($"Verbindingsagenda voor het bestuur: {city.Name}", $"Verbindingsagenda for the board: {city.Name}") : T("Verbindingsagenda voor het bestuur", "Verbindingsagenda for the board");

    public IReadOnlyList<(string Title, string None, IReadOnlyList<BoardLine> Lines, bool More)> Parts =>
    [
        Part(T("Wat goed gaat", "What goes well"), T("Van geen lopende actie is gemeld dat zij op koers is.", "No current action was reported as on track."), [.. Of(ReportSignal.Well).Select(a => Line(a, Progress(a)))]),
        Part(T("Wat te laat is of vastzit", "What is late or stuck"), T("Geen actie is te laat en geen zit vast.", "No action is late and none is stuck."), [.. Of(ReportSignal.Stuck).Concat(Of(ReportSignal.Late)).DistinctBy(a => a.Code, StringComparer.Ordinal).Select(a => Line(a, Trouble(a)))]),
        Part(T("Veranderd en afgerond in deze periode", "Changed and completed in this period"), T("In deze periode is niets afgerond en kreeg geen actie een andere status.", "Nothing was completed in this period and no action changed status."),
            [.. board.Report.Changes.Steps.Concat(board.Report.Changes.Gone).OrderByDescending(s => s.At).DistinctBy(s => s.Code, StringComparer.Ordinal).OrderBy(s => !ActionFlow.IsClosed(s.Status)).Select(s => new BoardLine(s.Code, s.Title, s.IsExample, Words.StepOf(s) + (s.Reason is { } reason ? $": {Short(reason)}" : "")) { IsGone = board.Report.Changes.Gone.Any(g => string.Equals(g.Code, s.Code, StringComparison.Ordinal)) })
                .Concat(board.Report.Changes.Closed.Reverse().Select(s => new BoardLine(s.Code, s.Title, s.IsExample, $"{T("Mijlpaal", "Milestone")}: {Short(string.Join("; ", s.Closed.Select(m => m.Title)))}")))]),
        Part(T("Wat er nodig is", "What is needed"), T("Er is nu niets nodig van het bestuur.", "Nothing is needed from the board now."),
        [
            .. board.Overdue.Take(MostOverdue).Select(o => new BoardLine(o.Action.Code, o.Action.Title, o.Action.IsExample, T($"Kom na wat is toegezegd: {Short(o.Promise.Text).TrimEnd('.')}. De termijn was {Words.Day(o.Promise.TermOn!.Value)}.", $"Do what was promised: {Short(o.Promise.Text).TrimEnd('.')}. The deadline was {Words.Day(o.Promise.TermOn!.Value)}."))),
            .. new[]
            {
                (board.Overdue.Count - MostOverdue) switch { <= 0 => null, 1 => new(null, null, false, T("Van nog een toezegging is de termijn voorbij", "The deadline of one more commitment has passed")), var more => new(null, null, false, T($"Van nog {Words.Number(more)} toezeggingen is de termijn voorbij", $"The deadline of {Words.Number(more)} more commitments has passed")) },
                Asked(ReportSignal.NoOwner, board.Report.Now.WithoutOwner, "Wijs een eigenaar aan", "Appoint an owner"),
                Asked(ReportSignal.Silent, board.Report.Now.Silent ?? board.Report.Now.Unknown, "Meld hoe het gaat", "Report how it is going"),
                Asked(ReportSignal.NoEnd, board.Report.Now.WithoutEnd, "Spreek een einddatum af", "Agree on an end date"),
                Asked(ReportSignal.Unproven, board.Report.Now.Unproven, "Lever bewijs bij wat is afgerond", "Give evidence of what was completed"),
                OpenMoney(),
            }.OfType<BoardLine>(),
        ]),
    ];

    /// <summary>The same as a file for Word.</summary>
    /// <param name="address">Where it can be read again.</param>
    public byte[] ToWord(string address)
    {
        var document = WordDocument.Create(Title, language).Paragraph($"{Words.Period} {address}");
        if (board.Report.Examples) document.Paragraph(T("Voorbeelden tellen mee. Ze zijn verzonnen: dit zegt niets over de werkelijke agenda.", "Examples are counted. They are invented: this says nothing about the real agenda."));
        document.Table([T("Gegeven", "Figure"), Words.Moment(board.Report.Since), Words.Moment(board.Report.At)], Words.Figures.Select(f => (IReadOnlyList<string>)[f.Label, Words.Number(f.Before), Words.Number(f.Now)]));
        foreach (var (title, none, lines, _) in Parts)
        {
            document.Heading(1, title);
            if (lines.Count == 0) document.Paragraph(none);
            else document.Bullets(lines.Select(l => l.Code is null ? l.Text : $"{l.Code} {l.Title}{(l.IsExample ? T(" (voorbeeld)", " (example)") : "")}: {l.Text}"));
        }
        return document.ToBytes();
    }

    private IReadOnlyList<ReportAction> Of(ReportSignal signal) => board.Signals[signal];

    private static (string, string, IReadOnlyList<BoardLine>, bool) Part(string title, string none, IReadOnlyList<BoardLine> lines) => (title, none, [.. lines.Take(Most)], lines.Count > Most);

    private static BoardLine Line(ReportAction action, string text) => new(action.Code, action.Title, action.IsExample, text);

    private string Progress(ReportAction action) => string.Join(" · ", new[] { Words.T(Codes<ActionStatus>.Label(action.Status)), action.Milestones.Count > 0 ? Words.MilestonesOf(action) : null, action.Owner }.OfType<string>());

    private string Trouble(ReportAction action) => string.Join(" · ", new[]
    {
        action.Status == ActionStatus.Paused ? Words.T(Codes<ActionStatus>.Label(action.Status)) + (action.Reason is { } reason ? $": {Short(reason)}" : "") : null,
        action.Light == TrafficLight.Red ? Words.T(Codes<TrafficLight>.Label(TrafficLight.Red)) : null,
        action.IsLate ? Words.LateOf(action) : null,
        action.Owner,
    }.OfType<string>());

    private BoardLine? Asked(ReportSignal signal, int count, string nl, string en) => count == 0 ? null
        : new(null, null, false, $"{T(nl, en)} ({Words.Number(count)}): {string.Join(", ", Of(signal).Take(Most).Select(a => a.Code))}{(Of(signal).Count > Most ? T(" en andere", " and others") : "")}");

    /// <summary>Of a city what it promised itself; of the whole what everybody did. Of what was stopped nothing is expected.</summary>
    private BoardLine? OpenMoney() => board.OpenMoney is { Amount: 0, Unknown: 0 } ? null
        : new(null, null, false, T($"Kom toezeggingen in geld na: {Words.Euros(board.OpenMoney.Amount)} staat open{Unknown}", $"Fulfil commitments in money: {Words.Euros(board.OpenMoney.Amount)} is still open{Unknown}"));

    private string Unknown => board.OpenMoney.Unknown is > 0 and var count ? T($", en {count} zonder bedrag", $", and {count} without an amount") : "";

    private static string Short(string text) => text.Length <= 140 ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[137]) ? 137 : 138), "…");
}
