using KennisstedenPortal.Domain.Agenda;

namespace KennisstedenPortal.Domain.Registry;

/// <summary>The documents of the Rijk.</summary>
public static partial class KindRegistry
{
    private static ObjectKind DocumentKind => Kind<PolicyDocument>("document", "agenda/stukken", new("Stuk van het Rijk", "Government document"), new("Stukken van het Rijk", "Government documents"), 24,
        (id, slug, name) => new PolicyDocument { Id = id, Slug = slug, Name = name },
        new("Een Kamerbrief, motie, toezegging, besluit of convenant van het Rijk waarin iets staat over de agenda.", "A letter to parliament, motion, undertaking, decision or covenant of the national government that says something about the agenda."),
        CommonField("name") with { Label = new("Titel", "Title") },
        CommonField("description") with
        {
            Label = new("Wat erin staat", "What it says"),
            Help = new("Wat zegt het stuk over de agenda? Twee tot vijf zinnen in gewone taal.", "What does the document say about the agenda? Two to five sentences in plain language."),
        },
        CommonField("website") with { Label = new("Adres van de tekst", "Address of the text"), Help = new("Waar de hele tekst staat, het liefst op officielebekendmakingen.nl.", "Where the whole text stands, preferably on officielebekendmakingen.nl.") },
        // The state stands nowhere on a map.
        CommonField("municipality") with { Input = FieldInput.None },
        CommonField("location") with { Input = FieldInput.None },
        CommonField("steward") with
        {
            Group = FieldGroup.Properties,
            Label = new("Van", "From"),
            Help = new("Het ministerie dat het stuk stuurde. Dat houdt het ook bij; heeft het geen account, dan doet het secretariaat dat.", "The ministry that sent the document. It keeps it too; without an account the secretariat does so."),
        },
        Choice<PolicyDocument, PolicyDocumentSort>("sort", new("Soort", "Type"), d => d.Sort, (d, v) => d.Sort = v ?? d.Sort) with { IsRequired = true },
        Line<PolicyDocument>("paperNumber", new("Kamerstuk", "Parliamentary paper"), d => d.PaperNumber, (d, v) => d.PaperNumber = PaperNumber.Parse(v), PaperNumber.MaxLength, searched: true,
            help: new("Dossier en nummer, bijvoorbeeld 33009-120.", "File and number, for example 33009-120.")) with
        {
            Check = PaperNumber.Problem,
        },
        Day<PolicyDocument>("datedOn", new("Datum", "Date"), d => d.DatedOn, (d, v) => d.DatedOn = v, new("Bijvoorbeeld 11-11-2022.", "For example 11-11-2022.")));
}
