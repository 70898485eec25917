using KennisstedenPortal.Data.StarterData;
using KennisstedenPortal.Domain.History;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KennisstedenPortal.Data.Configurations;

internal sealed class SourceConfiguration : IEntityTypeConfiguration<Source>
{
    public void Configure(EntityTypeBuilder<Source> builder)
    {
        builder.ToTable("source");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Title).HasMaxLength(Source.TitleMaxLength);
        builder.Property(s => s.Locator).HasMaxLength(Source.LocatorMaxLength);
        builder.HasIndex(s => s.Locator).IsUnique();
        builder.Ignore(s => s.Url);
        builder.Ignore(s => s.Address);
        builder.HasMany(s => s.Keys).WithOne().HasForeignKey(k => k.SourceId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SourceKeyConfiguration : IEntityTypeConfiguration<SourceKey>
{
    public void Configure(EntityTypeBuilder<SourceKey> builder)
    {
        builder.ToTable("source_key");
        builder.HasKey(k => new { k.File, k.Value });
        builder.Property(k => k.File).HasMaxLength(60);
        builder.Property(k => k.Value).HasMaxLength(100);
    }
}

internal sealed class CitationConfiguration : IEntityTypeConfiguration<Citation>
{
    private const string Owners = "object_id, relation_id, specialisation_id, theme_code, taxonomy_code, indicator_code, claim_id, agenda_element_id";

    public void Configure(EntityTypeBuilder<Citation> builder)
    {
        builder.ToTable("citation", t => t.HasCheckConstraint("ck_citation_owner", $"num_nonnulls({Owners}) = 1"));
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Field).HasMaxLength(60);
        builder.HasOne(c => c.Source).WithMany().HasForeignKey(c => c.SourceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(c => c.SourceId);
    }
}

internal sealed class FieldProvenanceConfiguration : IEntityTypeConfiguration<FieldProvenance>
{
    public void Configure(EntityTypeBuilder<FieldProvenance> builder)
    {
        builder.ToTable("field_provenance");
        builder.HasKey(p => new { p.ObjectId, p.Field });
        builder.Property(p => p.Field).HasMaxLength(60);
        builder.Property(p => p.Note).HasMaxLength(FieldProvenance.NoteMaxLength);
        builder.Property(p => p.NoteLanguage).HasMaxLength(10);
    }
}

internal sealed class RevisionConfiguration : IEntityTypeConfiguration<Revision>
{
    public void Configure(EntityTypeBuilder<Revision> builder)
    {
        builder.ToTable("revision");
        builder.HasKey(r => new { r.ObjectId, r.Number });
        builder.HasIndex(r => r.At);
        builder.Property(r => r.Snapshot).HasColumnType("jsonb");
        builder.Property(r => r.ActorName).HasMaxLength(200);
        builder.Property(r => r.ActorOrganisation).HasMaxLength(200);
        builder.Property(r => r.Reason).HasMaxLength(1000);
        builder.HasOne<RegisterObject>().WithMany().HasForeignKey(r => r.ObjectId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(r => r.Changes).WithOne().HasForeignKey(c => new { c.ObjectId, c.RevisionNumber }).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class FieldChangeConfiguration : IEntityTypeConfiguration<FieldChange>
{
    public void Configure(EntityTypeBuilder<FieldChange> builder)
    {
        builder.ToTable("field_change");
        builder.HasKey(c => new { c.ObjectId, c.RevisionNumber, c.Field });
        builder.Property(c => c.Field).HasMaxLength(FieldChange.FieldMaxLength);
        builder.Property(c => c.OldValue).HasColumnType("jsonb");
        builder.Property(c => c.NewValue).HasColumnType("jsonb");
    }
}

internal sealed class ImportedRowConfiguration : IEntityTypeConfiguration<ImportedRow>
{
    public void Configure(EntityTypeBuilder<ImportedRow> builder)
    {
        builder.ToTable("imported_row");
        builder.HasKey(r => new { r.Entity, r.Key });
        builder.Property(r => r.Entity).HasMaxLength(60);
        builder.Property(r => r.Values).HasColumnType("jsonb");
    }
}

internal sealed class ImportRunConfiguration : IEntityTypeConfiguration<ImportRun>
{
    public void Configure(EntityTypeBuilder<ImportRun> builder)
    {
        builder.ToTable("import_run");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Report).HasColumnType("jsonb");
    }
}
