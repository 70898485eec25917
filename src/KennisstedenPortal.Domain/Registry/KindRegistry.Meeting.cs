using KennisstedenPortal.Domain.Agenda;

namespace KennisstedenPortal.Domain.Registry;

/// <summary>The meetings about the agenda.</summary>
public static partial class KindRegistry
{
    private static ObjectKind MeetingKind => Kind<Meeting>("meeting", "agenda/overleggen", new("Overleg", "Meeting"), new("Overleggen", "Meetings"), 24,
        // What will be asked of a meeting is for those who come; who convenes it opens it to everybody.
        (id, slug, name) => new Meeting { Id = id, Slug = slug, Name = name, Visibility = Visibility.Partners },
        new("Een bestuurlijk of ambtelijk overleg over de agenda, met wat er wordt gevraagd en besloten.", "An executive meeting or a meeting of officials about the agenda, with what is asked and decided."),
        CommonField("name") with { Label = new("Titel", "Title"), Help = new("Bijvoorbeeld: Bestuurlijk overleg verbindingsagenda, voorjaar 2027.", "For example: Executive meeting on the verbindingsagenda, spring 2027.") },
        CommonField("description") with
        {
            Label = new("Waar het overleg over gaat", "What the meeting is about"),
            Help = new("Waarom komt u bij elkaar? Een paar zinnen in gewone taal.", "Why are you meeting? A few sentences in plain language."),
        },
        CommonField("website") with { Label = new("Adres van de stukken", "Address of the papers"), Help = new("Waar de stukken voor dit overleg staan.", "Where the papers for this meeting stand.") },
        CommonField("nameEnglish") with { Group = FieldGroup.More },
        CommonField("note") with { Group = FieldGroup.More },
        CommonField("noteLanguage") with { Group = FieldGroup.More },
        // It is found by its day, not by other names.
        CommonField("aliases") with { Input = FieldInput.None },
        CommonField("keywords") with { Input = FieldInput.None },
        CommonField("municipality") with { Input = FieldInput.None },
        CommonField("location") with { Input = FieldInput.None },
        CommonField("steward") with
        {
            Group = FieldGroup.Properties,
            Label = new("Wie het overleg belegt", "Who convenes the meeting"),
            Help = new("Laat dit leeg als het secretariaat het belegt.", "Leave this empty when the secretariat convenes it."),
        },
        Choice<Meeting, MeetingSort>("sort", new("Soort", "Type"), m => m.Sort, (m, v) => m.Sort = v ?? m.Sort) with { IsRequired = true },
        Day<Meeting>("heldOn", new("Datum", "Date"), m => m.HeldOn, (m, v) => m.HeldOn = v, new("Bijvoorbeeld 12-3-2027.", "For example 12-3-2027.")),
        Line<Meeting>("venue", new("Waar", "Where"), m => m.Venue, (m, v) => m.Venue = v, RegisterObject.ShortTextMaxLength,
            help: new("De plaats, of: online.", "The place, or: online.")));
}
