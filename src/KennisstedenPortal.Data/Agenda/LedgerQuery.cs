using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Data.Provenance;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Agenda;

/// <summary>Which commitments by their term; what is met or lapsed has none any more.</summary>
public enum TermWindow
{
    [Label("Binnen 90 dagen", "Within 90 days")] Soon,
    [Label("Verlopen", "Passed")] Passed,
}

/// <summary>Which part of the ledger.</summary>
/// <param name="Party">Slug of who promised it.</param>
/// <param name="Ministry">Slug of a ministry: what it promised itself and what stands in its documents.</param>
/// <param name="Text">Part of the text of a commitment.</param>
/// <param name="Examples">With what is promised in examples too.</param>
public sealed record LedgerFilter(string? Party = null, string? Ministry = null, CommitmentStatus? Status = null, CommitmentSort? Sort = null, TermWindow? Window = null, string? Text = null, bool Examples = false, LedgerCursor? After = null)
{
    public const int TextMaxLength = 100;
}

/// <summary>A place in the ledger: after the commitment with this term and identity.</summary>
public sealed record LedgerCursor(DateOnly? TermOn, Guid Id)
{
    public override string ToString() => $"{(TermOn is { } day ? Domain.Editing.DayText.Iso(day) : "geen")}_{Id:N}";

    /// <summary>Null when it is no such place.</summary>
    public static LedgerCursor? TryParse(string? text) => text?.Split('_') is [var term, { Length: 32 } id] && Guid.TryParseExact(id, "N", out var known)
        ? term == "geen" ? new(null, known) : Json.Day(term) is { } day ? new(day, known) : null : null;
}

/// <summary>A commitment in the ledger.</summary>
/// <param name="Party">Who promised it; public, or archived and not hidden.</param>
/// <param name="PartyIsGone">The party is archived: it has a name and no page.</param>
/// <param name="Holder">The action or document in which it stands; public.</param>
/// <param name="CarriedOutIn">The public action that carries it out, when a document holds it.</param>
public sealed record LedgerRow(Guid Id, int? Number, ObjectLink Party, bool PartyIsGone, ObjectLink Holder, ActionLink? CarriedOutIn, CommitmentSort Sort, string Text, decimal? Amount, DateOnly? TermOn, CommitmentStatus Status, string? Reason,
    DateOnly? SettledOn, DateOnly? ExtendedFrom, DateOnly? ExtendedOn, bool IsExample)
{
    /// <summary>The action in which it stands was stopped, and what it promised is neither met nor lapsed.</summary>
    public bool IsLeftOver { get; init; }

    /// <summary>It is still open and its term has passed.</summary>
    public bool IsLate(DateOnly day) => !Commitment.IsSettled(Status) && TermOn < day;
}

/// <summary>Money that was promised: known amounts together, and how many amounts nobody knows. Unknown is not 0.</summary>
/// <param name="LeftOver">Of the known, what is still open in actions that were stopped.</param>
public sealed record MoneySum(decimal Known, int Unknown, decimal LeftOver = 0);

/// <param name="Total">Exact up to <see cref="LedgerQuery.CountLimit"/>; null is more.</param>
/// <param name="Party">The party of the filter; null without one, or when there is none with that slug.</param>
/// <param name="Money">What the filter holds of money that did not lapse; null beyond what is counted.</param>
public sealed record LedgerPage(IReadOnlyList<LedgerRow> Rows, int? Total, LedgerCursor? Next, ObjectLink? Party, MoneySum? Money, IReadOnlyList<Link> Ministries);

/// <summary>One ledger of everything that was promised, in actions and in documents of the Rijk; what everybody may read of it.</summary>
public sealed class LedgerQuery(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    public const int PageSize = 50, CountLimit = 1000, SoonDays = 90;
    /// <summary>Of a party on its own page.</summary>
    public const int ShownOnPage = 5;

    public async Task<LedgerPage> RunAsync(LedgerFilter filter, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var rows = Filtered(db, filter, time.Today());
        var total = await rows.Take(CountLimit + 1).CountAsync(cancellation);
        var money = total > CountLimit ? null : await SumAsync(rows, cancellation);
        var page = rows;
        if (filter.After is { } after)
            page = after.TermOn is { } day ? page.Where(c => c.TermOn > day || c.TermOn == day && c.Id > after.Id || c.TermOn == null) : page.Where(c => c.TermOn == null && c.Id > after.Id);
        // What has no term comes last, as the index has it.
        var found = await RowsOf(page.OrderBy(c => c.TermOn).ThenBy(c => c.Id).Take(PageSize + 1)).ToListAsync(cancellation);
        var shown = found.Take(PageSize).ToList();
        var party = filter.Party is null ? null : await db.Objects.Nameable().Where(o => o.Slug == filter.Party).Where(Parties.Are).OrderBy(o => EF.Property<string>(o, RegisterObjectConfiguration.Kind) != OrganisationCode)
            .Select(o => new ObjectLink(EF.Property<string>(o, RegisterObjectConfiguration.Kind), o.Slug, o.Name)).FirstOrDefaultAsync(cancellation);
        var ministries = await db.Objects.Public().OfType<Organisation>().Where(o => o.Type == OrganisationType.Ministry).OrderBy(o => o.Name).Select(o => new Link(o.Slug, o.Name)).ToListAsync(cancellation);
        return new LedgerPage(shown, total > CountLimit ? null : total, found.Count > PageSize ? new LedgerCursor(shown[^1].TermOn, shown[^1].Id) : null, party, money, ministries);
    }

    /// <summary>What one party promised, first what is due first; for its own page. Examples are left out.</summary>
    /// <returns>The first, and how many there are (one more than <see cref="CountLimit"/> is more than that).</returns>
    public async Task<(IReadOnlyList<LedgerRow> First, int Total)> OfPartyAsync(Guid partyId, CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var rows = Readable(db, examples: false).Where(c => c.PartyId == partyId);
        var total = await rows.Take(CountLimit + 1).CountAsync(cancellation);
        if (total == 0) return ([], 0);
        return (await RowsOf(rows.OrderBy(c => c.Status == CommitmentStatus.Met || c.Status == CommitmentStatus.Lapsed).ThenBy(c => c.TermOn).ThenBy(c => c.Id).Take(ShownOnPage)).ToListAsync(cancellation), total);
    }

    private static readonly string OrganisationCode = KindRegistry.Of<Organisation>().Code;

    /// <summary>Everything that anybody may read: in a public object, by a party that is public, or was until it was archived.</summary>
    internal static IQueryable<Commitment> Readable(PortalDbContext db, bool examples)
    {
        var rows = db.Commitments.AsNoTracking().Where(c => c.Holder!.State == ObjectState.Published && c.Holder.Visibility == Visibility.Public && c.Party!.State != ObjectState.Draft && c.Party.Visibility == Visibility.Public);
        return examples ? rows : rows.Where(c => c.Holder!.Verification != Verification.Example);
    }

    private static IQueryable<Commitment> Filtered(PortalDbContext db, LedgerFilter filter, DateOnly today)
    {
        var rows = Readable(db, filter.Examples);
        if (filter.Party is { } party)
        {
            var parties = db.Objects.Nameable().Where(o => o.Slug == party).Where(Parties.Are).Select(o => o.Id);
            rows = rows.Where(c => parties.Contains(c.PartyId));
        }
        if (filter.Ministry is { } ministry)
        {
            // One that is hidden answers like one that is not there, also for what stands in its documents.
            var ministries = db.Objects.Nameable().OfType<Organisation>().Where(o => o.Slug == ministry && o.Type == OrganisationType.Ministry).Select(o => o.Id);
            rows = rows.Where(c => ministries.Contains(c.PartyId) || c.Holder is PolicyDocument && ministries.Contains(c.Holder.StewardId!.Value));
        }
        if (filter.Status is { } status) rows = rows.Where(c => c.Status == status);
        if (filter.Sort is { } sort) rows = rows.Where(c => c.Sort == sort);
        if (filter.Window is { } window)
        {
            var until = today.AddDays(SoonDays);
            rows = rows.Where(c => c.Status == CommitmentStatus.Open || c.Status == CommitmentStatus.PartlyMet);
            rows = window == TermWindow.Passed ? rows.Where(c => c.TermOn < today) : rows.Where(c => c.TermOn >= today && c.TermOn <= until);
        }
        if (filter.Text is { } text)
        {
            var pattern = $"%{Patterns.Literal(text)}%";
            rows = rows.Where(c => EF.Functions.ILike(c.Text, pattern, "\\"));
        }
        return rows;
    }

    private static async Task<MoneySum> SumAsync(IQueryable<Commitment> rows, CancellationToken cancellation) =>
        await rows.Where(c => c.Sort == CommitmentSort.Money && c.Status != CommitmentStatus.Lapsed)
            .Select(c => new { c.Amount, IsLeftOver = (c.Status == CommitmentStatus.Open || c.Status == CommitmentStatus.PartlyMet) && c.Holder is AgendaAction && ((AgendaAction)c.Holder).Status == ActionStatus.Stopped })
            .GroupBy(c => 1).Select(g => new { Known = g.Sum(c => c.Amount ?? 0), Unknown = g.Count(c => c.Amount == null), LeftOver = g.Sum(c => c.IsLeftOver ? c.Amount ?? 0 : 0) }).FirstOrDefaultAsync(cancellation) is { } sum
            ? new MoneySum(sum.Known, sum.Unknown, sum.LeftOver) : new MoneySum(0, 0);

    internal static IQueryable<LedgerRow> RowsOf(IQueryable<Commitment> commitments) => commitments.Select(c => new LedgerRow(c.Id, c.Number,
        new ObjectLink(EF.Property<string>(c.Party!, RegisterObjectConfiguration.Kind), c.Party!.Slug, c.Party.Name), c.Party.State == ObjectState.Archived,
        new ObjectLink(EF.Property<string>(c.Holder!, RegisterObjectConfiguration.Kind), c.Holder!.Slug, c.Holder.Name),
        c.CarriedOutIn != null && c.CarriedOutIn.State == ObjectState.Published && c.CarriedOutIn.Visibility == Visibility.Public ? new ActionLink(c.CarriedOutIn.Slug, c.CarriedOutIn.Name, c.CarriedOutIn.Status, c.CarriedOutIn.Verification == Verification.Example) : null,
        c.Sort, c.Text, c.Amount, c.TermOn, c.Status, c.Reason, c.SettledOn, c.ExtendedFrom, c.ExtendedOn, c.Holder.Verification == Verification.Example)
    {
        IsLeftOver = (c.Status == CommitmentStatus.Open || c.Status == CommitmentStatus.PartlyMet) && c.Holder is AgendaAction && ((AgendaAction)c.Holder).Status == ActionStatus.Stopped,
    });
}
