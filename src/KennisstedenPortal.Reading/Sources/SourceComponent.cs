using KennisstedenPortal.Data.Provenance;
using KennisstedenPortal.Reading.Quoting;

namespace KennisstedenPortal.Reading.Sources;

/// <summary>Base of the pages about sources: how what rests on them is counted.</summary>
public abstract class SourceComponent : FigureComponent
{
    /// <summary>"12 objecten", "1 relatie".</summary>
    protected string CountOf(UseSort sort, int count) => sort switch
    {
        UseSort.Item => Count(count, "object", "objecten", "object", "objects"),
        UseSort.Field => Count(count, "veld van een object", "velden van objecten", "field of an object", "fields of objects"),
        UseSort.Relation => Count(count, "relatie", "relaties", "relation", "relations"),
        UseSort.Specialisation => Count(count, "specialisatie of thema", "specialisaties en thema's van objecten", "specialisation or theme of an object", "specialisations and themes of objects"),
        UseSort.Indicator => Count(count, "indicator", "indicatoren", "indicator", "indicators"),
        UseSort.Claim => Count(count, "cijfer uit de oproep", "cijfers uit de oproep", "figure of the call", "figures of the call"),
        UseSort.Theme => Count(count, "thema", "thema's", "theme", "themes"),
        UseSort.Taxonomy => Count(count, "indeling", "indelingen", "taxonomy", "taxonomies"),
        UseSort.AgendaElement => Count(count, "element van de agenda", "elementen van de agenda", "element of the agenda", "elements of the agenda"),
        _ => Count(count, "waarneming", "waarnemingen", "observation", "observations"),
    };
}
