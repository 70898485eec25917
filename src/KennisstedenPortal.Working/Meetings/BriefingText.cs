using System.Globalization;
using KennisstedenPortal.Data.Export;
using KennisstedenPortal.Data.Meetings;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;

namespace KennisstedenPortal.Working.Meetings;

/// <summary>A line of a briefing.</summary>
/// <param name="Text">What it is about.</param>
/// <param name="About">What stands below it: who, when, in what.</param>
/// <param name="IsLate">A day has passed.</param>
public sealed record BriefingLine(string Text, string? About = null, bool IsLate = false, bool IsExample = false);

/// <summary>A part of a briefing, in the order in which it is read.</summary>
/// <param name="None">What stands there when there is nothing; null when even that says nothing.</param>
/// <param name="Left">How many more there are.</param>
public sealed record BriefingPart(string Id, string Title, string? None, IReadOnlyList<BriefingLine> Lines, int Left = 0);

/// <summary>A briefing in words, the same for page and file. The suggested lines are derived from the rest by fixed rules; nobody wrote them.</summary>
public sealed class BriefingText(Briefing briefing, string language)
{
    /// <summary>More can't be said in a minute.</summary>
    public const int MostSuggestions = 5;

    private readonly CultureInfo _culture = CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : "nl-NL");
    private readonly DateOnly _day = briefing.Today;

    public string Title => T($"Briefing voor {briefing.Party.Name}", $"Briefing for {briefing.Party.Name}");

    /// <summary>Which meeting, when and where.</summary>
    public string Meeting => string.Join(" · ", new[] { briefing.Meeting, briefing.HeldOn is { } on ? Day(on) : null, briefing.Venue }.OfType<string>());

    /// <summary>From when it is; a briefing says what stands in the agenda at the moment that it is read.</summary>
    public string Stand => T($"Zo staat het in de agenda op {Day(_day)}.", $"This is what the agenda says on {Day(_day)}.");

    /// <summary>The parts that say something. That of the meeting itself always does.</summary>
    public IReadOnlyList<BriefingPart> Parts => [.. All.Where((p, i) => i == 0 || p.Lines.Count > 0)];

    /// <summary>What there is not, in a sentence each: whoever has a minute must not read seven empty parts.</summary>
    public IReadOnlyList<string> Nothing => [.. All.Skip(1).Where(p => p.Lines.Count == 0).Select(p => p.None).OfType<string>()];

    public string NothingTitle => T("Verder", "Also");

    private BriefingPart[] All =>
    [
        new("vandaag", briefing.HeldOn < _day ? T("Wat aan de orde was", "What was on the agenda") : T("Wat er wordt besloten", "What is decided"), T("Er zijn nog geen agendapunten.", "There are no agenda points yet."), [.. briefing.Points.Select(Point)]),
        new("inbreng", T("Wat u kunt zeggen", "What you can say"), T("Er is niets dat u hoeft in te brengen.", "There is nothing you need to bring up."), [.. Suggestions.Take(MostSuggestions)]),
        Part("toegezegd", T("Wat wij toezegden", "What we committed to"), T("Er staat geen toezegging van ons open.", "No commitment of ours is open."), briefing.Own, Promise),
        Part("besluiten", T("Wat uit eerdere overleggen voor ons openstaat", "What is open for us from earlier meetings"), T("Uit eerdere overleggen staat voor ons niets open.", "Nothing is open for us from earlier meetings."), briefing.Earlier, Earlier),
        Part("acties", T("Onze acties die aandacht vragen", "Our actions that need attention"), NoWorries, briefing.Actions, Action),
        Part("wachten", T("Waar wij op anderen wachten", "What we are waiting for"), T("Wij wachten op niemand.", "We are not waiting for anybody."), briefing.Others, Promise),
        new("vragen", T("Waar onze acties om vragen bij het Rijk", "What our actions ask of the national government"), briefing.Running == 0 ? null : T("Onze lopende acties horen nog niet bij een vraag aan het Rijk.", "Our current actions do not belong to a request to the national government yet."), [.. briefing.Asks.Select(a => new BriefingLine(a.Title))]),
    ];

    /// <summary>Said when none of the current actions is among those of which something must be said; so it is true of all.</summary>
    private string NoWorries => briefing.Running switch
    {
        0 => T("Wij hebben geen lopende acties.", "We have no current actions."),
        1 => T("Bij onze lopende actie valt niets op: zij is niet te laat, stil, gepauzeerd, oranje of rood.", "Nothing stands out in our current action: it is not late, silent, paused, amber or red."),
        var n => T($"Bij onze {Number(n)} lopende acties valt niets op: geen is te laat, stil, gepauzeerd, oranje of rood.", $"Nothing stands out in our {Number(n)} current actions: none is late, silent, paused, amber or red."),
    };

    /// <summary>What the facts of the briefing suggest to say, the most pressing first.</summary>
    private IEnumerable<BriefingLine> Suggestions
    {
        get
        {
            foreach (var p in briefing.Points.Where(p => p is { IsOurs: true, IsForUs: false, Point: { Status: DecisionStatus.Pending, Asked: not null } }))
                yield return new(T($"Vraag bij punt {p.Point.Number} om dit besluit: {p.Point.Asked}", $"Ask for this decision at point {p.Point.Number}: {p.Point.Asked}"), IsExample: p.Point.Action?.IsExample ?? false);
            foreach (var p in briefing.Points.Where(p => p is { IsForUs: true, Point.Status: DecisionStatus.Pending }))
                yield return new(T($"Zeg bij punt {p.Point.Number} of u dit kunt uitvoeren: {p.Point.Asked ?? p.Point.Title}", $"Say at point {p.Point.Number} whether you can carry this out: {p.Point.Asked ?? p.Point.Title}"), IsExample: p.Point.Action?.IsExample ?? false);
            foreach (var c in briefing.Own.Rows.Where(c => c.IsLate(_day)))
                yield return new(T($"Zeg wanneer u nakomt wat u toezegde: {c.Text}", $"Say when you will do what you committed to: {c.Text}"), T($"de termijn was {Day(c.TermOn!.Value)}", $"the deadline was {Day(c.TermOn!.Value)}"), IsExample: c.IsExample);
            foreach (var p in briefing.Earlier.Rows.Where(p => p.IsLate(_day)))
                yield return new(T($"Leg uit hoe het staat met het besluit: {p.Decision ?? p.Title}", $"Explain where the decision stands: {p.Decision ?? p.Title}"), T($"moest klaar zijn op {Day(p.DueOn!.Value)}", $"was due on {Day(p.DueOn!.Value)}"), IsExample: p.Action?.IsExample ?? false);
            foreach (var c in briefing.Others.Rows.Where(c => c.IsLate(_day)))
                yield return new(T($"Vraag {c.Party} wanneer dit komt: {c.Text}", $"Ask {c.Party} when this will come: {c.Text}"), T($"de termijn was {Day(c.TermOn!.Value)}", $"the deadline was {Day(c.TermOn!.Value)}"), IsExample: c.IsExample);
            foreach (var a in briefing.Actions.Rows.Where(a => a.IsLate(_day)))
                yield return new(T($"Noem een nieuwe dag voor {a.Code}, {a.Name}", $"Set a new date for {a.Code}, {a.Name}"), T($"te laat sinds {Day(a.LateAfter!.Value)}", $"late since {Day(a.LateAfter!.Value)}"), IsExample: a.IsExample);
            // Of each action what presses most. What was reported long ago is not known any more, whatever its light was.
            var others = briefing.Actions.Rows.Where(a => !a.IsLate(_day)).ToLookup(a => a.Light is TrafficLight.Red or TrafficLight.Amber && !a.IsSilent(_day) ? Pressing.Light : a.Status == ActionStatus.Paused ? Pressing.Pause : Pressing.Silence);
            foreach (var a in others[Pressing.Light].OrderBy(a => a.Light != TrafficLight.Red))
                yield return new(T($"Zeg wat er nodig is voor {a.Code}, {a.Name}", $"Say what is needed for {a.Code}, {a.Name}"), Join([Label(a.Light!.Value), a.Status == ActionStatus.Paused ? Label(a.Status) : null]), IsExample: a.IsExample);
            foreach (var a in others[Pressing.Pause])
                yield return new(T($"Zeg wanneer {a.Code}, {a.Name}, verdergaat", $"Say when {a.Code}, {a.Name}, goes on"), Label(a.Status), IsExample: a.IsExample);
            foreach (var silent in others[Pressing.Silence].GroupBy(a => a.IsExample))
                yield return new(T($"Vertel hoe het gaat met {string.Join(", ", silent.Select(a => a.Code))}", $"Tell how this is going: {string.Join(", ", silent.Select(a => a.Code))}"), T("hierover is lang of nooit iets gemeld", "nothing was reported on these for a long time, or ever"), IsExample: silent.Key);
        }
    }

    private enum Pressing { Light, Pause, Silence }

    /// <summary>The same as a file for Word.</summary>
    public byte[] ToWord()
    {
        var document = WordDocument.Create(Title, language).Paragraph(Meeting).Paragraph(Stand + (briefing.Examples ? " " + ExamplesCount : ""));
        foreach (var part in Parts)
        {
            document.Heading(1, part.Title);
            if (part.Id == "inbreng" && part.Lines.Count > 0) document.Paragraph(Derived);
            if (part is { Lines: [], None: { } none }) document.Paragraph(none);
            else document.Bullets(part.Lines.Select(l => (l.IsExample ? $"({T("voorbeeld", "example")}) " : "") + l.Text + (l.About is { } about ? $"\n{about}" : "")));
            if (part.Left > 0) document.Paragraph(More(part.Left));
        }
        if (Nothing.Count > 0) document.Heading(1, NothingTitle).Bullets(Nothing);
        return document.ToBytes();
    }

    /// <summary>Name of the file, without what systems refuse in one.</summary>
    public string FileName => $"briefing-{briefing.MeetingSlug}-{briefing.Party.Slug}.docx";

    public string Derived => T("Afgeleid uit de gegevens hieronder; niemand heeft dit zo geschreven.", "Derived from the facts below; nobody wrote this.");
    public string ExamplesCount => T("Voorbeelden tellen mee. Ze zijn verzonnen.", "Examples are counted. They are invented.");
    public string More(int left) => T($"En nog {Number(left)} meer.", $"And {Number(left)} more.");

    private static BriefingPart Part<TRow>(string id, string title, string? none, Bounded<TRow> rows, Func<TRow, BriefingLine> line) => new(id, title, none, [.. rows.Rows.Select(line)], rows.Left);

    private BriefingLine Point(BriefingPoint p)
    {
        var about = new[]
        {
            p.Point.Action is { } action ? $"{action.Code} {action.Name}" : null,
            p.Point.Status != DecisionStatus.Pending ? $"{Label(p.Point.Status)}: {p.Point.Decision}" : null,
            p.IsForUs ? T("wij voeren dit uit", "we carry this out") : p.IsOurs ? T("onze actie", "our action") : p.Point.Party?.Name,
        };
        return new($"{p.Point.Number}. {p.Point.Title}{(p.Point.Asked is { } asked ? T($". Gevraagd: {asked}", $". Requested: {asked}") : "")}", Join(about), IsExample: p.Point.Action?.IsExample ?? false);
    }

    private BriefingLine Promise(BriefingCommitment c) => new(c.Text, Join([c.Party, c.Amount is { } euros ? Euros(euros) : null, c.TermOn is { } term ? c.IsLate(_day) ? T($"te laat, was {Day(term)}", $"late, was {Day(term)}") : T($"uiterlijk {Day(term)}", $"by {Day(term)}") : T("zonder termijn", "without a deadline"), c.In]), c.IsLate(_day), c.IsExample);

    private BriefingLine Earlier(MeetingPoint p) => new(p.Decision ?? p.Title, Join([Label(p.Status), p.DueOn is { } due ? p.IsLate(_day) ? T($"te laat, was {Day(due)}", $"late, was {Day(due)}") : T($"uiterlijk {Day(due)}", $"by {Day(due)}") : null, p.HeldOn is { } held ? $"{p.Meeting}, {Day(held)}" : p.Meeting]), p.IsLate(_day), p.Action?.IsExample ?? false);

    private BriefingLine Action(BriefingAction a) => new($"{a.Code} {a.Name}", Join([
        a.IsLate(_day) ? a.NextTitle is { } next && a.NextOn < _day ? T($"te laat: {next}, was {Day(a.NextOn!.Value)}", $"late: {next}, was {Day(a.NextOn!.Value)}") : T($"te laat sinds {Day(a.LateAfter!.Value)}", $"late since {Day(a.LateAfter!.Value)}") : null,
        a.IsSilent(_day) ? a.ReportedOn is { } on ? T($"onbekend hoe het gaat: niets gemeld sinds {Day(on)}", $"not known how it is going: nothing reported since {Day(on)}") : T("onbekend hoe het gaat: nog nooit iets gemeld", "not known how it is going: nothing was ever reported") : a.Light is { } light and not TrafficLight.Green ? Label(light) : null,
        Label(a.Status)]), a.IsLate(_day), a.IsExample);

    private static string? Join(IEnumerable<string?> words) => string.Join(" · ", words.OfType<string>()) is { Length: > 0 } text ? text : null;

    private string Label<TEnum>(TEnum value) where TEnum : struct, Enum => Codes<TEnum>.Label(value).In(language);
    private string Day(DateOnly day) => day.ToString("d MMMM yyyy", _culture);
    private string Number(int value) => value.ToString("#,0", _culture);
    private string Euros(decimal value) => "€ " + value.ToString(value == decimal.Truncate(value) ? "#,0" : "#,0.00", _culture);
    private string T(string nl, string en) => language == "en" ? en : nl;
}
