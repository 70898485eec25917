using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;

namespace KennisstedenPortal.Data.Reports;

/// <summary>Something that happened to an action and the totals of reports count.</summary>
internal sealed record ReportedLight(DateTimeOffset At, TrafficLight Light);

/// <summary>A total, of the real actions or the examples, of the whole or of a line.</summary>
internal readonly record struct TotalKey(bool IsExample, string Line, string Measure);

/// <summary>What totals count, and by how much one action adds to each of them from which day on.</summary>
internal static class Measures
{
    public const string Late = "late", NoOwner = "no-owner", NoEnd = "no-end", Unproven = "unproven", Milestones = "milestones", Completed = "milestones-completed", Proven = "milestones-proven",
        Updates = "updates", New = "new", Gone = "gone", Closed = "closed";
    /// <summary>Kept in the table of totals, to tell by which rules they were counted.</summary>
    public const string Rules = "rules";

    public static string OfStatus(ActionStatus status) => $"status:{Codes<ActionStatus>.Code(status)}";
    /// <param name="light">Null is unknown.</param>
    public static string OfLight(TrafficLight? light) => $"light:{(light is { } known ? Codes<TrafficLight>.Code(known) : "unknown")}";
    public static string OfStep(ActionStatus to) => $"step:{Codes<ActionStatus>.Code(to)}";
    public static string OfPromise(CommitmentSort sort, CommitmentStatus status) => $"promise:{Codes<CommitmentSort>.Code(sort)}:{Codes<CommitmentStatus>.Code(status)}";
    public static string OfAmount(CommitmentStatus status) => $"amount:{Codes<CommitmentStatus>.Code(status)}";
    public static string OfUnknownAmount(CommitmentStatus status) => $"amount-unknown:{Codes<CommitmentStatus>.Code(status)}";

    /// <summary>
    /// Changes of the totals that one action causes. It counts on the days at whose end it was public; what happened on a
    /// day counts when it was public at the end of it, or archived by then.
    /// </summary>
    /// <param name="states">All versions, oldest first.</param>
    /// <param name="lights">What was reported, oldest first.</param>
    /// <param name="promises">Of a version, those whose party anybody may see.</param>
    /// <param name="until">Nothing that came later is known.</param>
    public static Dictionary<(DateOnly Day, TotalKey Key), decimal> Of(IReadOnlyList<ActionState> states, IReadOnlyList<ReportedLight> lights, Func<ActionState, IEnumerable<StatedPromise>> promises, DateTimeOffset? until = null)
    {
        var known = states.Where(s => until is null || s.FromAt <= until).ToList();
        var told = lights.Where(l => until is null || l.At <= until).ToList();
        var changes = new Dictionary<(DateOnly, TotalKey), decimal>();
        if (known.Count == 0) return changes;

        // Between these days nothing about the action differs at the end of a day.
        SortedSet<DateOnly> days = [.. known.Select(s => Dutch.Day(s.FromAt)), .. told.Select(l => Dutch.Day(l.At)), .. told.Select(l => Dutch.Day(l.At).AddDays(ActionHealth.SilentAfter)),
            .. known.SelectMany(s => new[] { s.EndsOn, s.OpenDueOn }).OfType<DateOnly>().Select(d => d.AddDays(1))];
        Dictionary<TotalKey, decimal> before = [];
        foreach (var day in days)
        {
            var now = StateOf(known, told, promises, day);
            foreach (var key in before.Keys.Union(now.Keys).ToList()) Add(day, key, now.GetValueOrDefault(key) - before.GetValueOrDefault(key));
            before = now;
        }
        foreach (var state in known)
        {
            if (state.StatusBefore is not null) Happened(state.FromAt, OfStep(state.Status), 1);
            if (state.IsFirst) Happened(state.FromAt, New, 1);
            if (state.IsGone) Happened(state.FromAt, Gone, 1);
            if (state.IsPublic) Happened(state.FromAt, Closed, state.Closed);
        }
        foreach (var light in told) Happened(light.At, Updates, 1);
        return changes;

        void Happened(DateTimeOffset at, string measure, int times)
        {
            var day = Dutch.Day(at);
            if (At(known, day) is not { } state || !state.IsPublic && !state.IsPutAway) return;
            Add(day, new(state.IsExample, "", measure), times);
        }

        void Add(DateOnly day, TotalKey key, decimal amount)
        {
            if (amount == 0) return;
            var sum = changes.GetValueOrDefault((day, key)) + amount;
            if (sum == 0) changes.Remove((day, key));
            else changes[(day, key)] = sum;
        }
    }

    /// <summary>The version that stood at the end of a day.</summary>
    private static ActionState? At(List<ActionState> states, DateOnly day) => states.FindLast(s => Dutch.Day(s.FromAt) <= day);

    private static Dictionary<TotalKey, decimal> StateOf(List<ActionState> states, List<ReportedLight> lights, Func<ActionState, IEnumerable<StatedPromise>> promises, DateOnly day)
    {
        var totals = new Dictionary<TotalKey, decimal>();
        if (At(states, day) is not { IsPublic: true } state) return totals;
        var last = lights.FindLast(l => Dutch.Day(l.At) <= day);
        var health = state.HealthOn(last, day);
        Count(OfStatus(state.Status));
        if (!ActionFlow.IsClosed(state.Status)) Count(OfLight(health.Light));
        if (health.IsLate) Count(Late);
        if (health.HasNoOwner) Count(NoOwner);
        if (health.HasNoEnd) Count(NoEnd);
        if (health.LacksEvidence) Count(Unproven);
        Add("", Milestones, state.Milestones);
        Add("", Completed, state.Completed);
        Add("", Proven, state.Proven);
        foreach (var promise in promises(state))
        {
            Add("", OfPromise(promise.Sort, promise.Status), 1);
            if (promise.Sort != CommitmentSort.Money) continue;
            if (promise.Amount is { } amount) Add("", OfAmount(promise.Status), amount);
            else Add("", OfUnknownAmount(promise.Status), 1);
        }
        return totals;

        void Count(string measure)
        {
            Add("", measure, 1);
            foreach (var line in state.Lines) Add(line, measure, 1);
        }

        void Add(string line, string measure, decimal amount)
        {
            if (amount != 0) totals[new(state.IsExample, line, measure)] = totals.GetValueOrDefault(new(state.IsExample, line, measure)) + amount;
        }
    }

    /// <param name="last">The newest update until then.</param>
    public static ActionHealth HealthOn(this ActionState state, ReportedLight? last, DateOnly day) =>
        ActionHealth.Of(state.Status, state.EndsOn, state.HasOwner, new[] { state.EndsOn, state.OpenDueOn }.Min(), state.Milestones == 0 || state.Proven < state.Milestones, last is null ? null : (Dutch.Day(last.At), last.Light), day);
}
