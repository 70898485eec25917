using System.Collections.Frozen;
using System.Text.Json.Nodes;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Provenance;

namespace KennisstedenPortal.Domain.Registry;

/// <summary>Everything the portal needs to know about a kind of object; routes, lists, history and import follow from it.</summary>
/// <param name="Code">Discriminator in the database and in permanent addresses.</param>
/// <param name="Path">Dutch path of its list, of one part or more; a detail stands at <c>/{Path}/{slug}</c>.</param>
/// <param name="ReviewEvery">Months after which a confirmed object must be confirmed again.</param>
public sealed record ObjectKind(string Code, Type Type, string Path, Text Singular, Text Plural, int ReviewEvery, IReadOnlyList<FieldDefinition> Fields)
{
    /// <summary>A new object of the kind with its identity, address and name.</summary>
    public required Func<Guid, string, string, RegisterObject> Create { get; init; }

    /// <summary>In one sentence, what belongs in this list and what does not; shown to who adds one.</summary>
    public required Text Criteria { get; init; }

    /// <summary>The last part of the path, which names the kind in addresses of working pages and in query strings.</summary>
    public string Segment { get; } = Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>What the number of an object is put behind to make its slug (<c>va-</c>, <c>va-001</c>); the slug never changes. Null: the slug follows from the name.</summary>
    public string? NumberedAs { get; init; }

    /// <summary>The fields by name, for labels in history and provenance.</summary>
    public FrozenDictionary<string, FieldDefinition> FieldsByName { get; } = Fields.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);

    /// <summary>Pages of their own under the path of the list. An object with such a slug could never be reached; none may have it.</summary>
    public FrozenSet<string> ReservedSlugs { get; init; } = [];
}

/// <summary>The slug is the address of a page of the portal itself.</summary>
public sealed class SlugIsReservedException(ObjectKind kind, string slug) : Exception($"The address /{kind.Path}/{slug} is a page of the portal; an object can't have it.");

/// <summary>The one list of kinds. A new kind is: an entity, an entry here, its facts, its form, one migration.</summary>
public static partial class KindRegistry
{
    public static IReadOnlyList<ObjectKind> All { get; } =
    [
        Kind<City>("city", "kennissteden", new("Kennisstad", "Knowledge city"), new("Kennissteden", "Knowledge cities"), 12,
            (id, slug, name) => new City { Id = id, Slug = slug, Name = name },
            new("Een gemeente die lid is van het Netwerk Kennissteden.", "A municipality that is a member of the network of knowledge cities."),
            Line<City>("officialName", new("Officiële naam", "Official name"), c => c.OfficialName, (c, v) => c.OfficialName = v, RegisterObject.NameMaxLength, searched: true,
                help: new("Alleen als die anders is dan de naam, zoals 's-Gravenhage.", "Only where it differs from the name, such as 's-Gravenhage.")),
            Flag<City>("networkMember", new("Lid van het netwerk", "Member of the network"), c => c.IsNetworkMember, (c, v) => c.IsNetworkMember = v) with { Needs = Right.AssignSteward },
            Flag<City>("foundingMember", new("Oprichter (2009)", "Founding member (2009)"), c => c.IsFoundingMember, (c, v) => c.IsFoundingMember = v) with { Needs = Right.AssignSteward },
            Flag<City>("fourEyes", new("Vier ogen", "Four eyes"), c => c.HasFourEyes, (c, v) => c.HasFourEyes = v) with
            {
                Group = FieldGroup.Keeping,
                Help = new("Elke wijziging aan wat de gemeente bijhoudt, wacht tot een collega haar goedkeurt.", "Every change to what the municipality keeps waits until a colleague approves it."),
            }),
        Kind<Campus>("campus", "campussen", new("Campus", "Campus"), new("Campussen", "Campuses"), 12,
            (id, slug, name) => new Campus { Id = id, Slug = slug, Name = name },
            new("Een gebied waar kennisinstellingen en bedrijven bij elkaar zitten en samenwerken, met een eigen naam en een organisatie die het beheert.", "An area where knowledge institutions and companies sit and work together, with a name of its own and an organisation that manages it."),
            Line<Campus>("campusType", new("Soort campus", "Type of campus"), c => c.CampusType, (c, v) => c.CampusType = v, RegisterObject.ShortTextMaxLength, searched: true,
                help: new("Bijvoorbeeld science park of universiteitscampus.", "For example science park or university campus.")),
            Choice<Campus, CampusPhase>("phase", new("Fase", "Phase"), c => c.Phase, (c, v) => c.Phase = v,
                help: new("Volgens secundaire bronnen; kan verouderd zijn.", "From secondary sources; may be out of date.")),
            Year<Campus>("foundedYear", new("Gestart in", "Founded in"), c => c.FoundedYear, (c, v) => c.FoundedYear = v),
            Flag<Campus>("ncoMember", new("Lid van het Nationaal Campussen Overleg", "Member of the National Campus Consultation (NCO)"), c => c.IsNcoMember, (c, v) => c.IsNcoMember = v)),
        Kind<InnovationDistrict>("innovation-district", "innovatiedistricten", new("Innovatiedistrict", "Innovation district"), new("Innovatiedistricten", "Innovation districts"), 12,
            (id, slug, name) => new InnovationDistrict { Id = id, Slug = slug, Name = name },
            new("Een stadsdeel of kenniskwartier waar wonen, werken, leren en vernieuwen samengaan.", "A quarter of a city where living, working, learning and innovating go together."),
            Line<InnovationDistrict>("districtType", new("Soort gebied", "Type of area"), d => d.DistrictType, (d, v) => d.DistrictType = v, RegisterObject.ShortTextMaxLength, searched: true),
            Choice<InnovationDistrict, DistrictStatus>("status", new("Status", "Status"), d => d.Status, (d, v) => d.Status = v),
            Year<InnovationDistrict>("startYear", new("Gestart in", "Started in"), d => d.StartYear, (d, v) => d.StartYear = v)),
        Kind<RdConcentration>("rd-concentration", "rd-concentraties", new("R&D-concentratie", "R&D concentration"), new("R&D-concentraties", "R&D concentrations"), 24,
            (id, slug, name) => new RdConcentration { Id = id, Slug = slug, Name = name },
            new("Eén plek waar een bedrijf of instelling op grote schaal onderzoek en ontwikkeling doet.", "One site where a company or institution does research and development on a large scale."),
            Choice<RdConcentration, Sector>("sector", new("Sector", "Sector"), r => r.Sector, (r, v) => r.Sector = v))
            with { ReservedSlugs = FrozenSet.Create(StringComparer.Ordinal, "nabijheid") },
        Kind<Facility>("facility", "faciliteiten", new("Faciliteit", "Facility"), new("Faciliteiten", "Facilities"), 12,
            (id, slug, name) => new Facility { Id = id, Slug = slug, Name = name },
            new("Een lab, proeffabriek, testplek of broedplaats die ook anderen dan de eigenaar kunnen gebruiken, of die van belang is voor het hele land.", "A lab, pilot plant, test site or incubator that others than its owner can use, or that matters to the whole country."),
            Choice<Facility, FacilitySort>("sort", new("Soort", "Type"), f => f.Sort, (f, v) => f.Sort = v ?? default) with { IsRequired = true },
            Choice<Facility, FacilityAccess>("access", new("Toegang", "Access"), f => f.Access, (f, v) => f.Access = v,
                help: new("Ingedeeld door de redactie op grond van de omschrijving.", "Coded by the editors from the description.")),
            Line<Facility>("accessDescription", new("Toegang volgens de bron", "Access according to the source"), f => f.AccessDescription, (f, v) => f.AccessDescription = v, RegisterObject.ShortTextMaxLength, searched: true,
                help: new("Wie kan er terecht, en hoe?", "Who can use it, and how?")),
            Year<Facility>("openedYear", new("Geopend in", "Opened in"), f => f.OpenedYear, (f, v) => f.OpenedYear = v)),
        Kind<Organisation>("organisation", "organisaties", new("Organisatie", "Organisation"), new("Organisaties", "Organisations"), 24,
            (id, slug, name) => new Organisation { Id = id, Slug = slug, Name = name, Type = OrganisationType.Other },
            new("Een organisatie die in een van de andere lijsten of in de agenda een rol heeft.", "An organisation that has a role in one of the other lists or in the agenda."),
            Choice<Organisation, OrganisationType>("type", new("Soort", "Type"), o => o.Type, (o, v) => o.Type = v ?? OrganisationType.Other) with { IsRequired = true },
            Line<Organisation>("shortName", new("Afkorting", "Short name"), o => o.ShortName, (o, v) => o.ShortName = v, RegisterObject.ShortTextMaxLength),
            Of<Organisation>("workingArea", new("Werkgebied", "Working area"), o => o.WorkingAreaCode, (o, v) => o.WorkingAreaCode = Json.Text(v)) with { Input = FieldInput.Area, Group = FieldGroup.Place },
            Flag<Organisation>("derived", new("Alleen bij naam bekend", "Known by name only"), o => o.IsDerived, (o, v) => o.IsDerived = v) with { Needs = Right.AssignSteward, Group = FieldGroup.Keeping }),
        Kind<Programme>("programme", "programmas", new("Programma", "Programme"), new("Programma's", "Programmes"), 24,
            (id, slug, name) => new Programme { Id = id, Slug = slug, Name = name },
            new("Een fonds of beleid van het Rijk waarop objecten en acties kunnen rusten.", "A fund or policy of the national government on which objects and actions can rest."),
            Choice<Programme, ProgrammeSort>("sort", new("Soort", "Type"), p => p.Sort, (p, v) => p.Sort = v)),
        ActionKind with { NumberedAs = "va-" },
        DocumentKind,
        MeetingKind,
    ];

    private static readonly FrozenDictionary<Type, ObjectKind> ByType = All.ToFrozenDictionary(k => k.Type);
    private static readonly FrozenDictionary<string, ObjectKind> ByPath = All.ToFrozenDictionary(k => k.Path, StringComparer.Ordinal);
    private static readonly FrozenDictionary<string, ObjectKind> BySegment = All.ToFrozenDictionary(k => k.Segment, StringComparer.Ordinal);
    private static readonly FrozenDictionary<string, ObjectKind> ByCode = All.ToFrozenDictionary(k => k.Code, StringComparer.Ordinal);

    public static ObjectKind Of(RegisterObject item) => ByType[item.GetType()];
    public static ObjectKind Of<T>() where T : RegisterObject => ByType[typeof(T)];
    public static ObjectKind OfCode(string code) => ByCode[code];
    public static ObjectKind? FindByCode(string? code) => ByCode.GetValueOrDefault(code ?? "");
    public static ObjectKind? FindByPath(string? path) => ByPath.GetValueOrDefault(path ?? "");
    /// <summary>By the last part of its path (<see cref="ObjectKind.Segment"/>).</summary>
    public static ObjectKind? FindBySegment(string? segment) => BySegment.GetValueOrDefault(segment ?? "");

    /// <param name="own">One with the name of a common field takes its place.</param>
    private static ObjectKind Kind<T>(string code, string path, Text singular, Text plural, int reviewEvery, Func<Guid, string, string, RegisterObject> create, Text criteria, params FieldDefinition[] own) where T : RegisterObject =>
        new(code, typeof(T), path, singular, plural, reviewEvery, [.. Common.Select(c => Array.Find(own, o => o.Name == c.Name) ?? c), .. own.Where(o => Array.TrueForAll(Common, c => c.Name != o.Name))]) { Create = create, Criteria = criteria };

    private static FieldDefinition Of<T>(string name, Text label, Func<T, object?> read, Action<T, JsonNode?> write, int? maxLength = null, Text? help = null, bool searched = false) where T : RegisterObject =>
        new(name, label, o => read((T)o), maxLength, help, searched) { Write = (o, v) => write((T)o, v) };

    private static FieldDefinition Line<T>(string name, Text label, Func<T, string?> read, Action<T, string?> write, int maxLength, Text? help = null, bool searched = false) where T : RegisterObject =>
        Of<T>(name, label, read, (o, v) => write(o, Json.Text(v)), maxLength, help, searched) with { Input = FieldInput.Line };

    private static FieldDefinition Year<T>(string name, Text label, Func<T, int?> read, Action<T, int?> write) where T : RegisterObject =>
        Of<T>(name, label, o => read(o), (o, v) => write(o, Json.Whole(v))) with { Input = FieldInput.Year };

    private static FieldDefinition Paragraphs<T>(string name, Text label, Func<T, string?> read, Action<T, string?> write, int maxLength, Text? help = null, bool searched = false) where T : RegisterObject =>
        Line(name, label, read, write, maxLength, help, searched) with { Input = FieldInput.Paragraphs };

    private static FieldDefinition Day<T>(string name, Text label, Func<T, DateOnly?> read, Action<T, DateOnly?> write, Text? help = null) where T : RegisterObject =>
        Of<T>(name, label, o => read(o), (o, v) => write(o, DayText.Parse(Json.Text(v))), help: help) with { Input = FieldInput.Day };

    private static FieldDefinition Amount<T>(string name, Text label, Func<T, decimal?> read, Action<T, decimal?> write, Text? help = null) where T : RegisterObject =>
        Of<T>(name, label, o => read(o), (o, v) => write(o, Json.Number(v) ?? AmountText.Parse(Json.Text(v))), help: help) with { Input = FieldInput.Amount, Group = FieldGroup.Funding };

    private static FieldDefinition Flag<T>(string name, Text label, Func<T, bool> read, Action<T, bool> write) where T : RegisterObject =>
        Of<T>(name, label, o => read(o), (o, v) => write(o, Json.Flag(v) ?? false)) with { Input = FieldInput.Flag };

    private static FieldDefinition Choice<T, TValue>(string name, Text label, Func<T, TValue?> read, Action<T, TValue?> write, Text? help = null) where T : RegisterObject where TValue : struct, Enum =>
        Of<T>(name, label, o => read(o), (o, v) => write(o, Json.Code<TValue>(v)), help: help) with
        {
            Input = FieldInput.Choice,
            Options = [.. Codes<TValue>.All.Select(c => (Codes<TValue>.Code(c), Codes<TValue>.Label(c)))],
        };

    private static List<string> Texts(JsonNode? value) => value is JsonArray items ? [.. items.Select(Json.Text).OfType<string>().Select(t => t.Trim()).Distinct(StringComparer.Ordinal)] : [];

    private static FieldDefinition[] Common =>
    [
        Line<RegisterObject>("name", new("Naam", "Name"), o => o.Name, (o, v) => o.Name = v ?? o.Name, RegisterObject.NameMaxLength) with { IsRequired = true, Group = FieldGroup.Description },
        Line<RegisterObject>("nameEnglish", new("Engelse naam", "English name"), o => o.NameEnglish, (o, v) => o.NameEnglish = v, RegisterObject.NameMaxLength) with { Group = FieldGroup.Description },
        Of<RegisterObject>("aliases", new("Ook bekend als", "Also known as"), o => o.Aliases, (o, v) => o.Aliases = Texts(v), RegisterObject.NameMaxLength,
            help: new("Andere namen en afkortingen waarop mensen zoeken, één per regel.", "Other names and abbreviations that people search for, one per line.")) with { Input = FieldInput.List, Group = FieldGroup.Description },
        Line<RegisterObject>("description", new("Beschrijving", "Description"), o => o.Description, (o, v) => o.Description = v, RegisterObject.DescriptionMaxLength, searched: true,
            help: new("Wat is het, wat gebeurt er, voor wie? Twee tot vijf zinnen in gewone taal.", "What is it, what happens there, for whom? Two to five sentences in plain language.")) with { Input = FieldInput.Paragraphs, Group = FieldGroup.Description },
        Line<RegisterObject>("website", new("Website", "Website"), o => o.Website, (o, v) => o.Website = v, RegisterObject.WebsiteMaxLength) with { Input = FieldInput.WebAddress, Group = FieldGroup.Description },
        Of<RegisterObject>("keywords", new("Onderwerpen", "Subjects"), o => o.Keywords, (o, v) => o.Keywords = Texts(v), RegisterObject.ShortTextMaxLength, searched: true,
            help: new("Waar gaat het over, in uw eigen woorden? Eén onderwerp per regel.", "What is it about, in your own words? One subject per line.")) with { Input = FieldInput.List, Group = FieldGroup.Description },
        Line<RegisterObject>("note", new("Toelichting", "Note"), o => o.Note, (o, v) => o.Note = v, RegisterObject.NoteMaxLength, searched: true,
            help: new("Wat de lezer nog moet weten om de gegevens goed te begrijpen.", "What a reader must know to understand the facts.")) with { Input = FieldInput.Paragraphs, Group = FieldGroup.Description },
        Of<RegisterObject>("noteLanguage", new("Taal van de toelichting", "Language of the note"), o => o.NoteLanguage, (o, v) => o.NoteLanguage = Json.Text(v)) with
        {
            Input = FieldInput.Choice,
            Group = FieldGroup.Description,
            Options = [("en", new("Engels", "English"))],
        },
        Of<RegisterObject>("municipality", new("Gemeente", "Municipality"), o => o.MunicipalityCode, (o, v) => o.MunicipalityCode = Json.Text(v),
            help: new("De gemeente waarin het staat. Bij welke kennisstad het hoort, geeft u aan bij Relaties.", "The municipality in which it stands. To which knowledge city it belongs, you enter under Relations.")) with { Input = FieldInput.Municipality, Group = FieldGroup.Place },
        Of<RegisterObject>("location", new("Plaats op de kaart", "Place on the map"), o => o is { Latitude: { } y, Longitude: { } x } ? new GeoPoint(y, x, o.LocationIsApproximate).ToString() : null, (o, v) =>
        {
            var point = GeoPoint.TryParse(Json.Text(v));
            (o.Latitude, o.Longitude, o.LocationIsApproximate) = (point?.Latitude, point?.Longitude, point?.IsApproximate ?? false);
        }, help: new("Klik op de kaart, of plak breedte en lengte, bijvoorbeeld 52,2393 6,8497.", "Click on the map, or paste latitude and longitude, for example 52.2393 6.8497.")) with { Input = FieldInput.Point, Group = FieldGroup.Place },
        Choice<RegisterObject, ObjectState>("state", new("Status van de gegevens", "State"), o => o.State, (o, v) => o.State = v ?? o.State) with { IsRequired = true, Group = FieldGroup.Keeping, Needs = Right.Archive },
        Choice<RegisterObject, Visibility>("visibility", new("Zichtbaarheid", "Visibility"), o => o.Visibility, (o, v) => o.Visibility = v ?? o.Visibility,
            help: new("Wie mag dit zien? Partners zijn alle mensen met een account.", "Who may see this? Partners are all people with an account.")) with { IsRequired = true, Group = FieldGroup.Keeping },
        Of<RegisterObject>("steward", new("Bijgehouden door", "Kept by"), o => o.StewardId, (o, v) => o.StewardId = Json.Id(v)) with { Input = FieldInput.Steward, Group = FieldGroup.Keeping, Needs = Right.AssignSteward },
        Of<RegisterObject>("verification", new("Verificatie", "Verification"), o => o.Verification, (o, v) => o.Verification = Json.Code<Verification>(v) ?? o.Verification),
        Of<RegisterObject>("confirmedOn", new("Bevestigd op", "Confirmed on"), o => o.ConfirmedOn, (o, v) => o.ConfirmedOn = Json.Day(v)),
        Of<RegisterObject>("reviewBy", new("Opnieuw te bevestigen na", "To be confirmed again after"), o => o.ReviewBy, (o, v) => o.ReviewBy = Json.Day(v)),
    ];
}
