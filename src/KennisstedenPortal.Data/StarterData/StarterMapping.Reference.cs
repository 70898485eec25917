using System.Text.Json;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Themes;

namespace KennisstedenPortal.Data.StarterData;

internal sealed partial class StarterMapping
{
    private const string Country = "NL";
    private NearnessMap _nearness = new([]);

    private void MapSources()
    {
        foreach (var file in new[] { CitiesFile, InstitutionsFile, IndicatorsFile })
        {
            if (_files.Root(file) is not { } root || !root.TryGetProperty("sources", out var sources)) continue;
            if (sources.ValueKind != JsonValueKind.Object) { _files.Problems.Add(new StarterProblem(file, "sources", "is geen tabel")); continue; }
            foreach (var p in sources.EnumerateObject())
            {
                var record = new StarterRecord(file, $"bron {p.Name}", p.Value, _files.Problems);
                AddSource(record, file, p.Name, record.Text("locator"), record.TextOrNull("reference_date"), null,
                    record.TextOrNull("licence"), record.TextOrNull("note"), record.TextOrNull("sha256"));
            }
        }
        foreach (var record in _files.Records(SourcesFile, "items", "id"))
        {
            // How often it is cited follows from the citations.
            record.Repeats("times_cited");
            AddSource(record, SourcesFile, record.Id, record.Text("url"), record.TextOrNull("date"), record.TextOrNull("kind"), null, null, null);
        }
    }

    private void AddSource(StarterRecord record, string file, string id, string locator, string? date, string? sort, string? licence, string? note, string? sha256)
    {
        var title = record.Text("title");
        record.Done();
        var key = Source.ContentKey(locator);
        var source = _rows.Find<Source>(key);
        if (source is null)
        {
            source = new Source { Id = _rows.Id<Source>(key), Title = title, Locator = locator };
            _rows.Add(key, source);
        }
        source.PublishedOn ??= date;
        source.Sort ??= sort;
        source.Licence ??= licence;
        source.Note ??= note;
        source.Sha256 ??= sha256;
        _rows.Add($"{file}:{id}", new SourceKey { File = file, Value = id, SourceId = source.Id });
    }

    private void MapAreas()
    {
        MapBoundaryFile(CountryFile, (record, _) => new Area { Code = record.Text("code"), Kind = AreaKind.Country });
        MapBoundaryFile(ProvincesFile, (record, _) =>
        {
            // The number of municipalities follows from the municipalities.
            record.Repeats("municipalities");
            return new Area { Code = record.Text("code"), Kind = AreaKind.Province, ParentCode = Country };
        });
        MapCorops();
        MapBoundaryFile(MunicipalitiesFile, (record, _) =>
        {
            // Being or lying next to a kennisstad is computed from the neighbours (product rule 1).
            record.Repeats("knowledge_city", "adjacent_to_knowledge_city");
            return new Area { Code = record.Text("code"), Kind = AreaKind.Municipality, ParentCode = record.Text("province"), CoropCode = record.TextOrNull("corop") };
        });
        MapNeighbours();
    }

    private void MapBoundaryFile(string file, Func<StarterRecord, JsonElement, Area> make)
    {
        foreach (var feature in Features(file))
        {
            var code = feature.TryGetProperty("properties", out var properties) && properties.TryGetProperty("code", out var c) ? c.ToString() : "gebied";
            var record = new StarterRecord(file, code, properties, _files.Problems);
            var area = make(record, feature);
            area.Name = record.Text("name");
            area.Verification = record.Vocabulary<Verification>("verification");
            Population(record, area);
            record.Done();
            try
            {
                var geometry = feature.GetProperty("geometry");
                var rings = Boundaries.Rings(geometry);
                if (rings.SelectMany(r => r).Any(p => !Netherlands.Contains(p.Y, p.X))) record.Refuse("de grens loopt buiten Nederland");
                area.Boundary = geometry.GetRawText();
                if (InteriorPoint.Of(rings) is { } point)
                    (area.InteriorLongitude, area.InteriorLatitude) = (Math.Round(point.Longitude, 5), Math.Round(point.Latitude, 5));
            }
            catch (Exception e) when (e is FormatException or KeyNotFoundException)
            {
                record.Refuse(e.Message);
            }
            foreach (var parent in new[] { area.ParentCode, area.CoropCode })
                if (parent is not null && _rows.Find<Area>(parent) is null) record.Refuse($"onbekend gebied '{parent}'");
            if (!_rows.Add(area.Code, area)) record.Refuse("komt twee keer voor");
        }
    }

    private List<JsonElement> Features(string file)
    {
        if (_files.Root(file) is { } root && root.TryGetProperty("features", out var features) && features.ValueKind == JsonValueKind.Array) return [.. features.EnumerateArray()];
        var problem = new StarterProblem(file, "features", "de lijst ontbreekt");
        if (!_files.Problems.Contains(problem)) _files.Problems.Add(problem);
        return [];
    }

    /// <summary>Only the regions of the kennissteden come with a name; the others are known by code.</summary>
    private void MapCorops()
    {
        var names = (_files.Root(CitiesFile)?.GetProperty("cities").EnumerateArray() ?? default)
            .Where(c => c.TryGetProperty("corop", out _)).Select(c => c.GetProperty("corop"))
            .GroupBy(c => c.GetProperty("code").GetString()!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First().GetProperty("name").GetString(), StringComparer.Ordinal);
        foreach (var feature in Features(MunicipalitiesFile))
        {
            if (!feature.TryGetProperty("properties", out var p) || !p.TryGetProperty("corop", out var corop) || corop.ValueKind != JsonValueKind.String || corop.GetString() is not { } code) continue;
            _rows.Add(code, new Area { Code = code, Kind = AreaKind.Corop, Name = names.GetValueOrDefault(code), ParentCode = Country, Verification = Verification.SourceVerified });
        }
    }

    private void MapNeighbours()
    {
        if (_files.Root(NeighboursFile) is not { } root || !root.TryGetProperty("neighbours", out var neighbours)) return;
        var record = new StarterRecord(NeighboursFile, "neighbours", root, _files.Problems);
        foreach (var p in neighbours.EnumerateObject())
            foreach (var n in p.Value.EnumerateArray())
            {
                if (n.ValueKind != JsonValueKind.String) { record.Refuse($"{p.Name} noemt een buur die geen code is"); continue; }
                var code = n.GetString()!;
                if (_rows.Find<Area>(p.Name) is null || _rows.Find<Area>(code) is null) record.Refuse($"onbekende gemeente bij {p.Name} – {code}");
                _rows.Add($"{p.Name}|{code}", new MunicipalityNeighbour { MunicipalityCode = p.Name, NeighbourCode = code });
                if (!neighbours.TryGetProperty(code, out var back) || back.EnumerateArray().All(b => b.ValueKind != JsonValueKind.String || !string.Equals(b.GetString(), p.Name, StringComparison.Ordinal)))
                    record.Refuse($"{p.Name} noemt {code} als buur, maar niet andersom");
            }
        _nearness = new NearnessMap(_rows.All<MunicipalityNeighbour>());
    }

    private void MapThemes()
    {
        var entry = new Taxonomy { Code = Taxonomy.EntryCode, NameNl = "Instapthema's", NameEn = "Entry themes", Status = "actueel", Rank = 0, Note = _files.Whole(EntryThemesFile, "meta").TextOrNull("note") };
        _rows.Add(entry.Code, entry);
        var rank = 0;
        foreach (var record in _files.Records(EntryThemesFile, "items", "code"))
        {
            _rows.Add(record.Id, new Theme
            {
                Code = record.Id,
                TaxonomyCode = entry.Code,
                EntryThemeCode = record.Id,
                NameNl = record.Text("name_nl"),
                NameEn = record.TextOrNull("name_en"),
                DescriptionNl = record.TextOrNull("description_nl"),
                DescriptionEn = record.TextOrNull("description_en"),
                Synonyms = record.List("synonyms"),
                Verification = Verification.Editorial,
                Rank = rank++,
            });
            record.Done();
        }
        var rollUp = new Dictionary<string, (string To, string? Reason)>(StringComparer.Ordinal);
        foreach (var record in _files.Records(EntryThemesFile, "mappings", "from_code"))
        {
            var to = record.Text("to_code");
            if (_rows.Find<Theme>(to)?.TaxonomyCode != entry.Code) record.Refuse($"'{to}' is geen instapthema");
            rollUp[record.Id] = (to, record.TextOrNull("reason"));
            record.Done();
        }

        rank = 0;
        foreach (var record in _files.Records(ThemesFile, "taxonomies", "code"))
        {
            _rows.Add(record.Id, new Taxonomy
            {
                Code = record.Id,
                NameNl = record.Text("name_nl"),
                ValidFrom = record.PeriodOrNull("valid_from"),
                ValidTo = record.PeriodOrNull("valid_to"),
                Status = record.TextOrNull("status"),
                Note = record.TextOrNull("note"),
                Rank = ++rank,
            });
            Cite(record, record.List("sources"), $"taxonomy:{record.Id}", c => new Citation { Id = c.Id, SourceId = c.SourceId, TaxonomyCode = record.Id });
            record.Done();
        }
        rank = 0;
        var parents = new List<(StarterRecord Record, string Parent)>();
        foreach (var record in _files.Records(ThemesFile, "items", "code"))
        {
            var taxonomy = record.Text("taxonomy");
            if (_rows.Find<Taxonomy>(taxonomy) is null) record.Refuse($"onbekende indeling '{taxonomy}'");
            if (!rollUp.TryGetValue(record.Id, out var target)) record.Refuse("hoort niet bij een instapthema (entry-themes.json)");
            var parent = record.TextOrNull("parent");
            if (parent is not null) parents.Add((record, parent));
            _rows.Add(record.Id, new Theme
            {
                Code = record.Id,
                TaxonomyCode = taxonomy,
                EntryThemeCode = target.To ?? "",
                NameNl = record.Text("name_nl"),
                NameEn = record.TextOrNull("name_en"),
                ParentCode = parent,
                DescriptionNl = record.TextOrNull("description_nl"),
                ValidFrom = record.PeriodOrNull("valid_from"),
                ValidTo = record.PeriodOrNull("valid_to"),
                Note = record.TextOrNull("note"),
                Verification = record.Vocabulary<Verification>("verification"),
                Rank = rank++,
            });
            if (target.To is not null) AddMapping(record, record.Id, target.To, ThemeMappingKind.RollsUpTo, Verification.Editorial, target.Reason);
            Cite(record, record.List("sources"), $"theme:{record.Id}", c => new Citation { Id = c.Id, SourceId = c.SourceId, ThemeCode = record.Id });
            // The goals of a theme stand among the mappings as well where they were argued; these links are the list's own.
            foreach (var sdg in record.List("sdgs")) AddMapping(record, record.Id, sdg, ThemeMappingKind.ContributesTo, Verification.GeneralKnowledge, null);
            record.Done();
        }
        foreach (var (record, parent) in parents)
            if (_rows.Find<Theme>(parent) is null) record.Refuse($"onbekend thema '{parent}'");
        foreach (var record in _files.Unnamed(ThemesFile, "mappings"))
        {
            AddMapping(record, record.Text("from_code"), record.Text("to_code"), record.Vocabulary<ThemeMappingKind>("relation"), record.Vocabulary<Verification>("verification"), null);
            record.Done();
        }
        foreach (var mapping in _rows.All<ThemeMapping>().Where(m => _rows.Find<Theme>(m.FromCode) is null || _rows.Find<Theme>(m.ToCode) is null))
            _files.Problems.Add(new StarterProblem(ThemesFile, $"{mapping.FromCode} → {mapping.ToCode}", "onbekend thema"));
    }

    private void AddMapping(StarterRecord record, string from, string to, ThemeMappingKind kind, Verification verification, string? reason)
    {
        if (string.Equals(from, to, StringComparison.Ordinal)) record.Refuse($"'{from}' verwijst naar zichzelf");
        _rows.Add($"{from}|{to}|{Codes<ThemeMappingKind>.Code(kind)}", new ThemeMapping { FromCode = from, ToCode = to, Kind = kind, Verification = verification, Reason = reason });
    }
}
