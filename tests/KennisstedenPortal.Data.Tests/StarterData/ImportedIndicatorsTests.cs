using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Indicators;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.Tests.StarterData;

/// <summary>Indicators, observations and claims after the import.</summary>
[Collection<ImportedRegisterGroup>]
public sealed class ImportedIndicatorsTests(ImportedRegister register)
{
    private const string File = "indicators.json";

    [Fact]
    public void Import_Catalogue_HoldsEveryFact()
    {
        var c = new Comparison();
        var gaps = Starter.Items(File, "gaps").ToDictionary(g => g.Text("indicator")!, StringComparer.Ordinal);
        foreach (var record in Starter.Items(File, "catalogue").Concat(Starter.Items("portal-indicators.json")))
        {
            var (code, item) = (record.Text("code")!, register.Db.Indicators.Local.Single(i => i.Code == record.Text("code")));
            c.Same(code, "names", (record.Text("name_nl"), record.Text("name_en")), (item.NameNl, item.NameEn));
            c.Same(code, "unit and level", (record.Text("unit"), record.Text("level")), (item.Unit, item.Level));
            c.Same(code, "definitions", (record.Text("definition_nl"), record.Text("definition_en")), (item.DefinitionNl, item.DefinitionEn));
            c.Same(code, "source and frequency", (record.Text("source"), record.Text("frequency")), (item.SourceName, item.Frequency));
            c.Same(code, "table", (record.Text("cbs_statline_table"), record.Text("cbs_table_title"), record.Text("table_verification")), (item.StatlineTable, item.StatlineTitle, item.StatlineVerification));
            c.Same(code, "status and note", (record.Text("status"), record.Text("note")), (item.Status, item.Note));
            c.Same(code, "verification", record.Text("verification"), Codes<Verification>.Code(item.Verification));
            c.Same(code, "gap", gaps.TryGetValue(code, out var gap) ? gap.Text("note") : null, item.KnownGap);
            c.SameSet(code, "sources of the gap", gaps.TryGetValue(code, out gap) ? register.SourceIds(File, gap.Texts("sources")) : [], item.Citations.Select(x => x.SourceId));
        }
        c.Verify(atLeast: 27 * 9);
    }

    [Fact]
    public void Import_CampusBasics_AreDefinedInTwoLanguagesAndHoldNoValue()
    {
        var basics = register.Db.Indicators.Local.Where(i => i.Level == "campus").ToDictionary(i => i.Code, StringComparer.Ordinal);

        basics.Keys.Should().BeEquivalentTo("CAMPUS_COMPANIES", "CAMPUS_JOBS", "CAMPUS_AREA", "CAMPUS_LAB_AREA", "CAMPUS_AVAILABLE_AREA");
        basics.Values.Should().OnlyContain(i => i.NameEn != null && i.DefinitionNl.Length > 40 && i.DefinitionEn != null && i.DefinitionEn.Length > 40 && i.Status == "planned");
        register.Db.Observations.Local.Should().NotContain(o => basics.ContainsKey(o.IndicatorCode));
    }

    [Fact]
    public void Import_Observations_HoldValueBoundsAndQualifier()
    {
        var c = new Comparison();
        var records = Starter.Items(File, "observations");
        var found = new HashSet<Guid>();
        foreach (var record in records)
        {
            var (code, area) = (record.Text("indicator")!, record.Text("area")!);
            var id = $"{code} {area} {record.Text("reference_date")} {record.Text("sector")} {record.Text("qualifier")}";
            Guid? subject = record.Text("level") switch
            {
                "city" => register.Find<City>("cities.json", area).Id,
                "institution" => register.Find<Organisation>("institutions.json", area).Id,
                _ => null,
            };
            var item = register.Db.Observations.Local.SingleOrDefault(o => o.IndicatorCode == code && o.ObjectId == subject && o.AreaCode == (subject is null ? area : null)
                && o.ReferencePeriod == record.Text("reference_date") && o.Segment == record.Text("sector") && o.Qualifier == record.Text("qualifier")
                && o.SourceId == register.SourceId(File, record.Text("source")!));
            c.Holds(id, "is there once", item is not null && found.Add(item.Id));
            if (item is null) continue;
            c.Same(id, "value", record.Number("value"), item.Value);
            c.Same(id, "bounds", (record.Number("min_value"), record.Number("max_value"), record.Whole("suppressed_cells")), (item.MinValue, item.MaxValue, item.SuppressedCells));
            c.Same(id, "unit", record.Text("unit"), item.Unit);
            c.Same(id, "value_type", record.Code("value_type"), Codes<ValueBasis>.Code(item.ValueType));
            c.Same(id, "computed", record.Flag("computed") ?? false, item.IsDerived);
            c.Same(id, "verification", record.Text("verification"), Codes<Verification>.Code(item.Verification));
            c.Same(id, "first day", Period.FirstDay(record.Text("reference_date")), item.PeriodStart);
            c.Same(id, "missing", item.Value is null ? Missing.Unknown : null, item.Missing);
        }
        records.Should().HaveCount(263);
        c.Verify(atLeast: 263 * 9);
    }

    [Fact]
    public void Import_PopulationOfAreas_IsThatOfTheBoundaries()
    {
        var c = new Comparison();
        var cities = register.Objects.OfType<City>().ToDictionary(x => x.MunicipalityCode!, x => x.Id, StringComparer.Ordinal);
        foreach (var feature in new[] { "gemeenten-2023.geojson", "provincies-2023.geojson", "nederland-2023.geojson" }.SelectMany(f => Starter.Items(f, "features")))
        {
            var properties = feature.Part("properties");
            var code = properties.Text("code")!;
            var values = register.Db.Observations.Local.Where(o => o.IndicatorCode == "POP_TOTAL" && o.ReferencePeriod == "2023-01-01"
                && (cities.TryGetValue(code, out var city) ? o.ObjectId == city : o.AreaCode == code)).ToList();
            c.SameSet(code, "population", [properties.Number("population")], values.Select(o => o.Value));
            c.Same(code, "counted once", 1, values.Count);
        }
        c.Verify(atLeast: 355 * 2);
    }

    [Fact]
    public void Import_Claims_HoldTheFigureItsPassageAndTheIndependentCheck()
    {
        var c = new Comparison();
        var records = Starter.Items(File, "document_claims");
        foreach (var record in records)
        {
            var (id, item) = (record.Id(), register.Db.Claims.Local.Single(x => x.Code == record.Id()));
            c.Same(id, "indicator", record.Text("indicator"), item.IndicatorCode);
            c.Same(id, "value", (record.Number("value"), record.Text("unit"), record.Text("period")), (item.Value, item.Unit, item.PeriodText));
            c.Same(id, "text_summary_nl", record.Text("text_summary_nl"), item.SummaryNl);
            c.Same(id, "sector", record.Text("sector"), item.Segment);
            c.Same(id, "independent_check", record.Text("independent_check"), item.IndependentCheck);
            c.Same(id, "verified_meaning", record.Text("verified_meaning"), item.VerifiedMeaning);
            c.Same(id, "verification", record.Text("verification"), Codes<Verification>.Code(item.Verification));
            var reference = record.Part("reference");
            var stated = item.Citations.Single(x => x.SourceId == register.SourceId(File, reference.Text("source")!));
            c.Holds(id, "passage", stated.Passage!.Contains(reference.Text("section")!, StringComparison.Ordinal) && stated.Passage.Contains(reference.Text("lines")!, StringComparison.Ordinal)
                && (reference.Text("note") is null || stated.Passage.Contains(reference.Text("note")!, StringComparison.Ordinal)));
            c.SameSet(id, "check_sources", register.SourceIds(File, record.Texts("check_sources")), item.Citations.Where(x => x.Passage == "controle").Select(x => x.SourceId));
        }
        records.Should().HaveCount(10);
        c.Verify(atLeast: 10 * 9);
    }
}
