using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Agenda;

/// <summary>Commitments that have something in common in the half year.</summary>
/// <param name="Total">How many there are.</param>
/// <param name="First">The first <see cref="HalfYearQuery.Shown"/>, by their day.</param>
public sealed record LedgerPart(int Total, IReadOnlyList<LedgerRow> First);

/// <summary>Where one party stands.</summary>
/// <param name="IsGone">It is archived.</param>
/// <param name="IsMinistry">It is part of the Rijk.</param>
/// <param name="Late">Still open, with a term that has passed.</param>
/// <param name="Soon">Still open, with a term in the half year ahead.</param>
/// <param name="Met">In the half year behind.</param>
/// <param name="Lapsed">The same.</param>
/// <param name="Extended">The same.</param>
/// <param name="Money">All money that it promised and that did not lapse.</param>
public sealed record PartyStanding(string KindCode, string Slug, string Name, bool IsGone, bool IsMinistry, int Open, int Late, int Soon, int Met, int Lapsed, int Extended, MoneySum Money);

/// <summary>Half a year back and half a year ahead of a day.</summary>
/// <param name="Late">Open, with a term before the day.</param>
/// <param name="Soon">Open, with a term on the day or in the half year after it.</param>
/// <param name="Met">In the half year until the day.</param>
/// <param name="Lapsed">The same.</param>
/// <param name="Extended">The same; of each the last extension.</param>
/// <param name="Parties">Ministries first, then by name; at most <see cref="HalfYearQuery.MostParties"/>.</param>
/// <param name="PartiesAreCut">There are more parties than that.</param>
public sealed record HalfYear(DateOnly On, DateOnly From, DateOnly Until, LedgerPart Late, LedgerPart Soon, LedgerPart Met, LedgerPart Lapsed, LedgerPart Extended, IReadOnlyList<PartyStanding> Parties, bool PartiesAreCut);

/// <summary>
/// What lapsed, what is due soon, what was met and what was given more time, per ministry and party. It goes by what the register
/// holds now: what was met or lapsed after the day counts as open on the day, but a term is the term of now.
/// </summary>
public sealed class HalfYearQuery(IDbContextFactory<PortalDbContext> contexts, SearchRoom? room = null)
{
    public const int Shown = 100, MostParties = 200;

    /// <param name="examples">With what is promised in examples too.</param>
    /// <exception cref="SearchIsFullException">Too many ask at once.</exception>
    /// <exception cref="SearchTooSlowException">The database gave up.</exception>
    public async Task<HalfYear> RunAsync(DateOnly on, bool examples, CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await SearchRoom.WithinAsync(room, db, () => RunAsync(db, on, examples, cancellation), cancellation);
    }

    private static async Task<HalfYear> RunAsync(PortalDbContext db, DateOnly on, bool examples, CancellationToken cancellation)
    {
        var (from, until) = (on.AddMonths(-6), on.AddMonths(6));
        var all = LedgerQuery.Readable(db, examples);
        var open = all.Where(c => c.Status == CommitmentStatus.Open || c.Status == CommitmentStatus.PartlyMet || c.SettledOn > on);
        async Task<LedgerPart> PartAsync(IQueryable<Commitment> rows, IOrderedQueryable<Commitment> ordered) =>
            await rows.CountAsync(cancellation) is > 0 and var total ? new LedgerPart(total, await LedgerQuery.RowsOf(ordered.ThenBy(c => c.Id).Take(Shown)).ToListAsync(cancellation)) : new LedgerPart(0, []);
        var (late, soon) = (open.Where(c => c.TermOn < on), open.Where(c => c.TermOn >= on && c.TermOn <= until));
        var (met, lapsed) = (all.Where(c => c.Status == CommitmentStatus.Met && c.SettledOn > from && c.SettledOn <= on), all.Where(c => c.Status == CommitmentStatus.Lapsed && c.SettledOn > from && c.SettledOn <= on));
        var extended = all.Where(c => c.ExtendedOn > from && c.ExtendedOn <= on);
        var parties = await all.GroupBy(c => c.PartyId).Select(g => new
        {
            g.Key,
            Open = g.Count(c => c.Status == CommitmentStatus.Open || c.Status == CommitmentStatus.PartlyMet || c.SettledOn > on),
            Late = g.Count(c => (c.Status == CommitmentStatus.Open || c.Status == CommitmentStatus.PartlyMet || c.SettledOn > on) && c.TermOn < on),
            Soon = g.Count(c => (c.Status == CommitmentStatus.Open || c.Status == CommitmentStatus.PartlyMet || c.SettledOn > on) && c.TermOn >= on && c.TermOn <= until),
            Met = g.Count(c => c.Status == CommitmentStatus.Met && c.SettledOn > from && c.SettledOn <= on),
            Lapsed = g.Count(c => c.Status == CommitmentStatus.Lapsed && c.SettledOn > from && c.SettledOn <= on),
            Extended = g.Count(c => c.ExtendedOn > from && c.ExtendedOn <= on),
            Known = g.Sum(c => c.Sort == CommitmentSort.Money && (c.Status != CommitmentStatus.Lapsed || c.SettledOn > on) ? c.Amount ?? 0 : 0),
            Unknown = g.Count(c => c.Sort == CommitmentSort.Money && (c.Status != CommitmentStatus.Lapsed || c.SettledOn > on) && c.Amount == null),
        }).Join(db.Objects, g => g.Key, o => o.Id, (g, o) => new { g.Open, g.Late, g.Soon, g.Met, g.Lapsed, g.Extended, g.Known, g.Unknown, Kind = EF.Property<string>(o, Configurations.RegisterObjectConfiguration.Kind), o.Slug, o.Name, IsGone = o.State == ObjectState.Archived, IsMinistry = o is Organisation && ((Organisation)o).Type == OrganisationType.Ministry })
            .OrderByDescending(p => p.IsMinistry).ThenBy(p => p.Name).Take(MostParties + 1).ToListAsync(cancellation);
        return new HalfYear(on, from, until, await PartAsync(late, late.OrderBy(c => c.TermOn)), await PartAsync(soon, soon.OrderBy(c => c.TermOn)), await PartAsync(met, met.OrderBy(c => c.SettledOn)), await PartAsync(lapsed, lapsed.OrderBy(c => c.SettledOn)),
            await PartAsync(extended, extended.OrderBy(c => c.ExtendedOn)),
            [.. parties.Take(MostParties).Select(p => new PartyStanding(p.Kind, p.Slug, p.Name, p.IsGone, p.IsMinistry, p.Open, p.Late, p.Soon, p.Met, p.Lapsed, p.Extended, new MoneySum(p.Known, p.Unknown)))], parties.Count > MostParties);
    }
}
