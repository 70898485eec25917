namespace KennisstedenPortal.Domain.Registry;

/// <summary>A municipality of the Netwerk Kennissteden.</summary>
public sealed class City : RegisterObject
{
    /// <summary>The municipality's official CBS name where it differs ('s-Gravenhage).</summary>
    public string? OfficialName { get; set; }
    public bool IsNetworkMember { get; set; }
    public bool IsFoundingMember { get; set; }
    /// <summary>Every change to what the city keeps waits for a colleague (product rule 3).</summary>
    public bool HasFourEyes { get; set; }
}

public enum CampusPhase
{
    [Label("volwassen", "mature")] Mature,
    [Label("groei", "growth")] Growth,
    [Label("start", "start")] Start,
}

public sealed class Campus : RegisterObject
{
    /// <summary>Sort of campus in the words of the source (science park, universiteitscampus …).</summary>
    public string? CampusType { get; set; }
    public CampusPhase? Phase { get; set; }
    public int? FoundedYear { get; set; }
    /// <summary>Member of the Nationaal Campussen Overleg.</summary>
    public bool IsNcoMember { get; set; }
}

public enum DistrictStatus
{
    [Label("in ontwikkeling", "in development")] InDevelopment,
    [Label("actief", "active")] Active,
}

public sealed class InnovationDistrict : RegisterObject
{
    public string? DistrictType { get; set; }
    public DistrictStatus? Status { get; set; }
    public int? StartYear { get; set; }
}

public enum Sector
{
    [Label("privaat", "private")] Private,
    [Label("publiek", "public")] Public,
}

/// <summary>A large site of research and development. The register's list is partial: not the 65 of the source document.</summary>
public sealed class RdConcentration : RegisterObject
{
    public Sector? Sector { get; set; }
}

public enum FacilitySort
{
    [Label("Fieldlab", "Field lab")] Fieldlab,
    [Label("Gedeelde faciliteit", "Shared facility")] SharedFacility,
    [Label("Pilot plant", "Pilot plant")] PilotPlant,
    [Label("Testfaciliteit", "Test facility")] TestFacility,
    [Label("Onderzoeksinfrastructuur", "Research infrastructure")] ResearchInfrastructure,
    [Label("Incubator", "Incubator")] Incubator,
}

public enum FacilityAccess
{
    [Label("Open", "Open")] Open,
    [Label("Op aanvraag", "On request")] OnRequest,
    [Label("Partners", "Partners")] Partners,
    [Label("Gesloten", "Closed")] Closed,
}

public sealed class Facility : RegisterObject
{
    public FacilitySort Sort { get; set; }
    /// <summary>Coded from <see cref="AccessDescription"/> by the editors; null is unknown.</summary>
    public FacilityAccess? Access { get; set; }
    /// <summary>Who may use it and how, in the words of the source.</summary>
    public string? AccessDescription { get; set; }
    public int? OpenedYear { get; set; }
}

/// <summary>Sort of organisation. The first eighteen are those of institutions.json, the others of organisations known by name.</summary>
public enum OrganisationType
{
    [Label("Universiteit", "University")] University,
    [Label("Hogeschool", "University of applied sciences")] UniversityOfAppliedSciences,
    [Label("Universitair medisch centrum", "University medical centre")] UniversityMedicalCentre,
    [Label("NWO-instituut", "NWO institute")] NwoInstitute,
    [Label("KNAW-instituut", "KNAW institute")] KnawInstitute,
    [Label("Instituut voor toegepast onderzoek", "Applied research institute")] AppliedResearchInstitute,
    [Label("Locatie toegepast onderzoek", "Applied research site")] AppliedResearchSite,
    [Label("WUR-instituut", "WUR institute")] WurInstitute,
    [Label("Rijkskennisinstelling", "Government research institute")] GovernmentResearchInstitute,
    [Label("Planbureau", "Planning bureau")] PlanningBureau,
    [Label("Bibliotheek of archief", "Library or archive")] LibraryArchive,
    [Label("Onderzoeksinstituut", "Research institute")] ResearchInstitute,
    [Label("Onderzoeksfinancier", "Research funder")] ResearchFunder,
    [Label("Academie", "Academy")] Academy,
    [Label("ICT-samenwerking", "ICT cooperation")] IctCooperation,
    [Label("Onderwijs- en onderzoeksinstituut", "Education and research institute")] EducationResearchInstitute,
    [Label("Onderzoeksinfrastructuur", "Research infrastructure")] ResearchInfrastructure,
    [Label("Internationaal onderzoekscentrum", "International research centre")] InternationalResearchCentre,
    [Label("Bedrijf", "Company")] Company,
    [Label("Gemeente", "Municipality")] Municipality,
    [Label("Provincie", "Province")] Province,
    [Label("Ministerie", "Ministry")] Ministry,
    [Label("Rijk", "National government")] NationalGovernment,
    [Label("Regionale ontwikkelingsmaatschappij (ROM)", "Regional development company (ROM)")] RegionalDevelopmentCompany,
    [Label("Economic board", "Economic board")] EconomicBoard,
    [Label("Campusorganisatie", "Campus organisation")] CampusOrganisation,
    [Label("Vereniging of koepel", "Association")] Association,
    [Label("Netwerk", "Network")] Network,
    [Label("Stichting", "Foundation")] Foundation,
    [Label("Startup-ondersteuner", "Startup supporter")] StartupSupporter,
    [Label("Mbo-instelling", "Vocational college")] VocationalCollege,
    [Label("Consortium", "Consortium")] Consortium,
    [Label("Havenbedrijf", "Port authority")] PortAuthority,
    [Label("Overheidsdienst", "Government agency")] GovernmentAgency,
    [Label("Internationale organisatie", "International organisation")] InternationalOrganisation,
    [Label("Kenniscentrum studentenhuisvesting", "Housing knowledge centre")] HousingKnowledgeCentre,
    [Label("Samenwerkingsprogramma", "Cooperation programme")] CooperationProgramme,
    [Label("Overig", "Other")] Other,
}

public sealed class Organisation : RegisterObject
{
    public OrganisationType Type { get; set; }
    public string? ShortName { get; set; }
    /// <summary>Known only by name from another record (a host, an owner, a partner); counted apart from the institutions.</summary>
    public bool IsDerived { get; set; }
    /// <summary>Region in which it works, of a development company or board.</summary>
    public string? WorkingAreaCode { get; set; }
}

public enum ProgrammeSort
{
    [Label("Fonds", "Fund")] Fund,
    [Label("Beleid", "Policy")] Policy,
}

/// <summary>A programme or policy of the Rijk that objects and actions can rest on (Groeifonds, Regio Deals, missions).</summary>
public sealed class Programme : RegisterObject
{
    public ProgrammeSort? Sort { get; set; }
}
