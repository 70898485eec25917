using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.StarterData;

/// <summary>Organisations that the files know by name only, matched by the reviewed names of organisation-names.json.</summary>
internal sealed partial class StarterMapping
{
    private const string NetworkName = "Netwerk Kennissteden Nederland (NKN)";
    private readonly Dictionary<string, List<Organisation>> _byName = new(StringComparer.Ordinal);

    private void MapOrganisationNames()
    {
        var parents = new List<(StarterRecord, Organisation, string?)>();
        foreach (var record in _files.Records(NamesFile, "organisations", "id"))
        {
            var name = record.Text("name");
            var organisation = new Organisation
            {
                Id = NewId<Organisation>(record.Id),
                Slug = SlugText.From(name),
                Name = name,
                ShortName = record.TextOrNull("short_name", RegisterObject.ShortTextMaxLength),
                Aliases = record.List("aliases"),
                Type = record.Vocabulary<OrganisationType>("type"),
                MunicipalityCode = record.TextOrNull("municipality"),
                Website = record.TextOrNull("website", RegisterObject.WebsiteMaxLength),
                Note = record.TextOrNull("note", RegisterObject.NoteMaxLength),
                IsDerived = true,
                Verification = Verification.GeneralKnowledge,
            };
            AddObject(record, organisation);
            EditorNote(record, organisation);
            parents.Add((record, organisation, record.TextOrNull("parent")));
            record.Done();
            if (_rows.All<City>().FirstOrDefault(c => c.MunicipalityCode is not null && string.Equals(c.MunicipalityCode, organisation.MunicipalityCode, StringComparison.Ordinal)) is { } city)
                Relate(RelationKind.BelongsTo, organisation, city);
        }
        foreach (var (record, organisation, parent) in parents) Relate(RelationKind.PartOf, organisation, Object<Organisation>(record, parent));

        foreach (var record in _files.Records(NamesFile, "names", "name"))
        {
            _byName[record.Id] = [.. record.List("organisations").Select(id => Object<Organisation>(record, id)).OfType<Organisation>()];
            record.Repeats("note");
            record.Done();
        }

        foreach (var (record, institution, parent, membership) in _parents)
        {
            foreach (var organisation in parent is null ? [] : Organisations(record, "parent", parent))
            {
                // A federation stands as parent in the file, but one is a member of it.
                var kind = organisation.Type is OrganisationType.Association or OrganisationType.Network ? RelationKind.MemberOf : RelationKind.PartOf;
                Relate(kind, institution, organisation, parent);
            }
            foreach (var organisation in membership is null ? [] : Organisations(record, "membership", membership))
                Relate(RelationKind.MemberOf, institution, organisation, membership);
        }
    }

    /// <summary>The organisations a name stands for; none, and a line in the report, when it names nobody we know.</summary>
    private List<Organisation> Organisations(StarterRecord record, string field, string name)
    {
        var found = _byName.GetValueOrDefault(name, []);
        if (found.Count == 0) _rows.Unresolved.Add($"{record.File} · {record.Id}: {field} '{name}' is geen bekende organisatie");
        return found;
    }

    private void MapBoardsAndDevelopmentCompanies()
    {
        foreach (var record in _files.Records(CitiesFile, "regional_development_companies", "id"))
        {
            var organisation = Object<Organisation>(record, record.Id);
            var region = new Area { Code = record.Id, Kind = AreaKind.RomRegion, Name = record.Text("region"), ParentCode = Country, Verification = record.Vocabulary<Verification>("verification") };
            if (!_rows.Add(region.Code, region)) record.Refuse($"het gebied '{region.Code}' bestaat al");
            foreach (var province in record.List("provinces"))
            {
                if (_rows.Find<Area>(province) is null) record.Refuse($"onbekende provincie '{province}'");
                _rows.Add($"{region.Code}|{province}", new AreaMember { RegionCode = region.Code, MemberCode = province });
            }
            if (organisation is not null)
            {
                Describe(record, organisation, region.Code);
                CiteObject(record, record.List("sources"), organisation);
                Provenance(organisation, "website", record.VocabularyOrNull<Verification>("website_verification"));
            }
            record.Repeats("name");
            record.Done();
        }

        foreach (var record in _files.Records(CitiesFile, "cities", "id"))
        {
            var city = Object<City>(record, record.Id);
            var company = record.Part("regional_development_company");
            company.Repeats("name");
            var development = Relate(RelationKind.DevelopedBy, city, Object<Organisation>(company, company.Text("id")), null, company.Vocabulary<Verification>("verification"));
            CiteRelation(company, company.List("sources"), development);
            company.Done();
            foreach (var board in record.Parts("economic_board")) MapBoard(board, city);
        }
        MapNetwork();
    }

    private void MapBoard(StarterRecord board, City? city)
    {
        var (name, regionName) = (board.Text("name"), board.Text("region"));
        var verification = board.Vocabulary<Verification>("verification");
        var code = $"regio-{SlugText.From(regionName)}";
        _rows.Add(code, new Area { Code = code, Kind = AreaKind.BoardRegion, Name = regionName, ParentCode = Country, Verification = verification });
        var (note, sources) = (board.TextOrNull("note", Relation.NoteMaxLength), board.List("sources"));
        foreach (var organisation in Organisations(board, "economic_board", name))
        {
            Describe(board, organisation, code);
            CiteObject(board, sources, organisation);
            var relation = Relate(RelationKind.RepresentedBy, city, organisation, name, verification, note);
            if (relation?.Note is not null) relation.NoteLanguage = "en";
            CiteRelation(board, sources, relation);
        }
        board.Done();
    }

    private static void Describe(StarterRecord record, Organisation organisation, string region)
    {
        organisation.WorkingAreaCode ??= region;
        // The verification that comes along is that of this address.
        organisation.Website = record.TextOrNull("website", RegisterObject.WebsiteMaxLength) ?? organisation.Website;
        organisation.Verification = record.Vocabulary<Verification>("verification");
    }

    /// <summary>What cities.json says of the network itself.</summary>
    private void MapNetwork()
    {
        var network = _files.Whole(CitiesFile, "meta").Part("network");
        var organisation = Organisations(network, "network", NetworkName).FirstOrDefault();
        if (organisation is null) return;
        organisation.Website ??= network.TextOrNull("website", RegisterObject.WebsiteMaxLength);
        organisation.Verification = network.Vocabulary<Verification>("verification");
        (organisation.Note, organisation.NoteLanguage) = (FormattableString.Invariant($"Founded in {network.WholeOrNull("founded")}; {network.WholeOrNull("members")} members: {network.Text("composition")}. {network.TextOrNull("note")}"), "en");
        CiteObject(network, network.List("sources"), organisation);
        network.Repeats("name", "abbreviation", "website");
        network.Done();
    }
}
