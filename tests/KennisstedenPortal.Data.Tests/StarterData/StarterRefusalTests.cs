using System.Text.Json.Nodes;
using KennisstedenPortal.Data.StarterData;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.StarterData;

/// <summary>An import with one thing wrong in the files names it and writes nothing.</summary>
public sealed class StarterRefusalTests(TestServer server)
{
    private const string Campuses = "campuses.json", Facilities = "facilities.json", Cities = "cities.json", Campus = "high-tech-campus-eindhoven", Facility = "samxl";

    /// <param name="File">File that the problem names.</param>
    /// <param name="Record">Record that the problem names; null where it has no name to go by.</param>
    /// <param name="Reason">Part of the reason that the problem gives.</param>
    private sealed record Break(string File, string? Record, string Reason, Action<StarterFolder> Do);

    private static readonly Dictionary<string, Break> Breaks = new(StringComparer.Ordinal)
    {
        ["bad JSON"] = new(Campuses, "regel 3", "geen geldige JSON", f => File.WriteAllText(f.Of(Campuses), "{\n\"items\": [\n{]\n")),
        ["not an object"] = new(Campuses, "regel 1", "geen geldige JSON", f => File.WriteAllText(f.Of(Campuses), "[]")),
        ["empty file"] = new(Campuses, "regel 1", "geen geldige JSON", f => File.WriteAllText(f.Of(Campuses), "")),
        ["missing file"] = new(Campuses, "bestand", "ontbreekt", f => File.Delete(f.Of(Campuses))),
        ["missing list"] = new(Campuses, "items", "ontbreekt", f => f.Edit(Campuses, r => r.Remove("items"))),
        ["list of another type"] = new(Campuses, "items", "ontbreekt", f => f.Edit(Campuses, r => r["items"] = "geen")),
        ["record that is none"] = new(Campuses, "items 38", "is geen record", f => f.Edit(Campuses, r => r["items"]!.AsArray().Add("los"))),
        ["missing id"] = new(Campuses, "items 1", "'id' ontbreekt", f => f.Edit(Campuses, r => r["items"]![0]!.AsObject().Remove("id"))),
        ["double id"] = new(Campuses, Campus, "komt twee keer voor", f => f.Edit(Campuses, r => r["items"]!.AsArray().Add(r.Record(Campus).DeepClone()))),
        ["id that cannot be an address"] = new(Facilities, "Sam XL", "kan geen adres zijn", f => f.Edit(Facilities, r => r.Record(Facility)["id"] = "Sam XL")),
        ["id that is the address of a page"] = new("rd-concentrations.json", "nabijheid", "is een pagina van het portaal", f => f.Edit("rd-concentrations.json", r => r.Record("asml-veldhoven")["id"] = "nabijheid")),
        ["unknown theme"] = new(Campuses, Campus, "onbekend thema 'ts-kelder'", f => f.Edit(Campuses, r => r.Record(Campus)["theme_codes"]!.AsArray().Add("ts-kelder"))),
        ["unknown theme of a specialisation"] = new("specialisations.json", "spec-amsterdam-ts-ict", "onbekend thema 'ts-kelder'", f => f.Edit("specialisations.json", r => r.Record("spec-amsterdam-ts-ict")["theme_code"] = "ts-kelder")),
        ["theme without entry theme"] = new("themes.json", "ts-ict", "instapthema", f => f.Edit("entry-themes.json", r => r["mappings"]!.AsArray().Remove(r.Record("ts-ict", "mappings", "from_code")))),
        ["coordinate outside the country"] = new(Campuses, Campus, "buiten Nederland", f => f.Edit(Campuses, r => r.Record(Campus)["lat"] = 48.85)),
        ["coordinates turned around"] = new(Campuses, Campus, "buiten Nederland", f => f.Edit(Campuses, r => (r.Record(Campus)["lat"], r.Record(Campus)["lon"]) = (5.459, 51.411))),
        ["missing coordinate"] = new(Campuses, Campus, "'lat' ontbreekt", f => f.Edit(Campuses, r => r.Record(Campus)["lat"] = null)),
        ["city outside the country"] = new(Cities, "delft › marker_point", "buiten Nederland", f => f.Edit(Cities, r => r.Record("delft", "cities")["marker_point"]!["lon"] = 13.4)),
        ["unknown source"] = new(Campuses, Campus, "onbekende bron 'roddel'", f => f.Edit(Campuses, r => r.Record(Campus)["sources"]!.AsArray().Add("roddel"))),
        ["unknown source of a claim"] = new("indicators.json", "claim-stud-1976", "onbekende bron 'roddel'", f => f.Edit("indicators.json", r => r.Record("claim-stud-1976", "document_claims")["reference"]!["source"] = "roddel")),
        ["missing name"] = new(Campuses, Campus, "'name' ontbreekt", f => f.Edit(Campuses, r => r.Record(Campus).Remove("name"))),
        ["empty name"] = new(Campuses, Campus, "'name' ontbreekt", f => f.Edit(Campuses, r => r.Record(Campus)["name"] = "  ")),
        ["name too long"] = new(Campuses, Campus, "'name'", f => f.Edit(Campuses, r => r.Record(Campus)["name"] = new string('a', 201))),
        ["note too long"] = new(Campuses, Campus, "'note' is langer dan 4000", f => f.Edit(Campuses, r => r.Record(Campus)["note"] = new string('a', 4001))),
        ["unknown property"] = new(Campuses, Campus, "onbekend veld 'parking'", f => f.Edit(Campuses, r => r.Record(Campus)["parking"] = 12)),
        ["unknown property of a part"] = new(Cities, "delft › population", "onbekend veld 'trend'", f => f.Edit(Cities, r => r.Record("delft", "cities")["population"]!["trend"] = "up")),
        ["unknown property of a municipality"] = new("institutions.json", "uni-uva › municipality", "onbekend veld 'since'", f => f.Edit("institutions.json", r => r.Record("uni-uva", "institutions")["municipality"]!["since"] = 1632)),
        ["unknown city"] = new(Campuses, Campus, "geen kennisstad", f => f.Edit(Campuses, r => r.Record(Campus)["knowledge_city"] = "GM0034")),
        ["unknown municipality"] = new(Campuses, Campus, "onbekende gemeente 'GM9999'", f => f.Edit(Campuses, r => r.Record(Campus)["city"] = "GM9999")),
        ["unknown host"] = new(Facilities, Facility, "onbekende campus 'kelder'", f => f.Edit(Facilities, r => r.Record(Facility)["host_campus"] = "kelder")),
        ["unknown value of a vocabulary"] = new(Campuses, Campus, "'phase' heeft een onbekende waarde: oud", f => f.Edit(Campuses, r => r.Record(Campus)["phase"] = "oud")),
        ["unknown relation"] = new(Campuses, Campus, "'relation' heeft een onbekende waarde: naast", f => f.Edit(Campuses, r => r.Record(Campus)["relation"] = "naast")),
        ["unknown verification"] = new(Campuses, Campus, "'verification' heeft een onbekende waarde", f => f.Edit(Campuses, r => r.Record(Campus)["verification"] = "zeker")),
        ["verification of an unknown field"] = new(Campuses, Campus, "verificatie van een onbekend veld 'parking'", f => f.Edit(Campuses, r => r.Record(Campus)["verified_fields"]!.AsArray().Add("parking"))),
        ["NUL in a text"] = new(Campuses, Campus, "'note' bevat een nulteken", f => f.Edit(Campuses, r => r.Record(Campus)["note"] = "a\0b")),
        ["NUL in a list of texts"] = new(Campuses, Campus, "'aliases'", f => f.Edit(Campuses, r => r.Record(Campus)["aliases"]!.AsArray().Add("a\0b"))),
        ["NUL in an id"] = new("sources.json", null, "nulteken", f => f.Edit("sources.json", r => r["items"]!.AsArray().Add(Source("a\0b", "https://voorbeeld.nl/1")))),
        ["half a character"] = new(Campuses, Campus, "'note' bevat ongeldige tekens", f => HalfCharacter(f, "note")),
        ["half a character in a list of texts"] = new(Campuses, Campus, "'aliases'", f => HalfCharacter(f, "aliases")),
        ["text of another type"] = new(Campuses, Campus, "'name' is geen tekst", f => f.Edit(Campuses, r => r.Record(Campus)["name"] = 12)),
        ["number of another type"] = new(Campuses, Campus, "'founded_year' is geen geheel getal", f => f.Edit(Campuses, r => r.Record(Campus)["founded_year"] = "1998")),
        ["number that is not whole"] = new(Campuses, Campus, "'founded_year' is geen geheel getal", f => f.Edit(Campuses, r => r.Record(Campus)["founded_year"] = 1998.5)),
        ["number beyond every number"] = new(Campuses, Campus, "'lat' is geen getal", f => Replace(f, Campuses, "\"lat\":51.411", "\"lat\":1e999")),
        ["yes or no of another type"] = new(Campuses, Campus, "'nco_member' is geen ja/nee", f => f.Edit(Campuses, r => r.Record(Campus)["nco_member"] = "ja")),
        ["list of texts of another type"] = new(Campuses, Campus, "'aliases' is geen lijst van teksten", f => f.Edit(Campuses, r => r.Record(Campus)["aliases"] = "HTCE")),
        ["part of another type"] = new(Cities, "delft › population", "is geen record", f => f.Edit(Cities, r => r.Record("delft", "cities")["population"] = 100)),
        ["sources of another type"] = new(Cities, null, "", f => f.Edit(Cities, r => r["sources"] = new JsonArray())),
        ["population that differs"] = new(Cities, "delft", "inwonertal wijkt af", f => f.Edit(Cities, r => r.Record("delft", "cities")["population"]!["value"] = 1)),
        ["province that differs"] = new(Cities, "delft", "de provincie wijkt af", f => f.Edit(Cities, r => r.Record("delft", "cities")["province"]!["code"] = "PV27")),
        ["neighbour that is none"] = new(Cities, "delft", "geen buurgemeente", f => f.Edit(Cities, r => r.Record("delft", "cities")["neighbours"]![0]!["code"] = "GM0014")),
        ["neighbours one way only"] = new("gemeente-buren-2023.json", "neighbours", "niet andersom", f => f.Edit("gemeente-buren-2023.json", r => r["neighbours"]!["GM0014"]!.AsArray().Add("GM0503"))),
        ["neighbour of another type"] = new("gemeente-buren-2023.json", null, "", f => f.Edit("gemeente-buren-2023.json", r => r["neighbours"]!["GM0014"]!.AsArray().Add(12))),
        ["boundaries without areas"] = new("gemeenten-2023.geojson", null, "ontbreekt", f => f.Edit("gemeenten-2023.geojson", r => r.Remove("features"))),
        ["boundary of another type"] = new("gemeenten-2023.geojson", "GM0014", "Polygon", f => f.Edit("gemeenten-2023.geojson", r => Area(r, "GM0014")["geometry"]!["type"] = "Point")),
        ["boundary outside the country"] = new("gemeenten-2023.geojson", "GM0014", "loopt buiten Nederland", f => f.Edit("gemeenten-2023.geojson", r => Area(r, "GM0014")["geometry"] = new JsonObject { ["type"] = "Polygon", ["coordinates"] = JsonNode.Parse("[[[13,52],[14,52],[14,53],[13,52]]]") })),
        ["corop of another type"] = new("gemeenten-2023.geojson", "GM0014", "'corop' is geen tekst", f => f.Edit("gemeenten-2023.geojson", r => Area(r, "GM0014")["properties"]!["corop"] = 3)),
        ["unknown indicator"] = new("indicators.json", "observations 1", "onbekende indicator 'GELUK'", f => f.Edit("indicators.json", r => r["observations"]![0]!["indicator"] = "GELUK")),
        ["double observation"] = new("indicators.json", "observations 264", "twee keer", f => f.Edit("indicators.json", r => r["observations"]!.AsArray().Add(r["observations"]![0]!.DeepClone()))),
        ["date that is none"] = new("indicators.json", "observations 1", "geen datum of jaar", f => f.Edit("indicators.json", r => r["observations"]![0]!["reference_date"] = "2023-13-01")),
        ["action that ends before it begins"] = new("agenda.json", "actie-01", "eindigt voordat zij begint", f => f.Edit("agenda.json", r => r.Record("actie-01", "actions")["due"] = "2020-01-01")),
        ["unknown element of the agenda"] = new("agenda.json", "actie-01", "onbekend element van de agenda 'vraag-9'", f => f.Edit("agenda.json", r => r.Record("actie-01", "actions")["asks"]!.AsArray().Add("vraag-9"))),
    };

    public static TheoryData<string> Cases => [.. Breaks.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Import_OneThingWrong_NamesItAndWritesNothing(string broken)
    {
        var expected = Breaks[broken];
        await using var database = await server.EmptyAsync();
        using var folder = new StarterFolder();
        expected.Do(folder);

        var import = () => database.Importer.ImportAsync(folder.Path);

        var refusal = (await import.Should().ThrowAsync<StarterDataException>()).Which;
        refusal.Problems.Should().Contain(p => p.File == expected.File && (expected.Record == null || p.Record == expected.Record) && p.Reason.Contains(expected.Reason));
        refusal.Message.Should().Contain(expected.File).And.Contain("er is niets geschreven");
        await ShouldBeEmptyAsync(database);
    }

    [Fact]
    public async Task Import_FolderThatDoesNotExist_NamesTheFilesAndWritesNothing()
    {
        await using var database = await server.EmptyAsync();

        var import = () => database.Importer.ImportAsync(Path.Combine(Path.GetTempPath(), $"bestaat-niet-{Guid.NewGuid():N}"));

        (await import.Should().ThrowAsync<StarterDataException>()).Which.Problems.Should().Contain(p => p.File == Campuses && p.Reason == "ontbreekt");
        await ShouldBeEmptyAsync(database);
    }

    [Fact]
    public async Task Import_SeveralThingsWrong_NamesAllOfThem()
    {
        await using var database = await server.EmptyAsync();
        using var folder = new StarterFolder();
        folder.Edit(Campuses, r => r.Record(Campus).Remove("name"));
        folder.Edit(Facilities, r => r.Record(Facility)["host_campus"] = "kelder");
        folder.Edit("agenda.json", r => r.Record("actie-01", "actions")["theme_codes"]!.AsArray().Add("ts-kelder"));

        var import = () => database.Importer.ImportAsync(folder.Path);

        (await import.Should().ThrowAsync<StarterDataException>()).Which.Problems.Select(p => (p.File, p.Record))
            .Should().Contain([(Campuses, Campus), (Facilities, Facility), ("agenda.json", "actie-01")]);
        await ShouldBeEmptyAsync(database);
    }

    private static JsonObject Area(JsonObject root, string code) =>
        root["features"]!.AsArray().Select(n => n!.AsObject()).Single(o => (string?)o["properties"]!["code"] == code);

    private static JsonObject Source(string id, string url) => new() { ["id"] = id, ["url"] = url, ["title"] = "Bron", ["date"] = null, ["kind"] = "webpagina", ["times_cited"] = 0 };

    private static void Replace(StarterFolder folder, string file, string old, string now)
    {
        folder.Edit(file, _ => { });
        var text = File.ReadAllText(folder.Of(file));
        text.Should().Contain(old);
        File.WriteAllText(folder.Of(file), text.Replace(old, now, StringComparison.Ordinal));
    }

    private static void HalfCharacter(StarterFolder folder, string property)
    {
        const string mark = "hier-staat-een-half-teken";
        folder.Edit(Campuses, r => r.Record(Campus)[property] = property == "aliases" ? new JsonArray(mark) : mark);
        File.WriteAllText(folder.Of(Campuses), File.ReadAllText(folder.Of(Campuses)).Replace(mark, "a\\ud83db", StringComparison.Ordinal));
    }

    private static async Task ShouldBeEmptyAsync(TestDatabase database)
    {
        await using var db = database.CreateDbContext();
        // Of the derived ones two say by which statement and rules they were built.
        var tables = db.Model.GetEntityTypes().Select(e => e.GetTableName()!).Distinct(StringComparer.Ordinal).Except(["search_build", "action_total"], StringComparer.Ordinal).ToList();
        tables.Should().HaveCountGreaterThan(20);
        (await database.ScalarAsync<string>($"select coalesce(string_agg(t, ', '), 'none') from ({string.Join(" union all ", tables.Select(t => $"(select '{t}' as t from {t} limit 1)"))}) filled")).Should().Be("none");
    }
}
