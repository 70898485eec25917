using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Agenda;

/// <summary>A document of the Rijk where an element of the agenda names it.</summary>
/// <param name="From">Name of who sent it; null when that is not known or not public.</param>
public sealed record DocumentLink(string Slug, string Name, PolicyDocumentSort Sort, string? PaperNumber, DateOnly? DatedOn, string? From);

/// <summary>How the chain and the gaps read documents of the Rijk.</summary>
internal static class AgendaDocuments
{
    /// <summary>Documents named per element; the list has all of them.</summary>
    public const int Shown = 5;

    /// <summary>Documents that anybody may read and that nobody invented.</summary>
    public static IQueryable<PolicyDocument> PublicDocuments(this PortalDbContext db) => db.Objects.AsNoTracking().Public().OfType<PolicyDocument>().Where(d => d.Verification != Verification.Example);

    /// <summary>Per code of an element what the Rijk answered, newest first.</summary>
    /// <param name="elements">Of these only.</param>
    public static async Task<ILookup<string, DocumentLink>> AnswersAsync(PortalDbContext db, IQueryable<AgendaElement> elements, CancellationToken cancellation)
    {
        var documents = db.PublicDocuments().OrderByDescending(d => d.DatedOn != null).ThenByDescending(d => d.DatedOn).ThenBy(d => d.Slug);
        return (await elements.SelectMany(e => documents.Where(d => d.Elements.Any(l => l.ElementCode == e.Code)).Take(Shown),
            (e, d) => new { e.Code, d.Slug, d.Name, d.Sort, d.PaperNumber, d.DatedOn, From = d.Steward!.State == ObjectState.Published && d.Steward.Visibility == Visibility.Public ? d.Steward.Name : null }).ToListAsync(cancellation))
            .ToLookup(d => d.Code, d => new DocumentLink(d.Slug, d.Name, d.Sort, d.PaperNumber, d.DatedOn, d.From), StringComparer.Ordinal);
    }
}
