using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;

namespace KennisstedenPortal.Data.Reports;

/// <summary>Something that happened to an action and the totals of reports count.</summary>
internal sealed record ReportedLight(DateTimeOffset At, TrafficLight Light);

/// <summary>From when on a party could be named, or not any more.</summary>
internal readonly record struct PartyTurn(DateTimeOffset At, bool IsOpen);

/// <summary>A total, of the real actions or the examples, of the whole or of a line.</summary>
internal readonly record struct TotalKey(bool IsExample, string Line, string Measure);

/// <summary>What totals count, and by how much one action adds to each of them from which day on.</summary>
internal static class Measures
{
    /// <summary>Line of what serves none.</summary>
    public const string NoLine = "-";
    public const string Late = "late", Silent = "silent", NoOwner = "no-owner", NoEnd = "no-end", Unproven = "unproven", Milestones = "milestones", Completed = "milestones-completed", Proven = "milestones-proven",
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
    /// <param name="promises">What was promised with a version.</param>
    /// <param name="parties">Of the parties that anybody may see now, when that began and ended, oldest first. A promise counts while its party could be seen.</param>
    /// <param name="until">Nothing that came later is known, and the state is told of that day alone: only the sum holds.</param>
    public static Dictionary<(DateOnly Day, TotalKey Key), decimal> Of(IReadOnlyList<ActionState> states, IReadOnlyList<ReportedLight> lights, Func<ActionState, IReadOnlyList<StatedPromise>> promises, IReadOnlyDictionary<Guid, IReadOnlyList<PartyTurn>> parties, DateTimeOffset? until = null)
    {
        var known = states.Where(s => until is null || s.FromAt <= until).ToList();
        var told = lights.Where(l => until is null || l.At <= until).ToList();
        var turns = known.SelectMany(s => s.Parties).Distinct().Where(parties.ContainsKey).ToDictionary(p => p, p => parties[p].Where(t => until is null || t.At <= until).Select(t => (Day: Dutch.Day(t.At), t.IsOpen)).ToList());
        var changes = new Dictionary<(DateOnly, TotalKey), decimal>();
        if (known.Count == 0) return changes;

        var made = Dutch.Day(known[0].FromAt);
        // Between these days nothing about the action differs at the end of a day.
        SortedSet<DateOnly> days = [.. known.Select(s => Dutch.Day(s.FromAt)), .. told.Select(l => Dutch.Day(l.At)), .. told.Select(l => Dutch.Day(l.At)).Prepend(made).Select(d => d.AddDays(ActionHealth.SilentAfter)),
            .. known.SelectMany(s => new[] { s.EndsOn, s.OpenDueOn }).OfType<DateOnly>().Select(d => d.AddDays(1)), .. turns.Values.SelectMany(t => t).Select(t => t.Day)];
        if (until is { } moment) days.RemoveWhere(d => d > Dutch.Day(moment));
        // Walked along with the days: the newest version and update until the end of each.
        var came = known.Select((s, i) => (Day: Dutch.Day(s.FromAt), Index: i)).OrderBy(s => s.Day).ToList();
        var toldOn = told.ConvertAll(l => Dutch.Day(l.At));
        var (versions, newest, updates) = (0, -1, 0);
        Dictionary<DateOnly, ActionState> standing = [];
        IReadOnlyList<StatedPromise>? promised = null;
        Dictionary<TotalKey, decimal> before = [];
        foreach (var day in days)
        {
            var last = newest;
            for (; versions < came.Count && came[versions].Day <= day; versions++) newest = Math.Max(newest, came[versions].Index);
            while (updates < told.Count && toldOn[updates] <= day) updates++;
            if (newest >= 0) standing[day] = known[newest];
            if (newest != last) promised = null;
            if (until is not null && day != days.Max) continue;
            promised ??= newest >= 0 && known[newest].IsPublic ? promises(known[newest]) : [];
            var now = newest >= 0 && known[newest].IsPublic ? StateOf(known[newest], updates > 0 ? told[updates - 1] : null, made, promised.Where(p => turns.TryGetValue(p.Party, out var t) && t.FindLast(x => x.Day <= day).IsOpen), day) : [];
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
            if (!standing.TryGetValue(day, out var state) || !state.IsPublic && !state.IsPutAway) return;
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

    private static Dictionary<TotalKey, decimal> StateOf(ActionState state, ReportedLight? last, DateOnly made, IEnumerable<StatedPromise> promises, DateOnly day)
    {
        var totals = new Dictionary<TotalKey, decimal>();
        var health = state.HealthOn(last, made, day);
        Count(OfStatus(state.Status));
        if (!ActionFlow.IsClosed(state.Status)) Count(OfLight(health.Light));
        if (health.IsLate) Count(Late);
        if (health.IsSilent) Count(Silent);
        if (health.HasNoOwner) Count(NoOwner);
        if (health.HasNoEnd) Count(NoEnd);
        if (health.LacksEvidence) Count(Unproven);
        Add("", Milestones, state.Milestones);
        Add("", Completed, state.Completed);
        Add("", Proven, state.Proven);
        foreach (var promise in promises)
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
            foreach (var line in state.Lines.DefaultIfEmpty(NoLine)) Add(line, measure, 1);
        }

        void Add(string line, string measure, decimal amount)
        {
            if (amount != 0) totals[new(state.IsExample, line, measure)] = totals.GetValueOrDefault(new(state.IsExample, line, measure)) + amount;
        }
    }

    /// <param name="last">The newest update until then.</param>
    /// <param name="made">Day of the first version.</param>
    public static ActionHealth HealthOn(this ActionState state, ReportedLight? last, DateOnly made, DateOnly day) =>
        ActionHealth.Of(state.Status, state.EndsOn, state.HasOwner, new[] { state.EndsOn, state.OpenDueOn }.Min(), state.Milestones == 0 || state.Proven < state.Milestones, last?.Light, ActionHealth.SilentFrom(last is null ? null : Dutch.Day(last.At), made), day);
}
