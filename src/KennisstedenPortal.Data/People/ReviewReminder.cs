using System.Text.Json;
using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.People;

/// <summary>
/// Asks editors to confirm what is due: one mail per person per month, with a link that works once, without a password. What
/// nobody keeps, the secretariat is asked for.
/// </summary>
public sealed class ReviewReminder(IDbContextFactory<PortalDbContext> contexts, AccessLinkWriter accessLinks, Outbox outbox, PortalLinks links, TimeProvider time)
{
    /// <summary>Objects in one mail. More is not checked in one go.</summary>
    public const int MaxObjects = 50;
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    /// <summary>Safe to repeat: the first time in a month that something is due for a person, that person gets the mail of that month.</summary>
    /// <returns>How many mails were written.</returns>
    public async Task<int> SendAsync(CancellationToken cancellation)
    {
        var sent = 0;
        foreach (var (account, objects) in await DueByEditorAsync(cancellation))
            if (await SendAsync(account, objects, cancellation)) sent++;
        return sent;
    }

    private sealed record Due(Guid Id, string Name, string Kind, Guid? StewardId, DateOnly? ConfirmedOn, DateOnly? ReviewBy);

    private string KeyOf(Guid account) => $"review {time.Today():yyyy-MM} {account}";

    /// <summary>What was confirmed before and has lapsed comes first, longest ago first; then what was never confirmed.</summary>
    private async Task<Dictionary<Guid, List<Due>>> DueByEditorAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        // Whoever has not set up the second factor that the role needs could do nothing with a link.
        var grants = await EditorsQuery.Open(db).SelectMany(a => a.Grants.Where(g => g.ScopeId != null || g.Role == Role.Secretariat && a.TwoFactorEnabled).Select(g => new { g.AccountId, g.ScopeId })).ToListAsync(cancellation);
        var editors = grants.Where(g => g.ScopeId is not null).ToLookup(g => g.ScopeId!.Value, g => g.AccountId);
        List<Guid> secretariat = [.. grants.Where(g => g.ScopeId is null).Select(g => g.AccountId)];
        var perAccount = new Dictionary<Guid, List<Due>>();
        if (grants.Count == 0) return perAccount;
        // Who had this month's mail is not asked again, so most days nothing more is read.
        List<string> keys = [.. grants.Select(g => KeyOf(g.AccountId)).Distinct(StringComparer.Ordinal)];
        var had = await db.Outbox.Where(m => m.OnceKey != null && keys.Contains(m.OnceKey)).Select(m => m.OnceKey!).ToListAsync(cancellation);
        if (had.Count == keys.Count) return perAccount;

        var due = await DueQuery.Of(db, time.Today()).OrderBy(o => o.ConfirmedOn == null).ThenBy(o => o.ReviewBy).ThenBy(o => o.Name).ThenBy(o => o.Id)
            .Select(o => new Due(o.Id, o.Name, EF.Property<string>(o, RegisterObjectConfiguration.Kind), o.StewardId, o.ConfirmedOn, o.ReviewBy)).ToListAsync(cancellation);
        foreach (var item in due)
        {
            // A city is kept by its own editors, whoever its steward is.
            List<Guid> keepers = [.. editors[item.Id].Concat(item.StewardId is { } steward ? editors[steward] : []).Distinct()];
            foreach (var account in keepers.Count > 0 ? keepers : secretariat)
            {
                if (had.Contains(KeyOf(account))) continue;
                if (!perAccount.TryGetValue(account, out var list)) perAccount[account] = list = [];
                list.Add(item);
            }
        }
        return perAccount;
    }

    /// <summary>With a small letter, unless it begins with an abbreviation (R&amp;D).</summary>
    private static string InSentence(string name) => name.Length > 1 && char.IsLower(name[1]) ? char.ToLowerInvariant(name[0]) + name[1..] : name;

    private async Task<bool> SendAsync(Guid accountId, List<Due> objects, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await EditorsQuery.Open(db).AsNoTracking().Where(a => a.Id == accountId).Select(a => new { a.Name, a.Email, a.Language }).SingleOrDefaultAsync(cancellation) is not { } person) return false;
        List<Due> asked = [.. objects.Take(MaxObjects)];
        var link = accessLinks.Add(db, LinkPurpose.Confirm, accountId, JsonSerializer.Serialize(asked.Select(o => o.Id)), Lifetime, Actor.Portal);
        // The last whole day on which it works.
        var until = Dutch.Day(link.ExpiresAt).AddDays(-1);
        var pages = links.In(person.Language);
        List<string> lines = [.. asked.Select(o => $"{o.Name} ({InSentence(KindRegistry.OfCode(o.Kind).Singular.In(person.Language))})")];
        var text = MailTexts.Review(person.Language, person.Name, lines, objects.Count - asked.Count, pages.ConfirmPage(link.Secret), until, pages);
        if (!await outbox.AddAsync(db, new(person.Email!, text, person.Language, KeyOf(accountId)), cancellation)) return false;
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }
}
