using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Indicators;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.StarterData;

internal sealed partial class StarterMapping
{
    private const string TotalPopulation = "POP_TOTAL", HboStudents = "STUD_HBO_LOC";
    /// <summary>DUO hides cells of one to four students; see the README of the data.</summary>
    private const int HiddenCellMin = 1, HiddenCellMax = 4;
    private readonly List<(StarterRecord Record, Area Area, decimal Value)> _areaPopulations = [];

    private void MapIndicators()
    {
        foreach (var record in _files.Records(IndicatorsFile, "catalogue", "code").Concat(_files.Records(PortalIndicatorsFile, "items", "code")))
        {
            if (_rows.Find<Indicator>(record.Id) is not null) record.Refuse("staat al in een ander bestand");
            else _rows.Add(record.Id, new Indicator
            {
                Code = record.Id,
                NameNl = record.Text("name_nl"),
                NameEn = record.TextOrNull("name_en"),
                Unit = record.Text("unit"),
                DefinitionNl = record.Text("definition_nl"),
                DefinitionEn = record.TextOrNull("definition_en"),
                SourceName = record.Text("source"),
                Frequency = record.TextOrNull("frequency"),
                Level = record.Text("level"),
                StatlineTable = record.TextOrNull("cbs_statline_table"),
                StatlineTitle = record.TextOrNull("cbs_table_title"),
                StatlineVerification = record.TextOrNull("table_verification"),
                Status = record.Text("status"),
                Note = record.TextOrNull("note"),
                Verification = record.Vocabulary<Verification>("verification"),
            });
            record.Done();
        }
        foreach (var record in _files.Unnamed(IndicatorsFile, "gaps"))
        {
            var code = record.Text("indicator");
            if (_rows.Find<Indicator>(code) is not { } indicator) record.Refuse($"onbekende indicator '{code}'");
            else
            {
                indicator.KnownGap = record.Text("note");
                Cite(record, record.ListOrEmpty("sources"), $"indicator:{code}", c => new Citation { Id = c.Id, SourceId = c.SourceId, IndicatorCode = code, Passage = c.Passage }, passage: "bekende leemte");
            }
            record.Done();
        }
        foreach (var record in _files.Unnamed(IndicatorsFile, "observations")) MapObservation(record);
        MapAreaPopulations();
        foreach (var (record, institution, location, value, cells, period, source) in _studentCounts)
            AddHboStudents(record, institution, location, value, cells, period, source);
        MapClaims();
        foreach (var (record, city, value, period) in _cityPopulations)
            if (!_rows.All<Observation>().Any(o => o.ObjectId == city && o.IndicatorCode == TotalPopulation && o.ReferencePeriod == period && o.Value == value))
                record.Refuse("het inwonertal wijkt af van indicators.json");
    }

    private void MapObservation(StarterRecord record)
    {
        var (code, level, area, period) = (record.Text("indicator"), record.Text("level"), record.Text("area"), record.Text("reference_date"));
        var (segment, qualifier, source) = (record.TextOrNull("sector"), record.TextOrNull("qualifier"), record.Text("source"));
        if (_rows.Find<Indicator>(code) is null) record.Refuse($"onbekende indicator '{code}'");
        if (Period.FirstDay(period) is null) record.Refuse($"'{period}' is geen datum of jaar");
        Guid? subject = level switch
        {
            "city" => Object<City>(record, area)?.Id,
            "institution" => Object<Organisation>(record, area)?.Id,
            _ => null,
        };
        if (level is "country" or "province" or "corop" && _rows.Find<Area>(area) is null) record.Refuse($"onbekend gebied '{area}'");
        else if (level is not ("city" or "institution" or "country" or "province" or "corop")) record.Refuse($"onbekend niveau '{level}'");
        // Names and cities beside the codes repeat what the subject says itself.
        record.Repeats("name", "city");
        var key = string.Join('|', code, level, area, period, segment, qualifier, source);
        var observation = new Observation
        {
            Id = _rows.Id<Observation>(key),
            IndicatorCode = code,
            ObjectId = subject,
            AreaCode = subject is null ? area : null,
            ReferencePeriod = period,
            PeriodStart = Period.FirstDay(period) ?? default,
            Value = record.NumberOrNull("value"),
            MinValue = record.NumberOrNull("min_value"),
            MaxValue = record.NumberOrNull("max_value"),
            SuppressedCells = record.WholeOrNull("suppressed_cells"),
            Unit = record.Text("unit"),
            Segment = segment,
            Qualifier = qualifier,
            ValueType = record.Vocabulary<ValueBasis>("value_type"),
            IsDerived = record.FlagOrNull("computed") ?? false,
            SourceId = SourceId(record, IndicatorsFile, source) ?? default,
            Verification = record.Vocabulary<Verification>("verification"),
        };
        if (observation.Value is null) observation.Missing = Missing.Unknown;
        record.Done();
        if (!_rows.Add(key, observation)) record.Refuse("dezelfde waarneming komt twee keer voor");
    }

    private void Population(StarterRecord record, Area area)
    {
        if (record.NumberOrNull("population") is { } value) _areaPopulations.Add((record, area, value));
    }

    /// <summary>The population that comes with the boundaries: counted per municipality, added up for provinces and country.</summary>
    private void MapAreaPopulations()
    {
        var cities = _rows.All<City>().Select(c => c.MunicipalityCode).ToHashSet(StringComparer.Ordinal);
        foreach (var (record, area, value) in _areaPopulations.Where(p => !cities.Contains(p.Area.Code)))
        {
            var computed = area.Kind != AreaKind.Municipality;
            var key = $"{TotalPopulation}|{area.Code}|2023-01-01";
            _rows.Add(key, new Observation
            {
                Id = _rows.Id<Observation>(key),
                IndicatorCode = TotalPopulation,
                AreaCode = area.Code,
                ReferencePeriod = "2023-01-01",
                PeriodStart = new DateOnly(2023, 1, 1),
                Value = value,
                Unit = "personen",
                ValueType = computed ? ValueBasis.Computed : ValueBasis.AsPublished,
                IsDerived = computed,
                SourceId = SourceId(record, CitiesFile, "wbk2023") ?? default,
                Verification = Verification.SourceVerified,
            });
        }
    }

    private readonly List<(StarterRecord, Organisation, string?, decimal?, int?, string, string)> _studentCounts = [];

    private void MapTeachingLocations(StarterRecord record, Organisation institution)
    {
        if (record.PartOrNull("students_2024") is not { } total) { record.Repeats("locations"); return; }
        var (period, source) = (total.Text("reference_date"), total.Text("source"));
        _studentCounts.Add((record, institution, null, total.NumberOrNull("value"), total.WholeOrNull("suppressed_cells"), period, source));
        total.Done();
        foreach (var location in record.Parts("locations"))
        {
            location.Repeats("name", "knowledge_city");
            var code = location.Text("code");
            AddLocation(location, institution, code);
            _studentCounts.Add((location, institution, code, location.NumberOrNull("students_2024"), location.WholeOrNull("suppressed_cells_2024"), period, source));
            location.Done();
        }
    }

    private void AddHboStudents(StarterRecord record, Organisation institution, string? location, decimal? value, int? hidden, string period, string source)
    {
        var key = $"{HboStudents}|{institution.Id}|{location}|{period}";
        if (Period.FirstDay(period) is not { } start) { record.Refuse($"'{period}' is geen datum"); return; }
        _rows.Add(key, new Observation
        {
            Id = _rows.Id<Observation>(key),
            IndicatorCode = HboStudents,
            ObjectId = institution.Id,
            AreaCode = location,
            ReferencePeriod = period,
            PeriodStart = start,
            Value = value,
            Missing = value is null ? Missing.Unknown : null,
            MinValue = hidden > 0 ? value + hidden * HiddenCellMin : null,
            MaxValue = hidden > 0 ? value + hidden * HiddenCellMax : null,
            SuppressedCells = hidden,
            Unit = "personen",
            ValueType = hidden > 0 ? ValueBasis.ComputedLowerBound : ValueBasis.Computed,
            IsDerived = true,
            SourceId = SourceId(record, InstitutionsFile, source) ?? default,
            Verification = Verification.SourceVerified,
        });
    }

    private void MapClaims()
    {
        foreach (var record in _files.Records(IndicatorsFile, "document_claims", "id"))
        {
            var indicator = record.TextOrNull("indicator");
            if (indicator is not null && _rows.Find<Indicator>(indicator) is null) record.Refuse($"onbekende indicator '{indicator}'");
            var id = _rows.Id<DocumentClaim>(record.Id);
            _rows.Add(record.Id, new DocumentClaim
            {
                Id = id,
                Code = record.Id,
                IndicatorCode = indicator,
                Value = record.Number("value"),
                Unit = record.Text("unit"),
                PeriodText = record.Text("period"),
                SummaryNl = record.Text("text_summary_nl"),
                Segment = record.TextOrNull("sector"),
                IndependentCheck = record.Text("independent_check"),
                VerifiedMeaning = record.Text("verified_meaning"),
                Verification = record.Vocabulary<Verification>("verification"),
            });
            Citation To(Citation c) => new() { Id = c.Id, SourceId = c.SourceId, ClaimId = id, Passage = c.Passage };
            var reference = record.Part("reference");
            var note = reference.TextOrNull("note");
            Cite(record, [reference.Text("source")], $"claim:{id}", To,
                passage: $"{reference.Text("section")}, regels {reference.TextOrNull("lines")}{(note is null ? "" : $" ({note})")}");
            reference.Done();
            Cite(record, record.ListOrEmpty("check_sources"), $"claim:{id}", To, passage: DocumentClaim.CheckPassage);
            record.Done();
        }
    }
}
