using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;

namespace KennisstedenPortal.Data.Tests.StarterData;

/// <summary>Sources, areas, themes and specialisations after the import.</summary>
[Collection<ImportedRegisterGroup>]
public sealed class ImportedReferenceTests(ImportedRegister register)
{
    private static readonly string[] FilesWithOwnSources = ["cities.json", "institutions.json", "indicators.json"];

    [Fact]
    public void Import_SourcesOfEveryFile_AreFoundByTheirIdWithEveryFact()
    {
        var c = new Comparison();
        var entries = FilesWithOwnSources.SelectMany(f => Starter.Root(f).Part("sources").EnumerateObject().Select(p => (File: f, Id: p.Name, Locator: p.Value.Text("locator")!, Date: p.Value.Text("reference_date"), Record: p.Value)))
            .Concat(Starter.Items("sources.json").Select(r => (File: "sources.json", Id: r.Id(), Locator: r.Text("url")!, Date: r.Text("date"), Record: r))).ToList();
        foreach (var (file, id, locator, date, record) in entries)
        {
            var source = register.Db.Sources.Local.Single(s => s.Id == register.SourceId(file, id));
            var known = $"{file} {id}";
            c.Same(known, "locator", Source.ContentKey(locator), Source.ContentKey(source.Locator));
            // One source may be known under several titles; it keeps one of them.
            c.Holds(known, "title", entries.Where(e => Source.ContentKey(e.Locator) == Source.ContentKey(locator)).Any(e => e.Record.Text("title") == source.Title));
            if (date is not null) c.Same(known, "date", date, source.PublishedOn);
            if (record.Text("kind") is { } kind) c.Same(known, "kind", kind, source.Sort);
            if (record.Text("licence") is { } licence) c.Same(known, "licence", licence, source.Licence);
            if (record.Text("note") is { } note) c.Same(known, "note", note, source.Note);
            if (record.Text("sha256") is { } hash) c.Same(known, "sha256", hash, source.Sha256);
        }
        // What no file says stays unknown.
        foreach (var source in register.Db.Sources.Local)
        {
            var said = entries.Where(e => Source.ContentKey(e.Locator) == Source.ContentKey(source.Locator)).ToList();
            c.Same(source.Locator, "date is known", said.Any(e => e.Date is not null), source.PublishedOn is not null);
            c.Same(source.Locator, "licence is known", said.Any(e => e.Record.Text("licence") is not null), source.Licence is not null);
            c.Same(source.Locator, "note is known", said.Any(e => e.Record.Text("note") is not null), source.Note is not null);
            c.Same(source.Locator, "hash is known", said.Any(e => e.Record.Text("sha256") is not null), source.Sha256 is not null);
        }
        c.Verify(atLeast: entries.Count * 3);
        register.Db.Sources.Local.Should().HaveCount(entries.DistinctBy(e => Source.ContentKey(e.Locator), StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Import_Areas_HoldBoundaryParentAndAPointInside()
    {
        var c = new Comparison();
        var areas = register.Db.Areas.Local.ToDictionary(a => a.Code, StringComparer.Ordinal);
        foreach (var (file, kind) in new[] { ("gemeenten-2023.geojson", AreaKind.Municipality), ("provincies-2023.geojson", AreaKind.Province), ("nederland-2023.geojson", AreaKind.Country) })
            foreach (var feature in Starter.Items(file, "features"))
            {
                var properties = feature.Part("properties");
                var (code, area) = (properties.Text("code")!, areas[properties.Text("code")!]);
                c.Same(code, "kind", kind, area.Kind);
                c.Same(code, "name", properties.Text("name"), area.Name);
                c.Same(code, "province", kind == AreaKind.Municipality ? properties.Text("province") : kind == AreaKind.Province ? "NL" : null, area.ParentCode);
                c.Same(code, "corop", properties.Text("corop"), area.CoropCode);
                var rings = Boundaries.Rings(feature.Part("geometry"));
                using var stored = System.Text.Json.JsonDocument.Parse(area.Boundary!);
                c.Holds(code, "boundary", rings.SelectMany(r => r).SequenceEqual(Boundaries.Rings(stored.RootElement).SelectMany(r => r)));
                c.Holds(code, "interior point", InteriorPoint.Contains(rings, area.InteriorLongitude!.Value, area.InteriorLatitude!.Value));
            }
        c.Verify(atLeast: (342 + 12 + 1) * 6);
    }

    [Fact]
    public void Import_Neighbours_AreThoseOfTheFileAndSymmetric()
    {
        var pairs = register.Db.Neighbours.Local.Select(n => (n.MunicipalityCode, n.NeighbourCode)).ToHashSet();

        pairs.Should().BeEquivalentTo(Starter.Root("gemeente-buren-2023.json").Part("neighbours").EnumerateObject().SelectMany(p => p.Value.EnumerateArray().Select(n => (p.Name, n.GetString()!))));
        pairs.Should().OnlyContain(p => pairs.Contains(ValueTuple.Create(p.NeighbourCode, p.MunicipalityCode)));
    }

    [Fact]
    public void Import_NeighboursOfTheCities_AreEightySevenMunicipalities()
    {
        var cities = register.Objects.OfType<City>().Select(c => c.MunicipalityCode!).ToHashSet(StringComparer.Ordinal);

        var around = register.Db.Neighbours.Local.Where(n => cities.Contains(n.MunicipalityCode)).Select(n => n.NeighbourCode).Distinct(StringComparer.Ordinal).Except(cities, StringComparer.Ordinal).ToList();

        around.Should().HaveCount(87).And.BeEquivalentTo(Starter.Root("cities.json").Part("meta").Part("aggregate").Texts("adjacent_codes"));
    }

    [Fact]
    public void Import_RdConcentrations_CountAsTheFileCountsThem()
    {
        var map = new NearnessMap(register.Db.Neighbours.Local);
        var cities = register.Objects.OfType<City>().Select(c => c.MunicipalityCode!).ToList();

        var counts = register.Objects.OfType<RdConcentration>().GroupBy(r => map.ToAny(r.MunicipalityCode, cities)).ToDictionary(g => g.Key, g => g.Count());

        var said = Starter.Root("rd-concentrations.json").Part("meta").Part("counts_by_relation");
        counts.Should().BeEquivalentTo(new Dictionary<Nearness, int>
        {
            [Nearness.In] = said.Whole("in")!.Value,
            [Nearness.Adjacent] = said.Whole("adjacent")!.Value,
            [Nearness.Elsewhere] = said.Whole("None")!.Value,
        });
        counts.Should().BeEquivalentTo(new Dictionary<Nearness, int> { [Nearness.In] = 62, [Nearness.Adjacent] = 14, [Nearness.Elsewhere] = 24 });
    }

    [Fact]
    public void Import_Themes_HoldEveryFactAndRollUpToOneEntryTheme()
    {
        var c = new Comparison();
        var themes = register.Db.Themes.Local.ToDictionary(t => t.Code, StringComparer.Ordinal);
        var mappings = Starter.Items("entry-themes.json", "mappings").ToLookup(m => m.Text("from_code")!, m => m.Text("to_code")!, StringComparer.Ordinal);
        foreach (var record in Starter.Items("themes.json"))
        {
            var (code, theme) = (record.Text("code")!, themes[record.Text("code")!]);
            c.Same(code, "taxonomy", record.Text("taxonomy"), theme.TaxonomyCode);
            c.Same(code, "name_nl", record.Text("name_nl"), theme.NameNl);
            c.Same(code, "name_en", record.Text("name_en"), theme.NameEn);
            c.Same(code, "parent", record.Text("parent"), theme.ParentCode);
            c.Same(code, "description_nl", record.Text("description_nl"), theme.DescriptionNl);
            c.Same(code, "valid", (record.Text("valid_from"), record.Text("valid_to")), (theme.ValidFrom, theme.ValidTo));
            c.Same(code, "note", record.Text("note"), theme.Note);
            c.Same(code, "verification", record.Text("verification"), Codes<Verification>.Code(theme.Verification));
            c.SameSet(code, "sources", register.SourceIds("sources.json", record.Texts("sources")), theme.Citations.Select(x => x.SourceId));
            c.SameSet(code, "entry theme", mappings[code], [theme.EntryThemeCode]);
            c.Same(code, "taxonomy of the entry theme", Taxonomy.EntryCode, themes[theme.EntryThemeCode].TaxonomyCode);
        }
        foreach (var record in Starter.Items("entry-themes.json"))
        {
            var (code, theme) = (record.Text("code")!, themes[record.Text("code")!]);
            c.Same(code, "names", (record.Text("name_nl"), record.Text("name_en")), (theme.NameNl, theme.NameEn));
            c.Same(code, "descriptions", (record.Text("description_nl"), record.Text("description_en")), (theme.DescriptionNl, theme.DescriptionEn));
            c.SameList(code, "synonyms", record.Texts("synonyms"), theme.Synonyms);
            c.Same(code, "rolls up to itself", code, theme.EntryThemeCode);
        }
        c.Verify(atLeast: 111 * 11);
        themes.Should().HaveCount(111 + Starter.Items("entry-themes.json").Count);
    }

    [Fact]
    public void Import_Taxonomies_HoldValidityAndSources()
    {
        var c = new Comparison();
        foreach (var record in Starter.Items("themes.json", "taxonomies"))
        {
            var (code, taxonomy) = (record.Text("code")!, register.Db.Taxonomies.Local.Single(t => t.Code == record.Text("code")));
            c.Same(code, "name_nl", record.Text("name_nl"), taxonomy.NameNl);
            c.Same(code, "valid", (record.Text("valid_from"), record.Text("valid_to")), (taxonomy.ValidFrom, taxonomy.ValidTo));
            c.Same(code, "status and note", (record.Text("status"), record.Text("note")), (taxonomy.Status, taxonomy.Note));
            c.SameSet(code, "sources", register.SourceIds("sources.json", record.Texts("sources")), taxonomy.Citations.Select(x => x.SourceId));
        }
        c.Verify(atLeast: 9 * 4);
        register.Db.Taxonomies.Local.Single(t => t.Code == "topsector").HasExpired(new DateOnly(2026, 1, 1)).Should().BeTrue();
    }

    [Fact]
    public void Import_ThemeMappings_HoldThoseOfTheFilesAndTheGoalsOfEachTheme()
    {
        using var db = register.Database.CreateDbContext();
        var said = Starter.Items("themes.json", "mappings").Select(m => (m.Text("from_code")!, m.Text("to_code")!, m.Text("relation")!))
            .Concat(Starter.Items("themes.json").SelectMany(t => t.Texts("sdgs").Select(s => (t.Text("code")!, s, "contributes-to"))))
            .Concat(Starter.Items("entry-themes.json", "mappings").Select(m => (m.Text("from_code")!, m.Text("to_code")!, "rolls-up-to"))).ToHashSet();

        db.ThemeMappings.AsEnumerable().Select(m => (m.FromCode, m.ToCode, Codes<ThemeMappingKind>.Code(m.Kind))).Should().BeEquivalentTo(said);
    }

    [Fact]
    public void Import_Specialisations_HoldStrengthBasisSourcesAndBothVerifications()
    {
        var c = new Comparison();
        var records = Starter.Items("specialisations.json");
        foreach (var record in records)
        {
            RegisterObject subject = record.Text("subject_type") == "campus" ? register.Find<Campus>("campuses.json", record.Text("subject_id")!) : register.City(record.Text("subject_id")!);
            var (id, link) = (record.Id(), subject.Specialisations.Single(s => s.ThemeCode == record.Text("theme_code")));
            c.Same(id, "strength", record.Text("strength"), link.Strength is { } s ? Codes<Strength>.Code(s) : null);
            c.Same(id, "basis", record.Text("basis"), link.Basis);
            c.Same(id, "verification", record.Text("verification"), link.Verification is { } v ? Codes<Verification>.Code(v) : null);
            c.Same(id, "strength_verification", record.Text("strength_verification"), link.StrengthVerification is { } sv ? Codes<Verification>.Code(sv) : null);
            c.SameSet(id, "sources", register.SourceIds("sources.json", record.Texts("sources")), link.Citations.Select(x => x.SourceId));
            c.Same(id, "confirmed", null, link.ConfirmedOn);
        }
        c.Verify(atLeast: 191 * 6);
        register.Objects.SelectMany(o => o.Specialisations).Where(s => s.Strength is not null).Should().HaveCount(191, "a theme without a stated strength has none");
    }

    [Fact]
    public async Task Import_EveryObject_HasAFirstRevisionOfTheImport()
    {
        await using var db = register.Database.CreateDbContext();
        var revisions = db.Revisions.ToDictionary(r => (r.ObjectId, r.Number));

        revisions.Should().HaveCount(register.Objects.Count);
        register.Objects.Should().AllSatisfy(o =>
        {
            o.Revision.Should().Be(1);
            var first = revisions[(o.Id, 1)];
            using var snapshot = System.Text.Json.JsonDocument.Parse(first.Snapshot);
            snapshot.RootElement.Text("name").Should().Be(o.Name);
            snapshot.RootElement.Text("kind").Should().Be(KindRegistry.Of(o).Code);
            (first.ActorOrganisation, first.UserId).Should().Be(("Kennisstedenportaal", null));
            first.At.Should().Be(o.ChangedAt);
        });
        db.FieldChanges.Should().BeEmpty("the first revision is its snapshot");
        (await register.Database.ScalarAsync<long>("select count(*) from import_run")).Should().Be(1);
    }

    [Fact]
    public void Import_EveryCitation_NamesAFieldOfTheKindOrTheWhole()
    {
        // Facts that are relations, observations or keys have names of their own.
        string[] others = ["anchoredBy", "managedBy", "partneredBy", "hostedBy", "ownedBy", "locatedOn", "partOf", "representedBy", "developedBy", "province", "corop", "neighbours", "centroid", "population", "ror"];

        register.Objects.Should().AllSatisfy(o =>
        {
            var known = KindRegistry.Of(o).FieldsByName.Keys.Concat(others).ToList();
            o.Citations.Select(x => x.Field).OfType<string>().Concat(o.Provenance.Select(p => p.Field)).Should().BeSubsetOf(known);
        });
    }
}
