using System.Text.Json.Nodes;
using KennisstedenPortal.Data.History;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Editing;

/// <summary>An object for its form: JSON only, nothing tracked, so that an open page stays light.</summary>
/// <param name="Snapshot">As in history: path to value.</param>
/// <param name="Names">What identities and codes in the snapshot are called.</param>
/// <param name="MayEdit">Saves directly; else a change becomes a proposal.</param>
/// <param name="Decider">Who decides on a proposal: itself or its steward, where somebody has an account for it; null is the secretariat.</param>
public sealed record EditView(ObjectKind Kind, Guid Id, string Slug, string Name, int Revision, ObjectState State, Guid? StewardId, string? StewardName, string? Decider, JsonObject Snapshot, IReadOnlyDictionary<string, string> Names, bool MayEdit);

/// <summary>Something one can choose: an object, a source, an indicator.</summary>
public sealed record Choice(string Code, string Name, string? Detail = null);

/// <summary>What an editing page needs to read.</summary>
public sealed class EditQuery(IDbContextFactory<PortalDbContext> contexts)
{
    private const int ChoicesMax = 12;

    /// <returns>Null when the actor may not even read it.</returns>
    public async Task<EditView?> FindAsync(ObjectKind kind, string slug, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Propose);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var id = await db.Objects.ReadableBy(actor).Where(o => EF.Property<string>(o, Configurations.RegisterObjectConfiguration.Kind) == kind.Code && o.Slug == slug).Select(o => (Guid?)o.Id).FirstOrDefaultAsync(cancellation);
        return id is { } found ? await FindAsync(db, found, actor, cancellation) : null;
    }

    /// <inheritdoc cref="FindAsync(ObjectKind, string, Actor, CancellationToken)"/>
    public async Task<EditView?> FindAsync(Guid id, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Propose);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Objects.ReadableBy(actor).AnyAsync(o => o.Id == id, cancellation) ? await FindAsync(db, id, actor, cancellation) : null;
    }

    private static async Task<EditView?> FindAsync(PortalDbContext db, Guid id, Actor actor, CancellationToken cancellation)
    {
        if (!(await Snapshots.BuildAsync(db, [id], cancellation)).TryGetValue(id, out var built)) return null;
        var (revision, snapshot) = built;
        var head = await db.Objects.AsNoTracking().Where(o => o.Id == id).Select(o => new { o.Slug, o.Name, o.State, o.StewardId, Kind = EF.Property<string>(o, Configurations.RegisterObjectConfiguration.Kind), Steward = db.Objects.ReadableBy(actor).Where(s => s.Id == o.StewardId).Select(s => s.Name).FirstOrDefault() }).FirstAsync(cancellation);
        var eyes = HistoryEyes.Of(actor, id, head.StewardId);
        await eyes.CloseAsync(db, id, snapshot, cancellation);
        var kept = await EditorsQuery.Open(db).SelectMany(a => a.Grants).Where(g => g.ScopeId != null && (g.ScopeId == id || g.ScopeId == head.StewardId)).Select(g => g.ScopeId).Distinct().ToListAsync(cancellation);
        return new EditView(KindRegistry.OfCode(head.Kind), id, head.Slug, head.Name, revision, head.State, head.StewardId, head.Steward, kept.Contains(id) ? head.Name : kept.Count > 0 ? head.Steward : null, snapshot, await NamesAsync(db, snapshot.Select(p => p.Value).Concat(snapshot.Where(p => ChangeSet.SectionOf(p.Key) == "element").Select(p => (JsonNode?)ChangeSet.KeyOf(p.Key))), eyes.Readable(db), cancellation),
            Rights.Allows(actor, Right.Edit, new Resource(id, head.StewardId)));
    }

    /// <summary>A new object as the portal makes it, before anything is filled in: path to value.</summary>
    public static JsonObject Blank(ObjectKind kind, Guid id)
    {
        var blank = Snapshots.Of(kind.Create(id, "", ""));
        blank.Remove("name");
        foreach (var field in kind.Fields.Where(f => f.IsChosen)) blank.Remove(field.Name);
        return blank;
    }

    /// <summary>What the identities and codes in these values are called, as far as everybody may know.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(IEnumerable<JsonNode?> values, CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await NamesAsync(db, values, db.Objects.Public(), cancellation);
    }

    /// <summary>The same, as far as this actor may know: for forms and differences.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(IEnumerable<JsonNode?> values, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Propose);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await NamesAsync(db, values, db.Objects.ReadableBy(actor), cancellation);
    }

    /// <summary>
    /// Objects to name, by words in their name; the entries of search answer, whatever the size of the register. They hold what is
    /// public; what the actor may read beside that is found by a part of its name or code.
    /// </summary>
    /// <param name="kindCodes">Kinds that will do; empty is any.</param>
    /// <returns>At most <see cref="ChoicesMax"/> of both.</returns>
    public async Task<IReadOnlyList<Choice>> ObjectsAsync(string text, IReadOnlyCollection<string> kindCodes, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.Propose);
        var words = Search.SearchWords.Of(text);
        if (words.IsEmpty) return [];
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var query = words.All("A", lastIsBeginning: true);
        var kinds = kindCodes.ToArray();
        var open = await db.SearchEntries.AsNoTracking().Where(e => e.Words.Matches(EF.Functions.ToTsQuery("kennis", query)) && (kinds.Length == 0 || kinds.Contains(e.Kind)))
            .OrderBy(e => e.Weight).ThenBy(e => e.Name).Take(ChoicesMax).Select(e => new Choice(e.ObjectId.ToString(), e.Name, e.MunicipalityName)).ToListAsync(cancellation);
        if (InputText.Problem(text, RegisterObject.NameMaxLength) is not null) return open;
        var pattern = $"%{Patterns.Literal(text.Trim())}%";
        return [.. open, .. await db.Objects.AsNoTracking().ReadableBy(actor).Where(o => o.Visibility != Visibility.Public && o.State == ObjectState.Published && (kinds.Length == 0 || kinds.Contains(EF.Property<string>(o, Configurations.RegisterObjectConfiguration.Kind)))
                && (EF.Functions.ILike(o.Name, pattern, "\\") || EF.Functions.ILike(o.Slug, pattern, "\\")))
            .OrderBy(o => o.Name).Take(ChoicesMax).Select(o => new Choice(o.Id.ToString(), o.Name, null)).ToListAsync(cancellation)];
    }

    /// <summary>Sources by title or address.</summary>
    public async Task<IReadOnlyList<Choice>> SourcesAsync(string text, CancellationToken cancellation = default)
    {
        if (string.IsNullOrWhiteSpace(text) || InputText.Problem(text, Source.LocatorMaxLength) is not null) return [];
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var pattern = $"%{Patterns.Literal(text.Trim())}%";
        return await db.Sources.AsNoTracking().Where(s => EF.Functions.ILike(s.Title, pattern, "\\") || EF.Functions.ILike(s.Locator, pattern, "\\"))
            .OrderBy(s => s.Title).Take(ChoicesMax).Select(s => new Choice(s.Id.ToString(), s.Title, s.Locator)).ToListAsync(cancellation);
    }

    /// <summary>Regions and municipalities by a part of their name.</summary>
    public async Task<IReadOnlyList<Choice>> AreasAsync(string text, CancellationToken cancellation = default)
    {
        if (string.IsNullOrWhiteSpace(text) || InputText.Problem(text, RegisterObject.NameMaxLength) is not null) return [];
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var pattern = $"%{Patterns.Literal(text.Trim())}%";
        return await db.Areas.AsNoTracking().Where(a => a.Name != null && EF.Functions.ILike(a.Name, pattern, "\\")).OrderBy(a => a.Kind).ThenBy(a => a.Name).Take(ChoicesMax).Select(a => new Choice(a.Code, a.Name!, null)).ToListAsync(cancellation);
    }

    /// <summary>What figures count, by a part of its name; the detail is the unit.</summary>
    public async Task<IReadOnlyList<Choice>> IndicatorsAsync(string text, CancellationToken cancellation = default)
    {
        if (string.IsNullOrWhiteSpace(text) || InputText.Problem(text, RegisterObject.NameMaxLength) is not null) return [];
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var pattern = $"%{Patterns.Literal(text.Trim())}%";
        return await db.Indicators.AsNoTracking().Where(i => EF.Functions.ILike(i.NameNl, pattern, "\\") || i.NameEn != null && EF.Functions.ILike(i.NameEn, pattern, "\\")).OrderBy(i => i.NameNl).Take(ChoicesMax).Select(i => new Choice(i.Code, i.NameNl, i.Unit)).ToListAsync(cancellation);
    }

    /// <summary>The basic figures that an object of this kind is asked for; none for most kinds.</summary>
    public async Task<IReadOnlyList<Choice>> BasicIndicatorsAsync(ObjectKind kind, CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Indicators.AsNoTracking().Where(i => i.Level == kind.Code).OrderBy(i => i.NameNl).Select(i => new Choice(i.Code, i.NameNl, i.Unit)).ToListAsync(cancellation);
    }

    /// <param name="objects">Those whose name may be told.</param>
    internal static async Task<IReadOnlyDictionary<string, string>> NamesAsync(PortalDbContext db, IEnumerable<JsonNode?> values, IQueryable<RegisterObject> objects, CancellationToken cancellation)
    {
        var (ids, codes) = (new HashSet<Guid>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var text in values.SelectMany(Texts).Where(t => t.Length <= 60))
            if (Guid.TryParse(text, out var id)) ids.Add(id);
            else if (InputText.IsCode(text)) codes.Add(text);
        var (someIds, someCodes) = (ids.ToArray(), codes.ToArray());
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var o in await objects.Where(o => someIds.Contains(o.Id)).Select(o => new { o.Id, o.Name }).ToListAsync(cancellation)) names[o.Id.ToString()] = o.Name;
        foreach (var s in await db.Sources.Where(s => someIds.Contains(s.Id)).Select(s => new { s.Id, s.Title }).ToListAsync(cancellation)) names[s.Id.ToString()] = s.Title;
        foreach (var a in await db.Areas.Where(a => someCodes.Contains(a.Code) && a.Name != null).Select(a => new { a.Code, a.Name }).ToListAsync(cancellation)) names[a.Code] = a.Name!;
        foreach (var t in await db.Themes.Where(t => someCodes.Contains(t.Code)).Select(t => new { t.Code, t.NameNl }).ToListAsync(cancellation)) names[t.Code] = t.NameNl;
        foreach (var e in await db.AgendaElements.Where(e => someCodes.Contains(e.Code)).Select(e => new { e.Code, e.Title }).ToListAsync(cancellation)) names[e.Code] = e.Title;
        foreach (var i in await db.Indicators.Where(i => someCodes.Contains(i.Code)).Select(i => new { i.Code, i.NameNl }).ToListAsync(cancellation)) names[i.Code] = i.NameNl;
        return names;
    }

    internal static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(p => Texts(p.Value)),
        JsonArray items => items.SelectMany(Texts),
        _ => Json.Text(node) is { } text ? [text] : [],
    };
}
