using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;
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
        builder.HasIndex(e => e.Code).IsUnique();
        builder.HasOne<AgendaElement>().WithMany().HasForeignKey(e => e.ParentId).OnDelete(DeleteBehavior.Restrict);
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
    public void Configure(EntityTypeBuilder<AgendaAction> builder)
    {
        builder.ToTable("agenda_action", t => t.HasCheckConstraint("ck_agenda_action_dates", "ends_on >= starts_on"));
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Code).HasMaxLength(20);
        builder.Property(a => a.Title).HasMaxLength(300);
        builder.Property(a => a.Revision).IsConcurrencyToken();
        builder.HasIndex(a => a.Code).IsUnique();
        builder.HasOne<Organisation>().WithMany().HasForeignKey(a => a.OwnerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(a => a.Milestones).WithOne().HasForeignKey(m => m.ActionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(a => a.Elements).WithOne().HasForeignKey(e => e.ActionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(a => a.Objects).WithOne().HasForeignKey(o => o.ActionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(a => a.Themes).WithOne().HasForeignKey(t => t.ActionId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class MilestoneConfiguration : IEntityTypeConfiguration<Milestone>
{
    public void Configure(EntityTypeBuilder<Milestone> builder)
    {
        builder.ToTable("milestone");
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.Title).HasMaxLength(300);
        builder.HasIndex(m => new { m.ActionId, m.Rank }).IsUnique();
    }
}

internal sealed class ActionElementConfiguration : IEntityTypeConfiguration<ActionElement>
{
    public void Configure(EntityTypeBuilder<ActionElement> builder)
    {
        builder.ToTable("agenda_action_element");
        builder.HasKey(e => new { e.ActionId, e.ElementId });
        builder.HasOne<AgendaElement>().WithMany().HasForeignKey(e => e.ElementId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ActionObjectConfiguration : IEntityTypeConfiguration<ActionObject>
{
    public void Configure(EntityTypeBuilder<ActionObject> builder)
    {
        builder.ToTable("agenda_action_object");
        builder.HasKey(o => new { o.ActionId, o.ObjectId });
        builder.HasOne<RegisterObject>().WithMany().HasForeignKey(o => o.ObjectId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ActionThemeConfiguration : IEntityTypeConfiguration<ActionTheme>
{
    public void Configure(EntityTypeBuilder<ActionTheme> builder)
    {
        builder.ToTable("agenda_action_theme");
        builder.HasKey(t => new { t.ActionId, t.ThemeCode });
        builder.HasOne<Theme>().WithMany().HasForeignKey(t => t.ThemeCode).OnDelete(DeleteBehavior.Restrict);
    }
}
