using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Reading.Search;
using KennisstedenPortal.Reading.Shared;

namespace KennisstedenPortal.Reading.Agenda;

/// <summary>Base of the pages about the agenda: how its elements and actions are named.</summary>
public abstract class AgendaComponent : ReadingComponent
{
    public const string ChainPath = "/agenda", GapsPath = ChainPath + "/leemten";
    /// <summary>Key and value in the query string: examples are counted and followed as if they were real.</summary>
    public const string ExamplesKey = "voorbeelden", ExamplesValue = "ja";

    protected bool WithExamples => Http.Request.Query[ExamplesKey] is [ExamplesValue];

    protected static string PathOf(AgendaElement element) => $"{ChainPath}/{element.Code}";
    protected string Address(AgendaElement element) => Href(PathOf(element));
    protected string Address(ActionLink action) => Href($"{ChainPath}/acties/{action.Slug}");

    protected string Address(DocumentLink document) => Href($"{ChainPath}/stukken/{document.Slug}");

    /// <summary>The list of all actions that serve it.</summary>
    protected string ActionsOf(AgendaElement element) => Href($"{ChainPath}/acties?{SearchAddress.Element}={element.Code}");

    /// <summary>The form of a new action for it.</summary>
    protected string StartOf(AgendaElement element) => Href($"/toevoegen/{KindRegistry.Of<AgendaAction>().Segment}?onderdeel={element.Code}");

    /// <summary>What it is called beside its title: "Knelpunt 3", "Onderdeel van lijn 2", "Document".</summary>
    protected string NameOf(ChainElement item, AgendaChain chain) => (item.Element, chain.ParentOf(item.Element)?.Element) switch
    {
        ({ Kind: ElementKind.LineElement }, { } line) => T($"Onderdeel van lijn {line.Rank}", $"Part of line {line.Rank}"),
        ({ Kind: ElementKind.Instrument or ElementKind.Document or ElementKind.Partner } e, _) => T(Codes<ElementKind>.Label(e.Kind)),
        var (e, _) => $"{T(ShortName(e.Kind))} {e.Rank}",
    };

    private static Text ShortName(ElementKind kind) => kind switch
    {
        ElementKind.Ask => new("Vraag", "Request"),
        ElementKind.CityRole => new("Rol", "Role"),
        ElementKind.Strength => new("Kracht", "Strength"),
        _ => Codes<ElementKind>.Label(kind),
    };

    /// <summary>All elements of a kind together.</summary>
    protected string PluralOf(ElementKind kind) => kind switch
    {
        ElementKind.Context => T("Context", "Context"),
        ElementKind.Bottleneck => T("Knelpunten", "Bottlenecks"),
        ElementKind.Line => T("Lijnen", "Lines"),
        ElementKind.LineElement => T("Onderdelen van de lijnen", "Parts of the lines"),
        ElementKind.Ask => T("Vragen aan het Rijk", "Requests to the national government"),
        ElementKind.Offer => T("Aanbod van de kennissteden", "Offers of the knowledge cities"),
        ElementKind.Result => T("Opbrengsten", "Results"),
        ElementKind.End => T("Effecten", "Effects"),
        ElementKind.CityRole => T("Rol van de kennissteden", "Role of the knowledge cities"),
        ElementKind.Strength => T("Krachten van de ecosystemen", "Strengths of the ecosystems"),
        ElementKind.Instrument => T("Instrumenten van het Rijk", "Instruments of the national government"),
        ElementKind.Document => T("Beleid en onderzoek", "Policy and research"),
        ElementKind.Figure => T("Cijfers", "Figures"),
        _ => T("Partners", "Partners"),
    };

    /// <summary>The sort within a kind, in the words of the screen; what is not known here stays as the source has it.</summary>
    protected string SortOf(AgendaElement element) => element.Sort switch
    {
        "fonds" => T("Fonds", "Fund"),
        "beleid" => T("Beleid", "Policy"),
        "onderzoek" => T("Onderzoek", "Research"),
        "netwerk" => T("Netwerk", "Network"),
        "koepel" => T("Koepel", "Umbrella organisation"),
        "economic-board" => "Economic board",
        "rom" => T("Regionale ontwikkelingsmaatschappij", "Regional development company"),
        "rijk" => T("Rijksoverheid", "National government"),
        "ministerie" => T("Ministerie", "Ministry"),
        { } other => Capital(other),
        null => "",
    };

    /// <summary>"3 acties en 9 voorbeelden"; what is invented is never counted in.</summary>
    protected string CountOf(Serving actions) => (actions.Real, actions.Examples) switch
    {
        (0, 0) => NoAction,
        (0, _) => T($"{NoAction}, wel {ExamplesOf(actions)}", $"{NoAction}, but {ExamplesOf(actions)}"),
        (var real, 0) => Count(real, "actie", "acties", "action", "actions"),
        var (real, _) => Count(real, "actie", "acties", "action", "actions") + T(" en ", " and ") + ExamplesOf(actions),
    };

    protected string NoAction => T("Nog geen actie", "No action yet");

    protected string ExamplesOf(Serving actions) => Count(actions.Examples, "voorbeeld", "voorbeelden", "example", "examples");
}
