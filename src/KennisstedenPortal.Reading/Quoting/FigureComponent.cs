using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Indicators;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Reading.History;
using KennisstedenPortal.Reading.Shared;
using Microsoft.AspNetCore.Components;

namespace KennisstedenPortal.Reading.Quoting;

/// <summary>Base of components that show figures: how a figure is written, and how it is quoted.</summary>
public abstract class FigureComponent : ReadingComponent
{
    /// <summary>Definitions and dates differ between universities (README of the starter data, rule 4).</summary>
    private const string NotComparable = "STUD_WO_INST";

    [Inject] private PublicAddress Address { get; set; } = default!;
    [Inject] protected TimeProvider Time { get; set; } = default!;

    protected DateOnly Today => Time.Today();

    /// <summary>Per indicator, place and segment the newest period; all sources of that period stand.</summary>
    protected static IEnumerable<Observation> Newest(IEnumerable<Observation> items) => items.Where(o => o.Indicator is not null)
        .GroupBy(o => (o.IndicatorCode, o.AreaCode, o.Segment)).SelectMany(g => g.Where(o => o.PeriodStart == g.Max(x => x.PeriodStart)))
        .OrderBy(o => !o.IndicatorCode.StartsWith("POP", StringComparison.Ordinal)).ThenByDescending(o => o.IndicatorCode, StringComparer.Ordinal).ThenBy(o => o.AreaCode is not null).ThenByDescending(o => o.Value);

    protected string IndicatorName(Indicator indicator) => IsEnglish ? indicator.NameEn ?? indicator.NameNl : indicator.NameNl;

    /// <summary>The indicator with what narrows it down: part of the whole, place.</summary>
    protected string NameOf(Observation o, params string?[] places) => string.Join(", ", new[] { IndicatorName(o.Indicator!), o.Segment }.Concat(places).OfType<string>());

    /// <param name="whole">With the unit also where a column or heading usually tells.</param>
    protected string ValueOf(Observation o, bool whole = false)
    {
        if (o.Value is not { } value) return o.Missing == Missing.NotApplicable ? T("niet van toepassing", "not applicable") : T("onbekend", "unknown");
        var text = Number(o.MinValue ?? value);
        if (o.MinValue < o.MaxValue || o.ValueType == ValueBasis.LowerBound) text = T("minstens ", "at least ") + text;
        else if (o.ValueType == ValueBasis.Rounded) text = T("ongeveer ", "about ") + text;
        return (whole, o.Unit) switch
        {
            (false, "personen" or "aantal" or "huishoudens") => text,
            (false, "inwoners per km2 land") => text + " per km²",
            _ => WithUnit(text, o.Unit),
        };
    }

    protected string WithUnit(string number, string unit) => unit switch
    {
        "aantal" => number,
        "personen" => T($"{number} personen", $"{number} persons"),
        "huishoudens" => T($"{number} huishoudens", $"{number} households"),
        "procent" => number + " %",
        "procent van bbp" => T($"{number} % van het bbp", $"{number} % of GDP"),
        "hectare" => number + " ha",
        "mln euro" => T($"€ {number} mln", $"€ {number} million"),
        "mln euro per jaar" => T($"€ {number} mln per jaar", $"€ {number} million a year"),
        "inwoners per km2 land" => T($"{number} inwoners per km² land", $"{number} inhabitants per km² of land"),
        _ => $"{number} {unit}",
    };

    /// <summary>Derived or measured, and how the value was made.</summary>
    protected string NatureOf(Observation o) => $"{(o.IsDerived ? T("afgeleid", "derived") : T("gemeten", "measured"))} ({T(Codes<ValueBasis>.Label(o.ValueType))})";

    /// <summary>What a reader must know beside the value, or nothing.</summary>
    protected IEnumerable<(string Text, string Language)> CaveatsOf(Observation o)
    {
        if (string.Equals(o.IndicatorCode, NotComparable, StringComparison.Ordinal))
            yield return (T("Universiteiten tellen verschillend: niet optellen of vergelijken.", "Universities count differently: do not add up or compare."), Language);
        // Qualifiers are taken over from the source files, which are in English.
        if (o.Qualifier is { } qualifier) yield return (qualifier, "en");
        if (o.SuppressedCells is > 0 and var cells)
            yield return (T($"{Number(cells)} groepen van 1 tot 4 studenten zijn in de bron verborgen; hoogstens {Number(o.MaxValue ?? 0)}.", $"{Number(cells)} groups of 1 to 4 students are hidden in the source; at most {Number(o.MaxValue ?? 0)}."), Language);
    }

    protected string NatureOf(DocumentClaim claim) => IsDerived(claim) ? T("afgeleid, door de opstellers van de oproep", "derived, by the authors of the call") : T("zoals de oproep het noemt, niet nagemeten", "as stated in the call, not measured again");

    protected static bool IsDerived(DocumentClaim claim) => claim.Code is "claim-private-share" or "claim-stud-growth";

    protected string PeriodOf(DocumentClaim claim) => IsEnglish ? claim.PeriodText
        : claim.PeriodText.Replace("undated", "ongedateerd", StringComparison.Ordinal).Replace("about", "ongeveer", StringComparison.Ordinal);

    /// <summary>Where the document states the figure.</summary>
    protected static Citation? StatedIn(DocumentClaim claim) => claim.Citations.FirstOrDefault(c => c.Passage != DocumentClaim.CheckPassage);

    protected static string PathOf(Observation o) => $"/waarneming/{o.Id}";
    protected static string PathOf(DocumentClaim claim) => $"/bewering/{claim.Id}";

    protected string TitleOf(Source source) => $"{source.Title}, {(source.PublishedOn is { } date ? PeriodText(date) : T("zonder datum", "no date"))}";

    /// <summary>What an indicator counts, and the language of that text; not every definition is there in English.</summary>
    protected (string Text, string? Language) DefinitionOf(Indicator indicator) => IsEnglish && indicator.DefinitionEn is { } english ? (english, "en") : (indicator.DefinitionNl, null);

    /// <param name="places">Whom and what it is about: an object, an area, or an object within an area.</param>
    protected Quotation Quote(Observation o, params string?[] places) => Compose(NameOf(o, places), PeriodText(o.ReferencePeriod), ValueOf(o, whole: true), DefinitionOf(o.Indicator!).Text, PathOf(o), o.Source is { } source ? TitleOf(source) : T("onbekend", "unknown"), T(Codes<Verification>.Label(o.Verification)),
        (T("Afgeleid of gemeten", "Derived or measured"), NatureOf(o)),
        (T("Kanttekening", "Caveat"), string.Join("; ", CaveatsOf(o).Select(c => Sentence(c.Text)))));

    protected Quotation Quote(DocumentClaim claim) => Compose(Sentence(claim.SummaryNl), PeriodOf(claim), WithUnit(Number(claim.Value), claim.Unit), claim.Indicator is { } indicator ? DefinitionOf(indicator).Text : T("niet vastgelegd", "not recorded"), PathOf(claim),
        StatedIn(claim) is { Source: { } source } stated ? $"{TitleOf(source)}; {stated.Passage}" : T("onbekend", "unknown"), T(Codes<Verification>.Label(claim.Verification)),
        (T("Afgeleid of gemeten", "Derived or measured"), NatureOf(claim)),
        (T("Onafhankelijke controle (in het Engels)", "Independent check"), claim.IndependentCheck));

    /// <summary>A number that this register counts itself.</summary>
    /// <param name="path">Where it is counted anew whenever somebody looks.</param>
    /// <param name="subject">What it is about, when its page can be read as it was on a day; a count itself is not kept.</param>
    protected Quotation QuoteCount(string title, string value, string definition, string path, string? subject = null) => Compose(title, Day(Today), value, definition, path, T($"register Kennissteden, stand van {Day(Today)}", $"register Kennissteden, as of {Day(Today)}"),
        T("per object vermeld in het register", "stated in the register for each object"),
        (T("Afgeleid of gemeten", "Derived or measured"), T("afgeleid (geteld in dit register, dat niet volledig hoeft te zijn)", "derived (counted in this register, which may be incomplete)")),
        (T("Let op", "Note"), T("het vaste adres geeft de telling van de dag waarop u kijkt", "the permanent address gives the count of the day on which you look")),
        (T($"{subject} zoals het die dag in het register stond", $"{subject} as the register had it that day"), subject is null ? "" : Address.Of(Http.Request) + Href($"{path}?{DayAddress.On}={DayAddress.Write(Today)}")));

    private Quotation Compose(string title, string period, string value, string definition, string path, string source, string verification, params (string Label, string Text)[] more)
    {
        var address = Address.Of(Http.Request) + Href(path);
        List<(string Label, string Text)> parts =
        [
            (T("Definitie", "Definition (in Dutch)"), definition),
            .. more,
            (T("Bron", "Source"), source),
            (T("Verificatie", "Verification"), Lower(verification)),
        ];
        parts.RemoveAll(p => p.Text.Length == 0);
        var plain = string.Join('\n', parts.Select(p => $"{p.Label}: {p.Text}").Prepend($"{title}: {value} ({period})")
            .Append($"{T("Vast adres", "Permanent address")}: {address}").Append($"{T("Geraadpleegd op", "Consulted on")}: {Day(Today)}"));
        var footnote = $"{title}, {period}: {value}. {string.Join(' ', parts.Select(p => $"{p.Label}: {Sentence(p.Text)}."))} {address} ({T("geraadpleegd op", "consulted on")} {Day(Today)}).";
        return new Quotation($"{title}, {period}", Href(path), plain, footnote);
    }

    private static string Sentence(string text) => text.TrimEnd('.', ' ');
    private static string Lower(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
