using KennisstedenPortal.Domain.Geography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KennisstedenPortal.Data.Configurations;

internal sealed class AreaConfiguration : IEntityTypeConfiguration<Area>
{
    public const int CodeMaxLength = 60;

    public void Configure(EntityTypeBuilder<Area> builder)
    {
        builder.ToTable("area");
        builder.HasKey(a => a.Code);
        builder.Property(a => a.Code).HasMaxLength(CodeMaxLength);
        builder.Property(a => a.Name).HasMaxLength(200).UseCollation(Collations.Dutch);
        builder.Property(a => a.Boundary).HasColumnType("jsonb");
        builder.HasOne<Area>().WithMany().HasForeignKey(a => a.ParentCode).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Area>().WithMany().HasForeignKey(a => a.CoropCode).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(a => a.Members).WithOne().HasForeignKey(m => m.RegionCode).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AreaMemberConfiguration : IEntityTypeConfiguration<AreaMember>
{
    public void Configure(EntityTypeBuilder<AreaMember> builder)
    {
        builder.ToTable("area_member");
        builder.HasKey(m => new { m.RegionCode, m.MemberCode });
        builder.HasOne<Area>().WithMany().HasForeignKey(m => m.MemberCode).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class MunicipalityNeighbourConfiguration : IEntityTypeConfiguration<MunicipalityNeighbour>
{
    public void Configure(EntityTypeBuilder<MunicipalityNeighbour> builder)
    {
        builder.ToTable("municipality_neighbour", t => t.HasCheckConstraint("ck_municipality_neighbour_self", "municipality_code <> neighbour_code"));
        builder.HasKey(n => new { n.MunicipalityCode, n.NeighbourCode });
        builder.HasOne<Area>().WithMany().HasForeignKey(n => n.MunicipalityCode).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Area>().WithMany().HasForeignKey(n => n.NeighbourCode).OnDelete(DeleteBehavior.Restrict);
    }
}
