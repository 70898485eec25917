using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Mail;

/// <summary>A database with the starter data and people, and the writers of mail and links on one clock.</summary>
internal sealed class Cast(TestDatabase database, Clock clock) : IAsyncDisposable
{
    private static readonly PortalLinks Links = new("https://portaal.example");

    public TestDatabase Database => database;
    public Clock Clock => clock;
    public Outbox Outbox { get; } = new(clock);
    public AccessLinkWriter AccessLinks { get; } = new(database, clock);
    public ConfirmWriter Confirmations { get; } = new(database, database.Generation, clock);
    public ConfirmLinkQuery Pages => new(database, AccessLinks);
    public ConfirmByLinkWriter Answers => new(database, AccessLinks, Confirmations, database.Generation, clock);
    public SummaryMails Summaries => new(database, Outbox, Links, clock);
    public ReviewReminder Reminder => new(database, AccessLinks, Outbox, Links, clock);
    public Cleaning Cleaning => new(database, Outbox, Links, clock);

    public static async Task<Cast> FilledAsync(TestServer server) => new(await server.FilledAsync(), Clock.Tuesday);

    /// <summary>Somebody with one role; an editor for the city (or other object) of that slug.</summary>
    public async Task<Account> PersonAsync(string name, Role role, string? scope = null, string language = "nl")
    {
        await using var db = database.CreateDbContext();
        var organisation = await db.Objects.OfType<Organisation>().OrderBy(o => o.Slug).Select(o => o.Id).FirstAsync();
        Guid? scopeId = scope is null ? null : await IdAsync(scope);
        var id = Guid.CreateVersion7();
        var mail = $"{name.Replace(' ', '.').ToLowerInvariant()}@voorbeeld.nl";
        var account = new Account { Id = id, Name = name, OrganisationId = organisation, CreatedAt = clock.Now, Email = mail, UserName = mail, NormalizedEmail = mail.ToUpperInvariant(), NormalizedUserName = mail.ToUpperInvariant(), Language = language, TwoFactorEnabled = role.NeedsSecondFactor() };
        account.Grants.Add(new RoleGrant { Id = Guid.CreateVersion7(), AccountId = id, Role = role, ScopeId = scopeId, GrantedAt = clock.Now });
        db.Add(account);
        await db.SaveChangesAsync();
        return account;
    }

    public async Task<Guid> IdAsync(string slug)
    {
        await using var db = database.CreateDbContext();
        return await db.Objects.Where(o => o.Slug == slug).Select(o => o.Id).FirstAsync();
    }

    /// <summary>Objects that a city keeps, by name.</summary>
    public async Task<List<Guid>> KeptByAsync(string city, int count)
    {
        var id = await IdAsync(city);
        await using var db = database.CreateDbContext();
        return await db.Objects.Where(o => o.StewardId == id && o.State == ObjectState.Published && o.Id != id).OrderBy(o => o.Name).Select(o => o.Id).Take(count).ToListAsync();
    }

    public async Task<Actor> ActorAsync(Account account)
    {
        return (await new ActorQuery(database).FindAsync(account.Id))!;
    }

    /// <summary>A link to confirm these objects, as the reminder makes it.</summary>
    public async Task<NewLink> LinkAsync(Account account, IEnumerable<Guid> objects)
    {
        await using var db = database.CreateDbContext();
        var link = AccessLinks.Add(db, LinkPurpose.Confirm, account.Id, System.Text.Json.JsonSerializer.Serialize(objects), ReviewReminder.Lifetime, Actor.Portal);
        await db.SaveChangesAsync();
        return link;
    }

    public async Task<List<OutboxMail>> MailsAsync()
    {
        await using var db = database.CreateDbContext();
        return await db.Outbox.AsNoTracking().OrderBy(m => m.Recipient).ThenBy(m => m.CreatedAt).ToListAsync();
    }

    public async Task AddMailAsync(string recipient = "anna@voorbeeld.nl", string subject = "Onderwerp", string? key = null)
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await Outbox.AddAsync(db, new(recipient, new(subject, "Tekst"), "nl", key));
        await transaction.CommitAsync();
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
