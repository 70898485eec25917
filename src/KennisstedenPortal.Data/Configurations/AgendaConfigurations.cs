using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KennisstedenPortal.Data.Configurations;

internal sealed class AgendaElementConfiguration : IEntityTypeConfiguration<AgendaElement>
{
    public void Configure(EntityTypeBuilder<AgendaElement> builder)
    {
        builder.ToTable("agenda_element");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Code).HasMaxLength(60);
        builder.Property(e => e.Title).HasMaxLength(300);
        builder.Property(e => e.Date).HasMaxLength(Period.MaxLength);
        // Actions, drafts and history refer to an element by its code.
        builder.HasAlternateKey(e => e.Code).HasName("ak_agenda_elements_code");
        builder.HasOne(e => e.Parent).WithMany().HasForeignKey(e => e.ParentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(e => e.Citations).WithOne().HasForeignKey(c => c.AgendaElementId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(e => e.Objects).WithOne().HasForeignKey(o => o.ElementId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ElementObjectConfiguration : IEntityTypeConfiguration<ElementObject>
{
    public void Configure(EntityTypeBuilder<ElementObject> builder)
    {
        builder.ToTable("agenda_element_object");
        builder.HasKey(o => new { o.ElementId, o.ObjectId });
        builder.HasOne<RegisterObject>().WithMany().HasForeignKey(o => o.ObjectId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AgendaActionConfiguration : IEntityTypeConfiguration<AgendaAction>
{
    private static readonly string Code = KindRegistry.Of<AgendaAction>().Code;

    public void Configure(EntityTypeBuilder<AgendaAction> builder)
    {
        builder.ToTable("register_object", t =>
        {
            t.HasCheckConstraint("ck_register_object_action_slug", $"kind <> '{Code}' or slug ~ '^{KindRegistry.Of<AgendaAction>().NumberedAs}[0-9]{{3,9}}$'");
            t.HasCheckConstraint("ck_register_object_action_dates", "ends_on >= starts_on");
            t.HasCheckConstraint("ck_register_object_action_days", $"starts_on between {First} and {Last} and ends_on between {First} and {Last}");
            t.HasCheckConstraint("ck_register_object_action_reason", $"action_status not in ('{Codes<ActionStatus>.Code(ActionStatus.Paused)}', '{Codes<ActionStatus>.Code(ActionStatus.Stopped)}') or status_reason is not null");
            t.HasCheckConstraint("ck_register_object_action_funding", "funding_need >= 0 and funding_covered >= 0 and funding_gap >= 0");
        });
        builder.Ignore(a => a.Code);
        // Districts have a status of their own.
        builder.Property(a => a.Status).HasColumnName("action_status");
        builder.Property(a => a.StatusReason).HasMaxLength(AgendaAction.ReasonMaxLength);
        builder.Property(a => a.IntendedResult).HasMaxLength(AgendaAction.ResultMaxLength);
        builder.Property(a => a.ResultIndicator).HasMaxLength(RegisterObject.ShortTextMaxLength);
        builder.Property(a => a.AdministrativeLead).HasMaxLength(AgendaAction.FunctionMaxLength);
        builder.Property(a => a.OfficialLead).HasMaxLength(AgendaAction.FunctionMaxLength);
        builder.Property(a => a.FundingNeed).HasPrecision(AgendaAction.AmountDigits, AgendaAction.AmountDecimals);
        builder.Property(a => a.FundingCovered).HasPrecision(AgendaAction.AmountDigits, AgendaAction.AmountDecimals);
        builder.Property(a => a.FundingGap).HasPrecision(AgendaAction.AmountDigits, AgendaAction.AmountDecimals);
        builder.Property(a => a.FundingTried).HasMaxLength(AgendaAction.TriedMaxLength);
        builder.HasMany(a => a.Milestones).WithOne().HasForeignKey(m => m.ActionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(a => a.CarriedOut).WithOne(c => c.CarriedOutIn).HasForeignKey(c => c.CarriedOutInId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(a => a.Updates).WithOne().HasForeignKey(u => u.ActionId).OnDelete(DeleteBehavior.Restrict);
    }

    /// <summary>The days that can be entered, as literals.</summary>
    internal static readonly string First = $"date '{DayText.MinYear}-01-01'", Last = $"date '{DayText.MaxYear}-12-31'";
}

internal sealed class AgendaObjectConfiguration : IEntityTypeConfiguration<AgendaObject>
{
    public void Configure(EntityTypeBuilder<AgendaObject> builder)
    {
        builder.HasMany(a => a.Elements).WithOne().HasForeignKey(e => e.ObjectId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(a => a.Commitments).WithOne(c => c.Holder).HasForeignKey(c => c.ObjectId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PolicyDocumentConfiguration : IEntityTypeConfiguration<PolicyDocument>
{
    public void Configure(EntityTypeBuilder<PolicyDocument> builder)
    {
        builder.ToTable("register_object", t =>
        {
            t.HasCheckConstraint("ck_register_object_paper_number", $"paper_number ~ '{PaperNumber.Pattern}'");
            t.HasCheckConstraint("ck_register_object_dated_on", $"dated_on between {AgendaActionConfiguration.First} and {AgendaActionConfiguration.Last}");
        });
        builder.Property(d => d.Sort).HasColumnName("document_sort");
        builder.Property(d => d.PaperNumber).HasMaxLength(PaperNumber.MaxLength);
    }
}

internal sealed class MeetingConfiguration : IEntityTypeConfiguration<Meeting>
{
    public void Configure(EntityTypeBuilder<Meeting> builder)
    {
        builder.ToTable("register_object", t => t.HasCheckConstraint("ck_register_object_held_on", $"held_on between {AgendaActionConfiguration.First} and {AgendaActionConfiguration.Last}"));
        builder.Property(m => m.Sort).HasColumnName("meeting_sort");
        builder.Property(m => m.Venue).HasMaxLength(RegisterObject.ShortTextMaxLength);
        builder.HasMany(m => m.Points).WithOne(p => p.Meeting).HasForeignKey(p => p.MeetingId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(m => new { m.HeldOn, m.Id }).HasFilter("held_on is not null");
    }
}

internal sealed class AgendaPointConfiguration : IEntityTypeConfiguration<AgendaPoint>
{
    public void Configure(EntityTypeBuilder<AgendaPoint> builder)
    {
        builder.ToTable("agenda_point", t =>
        {
            t.HasCheckConstraint("ck_agenda_point_number", $"number between 1 and {AgendaPoint.MaxNumber}");
            t.HasCheckConstraint("ck_agenda_point_decision", $"status = '{Codes<DecisionStatus>.Code(DecisionStatus.Pending)}' or decision is not null");
            t.HasCheckConstraint("ck_agenda_point_carried_out", $"(status = '{Codes<DecisionStatus>.Code(DecisionStatus.CarriedOut)}') = (carried_out_on is not null)");
            t.HasCheckConstraint("ck_agenda_point_days", $"due_on between {AgendaActionConfiguration.First} and {AgendaActionConfiguration.Last} and carried_out_on between {AgendaActionConfiguration.First} and {AgendaActionConfiguration.Last}");
        });
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Title).HasMaxLength(AgendaPoint.TitleMaxLength);
        builder.Property(p => p.Asked).HasMaxLength(AgendaPoint.TextMaxLength);
        builder.Property(p => p.Decision).HasMaxLength(AgendaPoint.TextMaxLength);
        builder.HasOne(p => p.Action).WithMany(a => a.Points).HasForeignKey(p => p.ActionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(p => p.Party).WithMany().HasForeignKey(p => p.PartyId).OnDelete(DeleteBehavior.Restrict);
        // What earlier meetings left open; the number of a point is unique too, by a constraint that waits for the end of the transaction.
        builder.HasIndex(p => p.MeetingId).HasDatabaseName("ix_agenda_point_open").HasFilter($"status not in ('{Codes<DecisionStatus>.Code(DecisionStatus.CarriedOut)}', '{Codes<DecisionStatus>.Code(DecisionStatus.Rejected)}')");
    }
}

internal sealed class ObjectElementConfiguration : IEntityTypeConfiguration<ObjectElement>
{
    public void Configure(EntityTypeBuilder<ObjectElement> builder)
    {
        builder.ToTable("object_element");
        builder.HasKey(e => new { e.ObjectId, e.ElementCode });
        builder.HasOne(e => e.Element).WithMany().HasForeignKey(e => e.ElementCode).HasPrincipalKey(e => e.Code).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(e => e.ElementCode);
    }
}

internal sealed class MilestoneConfiguration : IEntityTypeConfiguration<Milestone>
{
    public void Configure(EntityTypeBuilder<Milestone> builder)
    {
        builder.ToTable("milestone", t =>
        {
            t.HasCheckConstraint("ck_milestone_closed", $"(status = '{Codes<MilestoneStatus>.Code(MilestoneStatus.Completed)}') = (closed_on is not null)");
            t.HasCheckConstraint("ck_milestone_days", $"due_on between {AgendaActionConfiguration.First} and {AgendaActionConfiguration.Last} and closed_on between {AgendaActionConfiguration.First} and {AgendaActionConfiguration.Last}");
        });
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.Title).HasMaxLength(Milestone.TitleMaxLength);
        builder.Property(m => m.EvidenceUrl).HasMaxLength(RegisterObject.WebsiteMaxLength);
        builder.Property(m => m.EvidenceNote).HasMaxLength(Milestone.NoteMaxLength);
        builder.Ignore(m => m.HasEvidence);
        builder.Ignore(m => m.IsEvidenceClosed);
        builder.HasOne(m => m.EvidenceObject).WithMany().HasForeignKey(m => m.EvidenceObjectId).OnDelete(DeleteBehavior.Restrict);
        // What is late, and what is due soon.
        builder.HasIndex(m => m.DueOn).HasFilter("closed_on is null");
    }
}

internal sealed class CommitmentConfiguration : IEntityTypeConfiguration<Commitment>
{
    public void Configure(EntityTypeBuilder<Commitment> builder)
    {
        builder.ToTable("commitment", t =>
        {
            t.HasCheckConstraint("ck_commitment_amount", $"amount is null or amount >= 0 and sort = '{Codes<CommitmentSort>.Code(CommitmentSort.Money)}'");
            t.HasCheckConstraint("ck_commitment_lapsed", $"status <> '{Codes<CommitmentStatus>.Code(CommitmentStatus.Lapsed)}' or reason is not null");
            t.HasCheckConstraint("ck_commitment_number", $"number between 1 and {Commitment.MaxNumber}");
            t.HasCheckConstraint("ck_commitment_settled", $"settled_on is null or status in ('{Codes<CommitmentStatus>.Code(CommitmentStatus.Met)}', '{Codes<CommitmentStatus>.Code(CommitmentStatus.Lapsed)}')");
            t.HasCheckConstraint("ck_commitment_extended", "(extended_on is null) = (extended_from is null) and (extended_on is null or reason is not null)");
            t.HasCheckConstraint("ck_commitment_days", $"settled_on between {AgendaActionConfiguration.First} and {AgendaActionConfiguration.Last} and extended_on between {AgendaActionConfiguration.First} and {AgendaActionConfiguration.Last} and extended_from between {AgendaActionConfiguration.First} and {AgendaActionConfiguration.Last}");
            t.HasCheckConstraint("ck_commitment_carried_out_in", "carried_out_in_id <> object_id");
            t.HasCheckConstraint("ck_commitment_term", $"term_on between {AgendaActionConfiguration.First} and {AgendaActionConfiguration.Last}");
        });
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Text).HasMaxLength(Commitment.TextMaxLength);
        builder.Property(c => c.Reason).HasMaxLength(Commitment.ReasonMaxLength);
        builder.Property(c => c.Amount).HasPrecision(AgendaAction.AmountDigits, AgendaAction.AmountDecimals);
        builder.HasOne(c => c.Party).WithMany().HasForeignKey(c => c.PartyId).OnDelete(DeleteBehavior.Restrict);
        // Each list of the ledger goes by term, one of a party too; what has no term comes last.
        builder.HasIndex(c => new { c.PartyId, c.TermOn, c.Id });
        builder.HasIndex(c => new { c.TermOn, c.Id });
        builder.HasIndex(c => c.ObjectId);
        builder.HasIndex(c => c.SettledOn).HasFilter("settled_on is not null");
        builder.HasIndex(c => c.ExtendedOn).HasFilter("extended_on is not null");
        builder.HasIndex(c => new { c.ObjectId, c.Number }).IsUnique().HasFilter("number is not null");
        builder.HasIndex(c => c.Text).HasMethod("gin").HasOperators("gin_trgm_ops");
    }
}

internal sealed class DeadlineReminderConfiguration : IEntityTypeConfiguration<DeadlineReminder>
{
    public void Configure(EntityTypeBuilder<DeadlineReminder> builder)
    {
        builder.ToTable("deadline_reminder");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.HasIndex(r => new { r.ObjectId, r.MilestoneId, r.CommitmentId, r.PointId, r.DueOn, r.Stage }).HasDatabaseName("ix_deadline_reminder_stage").IsUnique().AreNullsDistinct(false);
        builder.HasOne<AgendaObject>().WithMany().HasForeignKey(r => r.ObjectId).OnDelete(DeleteBehavior.Cascade);
        // What is taken away and put back reminds anew.
        builder.HasOne<Milestone>().WithMany().HasForeignKey(r => r.MilestoneId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Commitment>().WithMany().HasForeignKey(r => r.CommitmentId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<AgendaPoint>().WithMany().HasForeignKey(r => r.PointId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ProgressUpdateConfiguration : IEntityTypeConfiguration<ProgressUpdate>
{
    public void Configure(EntityTypeBuilder<ProgressUpdate> builder)
    {
        builder.ToTable("progress_update", t => t.HasCheckConstraint("ck_progress_update_text", "btrim(text) <> ''"));
        builder.Property(u => u.Id).ValueGeneratedNever();
        builder.Property(u => u.Text).HasMaxLength(ProgressUpdate.TextMaxLength);
        builder.Property(u => u.Organisation).HasMaxLength(RegisterObject.NameMaxLength);
        builder.HasOne<Account>().WithMany().HasForeignKey(u => u.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(u => u.OnBehalfOf).WithMany().HasForeignKey(u => u.OnBehalfOfId).OnDelete(DeleteBehavior.Restrict);
        // The newest of each action is read for every row of a list.
        builder.HasIndex(u => new { u.ActionId, u.At }).IsDescending(false, true).IncludeProperties(u => u.Light);
        // What came after a moment, for the report of that moment.
        builder.HasIndex(u => u.At);
    }
}

internal sealed class EditionConfiguration : IEntityTypeConfiguration<Edition>
{
    public void Configure(EntityTypeBuilder<Edition> builder)
    {
        builder.ToTable("edition", t =>
        {
            t.HasCheckConstraint("ck_edition_title", "btrim(title) <> ''");
            t.HasCheckConstraint("ck_edition_period", "since < at and at <= made_at");
            t.HasCheckConstraint("ck_edition_number", "number > 0");
        });
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Title).HasMaxLength(Edition.TitleMaxLength);
        builder.Property(e => e.Data).HasColumnType("jsonb");
        builder.Property(e => e.Hash).HasMaxLength(Edition.HashLength).IsFixedLength();
        builder.Property(e => e.Organisation).HasMaxLength(RegisterObject.NameMaxLength);
        builder.Ignore(e => e.Name);
        builder.HasIndex(e => new { e.Year, e.Number }).IsUnique();
        builder.HasOne(e => e.Withdrawal).WithOne().HasForeignKey<EditionWithdrawal>(w => w.EditionId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class EditionWithdrawalConfiguration : IEntityTypeConfiguration<EditionWithdrawal>
{
    public void Configure(EntityTypeBuilder<EditionWithdrawal> builder)
    {
        builder.ToTable("edition_withdrawal", t => t.HasCheckConstraint("ck_edition_withdrawal_reason", "btrim(reason) <> ''"));
        builder.HasKey(w => w.EditionId);
        builder.Property(w => w.Reason).HasMaxLength(EditionWithdrawal.ReasonMaxLength);
        builder.Property(w => w.Organisation).HasMaxLength(RegisterObject.NameMaxLength);
    }
}
