using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KennisstedenPortal.Data.Configurations;

internal sealed class RegisterObjectConfiguration : IEntityTypeConfiguration<RegisterObject>
{
    public const string Kind = "kind";

    public void Configure(EntityTypeBuilder<RegisterObject> builder)
    {
        builder.ToTable("register_object", t =>
        {
            t.HasCheckConstraint("ck_register_object_slug", "slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'");
            t.HasCheckConstraint("ck_register_object_kind", $"kind in ({string.Join(", ", KindRegistry.All.Select(k => $"'{k.Code}'"))})");
            t.HasCheckConstraint("ck_register_object_name", "btrim(name) <> ''");
            t.HasCheckConstraint("ck_register_object_revision", "revision >= 1");
            t.HasCheckConstraint("ck_register_object_point",
                FormattableString.Invariant($"(latitude is null) = (longitude is null) and latitude between {Netherlands.MinLatitude} and {Netherlands.MaxLatitude} and longitude between {Netherlands.MinLongitude} and {Netherlands.MaxLongitude}"));
            t.HasCheckConstraint("ck_register_object_review", "review_by is null or confirmed_on is not null and review_by >= confirmed_on");
        });
        var kind = builder.HasDiscriminator<string>(Kind);
        foreach (var k in KindRegistry.All) kind.HasValue(k.Type, k.Code);
        builder.Property(Kind).HasMaxLength(40);
        builder.Property(o => o.Id).ValueGeneratedNever();
        builder.Property(o => o.Slug).HasMaxLength(SlugText.MaxLength);
        builder.Property(o => o.Name).HasMaxLength(RegisterObject.NameMaxLength).UseCollation(Collations.Dutch);
        builder.Property(o => o.NameEnglish).HasMaxLength(RegisterObject.NameMaxLength);
        builder.Property(o => o.Description).HasMaxLength(RegisterObject.DescriptionMaxLength);
        builder.Property(o => o.Website).HasMaxLength(RegisterObject.WebsiteMaxLength);
        builder.Property(o => o.Note).HasMaxLength(RegisterObject.NoteMaxLength);
        builder.Property(o => o.NoteLanguage).HasMaxLength(10);
        builder.Property(o => o.Revision).IsConcurrencyToken();
        builder.HasIndex(Kind, nameof(RegisterObject.Slug)).IsUnique();
        builder.HasIndex(Kind, nameof(RegisterObject.Name));
        builder.HasOne(o => o.Municipality).WithMany().HasForeignKey(o => o.MunicipalityCode).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(o => o.Steward).WithMany().HasForeignKey(o => o.StewardId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(o => o.OtherLocations).WithOne().HasForeignKey(l => l.ObjectId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(o => o.Relations).WithOne(r => r.From).HasForeignKey(r => r.FromId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(o => o.InverseRelations).WithOne(r => r.To).HasForeignKey(r => r.ToId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(o => o.Specialisations).WithOne().HasForeignKey(s => s.ObjectId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(o => o.Citations).WithOne().HasForeignKey(c => c.ObjectId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(o => o.Provenance).WithOne().HasForeignKey(p => p.ObjectId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(o => o.ExternalKeys).WithOne().HasForeignKey(k => k.ObjectId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(o => o.Observations).WithOne().HasForeignKey(o => o.ObjectId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(o => o.Swot).WithOne().HasForeignKey(s => s.ObjectId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(o => o.Exchanges).WithOne().HasForeignKey(e => e.ObjectId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(o => o.StewardId);
        builder.HasIndex(o => o.ReviewBy);
        // What is not for everybody is little: who may name it finds it among that alone.
        builder.HasIndex(o => o.Name).HasFilter($"visibility <> '{Codes<Visibility>.Code(Visibility.Public)}'").HasDatabaseName("ix_register_object_closed");
    }
}

internal sealed class CityConfiguration : IEntityTypeConfiguration<City>
{
    public void Configure(EntityTypeBuilder<City> builder) =>
        builder.Property(c => c.OfficialName).HasMaxLength(RegisterObject.NameMaxLength);
}

internal sealed class CampusConfiguration : IEntityTypeConfiguration<Campus>
{
    public void Configure(EntityTypeBuilder<Campus> builder) =>
        builder.Property(c => c.CampusType).HasMaxLength(RegisterObject.ShortTextMaxLength);
}

internal sealed class InnovationDistrictConfiguration : IEntityTypeConfiguration<InnovationDistrict>
{
    public void Configure(EntityTypeBuilder<InnovationDistrict> builder) =>
        builder.Property(d => d.DistrictType).HasMaxLength(RegisterObject.ShortTextMaxLength);
}

internal sealed class RdConcentrationConfiguration : IEntityTypeConfiguration<RdConcentration>
{
    public void Configure(EntityTypeBuilder<RdConcentration> builder) => builder.Property(r => r.Sector).HasColumnName("sector");
}

internal sealed class FacilityConfiguration : IEntityTypeConfiguration<Facility>
{
    public void Configure(EntityTypeBuilder<Facility> builder)
    {
        builder.Property(f => f.Sort).HasColumnName("facility_sort");
        builder.Property(f => f.AccessDescription).HasMaxLength(RegisterObject.ShortTextMaxLength);
    }
}

internal sealed class OrganisationConfiguration : IEntityTypeConfiguration<Organisation>
{
    public void Configure(EntityTypeBuilder<Organisation> builder)
    {
        builder.Property(o => o.Type).HasColumnName("organisation_type");
        builder.Property(o => o.ShortName).HasMaxLength(RegisterObject.ShortTextMaxLength);
        builder.HasOne<Area>().WithMany().HasForeignKey(o => o.WorkingAreaCode).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ProgrammeConfiguration : IEntityTypeConfiguration<Programme>
{
    public void Configure(EntityTypeBuilder<Programme> builder) => builder.Property(p => p.Sort).HasColumnName("programme_sort");
}

internal sealed class ObjectLocationConfiguration : IEntityTypeConfiguration<ObjectLocation>
{
    public void Configure(EntityTypeBuilder<ObjectLocation> builder)
    {
        builder.ToTable("object_location");
        builder.HasKey(l => new { l.ObjectId, l.MunicipalityCode });
        builder.HasOne(l => l.Municipality).WithMany().HasForeignKey(l => l.MunicipalityCode).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ExternalKeyConfiguration : IEntityTypeConfiguration<ExternalKey>
{
    public void Configure(EntityTypeBuilder<ExternalKey> builder)
    {
        builder.ToTable("external_key");
        builder.HasKey(k => new { k.Scheme, k.Value, k.ObjectId });
        builder.Property(k => k.Scheme).HasMaxLength(60);
        builder.Property(k => k.Value).HasMaxLength(ExternalKey.MaxLength);
        builder.Property(k => k.Label).HasMaxLength(ExternalKey.MaxLength);
    }
}

internal sealed class FormerSlugConfiguration : IEntityTypeConfiguration<FormerSlug>
{
    public void Configure(EntityTypeBuilder<FormerSlug> builder)
    {
        builder.ToTable("former_slug");
        builder.HasKey(s => new { s.Kind, s.Slug });
        builder.Property(s => s.Kind).HasMaxLength(40);
        builder.Property(s => s.Slug).HasMaxLength(SlugText.MaxLength);
        builder.HasOne<RegisterObject>().WithMany().HasForeignKey(s => s.ObjectId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RelationConfiguration : IEntityTypeConfiguration<Relation>
{
    public void Configure(EntityTypeBuilder<Relation> builder)
    {
        builder.ToTable("relation", t =>
        {
            t.HasCheckConstraint("ck_relation_ends", "from_id <> to_id");
            t.HasCheckConstraint("ck_relation_reported", "reported_by_id is null or reported_by_id in (from_id, to_id)");
        });
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.HasIndex(r => new { r.FromId, r.Kind, r.ToId }).IsUnique();
        builder.HasIndex(r => new { r.ToId, r.Kind });
        builder.HasIndex(r => r.ReportedById).HasFilter("confirmed_on is null");
        builder.Ignore(r => r.IsUnconfirmed);
        builder.Property(r => r.Since).HasMaxLength(Period.MaxLength);
        builder.Property(r => r.Until).HasMaxLength(Period.MaxLength);
        builder.Property(r => r.AsStated).HasMaxLength(RegisterObject.ShortTextMaxLength);
        builder.Property(r => r.Note).HasMaxLength(Relation.NoteMaxLength);
        builder.Property(r => r.NoteLanguage).HasMaxLength(10);
        builder.HasMany(r => r.Citations).WithOne().HasForeignKey(c => c.RelationId).OnDelete(DeleteBehavior.Cascade);
    }
}
