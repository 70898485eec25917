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
/// <param name="Owner">Null: nobody owns it yet.</param>
/// <param name="ForOwner">The person does not work for the owner: the update will say that it is on its behalf.</param>
/// <param name="Last">The newest update.</param>
/// <param name="IsPublic">It has a page that everybody can read.</param>
public sealed record ActionToReport(Guid Id, string Slug, string Name, string? Owner, bool ForOwner, ProgressUpdate? Last, bool IsPublic)
{
    public string Code => Slug.ToUpperInvariant();
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
}

/// <summary>Adds updates to actions. An update is written once and never changed.</summary>
public sealed class ProgressWriter(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    /// <returns>Null when there is no such action for this actor.</returns>
    /// <exception cref="NotAllowedException">The actor does not keep the action.</exception>
    public async Task<ActionToReport?> FindAsync(string slug, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Edit);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var action = await db.Objects.ReadableBy(actor).OfType<AgendaAction>().AsNoTracking().Where(a => a.Slug == slug && a.State == ObjectState.Published)
            .Select(a => new { a.Id, a.Slug, a.Name, a.StewardId, a.Visibility, Owner = a.Steward!.Name, Last = a.Updates.OrderByDescending(u => u.At).FirstOrDefault() }).FirstOrDefaultAsync(cancellation);
        if (action is null) return null;
        Rights.Demand(actor, Right.Edit, new Resource(action.Id, action.StewardId));
        return new ActionToReport(action.Id, action.Slug, action.Name, action.Owner, IsForOwner(actor, action.StewardId), action.Last, action.Visibility == Visibility.Public);
    }

    /// <exception cref="NotAllowedException">The actor does not keep the action.</exception>
    public async Task<ProgressOutcome> ReportAsync(ProgressInput input, Actor actor, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        Rights.Demand(actor, Right.Edit);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var action = await db.AgendaActions.AsNoTracking().Where(a => a.Id == input.ActionId && a.State == ObjectState.Published).Select(a => new { a.Id, a.StewardId }).FirstOrDefaultAsync(cancellation);
        if (action is null) return new ProgressOutcome.NotFound();
        Rights.Demand(actor, Right.Edit, new Resource(action.Id, action.StewardId));
        var text = InputText.Clean(input.Text);
        Text? noLight = Codes<TrafficLight>.TryParse(input.Light, out var light) ? null : new("Kies hoe het gaat.", "Choose how it goes.");
        Text? noText = text is null ? new("Schrijf in een paar zinnen hoe het gaat.", "Write in a few sentences how it goes.") : InputText.Problem(text, ProgressUpdate.TextMaxLength, multiline: true);
        if (noLight is not null || noText is not null) return new ProgressOutcome.Invalid(noLight, noText);
        // Who goes back and writes something else sends it with the identity of the first: that is another update.
        var known = await db.Set<ProgressUpdate>().AsNoTracking().FirstOrDefaultAsync(u => u.Id == input.Id, cancellation);
        if (known is not null && (known.ActionId, known.AccountId, known.Light, known.Text) == (action.Id, actor.UserId, light, text)) return new ProgressOutcome.Reported();
        db.Add(new ProgressUpdate
        {
            Id = known is null ? input.Id : Guid.CreateVersion7(),
            ActionId = action.Id,
            At = time.GetUtcNow(),
            Light = light,
            Text = text!,
            AccountId = actor.UserId,
            Organisation = actor.Organisation,
            OnBehalfOfId = IsForOwner(actor, action.StewardId) ? action.StewardId : null,
        });
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

    /// <summary>Whether somebody speaks for an owner they do not work for (product rule 8).</summary>
    private static bool IsForOwner(Actor actor, Guid? ownerId) => ownerId is { } owner && !actor.Scopes.Contains(owner) && actor.OrganisationId != owner;
}
