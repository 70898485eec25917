using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KennisstedenPortal.Data.Agenda;

/// <summary>
/// What table, board, timeline, matrix and gaps read: one narrow row per published action, derived from the action, its
/// milestones and its last update, and written in the transaction that changes any of these (<see cref="ActionIndex"/>). It
/// holds no judgement of a moment, only the days on which one changes. Never the source of a fact.
/// </summary>
public sealed class ActionEntry
{
    public required Guid ActionId { get; init; }
    /// <summary>The number of its code.</summary>
    public required int Number { get; init; }
    public required string Slug { get; init; }
    public required string Name { get; init; }
    public required ActionStatus Status { get; init; }
    public required bool IsExample { get; init; }
    public required Visibility Visibility { get; init; }
    public Guid? OwnerId { get; init; }
    public DateOnly? StartsOn { get; init; }
    public DateOnly? EndsOn { get; init; }
    /// <summary>The end, for orders and windows: infinity when there is none.</summary>
    public required DateOnly UntilOn { get; init; }
    /// <summary>See <see cref="ActionHealth.LateAfter"/>; null when closed.</summary>
    public DateOnly? LateAfter { get; init; }
    /// <summary>See <see cref="ActionHealth.SilentFrom"/>; null when closed.</summary>
    public DateOnly? SilentFrom { get; init; }
    /// <summary>Day in the Netherlands of the last update; minus infinity when there is none.</summary>
    public required DateOnly ReportedOn { get; init; }
    public TrafficLight? LastLight { get; init; }
    /// <summary>The next milestone that is not completed.</summary>
    public string? NextTitle { get; init; }
    public DateOnly? NextOn { get; init; }
    public required int Milestones { get; init; }
    public required int Completed { get; init; }
    /// <summary>A milestone is open or without evidence.</summary>
    public required bool HasUnproven { get; init; }
    /// <summary>Order by what runs first and has ended last; examples after all that is real.</summary>
    public required short Weight { get; init; }
    /// <summary>What it can be filtered by: <c>group:value</c>, see <see cref="ActionFacet"/>.</summary>
    public required string[] Facets { get; init; }
}

internal sealed class ActionEntryConfiguration : IEntityTypeConfiguration<ActionEntry>
{
    public void Configure(EntityTypeBuilder<ActionEntry> builder)
    {
        builder.ToTable("action_entry");
        builder.HasKey(e => e.ActionId);
        builder.Property(e => e.ActionId).ValueGeneratedNever();
        builder.HasOne<AgendaAction>().WithOne().HasForeignKey<ActionEntry>(e => e.ActionId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(e => e.Slug).HasMaxLength(SlugText.MaxLength);
        builder.Property(e => e.NextTitle).HasMaxLength(Milestone.TitleMaxLength);
        // A rare filter is found by the facets, a frequent one by walking the order of the page.
        builder.HasIndex(e => e.Facets).HasMethod("gin").HasStorageParameter("fastupdate", false);
        builder.HasIndex(e => e.Number);
        builder.HasIndex(e => new { e.UntilOn, e.Number });
        builder.HasIndex(e => new { e.ReportedOn, e.Number }).IsDescending(true, false);
        builder.HasIndex(e => new { e.Weight, e.Number });
        // What lacks something, in the order in which it is named: too many to gather, too few to come across.
        foreach (var facet in ActionFacet.Lacking) builder.HasIndex(e => new { e.Weight, e.Number }, facet).HasDatabaseName($"ix_action_entry_{facet.TrimEnd(':').Replace('-', '_')}").HasFilter(ActionFacet.Holds(facet));
        // The columns of the board.
        builder.HasIndex(e => new { e.Status, e.IsExample, e.UntilOn, e.Number });
        // What is late, and what is silent.
        builder.HasIndex(e => e.LateAfter);
        builder.HasIndex(e => e.SilentFrom);
    }
}

/// <summary>What actions can be filtered by, as <c>group:value</c>, and the keys under which they are counted. What depends on the clock is no facet.</summary>
public static class ActionFacet
{
    /// <summary>Held by every action.</summary>
    public const string All = "all:";
    /// <summary>Of cities by slug, entry and official themes by code, parties and owners by identity.</summary>
    public const string Status = "status", City = "city", Theme = "theme", Party = "party", Owner = "owner", Check = "check";
    /// <summary>An element that it serves, itself or by a part of it.</summary>
    public const string Element = "element";
    /// <summary>An element that it names itself.</summary>
    public const string Serves = "serves";
    /// <summary>The light that was reported last, of what is not closed.</summary>
    public const string Light = "light";
    private const string AliveGroup = "alive", WorkingGroup = "working", MeasuredGroup = "measured";
    /// <summary>It is not stopped; it is being explored, prepared or carried out.</summary>
    public const string Alive = AliveGroup + ":", Working = WorkingGroup + ":";
    /// <summary>What it lacks: of what is not closed an owner and an end; of what is completed evidence (no milestone at all, or one without); of what is not stopped an ask; of any a city, a line, or both days. Measured is what has an indicator.</summary>
    public const string NoOwner = "no-owner:", NoEnd = "no-end:", NoEvidence = "no-evidence:", NoAsk = "no-ask:", NoCity = "no-city:", NoLine = "no-line:", NoDates = "no-dates:", Measured = MeasuredGroup + ":";

    /// <summary>Of these an index holds who has them, in order of importance. A condition finds it only when it says the facet itself.</summary>
    internal static readonly string[] Lacking = [NoAsk, NoDates, NoEvidence];

    /// <summary>The condition that a row has one of <see cref="Lacking"/>.</summary>
    internal static string Holds(string facet) => Lacking.Contains(facet, StringComparer.Ordinal) ? $"facets @> '{{{facet}}}'::text[]" : throw new ArgumentOutOfRangeException(nameof(facet));

    /// <summary>Before the keys in the totals of search.</summary>
    internal const string Prefix = "action:";

    public static string Of(string group, string value) => $"{group}:{value}";
    public static string Of(ActionStatus status) => Of(Status, Codes<ActionStatus>.Code(status));

    /// <summary>Key of the number of actions that have a facet, or two of the pairs that <see cref="IsKept"/> names.</summary>
    internal static string Key(string facet, string? other = null) => Prefix + (other is null ? facet : string.CompareOrdinal(facet, other) < 0 ? $"{facet}+{other}" : $"{other}+{facet}");

    /// <summary>Whether the exact number of actions with both is kept.</summary>
    internal static bool IsKept(string facet, string other) => (GroupOf(facet), GroupOf(other)) switch
    {
        (Status, City or Theme or Element or Party or Owner) or (City or Theme or Element or Party or Owner, Status) => true,
        (Element, City) or (City, Element) => true,
        (Serves, Serves or AliveGroup or WorkingGroup or MeasuredGroup) or (AliveGroup or WorkingGroup or MeasuredGroup, Serves) => true,
        (City, AliveGroup) or (AliveGroup, City) => true,
        _ => false,
    };

    /// <summary>Everything under which an action is counted; an example once more among the examples.</summary>
    internal static IEnumerable<string> Counted(IReadOnlyList<string> facets, bool isExample)
    {
        for (var i = 0; i < facets.Count; i++)
        {
            foreach (var key in facets.Skip(i + 1).Where(o => IsKept(facets[i], o)).Select(o => Key(facets[i], o)).Prepend(Key(facets[i])))
            {
                yield return key;
                if (isExample) yield return Search.Facet.Example + key;
            }
        }
    }

    private static string GroupOf(string facet) => facet[..facet.IndexOf(':', StringComparison.Ordinal)];
}
