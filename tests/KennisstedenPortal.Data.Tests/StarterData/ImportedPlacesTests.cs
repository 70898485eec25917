using System.Text.Json;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.Tests.StarterData;

/// <summary>Every fact of campuses, districts, facilities and R&amp;D concentrations survives the import; null stays null.</summary>
[Collection<ImportedRegisterGroup>]
public sealed class ImportedPlacesTests(ImportedRegister register)
{
    private const string Sources = "sources.json";

    [Fact]
    public void Import_Campuses_HoldEveryFactOfTheFile()
    {
        const string file = "campuses.json";
        var c = new Comparison();
        foreach (var record in Starter.Items(file))
        {
            var (id, campus) = (record.Id(), register.Find<Campus>(file, record.Id()));
            ComparePlace(c, record, campus, record.Text("relation") == "region-serving" ? RelationKind.Serves : RelationKind.BelongsTo, "focus_themes");
            c.SameList(id, "aliases", record.Texts("aliases"), campus.Aliases);
            c.Same(id, "type", record.Text("type"), campus.CampusType);
            c.Same(id, "phase", record.Text("phase"), campus.Phase is { } phase ? Codes<CampusPhase>.Code(phase) : null);
            c.Same(id, "founded_year", record.Whole("founded_year"), campus.FoundedYear);
            c.Same(id, "nco_member", record.Flag("nco_member"), campus.IsNcoMember);
            ComparePoint(c, record, campus);
            c.Same(id, "phase_note", record.Text("phase_note"), Field(campus, "phase")?.Note);
            c.Same(id, "founded_note", record.Text("founded_note"), Field(campus, "foundedYear")?.Note);
            c.SameSet(id, "also_city", record.Texts("also_city").Where(g => g != campus.MunicipalityCode), campus.OtherLocations.Select(l => l.MunicipalityCode));
            c.SameSet(id, "parent_campus", Ids<Campus>(file, record.Text("parent_campus")), To(campus, RelationKind.PartOf));
            c.SameSet(id, "campus_organisation", register.Named(record.Text("campus_organisation")), To(campus, RelationKind.ManagedBy));
            c.SameSet(id, "anchor_institutions", record.Texts("anchor_institutions").SelectMany(register.Named), To(campus, RelationKind.AnchoredBy));
            // A campus may have more themes, with a strength, from specialisations.json.
            c.SameSet(id, "theme_codes", record.Texts("theme_codes"), campus.Specialisations.Select(s => s.ThemeCode).Intersect(record.Texts("theme_codes"), StringComparer.Ordinal));
        }
        c.Verify(atLeast: 37 * 20);
    }

    [Fact]
    public void Import_Districts_HoldEveryFactOfTheFile()
    {
        const string file = "innovation-districts.json";
        var c = new Comparison();
        foreach (var record in Starter.Items(file))
        {
            var (id, district) = (record.Id(), register.Find<InnovationDistrict>(file, record.Id()));
            ComparePlace(c, record, district, RelationKind.BelongsTo, "focus_themes");
            c.Same(id, "type", record.Text("type"), district.DistrictType);
            c.Same(id, "status", record.Text("status"), district.Status is { } status ? Codes<DistrictStatus>.Slug(status) : null);
            c.Same(id, "start_year", record.Whole("start_year"), district.StartYear);
            ComparePoint(c, record, district);
            c.Same(id, "start_note", record.Text("start_note"), Field(district, "startYear")?.Note);
            c.SameSet(id, "parent_district", Ids<InnovationDistrict>(file, record.Text("parent_district")), To(district, RelationKind.PartOf));
            c.SameSet(id, "partners", record.Texts("partners").SelectMany(register.Named), To(district, RelationKind.PartneredBy));
            c.SameSet(id, "related_campuses", record.Texts("related_campuses").SelectMany(i => Ids<Campus>("campuses.json", i)), To(district, RelationKind.RelatedTo));
            c.SameSet(id, "theme_codes", record.Texts("theme_codes"), district.Specialisations.Select(s => s.ThemeCode));
        }
        c.Verify(atLeast: 20 * 20);
    }

    [Fact]
    public void Import_Facilities_HoldEveryFactOfTheFile()
    {
        const string file = "facilities.json";
        var access = Starter.Items("facility-access.json").ToDictionary(r => r.Text("access_model")!, r => r.Text("access"), StringComparer.Ordinal);
        var c = new Comparison();
        foreach (var record in Starter.Items(file))
        {
            var (id, facility) = (record.Id(), register.Find<Facility>(file, record.Id()));
            ComparePlace(c, record, facility, RelationKind.BelongsTo, "technologies");
            c.SameList(id, "aliases", record.Texts("aliases"), facility.Aliases);
            c.Same(id, "type", record.Text("type"), Codes<FacilitySort>.Code(facility.Sort));
            c.Same(id, "access_model", record.Text("access_model"), facility.AccessDescription);
            c.Same(id, "access", access.GetValueOrDefault(record.Text("access_model") ?? ""), facility.Access is { } a ? Codes<FacilityAccess>.Code(a) : null);
            c.Same(id, "access is an editorial choice", facility.Access is null ? null : Verification.Editorial, Field(facility, "access")?.Verification);
            c.Same(id, "opened_year", record.Whole("opened_year"), facility.OpenedYear);
            c.Same(id, "opened_note", record.Text("opened_note"), Field(facility, "openedYear")?.Note);
            c.Same(id, "no point of its own", null, facility.Latitude);
            c.SameSet(id, "host", [.. Ids<Campus>("campuses.json", record.Text("host_campus")), .. Ids<InnovationDistrict>("innovation-districts.json", record.Text("host_district"))], To(facility, RelationKind.LocatedOn));
            c.SameSet(id, "host_organisation", HostOrganisations(record), To(facility, RelationKind.HostedBy));
            c.SameSet(id, "theme_codes", record.Texts("theme_codes"), facility.Specialisations.Select(s => s.ThemeCode));
        }
        c.Verify(atLeast: 92 * 20);
    }

    [Fact]
    public void Import_RdConcentrations_HoldEveryFactOfTheFile()
    {
        const string file = "rd-concentrations.json";
        var c = new Comparison();
        foreach (var record in Starter.Items(file))
        {
            var (id, site) = (record.Id(), register.Find<RdConcentration>(file, record.Id()));
            ComparePlace(c, record, site, RelationKind.BelongsTo, "sector_technologies");
            c.Same(id, "kind", record.Text("kind"), site.Sector is { } sector ? Codes<Sector>.Code(sector) : null);
            c.SameSet(id, "organisation", register.Named(record.Text("organisation")), To(site, RelationKind.OwnedBy));
            c.SameSet(id, "host_campus", Ids<Campus>("campuses.json", record.Text("host_campus")), To(site, RelationKind.LocatedOn));
            c.SameSet(id, "region_of", record.Text("region_of") is { } region ? [register.City(region).Id] : [], To(site, RelationKind.Serves));
            c.SameSet(id, "theme_codes", record.Texts("theme_codes"), site.Specialisations.Select(s => s.ThemeCode));
        }
        c.Verify(atLeast: 100 * 15);
    }

    private void ComparePlace(Comparison c, JsonElement record, RegisterObject item, RelationKind toCity, string keywords)
    {
        var id = record.Id();
        c.Same(id, "slug", id, item.Slug);
        c.Same(id, "name", record.Text("name"), item.Name);
        c.Same(id, "note", record.Text("note"), item.Note);
        c.Same(id, "editor_note", record.Text("editor_note"), Field(item, "note")?.Note);
        c.Same(id, "website", record.Text("website"), item.Website);
        c.Same(id, "verification", record.Text("verification"), Codes<Verification>.Code(item.Verification));
        c.Same(id, "city", record.Text("city"), item.MunicipalityCode);
        c.SameList(id, keywords, record.Texts(keywords), item.Keywords);
        var city = record.Text("knowledge_city") is { } code ? register.City(code) : null;
        c.Same(id, "steward", city?.Id, item.StewardId);
        c.SameSet(id, "knowledge_city", city is null ? [] : [city.Id], To(item, toCity));
        c.SameSet(id, "sources", register.SourceIds(Sources, record.Texts("sources")), item.Citations.Select(x => x.SourceId));
        c.Holds(id, "sources support the whole", item.Citations.All(x => x.Field is null));
        c.SameSet(id, "verified_fields", VerifiedFields(record), item.Provenance.Where(p => p.Verification == Verification.SourceVerified).Select(p => p.Field));
        c.SameSet(id, "website not verified", record.Flag("website_verified") == false ? ["website"] : [], item.Provenance.Where(p => p.Verification == Verification.GeneralKnowledge).Select(p => p.Field));
        c.Same(id, "state", (ObjectState.Published, Visibility.Public), (item.State, item.Visibility));
        c.Same(id, "confirmed", null, item.ConfirmedOn);
    }

    private static void ComparePoint(Comparison c, JsonElement record, RegisterObject item)
    {
        c.Same(record.Id(), "lat", (double?)record.Number("lat"), item.Latitude);
        c.Same(record.Id(), "lon", (double?)record.Number("lon"), item.Longitude);
        c.Same(record.Id(), "coordinates_approximate", record.Flag("coordinates_approximate"), item.LocationIsApproximate);
        c.Same(record.Id(), "coordinates_note", record.Text("coordinates_note"), Field(item, "location")?.Note);
    }

    private static IEnumerable<string> VerifiedFields(JsonElement record) => record.Texts("verified_fields").Select(f => f switch
    {
        "city" => "municipality",
        "focus_themes" or "technologies" => "keywords",
        "founded_year" => "foundedYear",
        "start_year" => "startYear",
        "opened_year" => "openedYear",
        "nco_member" => "ncoMember",
        "access_model" => "accessDescription",
        "anchor_institutions" => "anchoredBy",
        "campus_organisation" => "managedBy",
        "host_organisation" => "hostedBy",
        "partners" => "partneredBy",
        "organisation" => "ownedBy",
        "host_campus" => "locatedOn",
        "parent_campus" => "partOf",
        _ => f,
    }).Concat(record.Flag("website_verified") == true ? ["website"] : []).Distinct(StringComparer.Ordinal);

    private IEnumerable<Guid> HostOrganisations(JsonElement record) => register.Named(record.Text("host_organisation"));

    private IEnumerable<Guid> Ids<T>(string file, string? id) where T : RegisterObject => id is null ? [] : [register.Find<T>(file, id).Id];

    private static IEnumerable<Guid> To(RegisterObject item, RelationKind kind) => item.Relations.Where(r => r.Kind == kind).Select(r => r.ToId);

    private static FieldProvenance? Field(RegisterObject item, string field) => item.Provenance.SingleOrDefault(p => p.Field == field);
}
