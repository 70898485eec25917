using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Data.Provenance;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Provenance;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Agenda;

/// <summary>An element with what hangs on it.</summary>
/// <param name="Element">Detached, with its citations and their sources.</param>
/// <param name="Objects">The public register objects it is about.</param>
public sealed record ChainElement(AgendaElement Element, IReadOnlyList<ObjectLink> Objects, Serving Actions)
{
    /// <summary>What the Rijk answered, newest first; at most five.</summary>
    public IReadOnlyList<DocumentLink> Answers { get; init; } = [];
}

/// <summary>The whole agenda, from the reason to the result.</summary>
/// <param name="Elements">By kind, within a kind in the order of the source document; the source document itself is not among them.</param>
/// <param name="Document">The source document as an element; null in a register without agenda.</param>
/// <param name="Actions">How many actions there are; none is named here.</param>
public sealed record AgendaChain(IReadOnlyList<ChainElement> Elements, ChainElement? Document, Serving Actions)
{
    /// <summary>Sort of the source that is the source document itself.</summary>
    private const string DocumentSort = "brondocument";

    public IEnumerable<ChainElement> Of(ElementKind kind) => Elements.Where(e => e.Element.Kind == kind);

    /// <summary>The line of a line's element, the document of a bottleneck; null where nothing is stated.</summary>
    public ChainElement? ParentOf(AgendaElement element) => element.ParentId is { } parent ? Elements.FirstOrDefault(e => e.Element.Id == parent) : null;

    /// <summary>The elements of a line, the bottlenecks that rest on a document.</summary>
    public IEnumerable<ChainElement> ChildrenOf(AgendaElement element) => Elements.Where(e => e.Element.ParentId == element.Id);

    /// <summary>The source in which the elements stand.</summary>
    public Source? DocumentSource => Document?.Element.Citations.Select(c => c.Source).FirstOrDefault(s => string.Equals(s?.Sort, DocumentSort, StringComparison.Ordinal));

    /// <summary>What an element rests on: its own sources, else the source document in which it stands.</summary>
    public IEnumerable<Source> SourcesOf(AgendaElement element) => element.Citations.Count > 0 ? element.Citations.OrderBy(c => c.Id).Select(c => c.Source!)
        : element.InSourceDocument && DocumentSource is { } document ? [document] : [];
}

/// <summary>An element that occurs together with another one in actions: derived, the source document does not state it.</summary>
/// <param name="Real">Actions that serve both; examples apart.</param>
public sealed record ElementTie(ChainElement Other, int Real, int Examples);

/// <param name="Ties">In the order of the chain.</param>
public sealed record ElementDetail(ChainElement Item, AgendaChain Chain, IReadOnlyList<ElementTie> Ties);

/// <summary>The chain of the agenda: every element with the actions that serve it.</summary>
public sealed class ChainQuery(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>Code of the element that is the source document itself.</summary>
    public const string DocumentCode = "brondocument";
    /// <summary>Actions named per element in the chain, and on the page of one element.</summary>
    public const int Shown = 12, ShownOnPage = 100;

    public async Task<AgendaChain> RunAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await ReadAsync(db, null, Shown, cancellation);
    }

    /// <returns>Null when there is no such code.</returns>
    public async Task<ElementDetail?> ElementAsync(string code, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var chain = await ReadAsync(db, code, ShownOnPage, cancellation);
        var item = chain.Document is { } document && string.Equals(document.Element.Code, code, StringComparison.Ordinal) ? document : chain.Elements.FirstOrDefault(e => string.Equals(e.Element.Code, code, StringComparison.Ordinal));
        if (item is null) return null;
        var together = item.Actions.Total == 0 ? new Dictionary<string, (int Real, int Examples)>(StringComparer.Ordinal) : await AgendaActions.TogetherAsync(db, code, chain.Elements.Select(e => e.Element.Code), cancellation);
        return new ElementDetail(item, chain, [.. chain.Elements.Where(e => together.ContainsKey(e.Element.Code)).Select(e => new ElementTie(e, together[e.Element.Code].Real, together[e.Element.Code].Examples))]);
    }

    /// <param name="served">The element of which actions and answers are asked; null for all.</param>
    private static async Task<AgendaChain> ReadAsync(PortalDbContext db, string? served, int take, CancellationToken cancellation)
    {
        var elements = await db.AgendaElements.AsNoTracking().AsSingleQuery().Include(e => e.Citations).ThenInclude(c => c.Source).ToListAsync(cancellation);
        var objects = (await db.Set<ElementObject>().Join(db.Objects.Public(), l => l.ObjectId, o => o.Id, (l, o) => new { l.ElementId, Kind = EF.Property<string>(o, RegisterObjectConfiguration.Kind), o.Slug, o.Name })
            .OrderBy(l => l.Name).ToListAsync(cancellation)).ToLookup(l => l.ElementId, l => new ObjectLink(l.Kind, l.Slug, l.Name));
        var serving = await AgendaActions.ServingAsync(db, served is null ? [.. elements.Select(e => e.Code)] : [served], take, cancellation);
        var answers = await AgendaDocuments.AnswersAsync(db, db.AgendaElements.Where(e => served == null || e.Code == served), cancellation);
        var count = await AgendaActions.CountAsync(db, cancellation);
        var chain = elements.OrderBy(e => e.Kind).ThenBy(e => Parent(e)?.Rank).ThenBy(e => e.Rank).ThenBy(e => e.Code, StringComparer.Ordinal).Select(e => new ChainElement(e, [.. objects[e.Id]], serving.GetValueOrDefault(e.Code, Serving.None)) { Answers = [.. answers[e.Code]] }).ToList();
        var document = chain.Find(e => string.Equals(e.Element.Code, DocumentCode, StringComparison.Ordinal));
        return new AgendaChain([.. chain.Where(e => e != document)], document, count.Serving);

        // Elements of a line stand together; a bottleneck keeps its own place, whatever it rests on.
        AgendaElement? Parent(AgendaElement e) => e.Kind == ElementKind.LineElement ? elements.Find(p => p.Id == e.ParentId) : null;
    }
}
