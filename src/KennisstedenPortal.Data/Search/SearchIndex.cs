using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.History;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Npgsql;
using NpgsqlTypes;

namespace KennisstedenPortal.Data.Search;

/// <summary>
/// Keeps <see cref="SearchEntry"/>, <see cref="SearchTotal"/> and <see cref="SearchWord"/> in step with the register: after
/// every save for what was touched and for what shows it, and as a whole when the way of building has changed.
/// </summary>
public static class SearchIndex
{
    public const int SummaryLength = 300, TextLength = 2000;
    private const int BatchSize = 500;
    /// <summary>Raise it when <see cref="Build"/>, <see cref="Facet.Counted"/> or <see cref="DetailQuery.PlaceOf(RegisterObject)"/> changes; labels, kinds and searched fields count by themselves.</summary>
    private const int Version = 6;
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    /// <summary>What entries of other objects are made from.</summary>
    private static readonly string[] Shown = [nameof(RegisterObject.Name), nameof(Organisation.ShortName), nameof(RegisterObject.Slug), nameof(RegisterObject.State), nameof(RegisterObject.Visibility), nameof(RegisterObject.Latitude), nameof(RegisterObject.Longitude), nameof(RegisterObject.MunicipalityCode)];

    /// <summary>Whether entries change of objects that have no relation with what is saved: those that stand in a city or an area, and those under a theme.</summary>
    internal static bool ShowsWidely(PortalDbContext db) => ChangedCities(db).Any() || ChangedThemes(db).Any() || ChangedAreas(db).Any();

    /// <summary>Objects whose entry shows something of another: its place, its name, its address. Ask before saving.</summary>
    internal static async Task<HashSet<Guid>> DependentsAsync(PortalDbContext db, CancellationToken cancellation)
    {
        var objects = db.ChangeTracker.Entries<RegisterObject>().Where(e => IsChanged(e, Shown)).Select(e => e.Entity.Id).ToArray();
        // A new city shows in what stands there already, a moved one also in what it leaves.
        var cities = ChangedCities(db).SelectMany(e => new[] { e.Entity.MunicipalityCode, e.State == EntityState.Added ? null : e.Property(o => o.MunicipalityCode).OriginalValue }).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        var themes = ChangedThemes(db).Select(e => e.Entity.Code).ToArray();
        var areas = ChangedAreas(db).Select(e => e.Entity.Code).ToArray();
        var ids = new HashSet<Guid>();
        if (objects.Length > 0) ids.UnionWith(await db.Relations.Where(r => objects.Contains(r.ToId)).Select(r => r.FromId).ToListAsync(cancellation));
        if (themes.Length > 0) ids.UnionWith(await db.Specialisations.Where(s => themes.Contains(s.ThemeCode) || themes.Contains(s.Theme!.EntryThemeCode)).Select(s => s.ObjectId).ToListAsync(cancellation));
        if (areas.Length + cities.Length > 0)
            ids.UnionWith(await db.Objects.Where(o => areas.Contains(o.MunicipalityCode) || cities.Contains(o.MunicipalityCode) || o.OtherLocations.Any(l => cities.Contains(l.MunicipalityCode))).Select(o => o.Id).ToListAsync(cancellation));
        ids.UnionWith(await ActionIndex.DependentsAsync(db, cities, cancellation));
        return ids;
    }

    private static IEnumerable<EntityEntry<RegisterObject>> ChangedCities(PortalDbContext db) => db.ChangeTracker.Entries<RegisterObject>().Where(e => e.Entity is City && (e.State == EntityState.Added || IsChanged(e, Shown)));

    private static IEnumerable<EntityEntry<Theme>> ChangedThemes(PortalDbContext db) => db.ChangeTracker.Entries<Theme>().Where(e => e.State == EntityState.Modified);

    private static IEnumerable<EntityEntry<Area>> ChangedAreas(PortalDbContext db) => db.ChangeTracker.Entries<Area>().Where(e => IsChanged(e, [nameof(Area.Name), nameof(Area.InteriorLatitude), nameof(Area.InteriorLongitude)]));

    private static bool IsChanged(EntityEntry entry, string[] properties) => entry.State == EntityState.Modified && entry.Properties.Any(p => p.IsModified && properties.Contains(p.Metadata.Name, StringComparer.Ordinal));

    /// <summary>Writes the entries of these objects as they stand now, inside the transaction of the change.</summary>
    internal static async Task WriteAsync(PortalDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0) return;
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var context = await BuildContext.LoadAsync(db, cancellation);
        var change = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var words = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var batch in ids.Order().Chunk(BatchSize))
        {
            var rows = await LoadAsync(db, context, batch, cancellation);
            await using (var delete = new NpgsqlCommand("delete from search_entry where object_id = any($1) returning kind, facets, cities", connection) { Parameters = { new() { Value = batch } } })
            await using (var reader = await delete.ExecuteReaderAsync(cancellation))
                while (await reader.ReadAsync(cancellation)) Count(change, Facet.Counted(reader.GetString(0), reader.GetFieldValue<string[]>(1), reader.GetFieldValue<string[]>(2)), -1);
            foreach (var row in rows) Count(change, Facet.Counted(row.Kind, row.Facets, row.Cities), 1);
            words.UnionWith(WordsOf(rows));
            await InsertAsync(connection, rows, cancellation);
        }
        await ActionIndex.WriteAsync(connection, [.. ids], change, cancellation);
        // What many entries share comes once, after all batches and in one order: two writers wait for each other instead of blocking each other.
        await LearnAsync(connection, words, cancellation);
        await AddTotalsAsync(connection, change.Where(c => c.Value != 0).ToList(), cancellation);
    }

    /// <summary>Builds everything anew when it was built by other code, or always when told to.</summary>
    /// <param name="progress">Called with the number of objects done.</param>
    /// <returns>True when it was built.</returns>
    public static async Task<bool> RebuildAsync(PortalDbContext db, bool always = false, Action<int>? progress = null, CancellationToken cancellation = default)
    {
        var fingerprint = Fingerprint;
        if (!always && await db.Set<SearchBuild>().AnyAsync(b => b.Fingerprint == fingerprint, cancellation)) return false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // No save in between: it would be lost, or stand twice.
        await RegisterLock.TakeAsync(db, alone: true, cancellation);
        await db.Database.ExecuteSqlAsync($"delete from search_entry", cancellation);
        await db.Database.ExecuteSqlAsync($"delete from search_total", cancellation);
        await db.Database.ExecuteSqlAsync($"delete from search_word", cancellation);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var context = await BuildContext.LoadAsync(db, cancellation);
        var totals = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (last, done) = (Guid.Empty, 0);
        while (true)
        {
            var batch = await db.Objects.Public().Where(o => o.Id.CompareTo(last) > 0).OrderBy(o => o.Id).Select(o => o.Id).Take(BatchSize).ToArrayAsync(cancellation);
            if (batch.Length == 0) break;
            last = batch[^1];
            var rows = await LoadAsync(db, context, batch, cancellation);
            await InsertAsync(connection, rows, cancellation);
            await LearnAsync(connection, new SortedSet<string>(WordsOf(rows), StringComparer.Ordinal), cancellation);
            foreach (var row in rows) Count(totals, Facet.Counted(row.Kind, row.Facets, row.Cities), 1);
            progress?.Invoke(done += batch.Length);
        }
        await ActionIndex.WriteAllAsync(connection, totals, cancellation);
        await AddTotalsAsync(connection, [.. totals], cancellation);
        await db.Database.ExecuteSqlAsync($"insert into search_build (id, fingerprint) values (1, {fingerprint}) on conflict (id) do update set fingerprint = excluded.fingerprint", cancellation);
        await db.Database.ExecuteSqlAsync($"select pg_notify({RegisterGeneration.Channel}, '')", cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Stands for all code and labels that an entry is made from.</summary>
    private static string Fingerprint
    {
        get
        {
            var text = new StringBuilder().Append(Version).Append(ActionIndex.Statement);
            foreach (var kind in KindRegistry.All)
            {
                text.Append(kind.Code).Append(kind.Singular).Append(kind.Plural);
                foreach (var searched in kind.Fields.Where(f => f.IsSearched)) text.Append(searched.Name);
                foreach (var (slug, label) in KindSorts.Of(kind)?.Options ?? []) text.Append(slug).Append(label);
            }
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        }
    }

    private static async Task<List<EntryRow>> LoadAsync(PortalDbContext db, BuildContext context, Guid[] ids, CancellationToken cancellation)
    {
        var items = await db.Objects.AsNoTracking().AsSplitQuery().Public().Where(o => ids.Contains(o.Id))
            .Include(o => o.Municipality).Include(o => o.OtherLocations).Include(o => o.Specialisations)
            // What only one end says counts nowhere yet.
            .Include(o => o.Relations.Where(r => (r.ReportedById == null || r.ConfirmedOn != null) && r.To!.State == ObjectState.Published && r.To.Visibility == Visibility.Public)).ThenInclude(r => r.To)
            .OrderBy(o => o.Id).ToListAsync(cancellation);
        await Snapshots.LoadAgendaAsync(db, items, cancellation);
        return items.ConvertAll(o => Build(o, context));
    }

    private static EntryRow Build(RegisterObject item, BuildContext context)
    {
        var kind = KindRegistry.Of(item);
        // In one order: the same register must give the same entries.
        var relations = item.Relations.OrderBy(r => r.Kind).ThenBy(r => r.Id).ToList();
        var shortName = (item as Organisation)?.ShortName;
        var sort = KindSorts.SlugOf(item);
        var access = (item as Facility)?.Access;
        var place = DetailQuery.PlaceOf(item);
        var municipality = item.MunicipalityCode is { } code && context.Cities.TryGetValue(code, out var city) ? city.Name : item.Municipality?.Name;
        var belongs = relations.Where(r => r.Kind is RelationKind.BelongsTo or RelationKind.Serves or RelationKind.Concerns && r.To is City).Select(r => r.To!.Slug).Distinct(StringComparer.Ordinal).ToArray();
        var stands = item.OtherLocations.Select(l => l.MunicipalityCode).Order(StringComparer.Ordinal).Prepend(item.MunicipalityCode).Where(c => c is not null && context.Cities.ContainsKey(c)).Select(c => context.Cities[c!].Slug);
        var cities = belongs.Union(stands, StringComparer.Ordinal).ToArray();
        var themes = item.Specialisations.Where(s => context.Themes.ContainsKey(s.ThemeCode)).OrderBy(s => s.Strength ?? (Strength)99).ThenBy(s => s.Id)
            .Select(s => (Theme: context.Themes[s.ThemeCode], s.Strength)).ToList();

        string[] facets = [Facet.All, Facet.Of(Facet.Kind, kind.Code), Facet.Of(Facet.Verification, Codes<Domain.Provenance.Verification>.Slug(item.Verification)),
            .. cities.Select(c => Facet.Of(Facet.City, c)),
            .. themes.SelectMany(t => new[] { t.Theme.Code, t.Theme.EntryThemeCode }).Distinct(StringComparer.Ordinal).Select(t => Facet.Of(Facet.Theme, t)),
            .. sort is null ? Array.Empty<string>() : [Facet.OfSort(kind.Code, sort)],
            .. access is { } a ? [Facet.Of(Facet.Access, Codes<FacilityAccess>.Slug(a))] : Array.Empty<string>(),
            .. (item as AgendaObject)?.Elements.SelectMany(e => new[] { e.ElementCode, e.Element?.Parent?.Code }).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(e => Facet.Of(Facet.Element, e)) ?? [],
            .. item.ConfirmedOn is null ? Array.Empty<string>() : [Facet.Confirmed],
            .. item is Organisation { IsDerived: true } ? [Facet.NameOnly] : Array.Empty<string>(),
            .. item.MunicipalityCode is { } m ? [Facet.Of(Facet.Municipality, m)] : Array.Empty<string>()];

        // "TNO (organisatie)" is meant by who types TNO.
        string[] names = [item.Name, item.Name.Split(" (", 2)[0], .. item is AgendaAction numbered ? [numbered.Code] : Array.Empty<string>(), .. new[] { item.NameEnglish, shortName }.OfType<string>(), .. item.Aliases];
        string[] labels = [kind.Singular.Nl, kind.Plural.Nl, kind.Singular.En, kind.Plural.En, .. KindSorts.LabelOf(item) is { } label ? [label.Nl, label.En] : Array.Empty<string>()];
        var searched = kind.Fields.Where(f => f.IsSearched).SelectMany(f => f.Read(item) switch { string s => [s], IEnumerable<string> many => many, _ => Array.Empty<string>() }).ToList();
        // A core theme says more about an object than one that it is building up; without a strength it is what the object is about.
        var own = themes.Where(t => t.Strength is null or Strength.Core).SelectMany(t => context.NamesOf(t.Theme));
        var other = themes.Where(t => t.Strength is not (null or Strength.Core)).SelectMany(t => context.NamesOf(t.Theme));
        // What else a theme is called says least about one object: a breeder and a tractor maker share it.
        var synonyms = themes.SelectMany(t => context.SynonymsOf(t.Theme));
        var around = relations.Select(r => r.To!).SelectMany(o => new[] { o.Name, (o as Organisation)?.ShortName }).Append(municipality).Concat(cities.Select(c => context.CityNames.GetValueOrDefault(c)));
        var text = string.Join(" · ", searched.Concat(relations.Where(r => r.To is Organisation).Select(r => r.To!.Name).Distinct(StringComparer.Ordinal)));

        return new EntryRow
        {
            ObjectId = item.Id,
            Kind = kind.Code,
            Slug = item.Slug,
            Name = item.Name,
            ShortName = shortName,
            Sort = sort,
            Summary = Cut(item.Description ?? (item.Keywords.Count > 0 ? string.Join(", ", item.Keywords) : null), SummaryLength),
            Text = Cut(text, TextLength)!,
            MunicipalityName = municipality,
            Cities = belongs,
            Themes = [.. themes.Select(t => t.Theme.EntryThemeCode).Distinct(StringComparer.Ordinal)],
            Verification = Codes<Domain.Provenance.Verification>.Code(item.Verification),
            ConfirmedOn = item.ConfirmedOn,
            ReviewBy = item.ReviewBy,
            ChangedAt = item.ChangedAt,
            Longitude = place?.Longitude,
            Latitude = place?.Latitude,
            Precision = (short?)place?.Precision,
            Weight = WeightOf(item),
            Spread = BitConverter.ToInt32(item.Id.ToByteArray(), 12) & int.MaxValue,
            Facets = facets,
            Keys = [.. names.Select(SearchText.Fold).Where(n => n.Length > 0).Distinct(StringComparer.Ordinal)],
            A = Folded(names),
            B = Folded(labels.Concat(own).Concat(item.Keywords)),
            C = Folded(searched.Concat(other)),
            D = Folded(around.OfType<string>().Concat(synonyms)),
        };
    }

    private static short WeightOf(RegisterObject item) => item switch
    {
        City => 1,
        Campus => 2,
        InnovationDistrict => 3,
        Facility => 4,
        RdConcentration => 5,
        // A site of an organisation comes after the organisation itself.
        Organisation { Type: OrganisationType.AppliedResearchSite } => 7,
        Organisation { IsDerived: false } => 5,
        Programme or AgendaObject => 6,
        _ => 8,
    };

    private static string Folded(IEnumerable<string> texts) => string.Join(' ', texts.Select(SearchText.Fold).Distinct(StringComparer.Ordinal));

    private static string? Cut(string? text, int length)
    {
        if (text is null || text.Length <= length) return text;
        var end = text.LastIndexOf(' ', length - 2);
        if (end <= 0) end = char.IsHighSurrogate(text[length - 3]) ? length - 3 : length - 2;
        return text[..end] + " …";
    }

    private static async Task InsertAsync(NpgsqlConnection connection, List<EntryRow> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0) return;
        const string Columns = "object_id, kind, slug, name, short_name, sort, summary, text, municipality_name, cities, themes, verification, confirmed_on, review_by, changed_at, longitude, latitude, precision, weight, spread, facets, keys";
        await using var insert = new NpgsqlCommand($"""
            insert into search_entry ({Columns}, words)
            select {Columns}, setweight(to_tsvector('kennis', a), 'A') || setweight(to_tsvector('kennis', b), 'B') || setweight(to_tsvector('kennis', c), 'C') || to_tsvector('kennis', d)
            from json_to_recordset($1) as r(object_id uuid, kind text, slug text, name text, short_name text, sort text, summary text, text text, municipality_name text, cities text[], themes text[],
                verification text, confirmed_on date, review_by date, changed_at timestamptz, longitude float8, latitude float8, precision smallint, weight smallint, spread int, facets text[], keys text[], a text, b text, c text, d text)
            """, connection)
        { Parameters = { new() { Value = JsonSerializer.Serialize(rows, Json), NpgsqlDbType = NpgsqlDbType.Json } } };
        await insert.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The words of entries that typing errors are mended from.</summary>
    private static IEnumerable<string> WordsOf(List<EntryRow> rows) => rows.SelectMany(r => new[] { r.A, r.B, r.C, r.D }).SelectMany(t => t.Split(' '))
        .Where(w => w.Length is >= SearchWord.MinLength and <= SearchWord.MaxLength && !w.All(char.IsDigit));

    private static async Task LearnAsync(NpgsqlConnection connection, SortedSet<string> words, CancellationToken cancellation)
    {
        await using var learn = new NpgsqlCommand("insert into search_word (word) select w from unnest($1) w on conflict do nothing", connection) { Parameters = { new() { Value = words.ToArray() } } };
        await learn.ExecuteNonQueryAsync(cancellation);
    }

    private static void Count(SortedDictionary<string, int> totals, IEnumerable<string> keys, int by)
    {
        foreach (var key in keys) totals[key] = totals.GetValueOrDefault(key) + by;
    }

    /// <param name="change">In the order of the facets.</param>
    internal static async Task AddTotalsAsync(NpgsqlConnection connection, List<KeyValuePair<string, int>> change, CancellationToken cancellation)
    {
        if (change.Count == 0) return;
        await using var lockRows = new NpgsqlCommand("insert into search_total (facet, count) select f, 0 from unnest($1) f on conflict do nothing", connection) { Parameters = { new() { Value = change.Select(c => c.Key).ToArray() } } };
        await lockRows.ExecuteNonQueryAsync(cancellation);
        await using var add = new NpgsqlCommand("""
            with change as (select * from unnest($1, $2) as c(facet, n)), held as (select facet from search_total where facet = any($1) order by facet for update)
            update search_total t set count = t.count + c.n from change c, held h where h.facet = c.facet and t.facet = c.facet
            """, connection)
        { Parameters = { new() { Value = change.Select(c => c.Key).ToArray() }, new() { Value = change.Select(c => c.Value).ToArray() } } };
        await add.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>What every entry needs and is loaded once: thirteen cities, a hundred and some themes.</summary>
    private sealed record BuildContext(IReadOnlyDictionary<string, Link> Cities, IReadOnlyDictionary<string, Theme> Themes)
    {
        public IReadOnlyDictionary<string, string> CityNames { get; } = Cities.Values.DistinctBy(c => c.Slug, StringComparer.Ordinal).ToDictionary(c => c.Slug, c => c.Name, StringComparer.Ordinal);

        /// <summary>The theme by its names, and those of the entry theme to which it rolls up.</summary>
        public IEnumerable<string> NamesOf(Theme theme) => new[] { theme, Themes[theme.EntryThemeCode] }.SelectMany(t => new[] { t.NameNl, t.NameEn }.OfType<string>());
        public IEnumerable<string> SynonymsOf(Theme theme) => theme.Synonyms.Concat(Themes[theme.EntryThemeCode].Synonyms);

        public static async Task<BuildContext> LoadAsync(PortalDbContext db, CancellationToken cancellation)
        {
            var cities = await db.Objects.AsNoTracking().Public().OfType<City>().Where(c => c.MunicipalityCode != null).OrderBy(c => c.Id).Select(c => new { c.MunicipalityCode, c.Slug, c.Name }).ToListAsync(cancellation);
            var themes = await db.Themes.AsNoTracking().ToDictionaryAsync(t => t.Code, StringComparer.Ordinal, cancellation);
            return new BuildContext(cities.GroupBy(c => c.MunicipalityCode!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => new Link(g.First().Slug, g.First().Name), StringComparer.Ordinal), themes);
        }
    }

    /// <summary>An entry on its way to the database; A to D are the texts by how much they tell.</summary>
    private sealed class EntryRow
    {
        public required Guid ObjectId { get; init; }
        public required string Kind { get; init; }
        public required string Slug { get; init; }
        public required string Name { get; init; }
        public string? ShortName { get; init; }
        public string? Sort { get; init; }
        public string? Summary { get; init; }
        public required string Text { get; init; }
        public string? MunicipalityName { get; init; }
        public required string[] Cities { get; init; }
        public required string[] Themes { get; init; }
        public required string Verification { get; init; }
        public DateOnly? ConfirmedOn { get; init; }
        public DateOnly? ReviewBy { get; init; }
        public required DateTimeOffset ChangedAt { get; init; }
        public double? Longitude { get; init; }
        public double? Latitude { get; init; }
        public short? Precision { get; init; }
        public required short Weight { get; init; }
        public required int Spread { get; init; }
        public required string[] Facets { get; init; }
        public required string[] Keys { get; init; }
        public required string A { get; init; }
        public required string B { get; init; }
        public required string C { get; init; }
        public required string D { get; init; }
    }
}
