using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Indicators;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Provenance;

/// <summary>Something that rests on a source.</summary>
/// <param name="Name">What it is called where it is no object: a theme, an indicator, a title.</param>
/// <param name="Subject">The object it is, or belongs to; of a relation the end it starts from.</param>
/// <param name="Field">Name of the field in the registry of kinds.</param>
/// <param name="Other">The other end of a relation.</param>
/// <param name="Claim">Identity of a figure of the source document.</param>
/// <param name="ElementCode">Code of an element of the agenda.</param>
/// <param name="Figure">With its indicator.</param>
/// <param name="Area">Name or code of the area that a figure is about.</param>
/// <param name="Passage">Where in the source, or what it is used for.</param>
public sealed record SourceUse(UseSort Sort, Text? Name = null, ObjectLink? Subject = null, string? Field = null, RelationKind? Relation = null, ObjectLink? Other = null,
    Guid? Claim = null, ElementKind? Element = null, string? ElementCode = null, Observation? Figure = null, string? Area = null, string? Passage = null);

/// <param name="Uses">One page of what rests on it.</param>
public sealed record SourceDetail(Source Source, IReadOnlyDictionary<UseSort, int> Counts, IReadOnlyList<SourceUse> Uses, int Page)
{
    public const int PageSize = 100;

    public int Total => Counts.Values.Sum();
    public int Pages => Math.Max(1, (Total + PageSize - 1) / PageSize);
}

/// <summary>One source with what rests on it.</summary>
public sealed class SourceQuery(IDbContextFactory<PortalDbContext> contexts)
{
    /// <param name="page">From 1; a page beyond the last has no uses.</param>
    /// <returns>Null when there is none, or when only what is hidden rests on it.</returns>
    public async Task<SourceDetail?> RunAsync(Guid id, int page, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var source = await db.Sources.AsNoTracking().Readable(db).FirstOrDefaultAsync(s => s.Id == id, cancellation);
        if (source is null) return null;
        var counts = (await SourceListQuery.CountAsync(db, [id], cancellation)).GetValueOrDefault(id, SourceListQuery.Nothing);
        // Citations come first and observations last, so that one page takes at most one query of each.
        var (start, cited) = ((page - 1) * SourceDetail.PageSize, counts.Where(c => c.Key != UseSort.Observation).Sum(c => c.Value));
        var uses = new List<SourceUse>(SourceDetail.PageSize);
        if (start < cited) uses.AddRange(await CitationsAsync(db, id, start, cancellation));
        if (start + SourceDetail.PageSize > cited) uses.AddRange(await ObservationsAsync(db, id, Math.Max(0, start - cited), SourceDetail.PageSize - uses.Count, cancellation));
        return new SourceDetail(source, counts, uses, page);
    }

    private static async Task<IEnumerable<SourceUse>> CitationsAsync(PortalDbContext db, Guid source, int skip, CancellationToken cancellation)
    {
        var rows = await db.Citations.PublicAndReal(db).Where(c => c.SourceId == source)
            .Select(c => new
            {
                c.Id,
                c.Field,
                c.Passage,
                c.ClaimId,
                Object = db.Objects.Where(o => o.Id == c.ObjectId).Select(o => new ObjectLink(EF.Property<string>(o, RegisterObjectConfiguration.Kind), o.Slug, o.Name)).FirstOrDefault(),
                Relation = db.Relations.Where(r => r.Id == c.RelationId).Select(r => new
                {
                    r.Kind,
                    From = new ObjectLink(EF.Property<string>(r.From!, RegisterObjectConfiguration.Kind), r.From!.Slug, r.From.Name),
                    To = new ObjectLink(EF.Property<string>(r.To!, RegisterObjectConfiguration.Kind), r.To!.Slug, r.To.Name),
                }).FirstOrDefault(),
                Specialisation = db.Specialisations.Where(s => s.Id == c.SpecialisationId).Select(s => new
                {
                    s.Theme!.NameNl,
                    s.Theme.NameEn,
                    Object = db.Objects.Where(o => o.Id == s.ObjectId).Select(o => new ObjectLink(EF.Property<string>(o, RegisterObjectConfiguration.Kind), o.Slug, o.Name)).First(),
                }).FirstOrDefault(),
                Indicator = db.Indicators.Where(i => i.Code == c.IndicatorCode).Select(i => new { i.NameNl, i.NameEn }).FirstOrDefault(),
                Claim = db.Claims.Where(x => x.Id == c.ClaimId).Select(x => x.SummaryNl).FirstOrDefault(),
                Theme = db.Themes.Where(t => t.Code == c.ThemeCode).Select(t => new { t.NameNl, t.NameEn, TaxonomyNl = t.Taxonomy!.NameNl, TaxonomyEn = t.Taxonomy.NameEn }).FirstOrDefault(),
                Taxonomy = db.Taxonomies.Where(t => t.Code == c.TaxonomyCode).Select(t => new { t.NameNl, t.NameEn }).FirstOrDefault(),
                Element = db.AgendaElements.Where(e => e.Id == c.AgendaElementId).Select(e => new { e.Kind, e.Title, e.Code }).FirstOrDefault(),
                Sort = c.ObjectId != null ? c.Field == null ? UseSort.Item : UseSort.Field
                    : c.RelationId != null ? UseSort.Relation
                    : c.SpecialisationId != null ? UseSort.Specialisation
                    : c.IndicatorCode != null ? UseSort.Indicator
                    : c.ClaimId != null ? UseSort.Claim
                    : c.ThemeCode != null ? UseSort.Theme
                    : c.TaxonomyCode != null ? UseSort.Taxonomy
                    : UseSort.AgendaElement,
                Name = db.Objects.Where(o => o.Id == c.ObjectId || o.Id == db.Relations.First(r => r.Id == c.RelationId).FromId || o.Id == db.Specialisations.First(s => s.Id == c.SpecialisationId).ObjectId).Select(o => o.Name).FirstOrDefault()
                    ?? db.Indicators.Where(i => i.Code == c.IndicatorCode).Select(i => i.NameNl).FirstOrDefault()
                    ?? db.Claims.Where(x => x.Id == c.ClaimId).Select(x => x.Code).FirstOrDefault()
                    ?? c.ThemeCode ?? c.TaxonomyCode
                    ?? db.AgendaElements.Where(e => e.Id == c.AgendaElementId).Select(e => e.Title).FirstOrDefault(),
            })
            .OrderBy(u => u.Sort).ThenBy(u => EF.Functions.Collate(u.Name, Collations.Dutch))
            .ThenBy(u => u.Field).ThenBy(u => u.Id)
            .Skip(skip).Take(SourceDetail.PageSize).ToListAsync(cancellation);
        return rows.Select(u => u.Sort switch
        {
            UseSort.Item or UseSort.Field => new SourceUse(u.Sort, Subject: u.Object, Field: u.Field, Passage: u.Passage),
            UseSort.Relation => new SourceUse(u.Sort, Subject: u.Relation!.From, Relation: u.Relation.Kind, Other: u.Relation.To, Passage: u.Passage),
            UseSort.Specialisation => new SourceUse(u.Sort, Names(u.Specialisation!.NameNl, u.Specialisation.NameEn), u.Specialisation.Object, Passage: u.Passage),
            UseSort.Indicator => new SourceUse(u.Sort, Names(u.Indicator!.NameNl, u.Indicator.NameEn), Passage: u.Passage),
            UseSort.Claim => new SourceUse(u.Sort, Names(u.Claim!, null), Claim: u.ClaimId, Passage: u.Passage),
            UseSort.Theme => new SourceUse(u.Sort, new Text($"{u.Theme!.NameNl} ({u.Theme.TaxonomyNl})", $"{u.Theme.NameEn ?? u.Theme.NameNl} ({u.Theme.TaxonomyEn ?? u.Theme.TaxonomyNl})"), Passage: u.Passage),
            UseSort.Taxonomy => new SourceUse(u.Sort, Names(u.Taxonomy!.NameNl, u.Taxonomy.NameEn), Passage: u.Passage),
            _ => new SourceUse(u.Sort, Names(u.Element!.Title, null), Element: u.Element.Kind, ElementCode: u.Element.Code, Passage: u.Passage),
        });
    }

    private static async Task<IEnumerable<SourceUse>> ObservationsAsync(PortalDbContext db, Guid source, int skip, int take, CancellationToken cancellation)
    {
        var rows = await db.Observations.AsNoTracking().PublicAndReal(db).Include(o => o.Indicator).Where(o => o.SourceId == source)
            .Select(o => new
            {
                Item = o,
                Object = db.Objects.Where(x => x.Id == o.ObjectId).Select(x => new ObjectLink(EF.Property<string>(x, RegisterObjectConfiguration.Kind), x.Slug, x.Name)).FirstOrDefault(),
                Area = db.Areas.Where(a => a.Code == o.AreaCode).Select(a => a.Name ?? a.Code).FirstOrDefault(),
                Name = db.Objects.Where(x => x.Id == o.ObjectId).Select(x => x.Name).FirstOrDefault() ?? db.Areas.Where(a => a.Code == o.AreaCode).Select(a => a.Name).FirstOrDefault() ?? o.AreaCode,
            })
            .OrderBy(o => o.Item.Indicator!.NameNl).ThenByDescending(o => o.Item.PeriodStart).ThenBy(o => EF.Functions.Collate(o.Name, Collations.Dutch)).ThenBy(o => o.Item.Id)
            .Skip(skip).Take(take).ToListAsync(cancellation);
        return rows.Select(o => new SourceUse(UseSort.Observation, Subject: o.Object, Figure: o.Item, Area: o.Area));
    }

    private static Text Names(string nl, string? en) => new(nl, en ?? nl);
}
