using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.StarterData;

/// <summary>
/// Translates the starter files into rows of the model. One part per subject; this one holds what they share. Reads
/// everything before it refuses, so that one run names all problems.
/// </summary>
internal sealed partial class StarterMapping
{
    private const string CitiesFile = "cities.json", InstitutionsFile = "institutions.json", CampusesFile = "campuses.json",
        DistrictsFile = "innovation-districts.json", FacilitiesFile = "facilities.json", RdFile = "rd-concentrations.json",
        ThemesFile = "themes.json", SpecialisationsFile = "specialisations.json", IndicatorsFile = "indicators.json", PortalIndicatorsFile = "portal-indicators.json",
        AgendaFile = "agenda.json", SourcesFile = "sources.json", EntryThemesFile = "entry-themes.json",
        NamesFile = "organisation-names.json", AccessFile = "facility-access.json", MunicipalitiesFile = "gemeenten-2023.geojson",
        ProvincesFile = "provincies-2023.geojson", CountryFile = "nederland-2023.geojson", NeighboursFile = "gemeente-buren-2023.json";

    private readonly StarterFiles _files;
    private readonly StarterRows _rows;

    private StarterMapping(StarterFiles files, StarterRows rows) => (_files, _rows) = (files, rows);

    /// <param name="folder">Where the files are.</param>
    /// <param name="examples">Whether to read the invented actions.</param>
    /// <param name="knownId">Identity that an earlier import gave to a row, by table and key.</param>
    /// <exception cref="StarterDataException">The files hold a problem; all of them are named.</exception>
    public static StarterRows Read(string folder, bool examples, Func<string, string, Guid?> knownId)
    {
        var problems = new List<StarterProblem>();
        using var files = new StarterFiles(folder, problems);
        var rows = new StarterRows(knownId);
        foreach (var file in new[] { CitiesFile, InstitutionsFile, CampusesFile, DistrictsFile, FacilitiesFile, RdFile, ThemesFile, SpecialisationsFile,
                     IndicatorsFile, PortalIndicatorsFile, AgendaFile, SourcesFile, EntryThemesFile, NamesFile, AccessFile, MunicipalitiesFile, ProvincesFile, CountryFile, NeighboursFile })
            files.Root(file);
        // Without readable files the rest would only drown the cause.
        if (problems.Count > 0) throw new StarterDataException(problems);

        var mapping = new StarterMapping(files, rows);
        mapping.MapSources();
        mapping.MapAreas();
        mapping.MapThemes();
        mapping.MapCities();
        mapping.MapInstitutions();
        mapping.MapOrganisationNames();
        mapping.MapBoardsAndDevelopmentCompanies();
        mapping.MapCampuses();
        mapping.MapDistricts();
        mapping.MapFacilities();
        mapping.MapRdConcentrations();
        mapping.MapSpecialisations();
        mapping.MapIndicators();
        mapping.MapAgenda(examples);
        if (problems.Count > 0) throw new StarterDataException(problems);
        return rows;
    }

    private Guid? SourceId(StarterRecord record, string file, string id)
    {
        if (_rows.Find<SourceKey>($"{file}:{id}") is { } key) return key.SourceId;
        record.Refuse($"onbekende bron '{id}'");
        return null;
    }

    /// <summary>Adds a citation for every source id; <paramref name="owner"/> is the key of what they support.</summary>
    private void Cite(StarterRecord record, IEnumerable<string> sourceIds, string owner, Func<Citation, Citation> to, string? field = null, string? passage = null, string? file = null)
    {
        foreach (var id in sourceIds.Distinct(StringComparer.Ordinal))
        {
            if (SourceId(record, file ?? SourceFileOf(record.File), id) is not { } source) continue;
            var key = $"{owner}|{id}|{field}|{passage}";
            _rows.Add(key, to(new Citation { Id = _rows.Id<Citation>(key), SourceId = source, Field = field, Passage = passage }));
        }
    }

    private void CiteObject(StarterRecord record, IEnumerable<string> sourceIds, RegisterObject item, string? field = null, string? passage = null) =>
        Cite(record, sourceIds, $"object:{item.Id}", c => new Citation { Id = c.Id, SourceId = c.SourceId, ObjectId = item.Id, Field = c.Field, Passage = c.Passage }, field, passage);

    private static string SourceFileOf(string file) => file is CitiesFile or InstitutionsFile or IndicatorsFile ? file : SourcesFile;

    private void Provenance(RegisterObject item, string field, Verification? verification, string? note = null, string? language = null)
    {
        if (verification is null && note is null) return;
        var key = $"{item.Id}|{field}";
        if (_rows.Find<FieldProvenance>(key) is { } present)
        {
            present.Verification ??= verification;
            if (present.Note is null) (present.Note, present.NoteLanguage) = (note, language);
        }
        else _rows.Add(key, new FieldProvenance { ObjectId = item.Id, Field = field, Verification = verification, Note = note, NoteLanguage = language });
    }

    /// <summary>What talks to who keeps the register (check this, the source says otherwise) stands with the note's evidence in the form, not on the page.</summary>
    private void EditorNote(StarterRecord record, RegisterObject item, string? language = null) =>
        Provenance(item, FieldProvenance.OfTheWhole, null, record.TextOrNull("editor_note", FieldProvenance.NoteMaxLength), language);

    /// <summary>The name of a file's field in the registry of kinds.</summary>
    private static readonly Dictionary<string, string> FieldNames = new(StringComparer.Ordinal)
    {
        ["name"] = "name",
        ["city"] = "municipality",
        ["phase"] = "phase",
        ["founded_year"] = "foundedYear",
        ["nco_member"] = "ncoMember",
        ["focus_themes"] = "keywords",
        ["technologies"] = "keywords",
        ["website"] = "website",
        ["start_year"] = "startYear",
        ["opened_year"] = "openedYear",
        ["access_model"] = "accessDescription",
        ["anchor_institutions"] = "anchoredBy",
        ["campus_organisation"] = "managedBy",
        ["partners"] = "partneredBy",
        ["host_organisation"] = "hostedBy",
        ["organisation"] = "ownedBy",
        ["host_campus"] = "locatedOn",
        ["parent_campus"] = "partOf",
        ["official_name"] = "officialName",
        ["cbs_code"] = "municipality",
        ["province"] = "province",
        ["corop"] = "corop",
        ["neighbours"] = "neighbours",
        ["centroid"] = "centroid",
        ["population"] = "population",
        ["profile_nl"] = "description",
        ["economic_board"] = "representedBy",
        ["regional_development_company"] = "developedBy",
        ["ror_id"] = "ror",
        ["municipality"] = "municipality",
    };

    private static string? FieldName(StarterRecord record, string name)
    {
        if (FieldNames.TryGetValue(name, out var field)) return field;
        record.Refuse($"verificatie van een onbekend veld '{name}'");
        return null;
    }

    private void VerifiedFields(StarterRecord record, RegisterObject item)
    {
        foreach (var name in record.List("verified_fields"))
            if (FieldName(record, name) is { } field) Provenance(item, field, Verification.SourceVerified);
        if (record.FlagOrNull("website_verified") is { } verified)
            Provenance(item, "website", verified ? Verification.SourceVerified : Verification.GeneralKnowledge);
    }

    private void FieldVerification(StarterRecord record, RegisterObject item)
    {
        foreach (var (name, code) in record.Map("field_verification"))
        {
            if (FieldName(record, name) is not { } field || code is null) continue;
            if (Codes<Verification>.TryParse(code, out var verification)) Provenance(item, field, verification);
            else record.Refuse($"onbekende verificatie '{code}' van '{name}'");
        }
    }

    /// <summary>Adds the object under its key <c>kind:id</c> and keeps the file's id as an external key.</summary>
    private void AddObject(StarterRecord record, RegisterObject item)
    {
        var kind = KindRegistry.Of(item).Code;
        if (!SlugText.IsValid(item.Slug)) record.Refuse($"'{item.Slug}' kan geen adres zijn");
        if (KindRegistry.Of(item).ReservedSlugs.Contains(item.Slug)) record.Refuse($"het adres '{item.Slug}' is een pagina van het portaal");
        if (_rows.All<RegisterObject>().Any(o => o.GetType() == item.GetType() && string.Equals(o.Slug, item.Slug, StringComparison.Ordinal)))
            record.Refuse($"het adres '{item.Slug}' bestaat al");
        if (item.Municipality is null && item.MunicipalityCode is { } code && _rows.Find<Domain.Geography.Area>(code) is null)
            record.Refuse($"onbekende gemeente '{code}'");
        if (!_rows.Add($"{kind}:{record.Id}", item)) record.Refuse("komt twee keer voor");
        ExternalKey(item, record.File, record.Id);
    }

    private void ExternalKey(RegisterObject item, string scheme, string? value, string? label = null)
    {
        if (value is not null) _rows.Add($"{scheme}|{value}|{item.Id}", new ExternalKey { ObjectId = item.Id, Scheme = scheme, Value = value, Label = label });
    }

    private Guid NewId<T>(string id) where T : RegisterObject => _rows.Id<RegisterObject>($"{KindRegistry.Of<T>().Code}:{id}");

    private T? Object<T>(StarterRecord record, string? id) where T : RegisterObject
    {
        if (id is null) return null;
        if (_rows.Find<RegisterObject>($"{KindRegistry.Of<T>().Code}:{id}") is T item) return item;
        record.Refuse($"onbekende {KindRegistry.Of<T>().Singular.Nl.ToLowerInvariant()} '{id}'");
        return null;
    }

    /// <summary>The kennisstad with this CBS code.</summary>
    private City? CityOf(StarterRecord record, string? municipality)
    {
        if (municipality is null) return null;
        var city = _rows.All<City>().FirstOrDefault(c => string.Equals(c.MunicipalityCode, municipality, StringComparison.Ordinal));
        if (city is null) record.Refuse($"'{municipality}' is geen kennisstad");
        return city;
    }

    private Relation? Relate(RelationKind kind, RegisterObject? from, RegisterObject? to, string? asStated = null, Verification? verification = null, string? note = null)
    {
        if (from is null || to is null || from.Id == to.Id) return null;
        var key = $"{Codes<RelationKind>.Code(kind)}|{from.Id}|{to.Id}";
        if (_rows.Find<Relation>(key) is { } present)
        {
            present.Verification ??= verification;
            present.Note ??= note;
            if (asStated is not null && !string.Equals(asStated, to.Name, StringComparison.Ordinal) && present.AsStated?.Contains(asStated, StringComparison.Ordinal) != true)
                present.AsStated = present.AsStated is null ? asStated : $"{present.AsStated}; {asStated}";
            return present;
        }
        if (!RelationKinds.Allows(kind, from.GetType(), to.GetType()))
            throw new InvalidOperationException($"{from.GetType().Name} {kind} {to.GetType().Name} is not an allowed relation.");
        var relation = new Relation
        {
            Id = _rows.Id<Relation>(key),
            Kind = kind,
            FromId = from.Id,
            ToId = to.Id,
            AsStated = string.Equals(asStated, to.Name, StringComparison.Ordinal) ? null : asStated,
            Verification = verification,
            Note = note,
        };
        _rows.Add(key, relation);
        return relation;
    }

    private void CiteRelation(StarterRecord record, IEnumerable<string> sourceIds, Relation? relation)
    {
        if (relation is null) return;
        Cite(record, sourceIds, $"relation:{relation.Id}", c => new Citation { Id = c.Id, SourceId = c.SourceId, RelationId = relation.Id, Passage = c.Passage });
    }

    /// <summary>Relates an object to every organisation that a reviewed name stands for.</summary>
    private void RelateByName(StarterRecord record, string field, RelationKind kind, RegisterObject from, string? name)
    {
        if (name is null) return;
        foreach (var organisation in Organisations(record, field, name)) Relate(kind, from, organisation, name);
    }

    private static void Point(StarterRecord record, RegisterObject item)
    {
        var (latitude, longitude) = (record.Degrees("lat"), record.Degrees("lon"));
        if (!Domain.Geography.Netherlands.Contains(latitude, longitude))
            record.Refuse(FormattableString.Invariant($"het punt {latitude}, {longitude} ligt buiten Nederland"));
        (item.Latitude, item.Longitude) = (latitude, longitude);
    }
}
