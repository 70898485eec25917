using System.Text.Json;
using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace KennisstedenPortal.Data.Agenda;

/// <summary>An action to report on, for its form.</summary>
/// <param name="OwnerId">Null: nobody owns it yet.</param>
/// <param name="ForOwner">The person does not work for the owner: the update will say that it is on its behalf.</param>
/// <param name="Last">The newest update.</param>
public sealed record ActionToReport(Guid Id, string Slug, string Name, Guid? OwnerId, string? Owner, bool ForOwner, ProgressUpdate? Last, Visibility Visibility)
{
    public string Code => Slug.ToUpperInvariant();
    /// <summary>When a link was sent that asks an update and still works; null when nobody has one.</summary>
    public DateTimeOffset? AskedAt { get; init; }
    public DateTimeOffset? AskedUntil { get; init; }
    /// <summary>It has a page that everybody can read.</summary>
    public bool IsPublic => Visibility == Visibility.Public;
}

/// <summary>What somebody reports.</summary>
/// <param name="Id">Made when the form was opened: the same sent twice is kept once.</param>
public sealed record ProgressInput(Guid Id, Guid ActionId, string? Light, string? Text);

/// <summary>How reporting ended.</summary>
public abstract record ProgressOutcome
{
    private ProgressOutcome() { }

    public sealed record Reported : ProgressOutcome;
    public sealed record Invalid(Text? Light, Text? Text) : ProgressOutcome;
    public sealed record NotFound : ProgressOutcome;
    /// <summary>The link does not work (any more); nothing was written.</summary>
    public sealed record NoLink(LinkState State) : ProgressOutcome;
}

/// <summary>The page behind a link that asks for an update. Without <see cref="LinkState.Valid"/> it holds nothing about an action.</summary>
public sealed record ProgressByLink(LinkState State, ActionToReport? Action = null, DateTimeOffset? Until = null);

/// <summary>How asking for an update ended.</summary>
public abstract record AskOutcome
{
    private AskOutcome() { }

    /// <param name="Until">Last day on which the link works.</param>
    public sealed record Asked(DateOnly Until) : AskOutcome;
    public sealed record Invalid(Text Email) : AskOutcome;
    /// <summary>The person had as many links sent as one may in an hour.</summary>
    /// <param name="Again">When the next one may be sent.</param>
    public sealed record TooMany(DateTimeOffset Again) : AskOutcome;
    /// <summary>There is no such action, or nobody owns it yet.</summary>
    public sealed record NotFound : AskOutcome;
}

/// <summary>Adds updates to actions. An update is written once and never changed.</summary>
public sealed class ProgressWriter(IDbContextFactory<PortalDbContext> contexts, AccessLinkWriter links, Outbox outbox, PortalLinks pages, TimeProvider time)
{
    /// <summary>How long a link that asks for an update works.</summary>
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromDays(30);

    /// <summary>Links that one person has sent in an hour at most: enough to chase what is late, too few to flood somebody's mail.</summary>
    public const int MostAskedInAnHour = 20;

    /// <returns>Null when there is no such action for this actor.</returns>
    /// <exception cref="NotAllowedException">The actor does not keep the action.</exception>
    public async Task<ActionToReport?> FindAsync(string slug, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Edit);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (await Reportable(db.Objects.ReadableBy(actor).OfType<AgendaAction>().Where(a => a.Slug == slug && a.State == ObjectState.Published), Enum.GetValues<Visibility>()).FirstOrDefaultAsync(cancellation) is not { } action) return null;
        Rights.Demand(actor, Right.Edit, new Resource(action.Id, action.OwnerId));
        var open = await links.AskedAsync(db, action.Id, action.OwnerId, cancellation);
        return action with { ForOwner = IsForOwner(actor, action.OwnerId), AskedAt = open?.CreatedAt, AskedUntil = open?.ExpiresAt };
    }

    /// <exception cref="NotAllowedException">The actor does not keep the action.</exception>
    public async Task<ProgressOutcome> ReportAsync(ProgressInput input, Actor actor, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        Rights.Demand(actor, Right.Edit);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var action = await db.AgendaActions.AsNoTracking().Where(a => a.Id == input.ActionId && a.State == ObjectState.Published).Select(a => new { a.Id, a.StewardId, a.Visibility }).FirstOrDefaultAsync(cancellation);
        if (action is null) return new ProgressOutcome.NotFound();
        Rights.Demand(actor, Right.Edit, new Resource(action.Id, action.StewardId));
        if (Problems(input, out var light, out var text) is { } invalid) return invalid;
        // Who goes back and writes something else sends it with the identity of the first: that is another update.
        var known = await db.Set<ProgressUpdate>().AsNoTracking().FirstOrDefaultAsync(u => u.Id == input.Id, cancellation);
        if (known is not null && (known.ActionId, known.AccountId, known.Light, known.Text) == (action.Id, actor.UserId, light, text)) return new ProgressOutcome.Reported();
        db.Add(new ProgressUpdate
        {
            Id = known is null ? input.Id : Guid.CreateVersion7(),
            ActionId = action.Id,
            Light = light,
            Text = text!,
            Visibility = action.Visibility,
            AccountId = actor.UserId,
            Organisation = actor.Organisation,
            OnBehalfOfId = IsForOwner(actor, action.StewardId) ? action.StewardId : null,
        });
        await AnsweredAsync(db, action.Id, cancellation);
        try
        {
            await db.SaveAsync(actor, "Voortgang gemeld", cancellation);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // A second click on the same form: it stands there already.
        }
        return new ProgressOutcome.Reported();
    }

    /// <summary>Nobody has to be asked any more: what asked is read with the answer, and no mail brings it afterwards.</summary>
    private async Task AnsweredAsync(PortalDbContext db, Guid actionId, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        foreach (var notice in await db.Notices.Where(n => n.ObjectId == actionId && n.Sort == NoticeSort.UpdateAsked && n.ReadAt == null).ToListAsync(cancellation)) notice.ReadAt = now;
    }

    private static ProgressOutcome.Invalid? Problems(ProgressInput input, out TrafficLight light, out string? text)
    {
        text = InputText.Clean(input.Text);
        Text? noLight = Codes<TrafficLight>.TryParse(input.Light, out light) ? null : new("Kies hoe het gaat.", "Choose how it is going.");
        Text? noText = text is null ? new("Schrijf in een paar zinnen hoe het gaat.", "Write in a few sentences how it is going.") : InputText.Problem(text, ProgressUpdate.TextMaxLength, multiline: true);
        return noLight is not null || noText is not null ? new ProgressOutcome.Invalid(noLight, noText) : null;
    }

    /// <summary>Sends a link by which somebody of the owner gives one update without signing in. The address stands in the mail and nowhere else.</summary>
    /// <param name="form">Made when the form was shown: a second click on it sends one link and one mail.</param>
    /// <param name="language">nl or en, of the mail.</param>
    /// <exception cref="NotAllowedException">The actor does not keep the action.</exception>
    public async Task<AskOutcome> AskAsync(Guid actionId, Guid form, string? email, string language, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Edit);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var action = await db.AgendaActions.AsNoTracking().Where(a => a.Id == actionId && a.State == ObjectState.Published).Select(a => new { a.Id, a.Slug, a.Name, a.StewardId, Owner = a.Steward!.Name }).FirstOrDefaultAsync(cancellation);
        if (action is null) return new AskOutcome.NotFound();
        Rights.Demand(actor, Right.Edit, new Resource(action.Id, action.StewardId));
        if (action.StewardId is null) return new AskOutcome.NotFound();
        var address = InputText.Clean(email);
        if (!Outbox.IsAddress(address)) return new AskOutcome.Invalid(new("Vul één mailadres in, bijvoorbeeld economie@gemeente.nl.", "Enter one e-mail address, for example economie@gemeente.nl."));
        var subject = JsonSerializer.Serialize(new AskedOf(action.Id, action.StewardId.Value));
        var (sent, id) = await links.OnceAsync(db, form, subject, address!, cancellation);
        if (sent is not null) return new AskOutcome.Asked(Dutch.Day(sent.ExpiresAt).AddDays(-1));
        if (await links.HeldBackAsync(db, LinkPurpose.Update, MostAskedInAnHour, actor, cancellation) is { } again) return new AskOutcome.TooMany(again);
        // The newest link only: who was asked before by mistake can do nothing any more.
        await links.RevokeAskedAsync(db, action.Id, actor, cancellation);
        var link = links.Add(db, LinkPurpose.Update, accountId: null, subject, LinkLifetime, actor, id);
        var until = Dutch.Day(link.ExpiresAt).AddDays(-1);
        await outbox.AddAsync(db, new(address!, MailTexts.AskForUpdate(language, action.Owner, $"{action.Slug.ToUpperInvariant()}, {action.Name}", pages.In(language).UpdatePage(link.Secret), until), language), cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new AskOutcome.Asked(until);
    }

    /// <summary>What a link asks an update of. Only reads, however often it is asked.</summary>
    public async Task<ProgressByLink> FindByLinkAsync(string secret, CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (await links.FindAsync(db, secret, cancellation) is not { Purpose: LinkPurpose.Update } link) return new(LinkState.Unknown);
        if (link.State != LinkState.Valid) return new(link.State);
        return await OfLinkAsync(db, link, cancellation) is { } action ? new(LinkState.Valid, action, link.ExpiresAt) : new(LinkState.Revoked);
    }

    /// <summary>Gives an update by a link, for the owner, and uses the link up.</summary>
    public async Task<ProgressOutcome> ReportByLinkAsync(string secret, string? light, string? text, CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await links.FindAsync(db, secret, cancellation) is not { Purpose: LinkPurpose.Update } link) return new ProgressOutcome.NoLink(LinkState.Unknown);
        if (link.State != LinkState.Valid) return new ProgressOutcome.NoLink(link.State);
        if (await OfLinkAsync(db, link, cancellation) is not { Owner: { } owner } action) return new ProgressOutcome.NoLink(LinkState.Revoked);
        if (Problems(new ProgressInput(Guid.Empty, action.Id, light, text), out var given, out var words) is { } invalid) return invalid;
        if (!await links.ConsumeAsync(db, link, cancellation)) return new ProgressOutcome.NoLink((await links.FindAsync(db, secret, cancellation))!.State);
        db.Add(new ProgressUpdate { Id = Guid.CreateVersion7(), ActionId = action.Id, Light = given, Text = words!, Visibility = action.Visibility, Organisation = owner, ByLink = true });
        await AnsweredAsync(db, action.Id, cancellation);
        await db.SaveAsync(new Actor(null, owner, owner), "Voortgang gemeld", cancellation);
        await transaction.CommitAsync(cancellation);
        return new ProgressOutcome.Reported();
    }

    /// <summary>What a link is about: another owner is asked anew.</summary>
    internal sealed record AskedOf(Guid Action, Guid Owner);

    /// <summary>The action of a link, while the owner is who was asked.</summary>
    private static Task<ActionToReport?> OfLinkAsync(PortalDbContext db, FoundLink link, CancellationToken cancellation)
    {
        var (id, owner) = JsonSerializer.Deserialize<AskedOf>(link.Subject)!;
        return Reportable(db.AgendaActions.Where(a => a.Id == id && a.State == ObjectState.Published && a.StewardId == owner), [Visibility.Public]).FirstOrDefaultAsync(cancellation);
    }

    /// <param name="told">Updates that whoever asks may read.</param>
    private static IQueryable<ActionToReport> Reportable(IQueryable<AgendaAction> actions, Visibility[] told) => actions.AsNoTracking()
        .Select(a => new ActionToReport(a.Id, a.Slug, a.Name, a.StewardId, a.Steward!.Name, false, a.Updates.Where(u => told.Contains(u.Visibility)).OrderByDescending(u => u.At).FirstOrDefault(), a.Visibility));

    /// <summary>Whether somebody speaks for an owner they do not work for (product rule 8).</summary>
    private static bool IsForOwner(Actor actor, Guid? ownerId) => ownerId is { } owner && !actor.Scopes.Contains(owner) && actor.OrganisationId != owner;
}
