using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Themes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KennisstedenPortal.Data.Configurations;

internal sealed class TaxonomyConfiguration : IEntityTypeConfiguration<Taxonomy>
{
    public void Configure(EntityTypeBuilder<Taxonomy> builder)
    {
        builder.ToTable("taxonomy");
        builder.HasKey(t => t.Code);
        builder.Property(t => t.Code).HasMaxLength(60);
        builder.Property(t => t.NameNl).HasMaxLength(200);
        builder.Property(t => t.NameEn).HasMaxLength(200);
        builder.Property(t => t.ValidFrom).HasMaxLength(Period.MaxLength);
        builder.Property(t => t.ValidTo).HasMaxLength(Period.MaxLength);
        builder.Property(t => t.Status).HasMaxLength(60);
        builder.HasMany(t => t.Themes).WithOne(t => t.Taxonomy).HasForeignKey(t => t.TaxonomyCode).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(t => t.Citations).WithOne().HasForeignKey(c => c.TaxonomyCode).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ThemeConfiguration : IEntityTypeConfiguration<Theme>
{
    public void Configure(EntityTypeBuilder<Theme> builder)
    {
        builder.ToTable("theme", t => t.HasCheckConstraint("ck_theme_entry", $"(taxonomy_code = '{Taxonomy.EntryCode}') = (entry_theme_code = code)"));
        builder.HasKey(t => t.Code);
        builder.Property(t => t.Code).HasMaxLength(60);
        builder.Property(t => t.NameNl).HasMaxLength(200).UseCollation(Collations.Dutch);
        builder.Property(t => t.NameEn).HasMaxLength(200);
        builder.Property(t => t.ValidFrom).HasMaxLength(Period.MaxLength);
        builder.Property(t => t.ValidTo).HasMaxLength(Period.MaxLength);
        builder.HasOne<Theme>().WithMany().HasForeignKey(t => t.ParentCode).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Theme>().WithMany().HasForeignKey(t => t.EntryThemeCode).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(t => t.Citations).WithOne().HasForeignKey(c => c.ThemeCode).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ThemeMappingConfiguration : IEntityTypeConfiguration<ThemeMapping>
{
    public void Configure(EntityTypeBuilder<ThemeMapping> builder)
    {
        builder.ToTable("theme_mapping", t => t.HasCheckConstraint("ck_theme_mapping_self", "from_code <> to_code"));
        builder.HasKey(m => new { m.FromCode, m.ToCode, m.Kind });
        builder.HasOne<Theme>().WithMany().HasForeignKey(m => m.FromCode).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Theme>().WithMany().HasForeignKey(m => m.ToCode).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SpecialisationConfiguration : IEntityTypeConfiguration<Specialisation>
{
    public void Configure(EntityTypeBuilder<Specialisation> builder)
    {
        builder.ToTable("specialisation");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Basis).HasMaxLength(Specialisation.BasisMaxLength);
        builder.HasIndex(s => new { s.ObjectId, s.ThemeCode }).IsUnique();
        builder.HasIndex(s => s.ThemeCode);
        builder.HasOne(s => s.Theme).WithMany().HasForeignKey(s => s.ThemeCode).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(s => s.Citations).WithOne().HasForeignKey(c => c.SpecialisationId).OnDelete(DeleteBehavior.Cascade);
    }
}
