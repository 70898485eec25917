using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;

namespace KennisstedenPortal.Data.Reports;

/// <summary>
/// The state of the agenda at a moment, and what changed since an earlier one. It holds names of organisations as they were
/// then and no persons, and is the same whenever it is made, as long as nothing in it was hidden since.
/// </summary>
/// <param name="Rules">By which version of the rules it was made.</param>
/// <param name="At">All until and with this moment is told.</param>
/// <param name="Since">What came after this moment is told as change.</param>
/// <param name="Examples">Invented examples are among it, labelled.</param>
/// <param name="Now">Totals at the moment.</param>
/// <param name="Before">Totals at the earlier one; of what is counted as it happens, until then.</param>
/// <param name="Lines">In the order of the agenda; what serves no line is in <see cref="WithoutLine"/>.</param>
/// <param name="Actions">By line and code; a page of them, or as many as fit.</param>
/// <param name="Next">Where the next page begins; null when there is none.</param>
public sealed record ProgressReport(int Rules, DateTimeOffset At, DateTimeOffset Since, bool Examples, ReportTotals Now, ReportTotals Before, IReadOnlyList<ReportLine> Lines, ReportChanges Changes,
    IReadOnlyList<ReportAction> Actions, string? Next)
{
    /// <summary>
    /// Raised when the same data would be counted or told in another way. By 1 a promise counted on every day on which its
    /// party was hidden then, if it could be named later; by 2 only on days on which its party could be named. By 3 it also
    /// tells what serves no line, and what is silent: of which nobody ever reported, from ninety days after its making.
    /// </summary>
    public const int CurrentRules = 3;

    /// <summary>What serves no line, without code and title; null before rules 3.</summary>
    public ReportLine? WithoutLine { get; init; }

    /// <summary>How a report is written and read: the same report is always the same text.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="JsonException">It is no report.</exception>
    public static ProgressReport Parse(string json) => JsonSerializer.Deserialize<ProgressReport>(json, Json) ?? throw new JsonException("There is no report.");

    /// <summary>Milestones, updates and whatever else happened in the period.</summary>
    public int Happened(Func<ReportTotals, int> count)
    {
        ArgumentNullException.ThrowIfNull(count);
        return count(Now) - count(Before);
    }
}

/// <summary>How many actions there are of each sort, and what was promised. An action that was hidden or archived at the moment is in none.</summary>
/// <param name="Statuses">Of every status, in their order.</param>
/// <param name="Lights">Of the actions that are not closed.</param>
/// <param name="Unknown">Those that are not closed and of which nothing was reported for <see cref="ActionHealth.SilentAfter"/> days, or ever.</param>
/// <param name="Unproven">Completed without evidence of every milestone.</param>
/// <param name="Promises">Of every sort and status that occurs.</param>
/// <param name="Money">Of every status that occurs: what was promised in euros.</param>
/// <param name="New">Since the beginning, as are the three that follow: the difference of two totals is what happened between them.</param>
public sealed record ReportTotals(IReadOnlyList<StatusCount> Statuses, IReadOnlyList<LightCount> Lights, int Unknown, int Late, int WithoutOwner, int WithoutEnd, int Unproven,
    int Milestones, int Completed, int Proven, IReadOnlyList<PromiseCount> Promises, IReadOnlyList<MoneyCount> Money, int New, int Gone, int Closed, int Updates, IReadOnlyList<StatusCount> Steps)
{
    [JsonIgnore]
    public int Actions => Statuses.Sum(s => s.Count);
    public int Of(ActionStatus status) => Statuses.Where(s => s.Status == status).Sum(s => s.Count);
    public int Of(TrafficLight light) => Lights.Where(s => s.Light == light).Sum(s => s.Count);
    /// <summary>Of the unknown those that are silent (<see cref="ActionHealth.IsSilent"/>); null before rules 3, when all were.</summary>
    public int? Silent { get; init; }
    public int StepsTo(ActionStatus status) => Steps.Where(s => s.Status == status).Sum(s => s.Count);
    /// <summary>Not completed and not stopped.</summary>
    [JsonIgnore]
    public int Open => Statuses.Where(s => !ActionFlow.IsClosed(s.Status)).Sum(s => s.Count);
}

public sealed record StatusCount(ActionStatus Status, int Count);
public sealed record LightCount(TrafficLight Light, int Count);
public sealed record PromiseCount(CommitmentSort Sort, CommitmentStatus Status, int Count);
/// <param name="Amount">Sum in euros of what names an amount.</param>
/// <param name="Unknown">How many name none.</param>
public sealed record MoneyCount(CommitmentStatus Status, decimal Amount, int Unknown);

/// <summary>A line of the agenda with its actions; one that serves two lines counts in both.</summary>
public sealed record ReportLine(string Code, int Rank, string Title, IReadOnlyList<StatusCount> Statuses, int Late)
{
    [JsonIgnore]
    public int Actions => Statuses.Sum(s => s.Count);
}

/// <summary>What changed in the period; of each sort the newest <see cref="ProgressReportQuery.MostChanges"/>, oldest first.</summary>
/// <param name="New">Public for the first time.</param>
/// <param name="Steps">Changes of status, stopped and completed ones included.</param>
/// <param name="Gone">Archived.</param>
/// <param name="Closed">Milestones that are completed and were not at the beginning of the period.</param>
public sealed record ReportChanges(IReadOnlyList<ReportStep> New, IReadOnlyList<ReportStep> Steps, IReadOnlyList<ReportStep> Gone, IReadOnlyList<ReportStep> Closed);

/// <param name="Title">As it was called at the end of the period.</param>
/// <param name="From">The status before, of a change of status.</param>
/// <param name="Reason">Given for the status.</param>
/// <param name="Closed">Of which milestones; empty where they are not asked.</param>
public sealed record ReportStep(string Code, string Title, bool IsExample, DateTimeOffset At, ActionStatus Status, ActionStatus? From, string? Reason, IReadOnlyList<ReportMilestone> Closed)
{
    [JsonIgnore]
    public string Slug => Code.ToLowerInvariant();
}

/// <summary>An action as it stood.</summary>
/// <param name="Lines">Codes of the lines that it serves.</param>
/// <param name="Light">Null is unknown.</param>
/// <param name="ReportedAt">When the last update came.</param>
/// <param name="Owner">Null where there is none, or it may not be told.</param>
/// <param name="Milestones">By day.</param>
/// <param name="Updates">In the period, the newest first, at most <see cref="ProgressReportQuery.MostUpdates"/>.</param>
/// <param name="UpdateCount">All in the period.</param>
public sealed record ReportAction(string Code, string Title, bool IsExample, IReadOnlyList<string> Lines, ActionStatus Status, string? Reason, TrafficLight? Light, DateTimeOffset? ReportedAt, bool HasOwner, string? Owner, DateOnly? EndsOn,
    bool IsLate, bool LacksEvidence, IReadOnlyList<ReportMilestone> Milestones, IReadOnlyList<ReportPromise> Promises, IReadOnlyList<ReportUpdate> Updates, int UpdateCount)
{
    [JsonIgnore]
    public string Slug => Code.ToLowerInvariant();
    [JsonIgnore]
    public int Completed => Milestones.Count(m => m.Status == MilestoneStatus.Completed);
    [JsonIgnore]
    public bool IsClosed => ActionFlow.IsClosed(Status);
    /// <summary>Null before rules 3, when it was whenever the light is unknown.</summary>
    public bool? IsSilent { get; init; }
}

/// <param name="IsNew">Completed in the period.</param>
/// <param name="EvidenceUrl">Address, name of a register object and note: what proves that it was done.</param>
public sealed record ReportMilestone(string Title, DateOnly? DueOn, MilestoneStatus Status, DateOnly? ClosedOn, bool IsNew, bool IsLate, string? EvidenceUrl, string? EvidenceObject, string? EvidenceNote)
{
    [JsonIgnore]
    public bool HasEvidence => EvidenceUrl is not null || EvidenceObject is not null || EvidenceNote is not null;
}

public sealed record ReportPromise(string Party, CommitmentSort Sort, CommitmentStatus Status, string Text, decimal? Amount, DateOnly? TermOn, string? Reason);

/// <param name="OnBehalfOf">The owner, when somebody else wrote it for them.</param>
public sealed record ReportUpdate(DateTimeOffset At, TrafficLight Light, string Text, string Organisation, string? OnBehalfOf);
