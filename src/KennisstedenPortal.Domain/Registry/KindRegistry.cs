using System.Collections.Frozen;

namespace KennisstedenPortal.Domain.Registry;

/// <summary>A field of a kind: its name in history, citations and provenance, its label, limit and help, and how to read it.</summary>
/// <param name="Name">Stable camelCase name; citations and history refer to it.</param>
/// <param name="MaxLength">Characters, for text.</param>
/// <param name="IsSearched">Its text is part of what search looks through, beside names and labels.</param>
public sealed record FieldDefinition(string Name, Text Label, Func<RegisterObject, object?> Read, int? MaxLength = null, Text? Help = null, bool IsSearched = false);

/// <summary>Everything the portal needs to know about a kind of object; routes, lists, history and import follow from it.</summary>
/// <param name="Code">Discriminator in the database and in permanent addresses.</param>
/// <param name="Path">Dutch path of its list; a detail stands at <c>/{Path}/{slug}</c>.</param>
/// <param name="ReviewEvery">Months after which a confirmed object must be confirmed again.</param>
public sealed record ObjectKind(string Code, Type Type, string Path, Text Singular, Text Plural, int ReviewEvery, IReadOnlyList<FieldDefinition> Fields)
{
    /// <summary>The fields by name, for labels in history and provenance.</summary>
    public FrozenDictionary<string, FieldDefinition> FieldsByName { get; } = Fields.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);

    /// <summary>Pages of their own under the path of the list. An object with such a slug could never be reached; none may have it.</summary>
    public FrozenSet<string> ReservedSlugs { get; init; } = [];
}

/// <summary>The slug is the address of a page of the portal itself.</summary>
public sealed class SlugIsReservedException(ObjectKind kind, string slug) : Exception($"The address /{kind.Path}/{slug} is a page of the portal; an object can't have it.");

/// <summary>The one list of kinds. A new kind is: an entity, an entry here, its facts, its form, one migration.</summary>
public static class KindRegistry
{
    public static IReadOnlyList<ObjectKind> All { get; } =
    [
        Kind<City>("city", "kennissteden", new("Kennisstad", "Knowledge city"), new("Kennissteden", "Knowledge cities"), 12,
            Field<City>("officialName", new("Officiële naam", "Official name"), c => c.OfficialName, RegisterObject.NameMaxLength, searched: true),
            Field<City>("networkMember", new("Lid van het netwerk", "Member of the network"), c => c.IsNetworkMember),
            Field<City>("foundingMember", new("Oprichter (2009)", "Founding member (2009)"), c => c.IsFoundingMember)),
        Kind<Campus>("campus", "campussen", new("Campus", "Campus"), new("Campussen", "Campuses"), 12,
            Field<Campus>("campusType", new("Soort campus", "Sort of campus"), c => c.CampusType, RegisterObject.ShortTextMaxLength, searched: true),
            Field<Campus>("phase", new("Fase", "Phase"), c => c.Phase,
                help: new("Volgens secundaire bronnen; kan verouderd zijn.", "From secondary sources; may be out of date.")),
            Field<Campus>("foundedYear", new("Gestart in", "Founded in"), c => c.FoundedYear),
            Field<Campus>("ncoMember", new("Lid van het Nationaal Campussen Overleg", "Member of the National Campus Consultation (NCO)"), c => c.IsNcoMember)),
        Kind<InnovationDistrict>("innovation-district", "innovatiedistricten", new("Innovatiedistrict", "Innovation district"), new("Innovatiedistricten", "Innovation districts"), 12,
            Field<InnovationDistrict>("districtType", new("Soort gebied", "Sort of area"), d => d.DistrictType, RegisterObject.ShortTextMaxLength, searched: true),
            Field<InnovationDistrict>("status", new("Status", "Status"), d => d.Status),
            Field<InnovationDistrict>("startYear", new("Gestart in", "Started in"), d => d.StartYear)),
        Kind<RdConcentration>("rd-concentration", "rd-concentraties", new("R&D-concentratie", "R&D concentration"), new("R&D-concentraties", "R&D concentrations"), 24,
            Field<RdConcentration>("sector", new("Sector", "Sector"), r => r.Sector))
            with { ReservedSlugs = FrozenSet.Create(StringComparer.Ordinal, "nabijheid") },
        Kind<Facility>("facility", "faciliteiten", new("Faciliteit", "Facility"), new("Faciliteiten", "Facilities"), 12,
            Field<Facility>("sort", new("Soort", "Sort"), f => f.Sort),
            Field<Facility>("access", new("Toegang", "Access"), f => f.Access,
                help: new("Ingedeeld door de redactie op grond van de omschrijving.", "Coded by the editors from the description.")),
            Field<Facility>("accessDescription", new("Toegang volgens de bron", "Access according to the source"), f => f.AccessDescription, RegisterObject.ShortTextMaxLength, searched: true),
            Field<Facility>("openedYear", new("Geopend in", "Opened in"), f => f.OpenedYear)),
        Kind<Organisation>("organisation", "organisaties", new("Organisatie", "Organisation"), new("Organisaties", "Organisations"), 24,
            Field<Organisation>("type", new("Soort", "Sort"), o => o.Type),
            Field<Organisation>("shortName", new("Afkorting", "Short name"), o => o.ShortName, RegisterObject.ShortTextMaxLength),
            Field<Organisation>("workingArea", new("Werkgebied", "Working area"), o => o.WorkingAreaCode),
            Field<Organisation>("derived", new("Alleen bij naam bekend", "Known by name only"), o => o.IsDerived)),
        Kind<Programme>("programme", "programmas", new("Programma", "Programme"), new("Programma's", "Programmes"), 24,
            Field<Programme>("sort", new("Soort", "Sort"), p => p.Sort)),
    ];

    private static readonly FrozenDictionary<Type, ObjectKind> ByType = All.ToFrozenDictionary(k => k.Type);
    private static readonly FrozenDictionary<string, ObjectKind> ByPath = All.ToFrozenDictionary(k => k.Path, StringComparer.Ordinal);
    private static readonly FrozenDictionary<string, ObjectKind> ByCode = All.ToFrozenDictionary(k => k.Code, StringComparer.Ordinal);

    public static ObjectKind Of(RegisterObject item) => ByType[item.GetType()];
    public static ObjectKind Of<T>() where T : RegisterObject => ByType[typeof(T)];
    public static ObjectKind OfCode(string code) => ByCode[code];
    public static ObjectKind? FindByCode(string? code) => ByCode.GetValueOrDefault(code ?? "");
    public static ObjectKind? FindByPath(string? path) => ByPath.GetValueOrDefault(path ?? "");

    private static ObjectKind Kind<T>(string code, string path, Text singular, Text plural, int reviewEvery, params FieldDefinition[] own) where T : RegisterObject =>
        new(code, typeof(T), path, singular, plural, reviewEvery, [.. Common, .. own]);

    private static FieldDefinition Field<T>(string name, Text label, Func<T, object?> read, int? maxLength = null, Text? help = null, bool searched = false) where T : RegisterObject =>
        new(name, label, o => read((T)o), maxLength, help, searched);

    private static FieldDefinition[] Common =>
    [
        new("name", new("Naam", "Name"), o => o.Name, RegisterObject.NameMaxLength),
        new("nameEnglish", new("Engelse naam", "English name"), o => o.NameEnglish, RegisterObject.NameMaxLength),
        new("aliases", new("Ook bekend als", "Also known as"), o => o.Aliases, RegisterObject.NameMaxLength),
        new("description", new("Beschrijving", "Description"), o => o.Description, RegisterObject.DescriptionMaxLength, IsSearched: true),
        new("website", new("Website", "Website"), o => o.Website, RegisterObject.WebsiteMaxLength),
        new("keywords", new("Onderwerpen", "Subjects"), o => o.Keywords, RegisterObject.ShortTextMaxLength, IsSearched: true),
        new("note", new("Toelichting", "Note"), o => o.Note, RegisterObject.NoteMaxLength, IsSearched: true),
        new("noteLanguage", new("Taal van de toelichting", "Language of the note"), o => o.NoteLanguage),
        new("municipality", new("Gemeente", "Municipality"), o => o.MunicipalityCode),
        new("location", new("Plaats op de kaart", "Place on the map"), o => o.Latitude is null ? null : $"{o.Latitude} {o.Longitude}{(o.LocationIsApproximate ? " ±" : "")}"),
        new("state", new("Status van de gegevens", "State"), o => o.State),
        new("visibility", new("Zichtbaarheid", "Visibility"), o => o.Visibility),
        new("steward", new("Bijgehouden door", "Kept by"), o => o.StewardId),
        new("verification", new("Verificatie", "Verification"), o => o.Verification),
        new("confirmedOn", new("Bevestigd op", "Confirmed on"), o => o.ConfirmedOn),
        new("reviewBy", new("Opnieuw te bevestigen na", "To be confirmed again after"), o => o.ReviewBy),
    ];
}
