using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KennisstedenPortal.Data.Reports;

/// <summary>
/// What reports ask of one version of an action, from when until when it stood. Derived from the snapshots in history by
/// <see cref="ReportIndex"/>, in the transaction of every save, and to be built anew from them at any time.
/// </summary>
internal sealed class ActionState
{
    /// <summary>Rank of an action that serves no line: after all that do.</summary>
    public const int NoLine = 99;

    public required Guid ActionId { get; init; }
    public required int Revision { get; init; }
    public required DateTimeOffset FromAt { get; init; }
    /// <summary>When the next version came; null is now. A version that was replaced at the same moment never stood.</summary>
    public DateTimeOffset? UntilAt { get; set; }
    /// <summary>Everybody could read it then.</summary>
    public required bool IsPublic { get; init; }
    /// <summary>It was archived then, and not hidden.</summary>
    public required bool IsPutAway { get; init; }
    public required bool IsExample { get; init; }
    /// <summary>17 of VA-017.</summary>
    public required int Number { get; init; }
    /// <summary>The lines it serves, itself or by a part of one, in their order.</summary>
    public required string[] Lines { get; init; }
    /// <summary>Rank of the first line, by which reports order.</summary>
    public required int LineRank { get; init; }
    public required ActionStatus Status { get; init; }
    /// <summary>Status of the public version before it, where that was another; null of the first.</summary>
    public ActionStatus? StatusBefore { get; set; }
    /// <summary>The first public version.</summary>
    public bool IsFirst { get; set; }
    /// <summary>Archived with this version.</summary>
    public bool IsGone { get; set; }
    /// <summary>Closed milestones that the version before did not have as closed.</summary>
    public int Closed { get; set; }
    public required DateOnly? EndsOn { get; init; }
    /// <summary>The earliest day on which a milestone had to be completed that is not.</summary>
    public required DateOnly? OpenDueOn { get; init; }
    public required bool HasOwner { get; init; }
    public required int Milestones { get; init; }
    public required int Completed { get; init; }
    /// <summary>Milestones that are completed with evidence.</summary>
    public required int Proven { get; init; }
    /// <summary>Identities of the completed milestones.</summary>
    public required Guid[] CompletedIds { get; init; }
    /// <summary>Owner, partners and what it is about, where these relations hold.</summary>
    public required Guid[] TiedTo { get; init; }
    /// <summary>Who promised something.</summary>
    public required Guid[] Parties { get; init; }
    /// <summary>JSON of what was promised: <see cref="StatedPromise"/>.</summary>
    public required string Promises { get; init; }
}

/// <summary>A commitment as totals count it.</summary>
internal sealed record StatedPromise(Guid Party, CommitmentSort Sort, CommitmentStatus Status, decimal? Amount);

/// <summary>By how much a total of all actions changed on a day. What stood at the end of a day is the sum until then.</summary>
internal sealed class ActionTotal
{
    public required DateOnly Day { get; init; }
    public required bool IsExample { get; init; }
    /// <summary>Code of a line, or empty for the whole.</summary>
    public required string Line { get; init; }
    /// <summary>See <see cref="Measures"/>.</summary>
    public required string Measure { get; init; }
    public required decimal Amount { get; init; }
}

internal sealed class ActionStateConfiguration : IEntityTypeConfiguration<ActionState>
{
    public void Configure(EntityTypeBuilder<ActionState> builder)
    {
        builder.ToTable("action_state");
        builder.HasKey(s => new { s.ActionId, s.Revision });
        builder.Property(s => s.Promises).HasColumnType("jsonb");
        builder.HasOne<RegisterObject>().WithMany().HasForeignKey(s => s.ActionId).OnDelete(DeleteBehavior.Cascade);
        // A page of the report reads in this order, and skips what did not stand then.
        builder.HasIndex(s => new { s.LineRank, s.Number, s.FromAt }).HasFilter("is_public");
        builder.HasIndex(s => new { s.Status, s.LineRank, s.Number }).HasFilter("is_public");
        // What changed in a period, the newest of each.
        builder.HasIndex(s => new { s.FromAt, s.Number }, "first").HasDatabaseName("ix_action_state_first").HasFilter("is_first");
        builder.HasIndex(s => new { s.FromAt, s.Number }, "step").HasDatabaseName("ix_action_state_step").HasFilter("status_before is not null");
        builder.HasIndex(s => new { s.FromAt, s.Number }, "gone").HasDatabaseName("ix_action_state_gone").HasFilter("is_gone");
        builder.HasIndex(s => new { s.FromAt, s.Number }, "closed").HasDatabaseName("ix_action_state_closed").HasFilter("closed > 0 and is_public");
        builder.HasIndex(s => s.TiedTo).HasMethod("gin");
        builder.HasIndex(s => s.Parties).HasMethod("gin");
    }
}

internal sealed class ActionTotalConfiguration : IEntityTypeConfiguration<ActionTotal>
{
    public void Configure(EntityTypeBuilder<ActionTotal> builder)
    {
        builder.ToTable("action_total");
        builder.HasKey(t => new { t.Day, t.IsExample, t.Line, t.Measure });
        builder.Property(t => t.Line).HasMaxLength(60);
        builder.Property(t => t.Measure).HasMaxLength(60);
    }
}
