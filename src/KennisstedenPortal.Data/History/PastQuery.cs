using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.History;

/// <summary>How a question about the past ended.</summary>
public abstract record PastOutcome
{
    private PastOutcome() { }

    /// <param name="Detail">As it stood, detached. What it refers to goes by its present name.</param>
    /// <param name="Number">The version that stood then.</param>
    /// <param name="IsPresent">Nothing changed since.</param>
    /// <param name="Gone">Relations of then with what can't be read any more; they are left out.</param>
    public sealed record Found(ObjectDetail Detail, int Number, bool IsPresent, int Gone) : PastOutcome;
    /// <summary>It was not in the register yet.</summary>
    public sealed record TooEarly(HistorySubject Subject, DateTimeOffset First) : PastOutcome;
    /// <summary>It was in the register, but not for the public.</summary>
    public sealed record Closed(HistorySubject Subject) : PastOutcome;
    public sealed record Moved(string Slug) : PastOutcome;
    public sealed record NotFound : PastOutcome;
}

/// <summary>A public object as it stood at a moment, by transaction time: what the register said then, whether it was right or not.</summary>
public sealed class PastQuery(IDbContextFactory<PortalDbContext> contexts)
{
    public async Task<PastOutcome> RunAsync(ObjectKind kind, string slug, DateTimeOffset at, CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (await HistoryQuery.FindAsync(db, kind, slug, null, cancellation) is not var (subject, eyes))
            return await HistoryQuery.MovedToAsync(db, kind, slug, cancellation) is { } moved ? new PastOutcome.Moved(moved) : new PastOutcome.NotFound();
        if (await HistoryQuery.AtAsync(db, subject.Id, at, cancellation) is not { } then)
            return new PastOutcome.TooEarly(subject, await db.Revisions.Where(r => r.ObjectId == subject.Id).OrderBy(r => r.Number).Select(r => r.At).FirstOrDefaultAsync(cancellation));
        if (!eyes.Opens(then.Snapshot)) return new PastOutcome.Closed(subject);

        var gone = await eyes.CloseAsync(db, subject.Id, then.Snapshot, cancellation);
        var item = PastObject.Of(kind, subject.Id, then.Snapshot, then.Number, then.At);
        return new PastOutcome.Found(await DetailAsync(db, kind, item, at, cancellation), then.Number, then.Number == subject.Revision, gone);
    }

    /// <summary>A page of an object that was made out of a snapshot, in which only what everybody may see was left.</summary>
    /// <param name="at">Until when updates on an action are told.</param>
    internal static async Task<ObjectDetail> DetailAsync(PortalDbContext db, ObjectKind kind, RegisterObject item, DateTimeOffset at, CancellationToken cancellation)
    {
        await ReferAsync(db, item, cancellation);
        if (item is AgendaObject agenda) await ReferAsync(db, agenda, at.ToUniversalTime(), cancellation);
        var municipality = item.Municipality?.ParentCode;
        var workingArea = (item as Organisation)?.WorkingAreaCode;
        var names = await db.Areas.AsNoTracking().Where(a => a.Code == municipality || a.Code == workingArea).Select(a => new { a.Code, a.Name }).ToDictionaryAsync(a => a.Code, a => a.Name, StringComparer.Ordinal, cancellation);
        return new ObjectDetail(kind, item, DetailQuery.PlaceOf(item), names.GetValueOrDefault(municipality ?? ""), names.GetValueOrDefault(workingArea ?? ""));
    }

    private static async Task ReferAsync(PortalDbContext db, AgendaObject agenda, DateTimeOffset until, CancellationToken cancellation)
    {
        var action = agenda as AgendaAction;
        // What was told until then is loaded whole, and ties itself to the action.
        if (action is not null) await db.ProgressUpdates.Where(u => u.ActionId == action.Id && u.At <= until && u.Visibility == Visibility.Public).OrderByDescending(u => u.At).Take(ObjectDetail.MostUpdates).LoadAsync(cancellation);
        string[] codes = [.. agenda.Elements.Select(e => e.ElementCode)];
        await db.AgendaElements.Where(e => codes.Contains(e.Code)).LoadAsync(cancellation);
        Guid?[] objects = [.. agenda.Commitments.Select(c => c.CarriedOutInId), .. action?.Milestones.Select(m => m.EvidenceObjectId) ?? [], .. (agenda as Meeting)?.Points.SelectMany(p => new[] { p.ActionId, p.PartyId }) ?? [], .. action?.Updates.Select(u => u.OnBehalfOfId) ?? []];
        await db.Objects.Public().Where(o => objects.Contains(o.Id)).LoadAsync(cancellation);
        Guid[] parties = [.. agenda.Commitments.Select(c => c.PartyId)];
        await db.Objects.Nameable().Where(o => parties.Contains(o.Id)).LoadAsync(cancellation);
        foreach (var element in agenda.Elements.Where(e => e.Element is null).ToList()) agenda.Elements.Remove(element);
        foreach (var commitment in agenda.Commitments.Where(c => c.Party is null).ToList()) agenda.Commitments.Remove(commitment);
    }

    /// <summary>
    /// Loads what the object refers to, as it is now, and lets the change tracker tie it to the object. Nothing is ever saved
    /// by this context. What is not there any more is left out.
    /// </summary>
    private static async Task ReferAsync(PortalDbContext db, RegisterObject item, CancellationToken cancellation)
    {
        var relations = item.Relations.Concat(item.InverseRelations).ToList();
        Guid?[] objects = [item.StewardId, .. relations.SelectMany(r => new Guid?[] { r.FromId, r.ToId }), .. item.Swot.SelectMany(s => s.Evidence).Select(e => e.SubjectId)];
        await db.Objects.Public().Where(o => objects.Contains(o.Id) && o.Id != item.Id).LoadAsync(cancellation);
        string?[] areas = [item.MunicipalityCode, .. item.OtherLocations.Select(l => l.MunicipalityCode)];
        await db.Areas.Where(a => areas.Contains(a.Code)).LoadAsync(cancellation);
        string[] themes = [.. item.Specialisations.Select(s => s.ThemeCode), .. item.Exchanges.Select(e => e.ThemeCode)];
        await db.Themes.Include(t => t.Taxonomy).Where(t => themes.Contains(t.Code)).LoadAsync(cancellation);
        Guid?[] figures = [.. item.Swot.SelectMany(s => s.Evidence).Select(e => e.ObservationId).Where(o => o is not null)];
        var publicObjects = db.Objects.Public();
        if (figures.Length > 0) await db.Observations.Include(o => o.Indicator).Where(o => figures.Contains(o.Id) && o.ObjectId != item.Id && (o.ObjectId == null || publicObjects.Any(p => p.Id == o.ObjectId))).LoadAsync(cancellation);
        string[] indicators = [.. item.Observations.Select(o => o.IndicatorCode)];
        await db.Indicators.Where(i => indicators.Contains(i.Code)).LoadAsync(cancellation);
        Guid?[] sources = [.. item.Citations.Concat(item.Specialisations.SelectMany(s => s.Citations)).Concat(relations.SelectMany(r => r.Citations)).Select(c => (Guid?)c.SourceId), .. item.Observations.Select(o => (Guid?)o.SourceId), .. item.Swot.SelectMany(s => s.Evidence).Select(e => e.SourceId)];
        await db.Sources.Where(s => sources.Contains(s.Id)).LoadAsync(cancellation);
        db.Attach(item);

        foreach (var relation in item.Relations.Where(r => r.To is null).ToList()) item.Relations.Remove(relation);
        foreach (var relation in item.InverseRelations.Where(r => r.From is null).ToList()) item.InverseRelations.Remove(relation);
        foreach (var theme in item.Specialisations.Where(s => s.Theme is null).ToList()) item.Specialisations.Remove(theme);
        foreach (var figure in item.Observations.Where(o => o.Indicator is null || o.Source is null).ToList()) item.Observations.Remove(figure);
        foreach (var exchange in item.Exchanges.Where(e => e.Theme is null).ToList()) item.Exchanges.Remove(exchange);
        foreach (var swot in item.Swot)
            foreach (var evidence in swot.Evidence.Where(e => e.Subject is null && e.Observation is null && e.Source is null).ToList()) swot.Evidence.Remove(evidence);
    }
}
