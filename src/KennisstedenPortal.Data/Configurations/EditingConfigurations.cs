using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KennisstedenPortal.Data.Configurations;

internal sealed class DraftConfiguration : IEntityTypeConfiguration<Draft>
{
    public void Configure(EntityTypeBuilder<Draft> builder)
    {
        builder.ToTable("draft");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Kind).HasMaxLength(40);
        builder.Property(d => d.Reason).HasMaxLength(ObjectWriter.ReasonMaxLength * 2);
        // Text, not jsonb: it goes back to the form exactly as it was typed.
        builder.Property(d => d.Version).IsConcurrencyToken();
        builder.HasIndex(d => new { d.AccountId, d.ObjectId }).IsUnique();
        builder.HasOne<Account>().WithMany().HasForeignKey(d => d.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Proposal>().WithMany().HasForeignKey(d => d.ProposalId).OnDelete(DeleteBehavior.SetNull);
    }
}

internal sealed class ProposalConfiguration : IEntityTypeConfiguration<Proposal>
{
    public void Configure(EntityTypeBuilder<Proposal> builder)
    {
        builder.ToTable("proposal", t =>
        {
            t.HasCheckConstraint("ck_proposal_decided", "(state = 'open') = (decided_at is null)");
            // Nobody approves their own, whatever a page forgets (product rule 3).
            t.HasCheckConstraint("ck_proposal_own", "state <> 'accepted' or proposer_id is null or decider_id <> proposer_id");
        });
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Kind).HasMaxLength(40);
        builder.Property(p => p.Reason).HasMaxLength(Proposal.ReasonMaxLength);
        builder.Property(p => p.Decision).HasMaxLength(Proposal.ReasonMaxLength);
        builder.Property(p => p.ProposerName).HasMaxLength(200);
        builder.Property(p => p.ProposerOrganisation).HasMaxLength(200);
        builder.Property(p => p.DeciderName).HasMaxLength(200);
        builder.Property(p => p.Version).IsConcurrencyToken();
        builder.HasIndex(p => new { p.State, p.StewardId, p.MadeAt });
        builder.HasIndex(p => p.ObjectId);
        builder.HasIndex(p => new { p.ProposerId, p.MadeAt });
        builder.HasOne<Account>().WithMany().HasForeignKey(p => p.ProposerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<RegisterObject>().WithMany().HasForeignKey(p => p.StewardId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SwotItemConfiguration : IEntityTypeConfiguration<SwotItem>
{
    public void Configure(EntityTypeBuilder<SwotItem> builder)
    {
        builder.ToTable("swot_item");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Text).HasMaxLength(SwotItem.TextMaxLength);
        builder.HasMany(s => s.Evidence).WithOne().HasForeignKey(e => e.ItemId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SwotEvidenceConfiguration : IEntityTypeConfiguration<SwotEvidence>
{
    public void Configure(EntityTypeBuilder<SwotEvidence> builder)
    {
        builder.ToTable("swot_evidence", t => t.HasCheckConstraint("ck_swot_evidence_one", "num_nonnulls(subject_id, observation_id, source_id) = 1"));
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.HasOne(e => e.Subject).WithMany().HasForeignKey(e => e.SubjectId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(e => e.Observation).WithMany().HasForeignKey(e => e.ObservationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(e => e.Source).WithMany().HasForeignKey(e => e.SourceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ExchangeConfiguration : IEntityTypeConfiguration<Exchange>
{
    public void Configure(EntityTypeBuilder<Exchange> builder)
    {
        builder.ToTable("exchange");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Text).HasMaxLength(Exchange.TextMaxLength);
        builder.HasIndex(e => e.ThemeCode);
        builder.HasOne(e => e.Theme).WithMany().HasForeignKey(e => e.ThemeCode).OnDelete(DeleteBehavior.Restrict);
    }
}
