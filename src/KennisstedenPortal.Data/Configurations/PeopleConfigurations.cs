using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KennisstedenPortal.Data.Configurations;

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("account");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Name).HasMaxLength(Account.NameMaxLength);
        builder.Property(a => a.Email).HasMaxLength(Account.EmailMaxLength);
        builder.Property(a => a.NormalizedEmail).HasMaxLength(Account.EmailMaxLength);
        builder.Property(a => a.UserName).HasMaxLength(Account.EmailMaxLength);
        builder.Property(a => a.NormalizedUserName).HasMaxLength(Account.EmailMaxLength);
        builder.Property(a => a.Language).HasMaxLength(2);
        builder.Property(a => a.ConcurrencyStamp).IsConcurrencyToken();
        builder.Ignore(a => a.PhoneNumber).Ignore(a => a.PhoneNumberConfirmed);
        builder.HasIndex(a => a.NormalizedUserName).IsUnique();
        builder.HasIndex(a => a.NormalizedEmail).IsUnique();
        builder.HasOne(a => a.Organisation).WithMany().HasForeignKey(a => a.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        // Identity writes whole rows; an account that was read a moment ago must not make a used code usable again.
        builder.Property(a => a.LastCodeStep).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        builder.HasMany(a => a.Grants).WithOne().HasForeignKey(g => g.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("session");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.HasIndex(s => new { s.AccountId, s.StartedAt });
        builder.HasIndex(s => s.StartedAt);
        builder.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RoleGrantConfiguration : IEntityTypeConfiguration<RoleGrant>
{
    public void Configure(EntityTypeBuilder<RoleGrant> builder)
    {
        var editors = string.Join(", ", Enum.GetValues<Role>().Where(r => r.ScopeKind() is not null).Select(r => $"'{Domain.Codes<Role>.Code(r)}'"));
        builder.ToTable("role_grant", t => t.HasCheckConstraint("ck_role_grant_scope", $"(role in ({editors})) = (scope_id is not null)"));
        builder.Property(g => g.Id).ValueGeneratedNever();
        builder.HasIndex(g => new { g.AccountId, g.Role, g.ScopeId }).IsUnique().AreNullsDistinct(false);
        builder.HasIndex(g => g.ScopeId);
        builder.HasOne(g => g.Scope).WithMany().HasForeignKey(g => g.ScopeId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ExternalLoginConfiguration : IEntityTypeConfiguration<ExternalLogin>
{
    public void Configure(EntityTypeBuilder<ExternalLogin> builder)
    {
        builder.ToTable("external_login");
        builder.HasKey(l => new { l.LoginProvider, l.ProviderKey });
        builder.Property(l => l.LoginProvider).HasMaxLength(200);
        builder.Property(l => l.ProviderKey).HasMaxLength(500);
        builder.Property(l => l.ProviderDisplayName).HasMaxLength(200);
        builder.HasIndex(l => l.UserId);
        builder.HasOne<Account>().WithMany().HasForeignKey(l => l.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AccountTokenConfiguration : IEntityTypeConfiguration<AccountToken>
{
    public void Configure(EntityTypeBuilder<AccountToken> builder)
    {
        builder.ToTable("account_token");
        builder.HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
        builder.Property(t => t.LoginProvider).HasMaxLength(200);
        builder.Property(t => t.Name).HasMaxLength(200);
        builder.HasOne<Account>().WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("invitation", t => t.HasCheckConstraint("ck_invitation_accepted", "(accepted_at is null) = (account_id is null)"));
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Property(i => i.Email).HasMaxLength(Account.EmailMaxLength);
        builder.Property(i => i.Name).HasMaxLength(Account.NameMaxLength);
        builder.Property(i => i.Language).HasMaxLength(2);
        builder.Property(i => i.Grants).HasColumnType("jsonb");
        builder.Property(i => i.SecretHash).HasMaxLength(64);
        builder.HasIndex(i => i.SecretHash).IsUnique();
        builder.HasIndex(i => i.SentAt);
        // Who accepts, revokes or sends it again does so on what the link says at that moment.
        builder.Property(i => i.AcceptedAt).IsConcurrencyToken();
        builder.Property(i => i.RevokedAt).IsConcurrencyToken();
        builder.Property(i => i.SecretHash).IsConcurrencyToken();
        builder.HasOne(i => i.Organisation).WithMany().HasForeignKey(i => i.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(i => i.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AccessLinkConfiguration : IEntityTypeConfiguration<AccessLink>
{
    public void Configure(EntityTypeBuilder<AccessLink> builder)
    {
        builder.ToTable("access_link");
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.SecretHash).HasMaxLength(64);
        builder.Property(l => l.Subject).HasColumnType("jsonb");
        builder.Property(l => l.Version).IsConcurrencyToken();
        builder.HasIndex(l => l.SecretHash).IsUnique();
        builder.HasIndex(l => new { l.AccountId, l.CreatedAt });
        builder.HasOne<Account>().WithMany().HasForeignKey(l => l.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RightsEventConfiguration : IEntityTypeConfiguration<RightsEvent>
{
    public void Configure(EntityTypeBuilder<RightsEvent> builder)
    {
        builder.ToTable("rights_event");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Detail).HasMaxLength(RightsEvent.DetailMaxLength);
        builder.HasIndex(e => e.At);
        builder.HasIndex(e => new { e.AccountId, e.At });
    }
}

internal sealed class SettingConfiguration : IEntityTypeConfiguration<Setting>
{
    public void Configure(EntityTypeBuilder<Setting> builder)
    {
        builder.ToTable("setting");
        builder.HasKey(s => s.Name);
        builder.Property(s => s.Name).HasMaxLength(60);
        builder.Property(s => s.Value).HasMaxLength(2000);
    }
}

internal sealed class ProtectionKeyConfiguration : IEntityTypeConfiguration<ProtectionKey>
{
    public void Configure(EntityTypeBuilder<ProtectionKey> builder) => builder.ToTable("protection_key");
}

internal sealed class OutboxMailConfiguration : IEntityTypeConfiguration<OutboxMail>
{
    public void Configure(EntityTypeBuilder<OutboxMail> builder)
    {
        builder.ToTable("outbox_mail");
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.Recipient).HasMaxLength(Account.EmailMaxLength);
        builder.Property(m => m.Subject).HasMaxLength(OutboxMail.SubjectMaxLength);
        builder.Property(m => m.Language).HasMaxLength(2);
        builder.Property(m => m.LastError).HasMaxLength(500);
        builder.Property(m => m.OnceKey).HasMaxLength(200);
        builder.HasIndex(m => m.OnceKey).IsUnique();
        builder.HasIndex(m => m.DueAt).HasFilter("sent_at is null and failed_at is null");
    }
}

internal sealed class NoticeConfiguration : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.ToTable("notice");
        builder.Property(n => n.Id).ValueGeneratedNever();
        builder.Property(n => n.Part).HasMaxLength(Notice.PartMaxLength);
        builder.HasIndex(n => new { n.AccountId, n.At });
        builder.HasIndex(n => n.At).HasFilter("mailed_at is null and read_at is null");
        builder.HasOne<Account>().WithMany().HasForeignKey(n => n.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<RegisterObject>().WithMany().HasForeignKey(n => n.ObjectId).OnDelete(DeleteBehavior.Restrict);
    }
}
