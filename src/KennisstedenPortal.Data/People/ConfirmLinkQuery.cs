using System.Text.Json;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.People;

/// <summary>A theme of an object, with its strength where it has one.</summary>
public sealed record ThemeOfObject(string Name, Strength? Strength);

/// <summary>What the public reads of an object, in short, so that somebody can say whether it is still right.</summary>
public sealed record ObjectToConfirm(Guid Id, ObjectKind Kind, string Slug, string Name, string? Description, string? Website, string? Municipality, IReadOnlyList<ThemeOfObject> Themes, DateOnly? ConfirmedOn, DateOnly? ReviewBy, bool IsPublic);

/// <summary>The page behind a link. Without <see cref="LinkState.Valid"/> it holds nothing about objects or persons.</summary>
public sealed record ConfirmPage(LinkState State, string? PersonName, string Language, DateTimeOffset? ExpiresAt, IReadOnlyList<ObjectToConfirm> Objects);

/// <summary>What a link to confirm is about. Only reads, however often it is asked.</summary>
public sealed class ConfirmLinkQuery(IDbContextFactory<PortalDbContext> contexts, AccessLinkWriter links)
{
    public async Task<ConfirmPage> RunAsync(string secret, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var link = await links.FindAsync(db, secret, cancellation);
        if (link is not { Purpose: LinkPurpose.Confirm }) return new(LinkState.Unknown, null, "nl", null, []);
        if (link.State != LinkState.Valid) return new(link.State, null, "nl", link.ExpiresAt, []);
        if (link.AccountId is not { } account || await ActorQuery.FindAsync(db, account, cancellation) is not { } actor) return new(LinkState.Revoked, null, "nl", link.ExpiresAt, []);

        var language = await db.Accounts.Where(a => a.Id == account).Select(a => a.Language).SingleAsync(cancellation);
        var ids = IdsOf(link);
        var items = await db.Objects.AsNoTracking().AsSplitQuery().Include(o => o.Municipality).Include(o => o.Specialisations).ThenInclude(s => s.Theme)
            .Where(o => ids.Contains(o.Id) && o.State == ObjectState.Published).ToListAsync(cancellation);
        return new(LinkState.Valid, actor.Name, language, link.ExpiresAt,
        [
            .. items.Where(o => Rights.Allows(actor, Right.Confirm, new(o.Id, o.StewardId))).OrderBy(o => ids.IndexOf(o.Id)).Select(o => new ObjectToConfirm(
                o.Id, KindRegistry.Of(o), o.Slug, o.Name, o.Description, o.Website, o.Municipality?.Name,
                [.. o.Specialisations.OrderBy(s => s.Strength ?? (Strength)99).ThenBy(s => s.Theme!.Rank).Select(s => new ThemeOfObject(language == "en" ? s.Theme!.NameEn ?? s.Theme.NameNl : s.Theme!.NameNl, s.Strength))],
                o.ConfirmedOn, o.ReviewBy, o.Visibility == Visibility.Public)),
        ]);
    }

    /// <summary>The objects a link is about, in the order of the mail.</summary>
    internal static List<Guid> IdsOf(FoundLink link) => JsonSerializer.Deserialize<List<Guid>>(link.Subject) ?? [];
}
