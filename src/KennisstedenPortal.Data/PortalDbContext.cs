using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.History;
using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Data.Reports;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Data.StarterData;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.History;
using KennisstedenPortal.Domain.Indicators;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data;

/// <summary>
/// The whole database. Get a fresh one from <see cref="IDbContextFactory{TContext}"/> per operation; never hold it in a component.
/// Writers call <see cref="SaveAsync(Actor, string, CancellationToken)"/>, which writes history in the same transaction; <c>SaveChanges</c> is closed to them.
/// </summary>
public sealed class PortalDbContext(DbContextOptions<PortalDbContext> options, TimeProvider time, RegisterGeneration generation) : DbContext(options)
{
    private bool _insideSave;

    public DbSet<RegisterObject> Objects => Set<RegisterObject>();
    public DbSet<Relation> Relations => Set<Relation>();
    public DbSet<ExternalKey> ExternalKeys => Set<ExternalKey>();
    public DbSet<FormerSlug> FormerSlugs => Set<FormerSlug>();
    public DbSet<Area> Areas => Set<Area>();
    public DbSet<MunicipalityNeighbour> Neighbours => Set<MunicipalityNeighbour>();
    public DbSet<Taxonomy> Taxonomies => Set<Taxonomy>();
    public DbSet<Theme> Themes => Set<Theme>();
    public DbSet<ThemeMapping> ThemeMappings => Set<ThemeMapping>();
    public DbSet<Specialisation> Specialisations => Set<Specialisation>();
    public DbSet<Source> Sources => Set<Source>();
    public DbSet<Citation> Citations => Set<Citation>();
    public DbSet<Indicator> Indicators => Set<Indicator>();
    public DbSet<Observation> Observations => Set<Observation>();
    public DbSet<DocumentClaim> Claims => Set<DocumentClaim>();
    public DbSet<AgendaElement> AgendaElements => Set<AgendaElement>();
    public DbSet<AgendaAction> AgendaActions => Set<AgendaAction>();
    public DbSet<PolicyDocument> PolicyDocuments => Set<PolicyDocument>();
    public DbSet<Milestone> Milestones => Set<Milestone>();
    public DbSet<Commitment> Commitments => Set<Commitment>();
    public DbSet<Meeting> Meetings => Set<Meeting>();
    public DbSet<AgendaPoint> AgendaPoints => Set<AgendaPoint>();
    public DbSet<ProgressUpdate> ProgressUpdates => Set<ProgressUpdate>();
    public DbSet<DeadlineReminder> DeadlineReminders => Set<DeadlineReminder>();
    public DbSet<Edition> Editions => Set<Edition>();
    public DbSet<Revision> Revisions => Set<Revision>();
    public DbSet<FieldChange> FieldChanges => Set<FieldChange>();
    public DbSet<ImportedRow> ImportedRows => Set<ImportedRow>();
    public DbSet<ImportRun> ImportRuns => Set<ImportRun>();
    public DbSet<SearchEntry> SearchEntries => Set<SearchEntry>();
    public DbSet<ActionEntry> ActionEntries => Set<ActionEntry>();
    public DbSet<Draft> Drafts => Set<Draft>();
    public DbSet<Proposal> Proposals => Set<Proposal>();
    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<RoleGrant> RoleGrants => Set<RoleGrant>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<AccessLink> AccessLinks => Set<AccessLink>();
    public DbSet<RightsEvent> RightsEvents => Set<RightsEvent>();
    public DbSet<Setting> Settings => Set<Setting>();
    public DbSet<OutboxMail> Outbox => Set<OutboxMail>();
    public DbSet<Notice> Notices => Set<Notice>();

    /// <summary>
    /// Saves what changed, in one transaction with its history: every register object that changed, or to which something
    /// changed belongs (both ends of a relation), gets its next revision with field changes and snapshot, and its search entry is written anew. Afterwards cached
    /// pages are stale on every instance. Saving nothing writes nothing.
    /// </summary>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else raised the revision in between.</exception>
    /// <exception cref="SlugIsReservedException">An object would stand at the address of a page.</exception>
    public Task SaveAsync(Actor actor, string reason, CancellationToken cancellation = default) => SaveAsync(actor, reason, null, cancellation);

    /// <inheritdoc cref="SaveAsync(Actor, string, CancellationToken)"/>
    /// <param name="proposalId">The proposal that is accepted with this change; its history names it.</param>
    public async Task SaveAsync(Actor actor, string reason, Guid? proposalId, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        ChangeTracker.DetectChanges();
        if (!ChangeTracker.HasChanges()) return;
        foreach (var item in ChangeTracker.Entries<RegisterObject>().Where(e => e.State is EntityState.Added or EntityState.Modified).Select(e => e.Entity))
            if (KindRegistry.Of(item).ReservedSlugs.Contains(item.Slug)) throw new SlugIsReservedException(KindRegistry.Of(item), item.Slug);

        var touched = TouchedObjects.In(this);
        var own = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellation) : null;
        await using (own)
        {
            _insideSave = true;
            try
            {
                var regrouped = ReportIndex.RegroupsActions(this);
                await RegisterLock.TakeAsync(this, alone: regrouped || SearchIndex.ShowsWidely(this) || ReportIndex.HidesOrShows(this), cancellation);
                var reported = await ReportIndex.AffectedAsync(this, touched, cancellation);
                var written = await HoldAsync([.. touched, .. reported, .. ActionIndex.Reported(this)], cancellation);
                var now = await NowAsync([.. touched, .. reported], cancellation);
                await FreeNumbersAsync(cancellation);
                var before = await ReportIndex.CountAsync(this, reported, cancellation);
                foreach (var entry in ChangeTracker.Entries<RegisterObject>().Where(e => touched.Contains(e.Entity.Id)))
                {
                    entry.Entity.Revision++;
                    entry.Entity.ChangedAt = now;
                }
                await SaveChangesAsync(cancellation);
                await HistoryWriter.WriteAsync(this, touched, actor, reason, now, proposalId, cancellation);
                await ReportIndex.WriteAsync(this, reported, before, cancellation);
                await SearchIndex.WriteAsync(this, written, cancellation);
                if (regrouped)
                {
                    await ReportIndex.BuildAsync(this, cancellation);
                    await ActionIndex.BuildAsync(this, cancellation);
                }
                await Database.ExecuteSqlAsync($"select pg_notify({RegisterGeneration.Channel}, '')", cancellation);
                if (own is not null) await own.CommitAsync(cancellation);
            }
            finally
            {
                _insideSave = false;
            }
        }
        if (own is not null) generation.Advance();
    }

    /// <summary>Writes the version of every object whose revision has none yet: after a migration that wrote objects by SQL.</summary>
    /// <returns>Number of objects; search does not know them yet.</returns>
    internal async Task<int> CatchUpAsync(CancellationToken cancellation)
    {
        const int AtOnce = 500;
        var behind = Objects.Where(o => !Revisions.Any(r => r.ObjectId == o.Id && r.Number == o.Revision)).OrderBy(o => o.Id).Select(o => o.Id);
        // Mostly nothing is: then nobody is held up.
        if (!await behind.AnyAsync(cancellation)) return 0;
        for (var done = 0; ;)
        {
            await using var transaction = await Database.BeginTransactionAsync(cancellation);
            await RegisterLock.TakeAsync(this, alone: true, cancellation);
            var ids = await behind.Take(AtOnce).ToArrayAsync(cancellation);
            if (ids.Length == 0) return done;
            _insideSave = true;
            try
            {
                await HistoryWriter.RememberAsync(this, ids, Actor.Portal, "Overgezet naar een nieuwe versie van het portaal", time.GetUtcNow(), null, cancellation);
            }
            finally
            {
                _insideSave = false;
            }
            await transaction.CommitAsync(cancellation);
            ChangeTracker.Clear();
            done += ids.Length;
        }
    }

    /// <summary>
    /// The time of a save, taken when nobody else can write what it writes: what is committed later has a later time. No version
    /// and no update is older than the one before it, whatever the clocks of the instances say.
    /// </summary>
    private async Task<DateTimeOffset> NowAsync(Guid[] held, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (await Objects.Where(o => held.Contains(o.Id)).MaxAsync(o => (DateTimeOffset?)o.ChangedAt, cancellation) is { } changed && changed > now) now = changed;
        var told = ChangeTracker.Entries<ProgressUpdate>().Where(e => e.State == EntityState.Added).ToList();
        if (told.Count == 0) return now;
        var actions = told.Select(e => e.Entity.ActionId).ToArray();
        if (await ProgressUpdates.Where(u => actions.Contains(u.ActionId)).MaxAsync(u => (DateTimeOffset?)u.At, cancellation) is { } last && last > now) now = last;
        foreach (var update in told) update.Property(u => u.At).CurrentValue = now;
        return now;
    }

    /// <summary>Two commitments may swap numbers: the database checks row by row, so they let go of theirs first.</summary>
    private async Task FreeNumbersAsync(CancellationToken cancellation)
    {
        var numbered = ChangeTracker.Entries<Commitment>().Where(e => e.State == EntityState.Modified && e.Property(c => c.Number).IsModified).ToList();
        if (numbered.Count < 2) return;
        var ids = numbered.Select(e => e.Entity.Id).ToArray();
        await Commitments.Where(c => ids.Contains(c.Id)).ExecuteUpdateAsync(s => s.SetProperty(c => c.Number, (int?)null), cancellation);
        foreach (var entry in numbered) entry.Property(c => c.Number).OriginalValue = null;
    }

    /// <summary>Locks what changes and what shows it. While it waited, others may have begun to show it: asked until nothing is new.</summary>
    private async Task<HashSet<Guid>> HoldAsync(HashSet<Guid> touched, CancellationToken cancellation)
    {
        HashSet<Guid> held = [], needed = [.. touched, .. await SearchIndex.DependentsAsync(this, cancellation)];
        while (!needed.IsSubsetOf(held))
        {
            await RegisterLock.ObjectsAsync(this, needed, cancellation);
            held = needed;
            needed = [.. touched, .. await SearchIndex.DependentsAsync(this, cancellation)];
        }
        return held;
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (!_insideSave && !ChangeTracker.Entries().Where(e => e.State is not EntityState.Unchanged).All(e => HasNoHistory(e.Entity)))
            throw new InvalidOperationException($"Use {nameof(SaveAsync)}: a change without history is not allowed.");
        var mails = ChangeTracker.Entries<OutboxMail>().Any(e => e.State == EntityState.Added);
        var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        // Whoever adds a mail, the senders hear of it at the commit.
        if (mails) await Database.ExecuteSqlAsync($"select pg_notify({Mail.Outbox.Channel}, '')", cancellationToken);
        return saved;
    }

    /// <summary>What is about people and their work at hand, not about the register: saved without a revision.</summary>
    private static bool HasNoHistory(object entity) => entity is Account or Session or RoleGrant or ExternalLogin or AccountToken or Invitation or AccessLink or RightsEvent or Setting or OutboxMail or Notice or DeadlineReminder or Draft or Proposal;

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new InvalidOperationException($"Use {nameof(SaveAsync)}: a change without history is not allowed.");

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);
        Vocabularies.AddChecks(modelBuilder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        Vocabularies.StoreAsCodes(configurationBuilder);
}
