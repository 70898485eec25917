using System.Globalization;
using KennisstedenPortal.Data.Reports;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;

namespace KennisstedenPortal.Reading.Reports;

/// <summary>A table of a report, the same on the page and in a file.</summary>
/// <param name="Rows">Of each the first cell is its name; the other cells are numbers where <paramref name="IsNumeric"/>.</param>
public sealed record ReportTable(string Title, IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows, bool IsNumeric = true);

/// <summary>The words and tables of a report in one language.</summary>
public sealed class ReportWords(ProgressReport report, string language)
{
    private readonly CultureInfo _culture = CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : "nl-NL");

    public string T(string nl, string en) => language == "en" ? en : nl;
    public string T(Text text) => text.In(language);
    public string Day(DateOnly day) => day.ToString("d MMMM yyyy", _culture);
    public string Number(decimal value) => value.ToString(value == decimal.Truncate(value) ? "#,0" : "#,0.##", _culture);
    public string Euros(decimal amount) => amount >= 1_000_000 && amount % 10_000 == 0 ? $"€ {(amount / 1_000_000).ToString("#,0.##", _culture)} {T("mln", "million")}" : $"€ {Number(amount)}";

    /// <summary>A day, with the time when it is not its end.</summary>
    public string Moment(DateTimeOffset at) => at >= Dutch.EndOf(Dutch.Day(at)) ? Day(Dutch.Day(at)) : Dutch.Moment(at, _culture);

    public string Period => T($"Stand op {Moment(report.At)}. Veranderd sinds {Moment(report.Since)}.", $"As it stood on {Moment(report.At)}. Changed since {Moment(report.Since)}.");

    public string LightOf(ReportAction action) => action.Light is { } light ? T(Codes<TrafficLight>.Label(light)) : T("Onbekend", "Unknown");

    /// <summary>What stands out about an action.</summary>
    public IEnumerable<string> SignalsOf(ReportAction action)
    {
        if (action.IsLate) yield return LateOf(action);
        if (!action.IsClosed && (action.IsSilent ?? action.Light is null)) yield return action.ReportedAt is { } last ? T($"niets gemeld sinds {Day(Dutch.Day(last))}", $"nothing reported since {Day(Dutch.Day(last))}") : T("nog niets gemeld", "nothing reported yet");
        if (!action.IsClosed && !action.HasOwner) yield return T("geen eigenaar", "no owner");
        if (!action.IsClosed && action.EndsOn is null) yield return T("geen einddatum", "no end date");
        if (action.LacksEvidence) yield return T("niet bij elke mijlpaal bewijs", "not every milestone has evidence");
    }

    /// <summary>What is late: the first milestone, or the end.</summary>
    public string LateOf(ReportAction action) => action.Milestones.FirstOrDefault(m => m.IsLate) is { DueOn: { } due } late && !(action.EndsOn < due) ? T($"te laat: mijlpaal ‘{late.Title}’ moest op {Day(due)} klaar zijn", $"late: milestone ‘{late.Title}’ was due on {Day(due)}")
        : action.EndsOn is { } end ? T($"te laat: het einde was {Day(end)}", $"late: the end was {Day(end)}") : T("te laat", "late");

    /// <summary>"1 van 1 mijlpaal", "2 van 3 mijlpalen".</summary>
    public string MilestonesOf(ReportAction action) => T($"{Number(action.Completed)} van {Number(action.Milestones.Count)} {(action.Milestones.Count == 1 ? "mijlpaal" : "mijlpalen")}", $"{Number(action.Completed)} of {Number(action.Milestones.Count)} {(action.Milestones.Count == 1 ? "milestone" : "milestones")}");

    public string OwnerOf(ReportAction action) => action.Owner ?? (action.HasOwner ? T("niet openbaar", "not public") : T("nog niemand", "nobody yet"));

    public string WordsOf(ReportMilestone milestone) => string.Join(" · ", new[]
    {
        milestone.DueOn is { } due ? T($"uiterlijk {Day(due)}", $"by {Day(due)}") : null,
        T(Codes<MilestoneStatus>.Label(milestone.Status)) + (milestone.ClosedOn is { } closed ? $" ({Day(closed)})" : ""),
        milestone.IsNew ? T("in deze periode", "in this period") : null,
        milestone.IsLate ? T("te laat", "late") : null,
        milestone is { Status: MilestoneStatus.Completed, HasEvidence: false } ? T("zonder bewijs", "without evidence") : null,
    }.OfType<string>());

    public string WordsOf(ReportPromise promise) => string.Join(" · ", new[]
    {
        T(Codes<CommitmentSort>.Label(promise.Sort)),
        promise.Sort == CommitmentSort.Money ? promise.Amount is { } amount ? Euros(amount) : T("bedrag onbekend", "amount unknown") : null,
        promise.TermOn is { } term ? T($"uiterlijk {Day(term)}", $"by {Day(term)}") : null,
        T(Codes<CommitmentStatus>.Label(promise.Status)),
        !Commitment.IsSettled(promise.Status) && promise.TermOn < Dutch.Day(report.At) ? T("termijn voorbij", "deadline has passed") : null,
    }.OfType<string>());

    /// <summary>"Verkenning → In uitvoering".</summary>
    public string StepOf(ReportStep step) => step.From is { } from ? $"{T(Codes<ActionStatus>.Label(from))} → {T(Codes<ActionStatus>.Label(step.Status))}" : T(Codes<ActionStatus>.Label(step.Status));

    private string Then => Day(Dutch.Day(report.Since));
    private string Now => Day(Dutch.Day(report.At));

    /// <summary>The figures by which one sees how it goes, at both days.</summary>
    public IReadOnlyList<(string Label, int Now, int Before, bool IsBad)> Figures =>
    [
        (T("Lopende acties", "Current actions"), report.Now.Open, report.Before.Open, false),
        (T("Afgerond", "Completed"), report.Now.Of(ActionStatus.Completed), report.Before.Of(ActionStatus.Completed), false),
        (T("Te laat", "Late"), report.Now.Late, report.Before.Late, true),
        report is { Now.Silent: { } now, Before.Silent: { } before } ? (T($"Stil: {ActionHealth.SilentAfter} dagen niets gemeld", $"Silent: nothing reported for {ActionHealth.SilentAfter} days"), now, before, true)
            : (T("Onbekend hoe het gaat", "Not known how it is going"), report.Now.Unknown, report.Before.Unknown, true),
        (T("Zonder eigenaar", "Without owner"), report.Now.WithoutOwner, report.Before.WithoutOwner, true),
        (T("Zonder einddatum", "Without end date"), report.Now.WithoutEnd, report.Before.WithoutEnd, true),
        (T("Afgerond zonder bewijs", "Completed without evidence"), report.Now.Unproven, report.Before.Unproven, true),
        (T("Mijlpalen afgerond", "Milestones completed"), report.Now.Completed, report.Before.Completed, false),
    ];

    public ReportTable Statuses => new(T("Per status", "By status"), [T("Status", "Status"), Then, Now],
        [.. Codes<ActionStatus>.All.Select(s => Row(T(Codes<ActionStatus>.Label(s)), report.Before.Of(s), report.Now.Of(s))), Row(T("Alle acties", "All actions"), report.Before.Actions, report.Now.Actions)]);

    public ReportTable Lights => new(T("Hoe het gaat met lopende acties", "How current actions are going"), [T("Volgens de laatste melding", "According to the latest update"), Then, Now],
        [.. Codes<TrafficLight>.All.Select(l => Row(T(Codes<TrafficLight>.Label(l)), report.Before.Of(l), report.Now.Of(l))), Row(T("Onbekend", "Unknown"), report.Before.Unknown, report.Now.Unknown)]);

    public ReportTable Lines => new(T("Per lijn van de agenda", "By line of the agenda"), [T("Lijn", "Line"), .. Codes<ActionStatus>.All.Select(s => T(Codes<ActionStatus>.Label(s))), T("Te laat", "Late")],
    [
        .. report.Lines.Select(l => LineRow(l.Title, l.Statuses, l.Late)),
        .. report.WithoutLine is { } none ? new[] { LineRow(T("Bij geen lijn", "With no line"), none.Statuses, none.Late), LineRow(T("Alle acties, elk één keer", "All actions, each once"), report.Now.Statuses, report.Now.Late) } : [],
    ]);

    private IReadOnlyList<string> LineRow(string title, IReadOnlyList<StatusCount> statuses, int late) => [title, .. statuses.Select(s => Number(s.Count)), Number(late)];

    public ReportTable Promises => new(T("Toezeggingen", "Commitments"), [T("Soort", "Type"), .. Codes<CommitmentStatus>.All.Select(s => T(Codes<CommitmentStatus>.Label(s)))],
        [.. Codes<CommitmentSort>.All.Where(sort => report.Now.Promises.Any(p => p.Sort == sort)).Select(sort => (IReadOnlyList<string>)[T(Codes<CommitmentSort>.Label(sort)), .. Codes<CommitmentStatus>.All.Select(s => Number(report.Now.Promises.Where(p => p.Sort == sort && p.Status == s).Sum(p => p.Count)))])]);

    public ReportTable Money => new(T("Toegezegd geld", "Money committed"), [T("Status", "Status"), T("Bedrag", "Amount"), T("Zonder bedrag", "Without amount")],
        [.. report.Now.Money.Select(m => (IReadOnlyList<string>)[T(Codes<CommitmentStatus>.Label(m.Status)), Euros(m.Amount), Number(m.Unknown)])]);

    /// <summary>What changed: a title, how often it happened, what it says when it did not, and what is told of it.</summary>
    public IReadOnlyList<(string Title, int Count, string None, IReadOnlyList<ReportStep> Steps)> Changes =>
    [
        (T("Nieuwe acties", "New actions"), report.Happened(t => t.New), T("Er kwam geen actie bij.", "No action was added."), report.Changes.New),
        (T("Andere status", "Changed status"), Codes<ActionStatus>.All.Sum(s => report.Happened(t => t.StepsTo(s))), T("Geen actie kreeg een andere status.", "No action changed status."), report.Changes.Steps),
        (T("Mijlpalen als afgerond gemeld", "Milestones reported as completed"), report.Happened(t => t.Closed), T("Er is geen mijlpaal afgerond.", "No milestone was completed."), report.Changes.Closed),
        (T("Gearchiveerd", "Archived"), report.Happened(t => t.Gone), T("Er is geen actie gearchiveerd.", "No action was archived."), report.Changes.Gone),
    ];

    private IReadOnlyList<string> Row(string name, int before, int now) => [name, Number(before), Number(now)];
}
