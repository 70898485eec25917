using System.Text.Json;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Indicators;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.Tests.StarterData;

/// <summary>Every fact of cities and institutions survives the import; null stays null.</summary>
[Collection<ImportedRegisterGroup>]
public sealed class ImportedOrganisationsTests(ImportedRegister register)
{
    private const string Cities = "cities.json", Institutions = "institutions.json", Names = "organisation-names.json";

    [Fact]
    public void Import_Cities_HoldEveryFactOfTheFile()
    {
        var c = new Comparison();
        foreach (var record in Starter.Items(Cities, "cities"))
        {
            var (id, city) = (record.Id(), register.Find<City>(Cities, record.Id()));
            c.Same(id, "slug", id, city.Slug);
            c.Same(id, "name", record.Text("name"), city.Name);
            c.Same(id, "official_name", record.Text("official_name"), city.OfficialName);
            c.Same(id, "cbs_code", record.Text("cbs_code"), city.MunicipalityCode);
            c.Same(id, "profile_nl", record.Text("profile_nl"), city.Description);
            c.Same(id, "notes", record.Texts("notes") is { Length: > 0 } notes ? string.Join('\n', notes) : null, city.Note);
            c.Same(id, "language of the notes", city.Note is null ? null : "en", city.NoteLanguage);
            c.Same(id, "verification", record.Text("verification"), Codes<Verification>.Code(city.Verification));
            c.Same(id, "website", null, city.Website);
            c.Same(id, "steward", city.Id, city.StewardId);

            var (nkn, marker, centroid, population) = (record.Part("nkn"), record.Part("marker_point"), record.Part("centroid"), record.Part("population"));
            c.Same(id, "nkn.member", nkn.Flag("member"), city.IsNetworkMember);
            c.Same(id, "nkn.founding_city_2009", nkn.Flag("founding_city_2009"), city.IsFoundingMember);
            c.Same(id, "marker_point", ((double?)marker.Number("lat"), (double?)marker.Number("lon"), false), (city.Latitude, city.Longitude, city.LocationIsApproximate));
            c.Same(id, "marker_point.geonames_id", marker.Whole("geonames_id")?.ToString(System.Globalization.CultureInfo.InvariantCulture), city.ExternalKeys.SingleOrDefault(k => k.Scheme == "geonames")?.Value);
            c.Same(id, "marker_point.method", marker.Text("method"), Field(city, "location")?.Note);
            c.Same(id, "centroid", FormattableString.Invariant($"{centroid.Number("lat")} {centroid.Number("lon")} ({centroid.Text("method")})"), Field(city, "centroid")?.Note);

            c.SameSet(id, "sources", register.SourceIds(Cities, record.Texts("sources")), Sources(city, null));
            c.SameSet(id, "nkn.source", [register.SourceId(Cities, nkn.Text("source")!)], Sources(city, "networkMember"));
            c.SameSet(id, "nkn.founding_source", [register.SourceId(Cities, nkn.Text("founding_source")!)], Sources(city, "foundingMember"));
            c.SameSet(id, "marker_point.source", [register.SourceId(Cities, marker.Text("source")!)], Sources(city, "location"));
            c.SameSet(id, "centroid.source", [register.SourceId(Cities, centroid.Text("source")!)], Sources(city, "centroid"));
            c.SameSet(id, "population.source", register.SourceIds(Cities, [population.Text("source")!, population.Text("cross_check")!]), Sources(city, "population"));
            CompareFieldVerification(c, record, city, also: [("location", Verification.SourceVerified)]);

            var counted = city.Observations.Single(o => o.IndicatorCode == "POP_TOTAL" && o.ReferencePeriod == population.Text("reference_date"));
            c.Same(id, "population", population.Number("value"), counted.Value);

            var area = register.Db.Areas.Local.Single(a => a.Code == city.MunicipalityCode);
            c.Same(id, "province and corop", (record.Part("province").Text("code"), record.Part("corop").Text("code")), (area.ParentCode, area.CoropCode));
            c.Same(id, "name of corop", record.Part("corop").Text("name"), register.Db.Areas.Local.Single(a => a.Code == area.CoropCode).Name);
            c.SameSet(id, "neighbours", record.Parts("neighbours").Select(n => (n.Text("code")!, (double?)n.Number("shared_border_km"))),
                register.Db.Neighbours.Local.Where(n => n.MunicipalityCode == area.Code).Select(n => (n.NeighbourCode, n.SharedBorderKm)));
            CompareBoards(c, record, city);
        }
        c.Verify(atLeast: 13 * 25);
    }

    [Fact]
    public void Import_Institutions_HoldEveryFactOfTheFile()
    {
        var c = new Comparison();
        foreach (var record in Starter.Items(Institutions, "institutions"))
        {
            var (id, item) = (record.Id(), register.Find<Organisation>(Institutions, record.Id()));
            c.Same(id, "name_nl", record.Text("name_nl"), item.Name);
            c.Same(id, "name_en", record.Text("name_en"), item.NameEnglish);
            c.Same(id, "short_name", record.Text("short_name"), item.ShortName);
            c.Same(id, "type", record.Code("type"), Codes<OrganisationType>.Code(item.Type));
            c.Same(id, "municipality", record.Part("municipality").Text("code"), item.MunicipalityCode);
            c.Same(id, "website", record.Text("website"), item.Website);
            c.Same(id, "note", record.Text("note"), item.Note);
            c.Same(id, "editor_note", record.Text("editor_note"), Field(item, "note")?.Note);
            c.Same(id, "language of the note", item.Note is null ? null : "en", item.NoteLanguage);
            c.Same(id, "verification", record.Text("verification"), Codes<Verification>.Code(item.Verification));
            c.Same(id, "derived", false, item.IsDerived);
            c.Same(id, "steward", null, item.StewardId);
            c.Same(id, "ror_id", record.Text("ror_id"), Key(item, "ror")?.Value);
            c.Same(id, "ror_name", record.Text("ror_name") is { } ror ? record.Texts("ror_city") is { Length: > 0 } place ? $"{ror} ({string.Join(", ", place)})" : ror : null, Key(item, "ror")?.Label);
            c.Same(id, "brin", record.Text("brin"), Key(item, "brin")?.Value);
            c.Same(id, "main_location_rule", record.Text("main_location_rule"), Field(item, "municipality")?.Note);
            c.SameSet(id, "knowledge_city", record.Text("knowledge_city") is { } city ? [register.Find<City>(Cities, city).Id] : [], To(item, RelationKind.BelongsTo));
            c.SameSet(id, "parent and membership", register.Named(record.Text("parent")).Concat(register.Named(record.Text("membership"))).Where(o => o != item.Id), [.. To(item, RelationKind.PartOf), .. To(item, RelationKind.MemberOf)]);
            c.SameSet(id, "sources", register.SourceIds(Institutions, record.Texts("sources")), Sources(item, null));
            CompareFieldVerification(c, record, item, also: []);
            CompareStudents(c, record, item);
        }
        c.Verify(atLeast: 143 * 20);
    }

    [Fact]
    public void Import_OrganisationsKnownByName_AreMarkedAsSuch()
    {
        var c = new Comparison();
        foreach (var record in Starter.Items(Names, "organisations"))
        {
            var (id, item) = (record.Id(), register.Find<Organisation>(Names, record.Id()));
            c.Same(id, "name", record.Text("name"), item.Name);
            c.Same(id, "short_name", record.Text("short_name"), item.ShortName);
            c.SameList(id, "aliases", record.Texts("aliases"), item.Aliases);
            c.Same(id, "type", record.Text("type"), Codes<OrganisationType>.Code(item.Type));
            c.Same(id, "municipality", record.Text("municipality"), item.MunicipalityCode);
            c.Same(id, "derived", true, item.IsDerived);
            c.SameSet(id, "parent", record.Text("parent") is { } parent ? [(TryFind(Names, parent) ?? TryFind(Institutions, parent))!.Id] : [], To(item, RelationKind.PartOf));
        }
        c.Verify(atLeast: 193 * 7);
    }

    [Fact]
    public void Import_DevelopmentCompanies_HoldRegionProvincesAndSources()
    {
        var c = new Comparison();
        foreach (var record in Starter.Items(Cities, "regional_development_companies"))
        {
            var (id, item) = (record.Id(), register.Find<Organisation>(Names, record.Id()));
            var region = register.Db.Areas.Local.Single(a => a.Code == id);
            c.Same(id, "region", record.Text("region"), region.Name);
            c.SameSet(id, "provinces", record.Texts("provinces"), region.Members.Select(m => m.MemberCode));
            c.Same(id, "working area", id, item.WorkingAreaCode);
            c.Same(id, "website", record.Text("website"), item.Website);
            c.Same(id, "verification", record.Text("verification"), Codes<Verification>.Code(item.Verification));
            c.Same(id, "website_verification", record.Text("website_verification"), Field(item, "website")?.Verification is { } v ? Codes<Verification>.Code(v) : null);
            c.Holds(id, "sources", register.SourceIds(Cities, record.Texts("sources")).All(s => Sources(item, null).Contains(s)));
        }
        c.Verify(atLeast: 9 * 7);
    }

    private void CompareBoards(Comparison c, JsonElement record, City city)
    {
        var id = record.Id();
        var company = record.Part("regional_development_company");
        var development = city.Relations.Where(r => r.Kind == RelationKind.DevelopedBy).ToList();
        c.SameSet(id, "regional_development_company", [register.Find<Organisation>(Names, company.Text("id")!).Id], development.Select(r => r.ToId));
        c.Same(id, "its verification", company.Text("verification"), Codes<Verification>.Code(development[0].Verification!.Value));
        c.SameSet(id, "its sources", register.SourceIds(Cities, company.Texts("sources")), development[0].Citations.Select(x => x.SourceId));

        c.SameSet(id, "economic_board", record.Parts("economic_board").SelectMany(b => register.Named(b.Text("name"))), To(city, RelationKind.RepresentedBy));
        foreach (var board in record.Parts("economic_board"))
            foreach (var organisation in register.Named(board.Text("name")))
            {
                var relation = city.Relations.Single(r => r.Kind == RelationKind.RepresentedBy && r.ToId == organisation);
                c.Same(id, "board note", board.Text("note"), relation.Note);
                c.Same(id, "board verification", board.Text("verification"), Codes<Verification>.Code(relation.Verification!.Value));
                c.SameSet(id, "board sources", register.SourceIds(Cities, board.Texts("sources")), relation.Citations.Select(x => x.SourceId));
                c.Same(id, "board website", board.Text("website"), relation.To!.Website);
            }
    }

    private void CompareStudents(Comparison c, JsonElement record, Organisation item)
    {
        var id = record.Id();
        var counts = item.Observations.Where(o => o.IndicatorCode == "STUD_HBO_LOC").ToList();
        if (record.Parts("locations") is not { Length: > 0 } locations)
        {
            c.Same(id, "no students counted", 0, counts.Count);
            return;
        }
        c.SameSet(id, "locations", locations.Select(l => l.Text("code")!).Where(l => l != item.MunicipalityCode), item.OtherLocations.Select(l => l.MunicipalityCode));
        var total = record.Part("students_2024");
        c.SameSet(id, "students_2024",
            locations.Select(l => (l.Text("code"), l.Number("students_2024"), l.Whole("suppressed_cells_2024"))).Append((null, total.Number("value"), total.Whole("suppressed_cells"))),
            counts.Select(o => (o.AreaCode, o.Value, o.SuppressedCells)));
        c.Holds(id, "students of that date and source", counts.All(o => o.ReferencePeriod == total.Text("reference_date") && o.SourceId == register.SourceId(Institutions, total.Text("source")!)));
        c.Holds(id, "bounds of hidden cells", counts.All(o => o.SuppressedCells > 0
            ? o.MinValue == o.Value + o.SuppressedCells && o.MaxValue == o.Value + 4 * o.SuppressedCells && o.ValueType == ValueBasis.ComputedLowerBound
            : o.MinValue is null && o.MaxValue is null && o.ValueType == ValueBasis.Computed));
        c.Holds(id, "a count without value is unknown", counts.All(o => o.Value is null == o.Missing is not null));
    }

    private static void CompareFieldVerification(Comparison c, JsonElement record, RegisterObject item, (string Field, Verification Verification)[] also)
    {
        var said = record.Part("field_verification").EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String).Select(p => (Field: p.Name switch
        {
            "official_name" => "officialName",
            "cbs_code" => "municipality",
            "profile_nl" => "description",
            "economic_board" => "representedBy",
            "regional_development_company" => "developedBy",
            "ror_id" => "ror",
            _ => p.Name,
        }, Code: p.Value.GetString()!));
        c.SameSet(record.Id(), "field_verification", said.Concat(also.Select(a => (a.Field, Codes<Verification>.Code(a.Verification)))),
            item.Provenance.Where(p => p.Verification is not null).Select(p => (p.Field, Codes<Verification>.Code(p.Verification!.Value))));
    }

    private Organisation? TryFind(string file, string id) =>
        register.Objects.OfType<Organisation>().SingleOrDefault(o => o.ExternalKeys.Any(k => k.Scheme == file && k.Value == id));

    private static IEnumerable<Guid> Sources(RegisterObject item, string? field) => item.Citations.Where(x => x.Field == field).Select(x => x.SourceId);

    private static IEnumerable<Guid> To(RegisterObject item, RelationKind kind) => item.Relations.Where(r => r.Kind == kind).Select(r => r.ToId);

    private static ExternalKey? Key(RegisterObject item, string scheme) => item.ExternalKeys.SingleOrDefault(k => k.Scheme == scheme);

    private static FieldProvenance? Field(RegisterObject item, string field) => item.Provenance.SingleOrDefault(p => p.Field == field);
}
