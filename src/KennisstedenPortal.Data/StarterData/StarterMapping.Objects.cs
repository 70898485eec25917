using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;

namespace KennisstedenPortal.Data.StarterData;

internal sealed partial class StarterMapping
{
    private void MapCities()
    {
        foreach (var record in _files.Records(CitiesFile, "cities", "id"))
        {
            var id = NewId<City>(record.Id);
            var city = new City
            {
                Id = id,
                Slug = record.Id,
                Name = record.Text("name", RegisterObject.NameMaxLength),
                OfficialName = record.Text("official_name"),
                MunicipalityCode = record.Text("cbs_code"),
                Description = record.TextOrNull("profile_nl", RegisterObject.DescriptionMaxLength),
                StewardId = id,
                Verification = record.Vocabulary<Verification>("verification"),
            };
            var notes = record.List("notes");
            if (notes.Count > 0) (city.Note, city.NoteLanguage) = (string.Join('\n', notes), "en");
            AddObject(record, city);
            CiteObject(record, record.List("sources"), city);
            FieldVerification(record, city);

            var nkn = record.Part("nkn");
            city.IsNetworkMember = nkn.Flag("member");
            city.IsFoundingMember = nkn.Flag("founding_city_2009");
            CiteObject(record, [nkn.Text("source")], city, "networkMember");
            if (nkn.TextOrNull("founding_source") is { } founding) CiteObject(record, [founding], city, "foundingMember");
            nkn.Done();

            var marker = record.Part("marker_point");
            Point(marker, city);
            Provenance(city, "location", Verification.SourceVerified, marker.TextOrNull("method"), "en");
            ExternalKey(city, "geonames", marker.WholeOrNull("geonames_id")?.ToString(System.Globalization.CultureInfo.InvariantCulture));
            CiteObject(record, [marker.Text("source")], city, "location");
            marker.Done();

            var centroid = record.Part("centroid");
            Provenance(city, "centroid", null, FormattableString.Invariant($"{centroid.Degrees("lat")} {centroid.Degrees("lon")} ({centroid.Text("method")})"), "en");
            CiteObject(record, [centroid.Text("source")], city, "centroid");
            centroid.Done();

            MapCityPlace(record, city);
            var population = record.Part("population");
            _cityPopulations.Add((record, city.Id, population.NumberOrNull("value"), population.Text("reference_date")));
            population.Repeats("unit");
            CiteObject(record, [population.Text("source")], city, "population");
            if (population.TextOrNull("cross_check") is { } check) CiteObject(record, [check], city, "population", "controle");
            population.Done();
            record.Repeats("economic_board", "regional_development_company");
            record.Done();
        }
    }

    /// <summary>Province, COROP and neighbours repeat the boundary files; they must agree.</summary>
    private void MapCityPlace(StarterRecord record, City city)
    {
        var area = _rows.Find<Area>(city.MunicipalityCode!);
        var (province, corop) = (record.Part("province"), record.Part("corop"));
        if (area is not null && !string.Equals(area.ParentCode, province.Text("code"), StringComparison.Ordinal)) record.Refuse("de provincie wijkt af van de gemeentegrenzen");
        if (area is not null && !string.Equals(area.CoropCode, corop.Text("code"), StringComparison.Ordinal)) record.Refuse("het COROP-gebied wijkt af van de gemeentegrenzen");
        foreach (var neighbour in record.Parts("neighbours"))
        {
            neighbour.Repeats("name", "province", "is_knowledge_city");
            var (code, border) = (neighbour.Text("code"), neighbour.NumberOrNull("shared_border_km"));
            neighbour.Done();
            if (_rows.Find<MunicipalityNeighbour>($"{city.MunicipalityCode}|{code}") is not { } there || _rows.Find<MunicipalityNeighbour>($"{code}|{city.MunicipalityCode}") is not { } back)
                record.Refuse($"'{code}' is volgens {NeighboursFile} geen buurgemeente");
            else there.SharedBorderKm = back.SharedBorderKm = (double?)border;
        }
    }

    private void MapInstitutions()
    {
        foreach (var record in _files.Records(InstitutionsFile, "institutions", "id"))
        {
            var name = record.Text("name_nl", RegisterObject.NameMaxLength);
            var municipality = record.Part("municipality");
            municipality.Repeats("name", "province");
            var institution = new Organisation
            {
                Id = NewId<Organisation>(record.Id),
                Slug = SlugText.From(name),
                Name = name,
                NameEnglish = record.TextOrNull("name_en", RegisterObject.NameMaxLength),
                ShortName = record.TextOrNull("short_name", RegisterObject.ShortTextMaxLength),
                Type = record.Vocabulary<OrganisationType>("type"),
                MunicipalityCode = municipality.Text("code"),
                Website = record.TextOrNull("website", RegisterObject.WebsiteMaxLength),
                Note = record.TextOrNull("note", RegisterObject.NoteMaxLength),
                NoteLanguage = "en",
                Verification = record.Vocabulary<Verification>("verification"),
            };
            municipality.Done();
            if (institution.Note is null) institution.NoteLanguage = null;
            AddObject(record, institution);
            CiteObject(record, record.List("sources"), institution);
            FieldVerification(record, institution);
            EditorNote(record, institution, "en");
            var rorName = record.TextOrNull("ror_name");
            var rorCity = string.Join(", ", record.ListOrEmpty("ror_city"));
            ExternalKey(institution, "ror", record.TextOrNull("ror_id"), rorName is null ? null : rorCity.Length > 0 ? $"{rorName} ({rorCity})" : rorName);
            ExternalKey(institution, "brin", record.TextOrNull("brin"));

            if (record.TextOrNull("knowledge_city") is { } slug) Relate(RelationKind.BelongsTo, institution, Object<City>(record, slug));
            CheckAdjacent(record, institution, record.List("adjacent_knowledge_cities").Select(s => Object<City>(record, s)));
            _parents.Add((record, institution, record.TextOrNull("parent"), record.TextOrNull("membership")));
            // Only hogescholen have teaching locations; whether they lie in a kennisstad is computed.
            record.Repeats("main_location_in_knowledge_city", "has_location_in_knowledge_city");
            Provenance(institution, "municipality", null, record.TextOrNull("main_location_rule"), "en");
            MapTeachingLocations(record, institution);
            record.Done();
        }
    }

    private readonly List<(StarterRecord Record, Organisation Institution, string? Parent, string? Membership)> _parents = [];
    private readonly List<(StarterRecord Record, Guid City, decimal? Value, string Period)> _cityPopulations = [];

    private void MapCampuses()
    {
        var parents = new List<(StarterRecord, Campus, string?)>();
        foreach (var record in _files.Records(CampusesFile, "items", "id"))
        {
            var campus = new Campus
            {
                Id = NewId<Campus>(record.Id),
                Slug = record.Id,
                Name = record.Text("name", RegisterObject.NameMaxLength),
                Aliases = record.List("aliases"),
                CampusType = record.TextOrNull("type", RegisterObject.ShortTextMaxLength),
                MunicipalityCode = record.Text("city"),
                Phase = record.VocabularyOrNull<CampusPhase>("phase"),
                LocationIsApproximate = record.Flag("coordinates_approximate"),
                Keywords = record.List("focus_themes"),
                Website = record.TextOrNull("website", RegisterObject.WebsiteMaxLength),
                FoundedYear = record.WholeOrNull("founded_year"),
                IsNcoMember = record.Flag("nco_member"),
                Note = record.TextOrNull("note", RegisterObject.NoteMaxLength),
                Verification = record.Vocabulary<Verification>("verification"),
            };
            Point(record, campus);
            AddPlace(record, campus, record.TextOrNull("relation") switch
            {
                "located-in" => RelationKind.BelongsTo,
                "region-serving" => RelationKind.Serves,
                var other => Unknown(record, "relation", other),
            });
            foreach (var code in record.List("also_city")) AddLocation(record, campus, code);
            Provenance(campus, "phase", null, record.TextOrNull("phase_note"));
            Provenance(campus, "foundedYear", null, record.TextOrNull("founded_note"));
            Provenance(campus, "location", null, record.TextOrNull("coordinates_note"));
            parents.Add((record, campus, record.TextOrNull("parent_campus")));
            RelateByName(record, "campus_organisation", RelationKind.ManagedBy, campus, record.TextOrNull("campus_organisation"));
            foreach (var name in record.List("anchor_institutions")) RelateByName(record, "anchor_institutions", RelationKind.AnchoredBy, campus, name);
            record.Done();
        }
        foreach (var (record, campus, parent) in parents) Relate(RelationKind.PartOf, campus, Object<Campus>(record, parent));
    }

    private void MapDistricts()
    {
        var parents = new List<(StarterRecord, InnovationDistrict, string?)>();
        foreach (var record in _files.Records(DistrictsFile, "items", "id"))
        {
            var district = new InnovationDistrict
            {
                Id = NewId<InnovationDistrict>(record.Id),
                Slug = record.Id,
                Name = record.Text("name", RegisterObject.NameMaxLength),
                DistrictType = record.TextOrNull("type", RegisterObject.ShortTextMaxLength),
                MunicipalityCode = record.Text("city"),
                LocationIsApproximate = record.Flag("coordinates_approximate"),
                Keywords = record.List("focus_themes"),
                Status = record.VocabularyOrNull("status", DistrictStatuses),
                StartYear = record.WholeOrNull("start_year"),
                Website = record.TextOrNull("website", RegisterObject.WebsiteMaxLength),
                Note = record.TextOrNull("note", RegisterObject.NoteMaxLength),
                Verification = record.Vocabulary<Verification>("verification"),
            };
            Point(record, district);
            AddPlace(record, district, RelationKind.BelongsTo);
            Provenance(district, "startYear", null, record.TextOrNull("start_note"));
            Provenance(district, "location", null, record.TextOrNull("coordinates_note"));
            parents.Add((record, district, record.TextOrNull("parent_district")));
            foreach (var name in record.List("partners")) RelateByName(record, "partners", RelationKind.PartneredBy, district, name);
            foreach (var campus in record.List("related_campuses")) Relate(RelationKind.RelatedTo, district, Object<Campus>(record, campus));
            record.Done();
        }
        foreach (var (record, district, parent) in parents) Relate(RelationKind.PartOf, district, Object<InnovationDistrict>(record, parent));
    }

    private static readonly Dictionary<string, DistrictStatus> DistrictStatuses = new(StringComparer.Ordinal)
    { ["in-ontwikkeling"] = DistrictStatus.InDevelopment, ["actief"] = DistrictStatus.Active };

    private void MapFacilities()
    {
        var access = new Dictionary<string, FacilityAccess?>(StringComparer.Ordinal);
        foreach (var record in _files.Records(AccessFile, "items", "access_model"))
        {
            access[record.Id] = record.VocabularyOrNull<FacilityAccess>("access");
            record.Done();
        }
        foreach (var record in _files.Records(FacilitiesFile, "items", "id"))
        {
            var description = record.TextOrNull("access_model", RegisterObject.ShortTextMaxLength);
            var facility = new Facility
            {
                Id = NewId<Facility>(record.Id),
                Slug = record.Id,
                Name = record.Text("name", RegisterObject.NameMaxLength),
                Aliases = record.List("aliases"),
                Sort = record.Vocabulary<FacilitySort>("type"),
                MunicipalityCode = record.Text("city"),
                Keywords = record.List("technologies"),
                AccessDescription = description,
                Access = access.GetValueOrDefault(description ?? ""),
                Website = record.TextOrNull("website", RegisterObject.WebsiteMaxLength),
                OpenedYear = record.WholeOrNull("opened_year"),
                Note = record.TextOrNull("note", RegisterObject.NoteMaxLength),
                Verification = record.Vocabulary<Verification>("verification"),
            };
            if (description is not null && !access.ContainsKey(description)) _rows.Unresolved.Add($"{FacilitiesFile} · {record.Id}: toegang '{description}' is nog niet ingedeeld");
            AddPlace(record, facility, RelationKind.BelongsTo);
            if (facility.Access is not null) Provenance(facility, "access", Verification.Editorial, "Ingedeeld op grond van de omschrijving in de bron.");
            Provenance(facility, "openedYear", null, record.TextOrNull("opened_note"));
            Relate(RelationKind.LocatedOn, facility, Object<Campus>(record, record.TextOrNull("host_campus")));
            Relate(RelationKind.LocatedOn, facility, Object<InnovationDistrict>(record, record.TextOrNull("host_district")));
            RelateByName(record, "host_organisation", RelationKind.HostedBy, facility, record.TextOrNull("host_organisation"));
            record.Done();
        }
    }

    private void MapRdConcentrations()
    {
        foreach (var record in _files.Records(RdFile, "items", "id"))
        {
            var site = new RdConcentration
            {
                Id = NewId<RdConcentration>(record.Id),
                Slug = record.Id,
                Name = record.Text("name", RegisterObject.NameMaxLength),
                Sector = record.VocabularyOrNull<Sector>("kind"),
                MunicipalityCode = record.Text("city"),
                Keywords = record.List("sector_technologies"),
                Note = record.TextOrNull("note", RegisterObject.NoteMaxLength),
                Verification = record.Vocabulary<Verification>("verification"),
            };
            AddPlace(record, site, RelationKind.BelongsTo);
            Relate(RelationKind.LocatedOn, site, Object<Campus>(record, record.TextOrNull("host_campus")));
            Relate(RelationKind.Serves, site, CityOf(record, record.TextOrNull("region_of")));
            RelateByName(record, "organisation", RelationKind.OwnedBy, site, record.TextOrNull("organisation"));
            CheckNearness(record, site);
            record.Done();
        }
    }

    /// <summary>What campuses, districts, facilities and R&amp;D concentrations share.</summary>
    private void AddPlace(StarterRecord record, RegisterObject item, RelationKind toCity)
    {
        // Names stand beside the codes; the municipality's own name is used.
        record.Repeats("city_name", "knowledge_city_name");
        var city = CityOf(record, record.TextOrNull("knowledge_city"));
        item.StewardId = city?.Id;
        AddObject(record, item);
        Relate(toCity, item, city);
        CiteObject(record, record.List("sources"), item);
        VerifiedFields(record, item);
        EditorNote(record, item);
        foreach (var code in record.List("theme_codes")) AddTheme(record, item, code);
    }

    private void AddLocation(StarterRecord record, RegisterObject item, string code)
    {
        if (_rows.Find<Area>(code) is null) record.Refuse($"onbekende gemeente '{code}'");
        if (!string.Equals(code, item.MunicipalityCode, StringComparison.Ordinal))
            _rows.Add($"{item.Id}|{code}", new ObjectLocation { ObjectId = item.Id, MunicipalityCode = code });
    }

    private Specialisation? AddTheme(StarterRecord record, RegisterObject? item, string code)
    {
        if (_rows.Find<Theme>(code) is null) record.Refuse($"onbekend thema '{code}'");
        if (item is null) return null;
        var key = $"{item.Id}|{code}";
        if (_rows.Find<Specialisation>(key) is { } present) return present;
        var theme = new Specialisation { Id = _rows.Id<Specialisation>(key), ObjectId = item.Id, ThemeCode = code };
        _rows.Add(key, theme);
        return theme;
    }

    private void MapSpecialisations()
    {
        foreach (var record in _files.Records(SpecialisationsFile, "items", "id"))
        {
            record.Repeats("subject", "subject_name");
            var id = record.Text("subject_id");
            RegisterObject? subject = record.Text("subject_type") switch
            {
                "knowledge-city" => CityOf(record, id),
                "campus" => Object<Campus>(record, id),
                var other => RefuseSubject(record, other),
            };
            var specialisation = AddTheme(record, subject, record.Text("theme_code"));
            var (strength, basis) = (record.Vocabulary<Strength>("strength"), record.TextOrNull("basis", Specialisation.BasisMaxLength));
            var (verification, ofStrength) = (record.Vocabulary<Verification>("verification"), record.Vocabulary<Verification>("strength_verification"));
            var sources = record.List("sources");
            record.Done();
            if (specialisation is null) continue;
            if (specialisation.Strength is not null) record.Refuse("dit thema heeft voor dit onderwerp al een sterkte");
            (specialisation.Strength, specialisation.Basis, specialisation.Verification, specialisation.StrengthVerification) = (strength, basis, verification, ofStrength);
            Cite(record, sources, $"specialisation:{specialisation.Id}", c => new Citation { Id = c.Id, SourceId = c.SourceId, SpecialisationId = specialisation.Id });
        }
    }

    private static RegisterObject? RefuseSubject(StarterRecord record, string type)
    {
        record.Refuse($"onbekend onderwerp '{type}'");
        return null;
    }

    private static RelationKind Unknown(StarterRecord record, string name, string? value)
    {
        record.Refuse($"'{name}' heeft een onbekende waarde: {value ?? "leeg"}");
        return default;
    }

    /// <summary>The file's in / adjacent / none is compared with what the neighbours say; a difference is reported, not stored.</summary>
    private void CheckNearness(StarterRecord record, RdConcentration site)
    {
        var stated = record.TextOrNull("relation");
        var nearness = _nearness.ToAny(site.MunicipalityCode, _rows.All<City>().Select(c => c.MunicipalityCode!));
        var computed = nearness switch { Nearness.In => "in", Nearness.Adjacent => "adjacent", _ => null };
        if (!string.Equals(stated, computed, StringComparison.Ordinal))
            _rows.Differences.Add($"{record.File} · {record.Id}: relation is '{stated ?? "null"}', berekend '{computed ?? "null"}'");
        foreach (var code in record.List("also_adjacent_to"))
            if (_nearness.Of(site.MunicipalityCode, code) != Nearness.Adjacent)
                _rows.Differences.Add($"{record.File} · {record.Id}: grenst volgens de gemeentegrenzen niet aan {code}");
    }

    private void CheckAdjacent(StarterRecord record, RegisterObject item, IEnumerable<City?> stated)
    {
        var computed = _rows.All<City>().Where(c => _nearness.Of(item.MunicipalityCode, c.MunicipalityCode!) == Nearness.Adjacent).Select(c => c.Slug).ToHashSet(StringComparer.Ordinal);
        var said = stated.Where(c => c is not null).Select(c => c!.Slug).ToHashSet(StringComparer.Ordinal);
        // The list is only filled for institutions outside the kennissteden.
        if (said.Count > 0 && !computed.SetEquals(said))
            _rows.Differences.Add($"{record.File} · {record.Id}: grenst aan {string.Join(", ", computed.Order(StringComparer.Ordinal))}, in het bestand {string.Join(", ", said.Order(StringComparer.Ordinal))}");
    }
}
