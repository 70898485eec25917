using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Reports;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Reading.Agenda;
using KennisstedenPortal.Reading.History;
using Microsoft.AspNetCore.Http;

namespace KennisstedenPortal.Reading.Reports;

/// <summary>A report in an address: <c>?op=2026-11-28&amp;sinds=2026-08-28&amp;lijn=lijn-1&amp;status=in-uitvoering&amp;voorbeelden=ja&amp;na=1-17</c>.</summary>
/// <param name="On">What the form shows, also when it was wrong.</param>
/// <param name="Problems">What is wrong, by key; then there is no report.</param>
public sealed record ReportAddress(DateOnly On, DateOnly Since, string? Line, ActionStatus? Status, bool Examples, string? After, IReadOnlyList<(string Key, Text Problem)> Problems)
{
    public const string Path = AgendaComponent.ChainPath + "/voortgang", EditionsPath = Path + "/edities", BoardPath = Path + "/bestuur", Word = ".docx", Excel = ".xlsx";
    public const string OnKey = DayAddress.On, SinceKey = "sinds", LineKey = "lijn", StatusKey = "status", AfterKey = "na";
    /// <summary>Months before the day, when nothing is asked.</summary>
    private const int Months = 3;
    private static readonly Text UnknownLine = new("Deze lijn kennen wij niet. Kies er een uit de lijst.", "We do not know this line. Choose one from the list.");

    public static IReadOnlyList<string> Keys { get; } = [OnKey, SinceKey, LineKey, StatusKey, AgendaComponent.ExamplesKey, AfterKey];

    public static ReportAddress Read(IQueryCollection query, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(query);
        List<(string, Text)> problems = [];
        var on = Day(OnKey) ?? today;
        var since = Day(SinceKey) ?? (on > ReportDays.First.AddMonths(Months) ? on : today).AddMonths(-Months);
        if (problems.Count == 0 && since >= on) problems.Add((SinceKey, ReportDays.Reversed));

        var line = One(LineKey);
        if (line is not null && !InputText.IsCode(line)) (line, _) = (null, Wrong(LineKey, UnknownLine));
        ActionStatus? status = null;
        if (One(StatusKey) is { } slug && !(Codes<ActionStatus>.TryParseSlug(slug, out var known) && (status = known) is not null)) Wrong(StatusKey, new("Deze status kennen wij niet. Kies er een uit de lijst.", "We do not know this status. Choose one from the list."));
        var after = One(AfterKey);
        if (after is not null && !ProgressReportQuery.TryPlace(after, out _, out _)) (after, _) = (null, Wrong(AfterKey, new("Deze plek in de lijst bestaat niet. Begin bij de eerste actie.", "This place in the list does not exist. Begin at the first action.")));
        return new(on, since, line, status, query[AgendaComponent.ExamplesKey] is [AgendaComponent.ExamplesValue], after, problems);

        string? One(string key) => query[key] is [{ Length: > 0 } value] ? value : null;

        DateOnly? Day(string key)
        {
            if (!query.ContainsKey(key) || query[key] is [""]) return null;
            var text = query[key] is [{ } one] ? one : "?";
            var day = DayText.Parse(text);
            if ((DayText.Problem(text) ?? ReportDays.Problem(day, today)) is { } problem) Wrong(key, problem);
            return day is { } known && known <= today ? known : null;
        }

        bool Wrong(string key, Text problem)
        {
            problems.Add((key, problem));
            return true;
        }
    }

    /// <summary>With the problem that the line is none of the agenda; which there are is known to the register only.</summary>
    public ReportAddress Among(ReferenceSnapshot reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return Line is not { } line || reference.Elements.TryGetValue(line, out var element) && element.Kind == ElementKind.Line ? this : this with { Line = null, Problems = [.. Problems, (LineKey, UnknownLine)] };
    }

    public ReportRequest Request(TimeProvider time, int take = ProgressReportQuery.PageSize) =>
        new(ReportDays.Moment(On, time), Dutch.EndOf(Since), Examples) { Line = Line, Status = Status, After = After, Take = take };

    /// <summary>The same report, as a query string.</summary>
    public string Query => $"?{OnKey}={DayText.Iso(On)}&{SinceKey}={DayText.Iso(Since)}{(Line is { } line ? $"&{LineKey}={line}" : "")}{(Status is { } status ? $"&{StatusKey}={Codes<ActionStatus>.Slug(status)}" : "")}"
        + $"{(Examples ? $"&{AgendaComponent.ExamplesKey}={AgendaComponent.ExamplesValue}" : "")}{(After is { } after ? $"&{AfterKey}={after}" : "")}";
}
