using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Indicators;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KennisstedenPortal.Data.Configurations;

internal sealed class IndicatorConfiguration : IEntityTypeConfiguration<Indicator>
{
    public void Configure(EntityTypeBuilder<Indicator> builder)
    {
        builder.ToTable("indicator");
        builder.HasKey(i => i.Code);
        builder.Property(i => i.Code).HasMaxLength(60);
        builder.Property(i => i.NameNl).HasMaxLength(200);
        builder.Property(i => i.NameEn).HasMaxLength(200);
        builder.Property(i => i.Unit).HasMaxLength(60);
        builder.HasMany(i => i.Citations).WithOne().HasForeignKey(c => c.IndicatorCode).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ObservationConfiguration : IEntityTypeConfiguration<Observation>
{
    public void Configure(EntityTypeBuilder<Observation> builder)
    {
        builder.ToTable("observation", t =>
        {
            t.HasCheckConstraint("ck_observation_subject", "num_nonnulls(object_id, area_code) >= 1");
            t.HasCheckConstraint("ck_observation_value", "(value is null) = (missing is not null)");
            t.HasCheckConstraint("ck_observation_bounds", "min_value <= max_value");
        });
        builder.Property(o => o.Id).ValueGeneratedNever();
        builder.Property(o => o.ReferencePeriod).HasMaxLength(Period.MaxLength);
        builder.Property(o => o.Unit).HasMaxLength(60);
        builder.Property(o => o.Segment).HasMaxLength(100);
        builder.Property(o => o.Qualifier).HasMaxLength(500);
        builder.HasIndex(o => new { o.ObjectId, o.IndicatorCode, o.PeriodStart });
        builder.HasIndex(o => new { o.AreaCode, o.IndicatorCode, o.PeriodStart });
        builder.HasOne(o => o.Indicator).WithMany().HasForeignKey(o => o.IndicatorCode).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Area>().WithMany().HasForeignKey(o => o.AreaCode).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(o => o.Source).WithMany().HasForeignKey(o => o.SourceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DocumentClaimConfiguration : IEntityTypeConfiguration<DocumentClaim>
{
    public void Configure(EntityTypeBuilder<DocumentClaim> builder)
    {
        builder.ToTable("document_claim");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Code).HasMaxLength(60);
        builder.HasIndex(c => c.Code).IsUnique();
        builder.HasOne(c => c.Indicator).WithMany().HasForeignKey(c => c.IndicatorCode).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(c => c.Citations).WithOne().HasForeignKey(c => c.ClaimId).OnDelete(DeleteBehavior.Cascade);
    }
}
