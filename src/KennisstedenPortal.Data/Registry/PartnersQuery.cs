using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Data.Provenance;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Registry;

/// <summary>What somebody wrote for partners, and who.</summary>
/// <param name="HasPage">The object is public; a hidden one has no page to lead to.</param>
/// <param name="IsOpen">Everybody may read this: it stands on the page of the object too.</param>
public sealed record Shared(ObjectLink Of, bool HasPage, string Text, bool IsOpen);

/// <summary>What is offered and sought on one entry theme.</summary>
/// <param name="IsMatch">One seeks what another offers.</param>
public sealed record SharedTheme(string Code, string NameNl, string? NameEn, IReadOnlyList<Shared> Offers, IReadOnlyList<Shared> Needs, bool IsMatch);

/// <summary>Strengths, weaknesses, opportunities and threats of one object.</summary>
public sealed record SharedSwot(ObjectLink Of, bool HasPage, IReadOnlyList<(SwotSort Sort, string Text, bool IsOpen)> Items);

/// <param name="Themes">Those first on which one seeks what another offers.</param>
/// <param name="Names">All who wrote something, to choose one from.</param>
/// <param name="IsCut">There is more than is read at once.</param>
public sealed record SharedAmongPartners(IReadOnlyList<SharedTheme> Themes, IReadOnlyList<SharedSwot> Swot, IReadOnlyList<(Guid Id, string Name)> Names, bool IsCut);

/// <summary>
/// What starts as readable for partners (product rule 11): what is offered and sought, and the SWOT of cities. The pages for
/// everybody do not show it before it is opened; this is where partners read it. What only some of them may read is not here.
/// </summary>
public sealed class PartnersQuery(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>Items of each sort that are read at once.</summary>
    public const int Most = 500;

    /// <param name="of">One knowledge city, campus or other object; null is all.</param>
    /// <exception cref="NotAllowedException">The actor may not read what is for partners.</exception>
    public async Task<SharedAmongPartners> RunAsync(Guid? of, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.ReadPartners);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var readable = db.Objects.Where(o => o.State == ObjectState.Published && (o.Visibility == Visibility.Public || o.Visibility == Visibility.Partners));
        var chosen = readable.Where(o => of == null || o.Id == of);
        var offered = db.Set<Exchange>().AsNoTracking().Where(e => e.Visibility == Visibility.Public || e.Visibility == Visibility.Partners);
        var judged = db.Set<SwotItem>().AsNoTracking().Where(s => s.Visibility == Visibility.Public || s.Visibility == Visibility.Partners);
        var exchanges = await offered.Join(chosen, e => e.ObjectId, o => o.Id, (e, o) => new { e.Id, e.Sort, e.ThemeCode, e.Theme!.NameNl, e.Theme.NameEn, e.Text, e.Visibility, Object = o.Id, o.Slug, o.Name, Kind = EF.Property<string>(o, RegisterObjectConfiguration.Kind), Of = o.Visibility })
            .OrderBy(e => e.NameNl).ThenBy(e => e.Name).ThenBy(e => e.Id).Take(Most + 1).ToListAsync(cancellation);
        var swot = await judged.Join(chosen, s => s.ObjectId, o => o.Id, (s, o) => new { s.Id, s.Sort, s.Text, s.Visibility, o.Slug, o.Name, Kind = EF.Property<string>(o, RegisterObjectConfiguration.Kind), Of = o.Visibility })
            .OrderBy(s => s.Name).ThenBy(s => s.Slug).ThenBy(s => s.Id).Take(Most + 1).ToListAsync(cancellation);
        var names = await readable.Where(o => offered.Any(e => e.ObjectId == o.Id) || judged.Any(s => s.ObjectId == o.Id)).OrderBy(o => o.Name).ThenBy(o => o.Id).Select(o => new { o.Id, o.Name }).ToListAsync(cancellation);
        // Of one, the others whom it suits are not among what is shown.
        var codes = exchanges.Select(e => e.ThemeCode).Distinct(StringComparer.Ordinal).ToArray();
        var others = of is null ? [] : await offered.Where(e => codes.Contains(e.ThemeCode) && e.ObjectId != of).Join(readable, e => e.ObjectId, o => o.Id, (e, o) => new { e.ThemeCode, e.Sort }).Distinct().ToListAsync(cancellation);
        var themes = exchanges.Take(Most).GroupBy(e => (e.ThemeCode, e.NameNl, e.NameEn)).Select(g =>
        {
            IReadOnlyList<Shared> Of(ExchangeSort sort) => [.. g.Where(e => e.Sort == sort).Select(e => new Shared(new(e.Kind, e.Slug, e.Name), e.Of == Visibility.Public, e.Text, e.Visibility == Visibility.Public && e.Of == Visibility.Public))];
            var isMatch = g.Any(n => g.Any(o => o.Sort != n.Sort && o.Object != n.Object) || others.Exists(o => o.ThemeCode == n.ThemeCode && o.Sort != n.Sort));
            return new SharedTheme(g.Key.ThemeCode, g.Key.NameNl, g.Key.NameEn, Of(ExchangeSort.Offer), Of(ExchangeSort.Need), isMatch);
        }).OrderByDescending(t => t.IsMatch).ThenBy(t => t.NameNl, Dutch.Alphabet);
        return new SharedAmongPartners([.. themes],
            [.. swot.Take(Most).GroupBy(s => (s.Kind, s.Slug, s.Name, s.Of)).Select(g => new SharedSwot(new(g.Key.Kind, g.Key.Slug, g.Key.Name), g.Key.Of == Visibility.Public, [.. g.OrderBy(s => s.Sort).Select(s => (s.Sort, s.Text, s.Visibility == Visibility.Public && g.Key.Of == Visibility.Public))]))],
            [.. names.Select(n => (n.Id, n.Name))], exchanges.Count > Most || swot.Count > Most);
    }
}
