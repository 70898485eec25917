using KennisstedenPortal.Domain.Agenda;

namespace KennisstedenPortal.Domain.Registry;

/// <summary>The actions of the agenda.</summary>
public static partial class KindRegistry
{
    private static ObjectKind ActionKind => Kind<AgendaAction>("action", "agenda/acties", new("Actie", "Action"), new("Acties", "Actions"), 12,
        (id, slug, name) => new AgendaAction { Id = id, Slug = slug, Name = name },
        new("Iets wat partijen van de agenda samen doen, met een eigenaar, een einde en een resultaat dat te meten is.", "Something that parties of the agenda do together, with an owner, an end, and a result that can be measured."),
        CommonField("name") with { Label = new("Titel", "Title") },
        CommonField("description") with
        {
            Label = new("Waarom en wat", "Why and what"),
            Help = new("Wat is er aan de hand, en wat gaat u daaraan doen? Twee tot vijf zinnen in gewone taal. Over welke stad of campus het gaat, geeft u verderop aan, bij Kennissteden, partners en relaties.", "What is the matter, and what will be done about it? Two to five sentences in plain language. Which city or campus it is about, you say further on, under Knowledge cities, partners and relations."),
        },
        CommonField("nameEnglish") with { Group = FieldGroup.More },
        CommonField("aliases") with { Group = FieldGroup.More },
        CommonField("website") with { Group = FieldGroup.More },
        CommonField("keywords") with { Group = FieldGroup.More },
        CommonField("note") with { Group = FieldGroup.More },
        CommonField("noteLanguage") with { Group = FieldGroup.More },
        // It is where its cities are, and those are relations.
        CommonField("municipality") with { Input = FieldInput.None },
        CommonField("location") with { Input = FieldInput.None },
        CommonField("steward") with
        {
            Group = FieldGroup.Responsible,
            Label = new("Eigenaar", "Owner"),
            Help = new("Wie is er verantwoordelijk? Ook een organisatie zonder account kan eigenaar zijn; het secretariaat werkt dan de actie namens haar bij.", "Who is responsible? An organisation without an account can be the owner too; the secretariat then keeps the action on its behalf."),
        },
        Choice<AgendaAction, ActionStatus>("status", new("Status", "Status"), a => a.Status, (a, v) => a.Status = v ?? a.Status,
            help: new("Een stap tegelijk vooruit of terug. Pauzeren of stoppen kan altijd, met een reden.", "One step forward or back at a time. Pausing or stopping is always possible, with a reason.")) with
        {
            Group = FieldGroup.Course,
            IsRequired = true,
            After = code => [.. (code is null ? ActionFlow.Beginnings : Codes<ActionStatus>.TryParse(code, out var status) ? ActionFlow.After(status) : []).Select(Codes<ActionStatus>.Code)],
        },
        Paragraphs<AgendaAction>("statusReason", new("Reden", "Reason"), a => a.StatusReason, (a, v) => a.StatusReason = v, AgendaAction.ReasonMaxLength,
            help: new("Nodig bij pauzeren, stoppen en opnieuw openen, en bij afronden zonder bewijs van elke mijlpaal.", "Needed for pausing, stopping and opening again, and for completing without evidence of every milestone.")) with { Group = FieldGroup.Course },
        Day<AgendaAction>("startsOn", new("Begint op", "Starts on"), a => a.StartsOn, (a, v) => a.StartsOn = v, new("Bijvoorbeeld 1-3-2027.", "For example 1-3-2027.")) with { Group = FieldGroup.Course },
        Day<AgendaAction>("endsOn", new("Eindigt op", "Ends on"), a => a.EndsOn, (a, v) => a.EndsOn = v, new("Bijvoorbeeld 31-12-2027.", "For example 31-12-2027.")) with { Group = FieldGroup.Course },
        Paragraphs<AgendaAction>("intendedResult", new("Beoogd resultaat", "Intended result"), a => a.IntendedResult, (a, v) => a.IntendedResult = v, AgendaAction.ResultMaxLength, searched: true,
            help: new("Wat is er anders als de actie klaar is?", "What is different when the action is done?")) with { Group = FieldGroup.Result },
        Line<AgendaAction>("resultIndicator", new("Waaraan u het meet", "How it is measured"), a => a.ResultIndicator, (a, v) => a.ResultIndicator = v, RegisterObject.ShortTextMaxLength,
            help: new("Iets wat te tellen of aan te tonen is, bijvoorbeeld: 20 labs delen hun planning.", "Something that can be counted or shown, for example: 20 labs share their planning.")) with { Group = FieldGroup.Result },
        Line<AgendaAction>("administrativeLead", new("Bestuurlijk trekker", "Executive lead"), a => a.AdministrativeLead, (a, v) => a.AdministrativeLead = v, AgendaAction.FunctionMaxLength,
            help: new("Alleen de functie, bijvoorbeeld: wethouder economie. Nooit de naam van een persoon.", "The function only, for example: alderman for economic affairs. Never the name of a person.")) with { Group = FieldGroup.Responsible },
        Line<AgendaAction>("officialLead", new("Ambtelijk trekker", "Official lead"), a => a.OfficialLead, (a, v) => a.OfficialLead = v, AgendaAction.FunctionMaxLength,
            help: new("Alleen de functie, bijvoorbeeld: programmamanager kennisstad. Nooit de naam van een persoon.", "The function only, for example: programme manager. Never the name of a person.")) with { Group = FieldGroup.Responsible },
        Amount<AgendaAction>("fundingNeed", new("Wat er nodig is", "What is needed"), a => a.FundingNeed, (a, v) => a.FundingNeed = v, new("In euro's, bijvoorbeeld 1.250.000 of 1,2 mln.", "In euros, for example 1.250.000 or 1,2 mln.")),
        Amount<AgendaAction>("fundingCovered", new("Waarvan gedekt", "Of which covered"), a => a.FundingCovered, (a, v) => a.FundingCovered = v),
        Amount<AgendaAction>("fundingGap", new("Onrendabele top", "Unprofitable part"), a => a.FundingGap, (a, v) => a.FundingGap = v, new("Het deel van de kosten dat nooit wordt terugverdiend.", "The part of the costs that is never earned back.")),
        Paragraphs<AgendaAction>("fundingTried", new("Geprobeerde regelingen", "Schemes tried"), a => a.FundingTried, (a, v) => a.FundingTried = v, AgendaAction.TriedMaxLength,
            help: new("Welke regelingen en fondsen zijn geprobeerd, en waarom pasten ze niet?", "Which schemes and funds were tried, and why did they not fit?")) with
        {
            Group = FieldGroup.Funding,
        });

    private static FieldDefinition CommonField(string name) => Array.Find(Common, f => f.Name == name)!;
}
