using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Editing;

/// <summary>By what the overview counts.</summary>
public enum FreshnessBy
{
    [Label("Per stad", "By city")] City,
    [Label("Per campus", "By campus")] Campus,
    [Label("Per andere beheerder", "By other steward")] Other,
    [Label("Per soort", "By kind")] Kind,
}

/// <summary>How current and complete what somebody keeps is.</summary>
/// <param name="KindCode">Kind of the keeper, or the kind that is counted; null for the secretariat.</param>
/// <param name="Name">Null where the secretariat keeps it, or for a kind.</param>
/// <param name="Filled">Parts of profiles that are there, of <paramref name="Total"/>.</param>
/// <param name="Editors">Open accounts that keep it; null for a kind.</param>
public sealed record FreshnessRow(Guid? KeeperId, string? KindCode, string? Slug, string? Name, int Objects, int Current, int Due, int Never, int Filled, int Total, DateTimeOffset? LastChange, int OpenProposals, DateTimeOffset? OldestProposal, int? Editors, int UnconfirmedRelations);

/// <summary>The whole register at a glance, for who chases what is late. Read in one round trip.</summary>
public sealed class FreshnessQuery(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    /// <summary>The secretariat sees all, an editor what they keep.</summary>
    /// <exception cref="NotAllowedException">The actor keeps nothing.</exception>
    public async Task<IReadOnlyList<FreshnessRow>> RunAsync(FreshnessBy by, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Confirm);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var today = time.Today();
        var open = db.Proposals.Where(p => p.State == ProposalState.Open);
        var objects = await db.ReachedBy(actor).AsNoTracking().Where(o => o.State == ObjectState.Published && o.Verification != Verification.Example).Select(ProfileParts.Mask.With((o, mask) => new
        {
            o.Id,
            Kind = EF.Property<string>(o, RegisterObjectConfiguration.Kind),
            o.Slug,
            o.Name,
            o.StewardId,
            StewardKind = o.Steward == null ? null : EF.Property<string>(o.Steward, RegisterObjectConfiguration.Kind),
            StewardSlug = o.Steward!.Slug,
            StewardName = o.Steward.Name,
            o.ConfirmedOn,
            o.ReviewBy,
            o.ChangedAt,
            Mask = mask,
            Proposals = open.Count(p => p.ObjectId == o.Id),
            OldestProposal = open.Where(p => p.ObjectId == o.Id).Min(p => (DateTimeOffset?)p.MadeAt),
            // New objects that somebody proposes stand with who would keep them.
            NewProposals = open.Count(p => p.StewardId == o.Id && p.BaseRevision == 0),
            OldestNew = open.Where(p => p.StewardId == o.Id && p.BaseRevision == 0).Min(p => (DateTimeOffset?)p.MadeAt),
            Editors = db.RoleGrants.Where(g => g.ScopeId == o.Id && db.Accounts.Any(a => a.Id == g.AccountId && a.DisabledAt == null)).Select(g => g.AccountId).Distinct().Count(),
            Unconfirmed = o.Relations.Count(r => r.ReportedById == r.ToId && r.ConfirmedOn == null) + o.InverseRelations.Count(r => r.ReportedById == r.FromId && r.ConfirmedOn == null),
        })).ToListAsync(cancellation);

        var editors = objects.Where(o => o.Editors > 0).ToDictionary(o => o.Id, o => o.Editors);
        // A city or campus stands with itself, whoever keeps it, so that every one has a row.
        var isKeeper = objects.Where(o => by == FreshnessBy.City && o.Kind == "city" || by == FreshnessBy.Campus && o.Kind == "campus").Select(o => o.Id).ToHashSet();
        var groups = objects.SelectMany(o => new[] { (Key: by == FreshnessBy.Kind ? new Keeper(null, o.Kind, null, null) : isKeeper.Contains(o.Id) ? new Keeper(o.Id, o.Kind, o.Slug, o.Name) : new Keeper(o.StewardId, o.StewardKind, o.StewardSlug, o.StewardName), Item: o) })
            .GroupBy(p => p.Key, p => p.Item).Where(g => by switch
            {
                FreshnessBy.City => g.Key.Kind == "city",
                FreshnessBy.Campus => g.Key.Kind == "campus",
                FreshnessBy.Other => g.Key.Kind is not ("city" or "campus"),
                _ => true,
            });
        return [.. groups.Select(g => new FreshnessRow(g.Key.Id, g.Key.Kind, g.Key.Slug, g.Key.Name, g.Count(),
            g.Count(o => FreshnessRule.Of(o.ConfirmedOn, o.ReviewBy, today) == Freshness.Current), g.Count(o => FreshnessRule.Of(o.ConfirmedOn, o.ReviewBy, today) == Freshness.Due), g.Count(o => o.ConfirmedOn is null),
            g.Sum(o => ProfileParts.Count(o.Mask)), g.Sum(o => ProfileParts.Of(KindRegistry.OfCode(o.Kind)).Count), g.Max(o => (DateTimeOffset?)o.ChangedAt),
            g.Sum(o => o.Proposals + (o.Id == g.Key.Id ? o.NewProposals : 0)), g.Select(o => o.OldestProposal).Concat(g.Where(o => o.Id == g.Key.Id).Select(o => o.OldestNew)).Min(),
            by == FreshnessBy.Kind || g.Key.Id is null ? null : editors.GetValueOrDefault(g.Key.Id.Value), g.Sum(o => o.Unconfirmed))).OrderBy(r => r.Name is null).ThenBy(r => r.Name, Dutch.Alphabet)];
    }

    private sealed record Keeper(Guid? Id, string? Kind, string? Slug, string? Name);
}
