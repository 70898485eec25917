using System.Globalization;
using KennisstedenPortal.Domain;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace KennisstedenPortal.Reading.Shared;

/// <summary>
/// Base of every reading component: the language of the page and how things are written in it. The language stands in the
/// address (<c>/en/…</c>) and nowhere else; the host notes it in <see cref="LanguageItem"/> before routing.
/// </summary>
public abstract class ReadingComponent : ComponentBase
{
    /// <summary>Key in <see cref="HttpContext.Items"/>: "nl" or "en".</summary>
    public const string LanguageItem = "language";
    /// <summary>Key in <see cref="HttpContext.Items"/>: the address that was asked for, without language prefix.</summary>
    public const string PathItem = "page-path";

    private static readonly CultureInfo DutchCulture = CultureInfo.GetCultureInfo("nl-NL"), EnglishCulture = CultureInfo.GetCultureInfo("en-GB");

    [CascadingParameter] public HttpContext Http { get; set; } = default!;

    protected string Language => Http.Items[LanguageItem] as string ?? "nl";
    protected bool IsEnglish => Language == "en";
    protected CultureInfo Culture => IsEnglish ? EnglishCulture : DutchCulture;
    protected CancellationToken Cancelled => Http.RequestAborted;

    /// <summary>The page's own address without language prefix, beginning with a slash.</summary>
    protected string PagePath => Http.Items[PathItem] as string ?? "/";

    protected string T(string nl, string en) => IsEnglish ? en : nl;
    protected string T(Text text) => text.In(Language);

    /// <summary>An address of the portal in the language of the page.</summary>
    protected string Href(string path) => IsEnglish ? path == "/" ? "/en" : "/en" + path : path;

    protected string Number(decimal value) => value.ToString(value == decimal.Truncate(value) ? "#,0" : "#,0.##", Culture);

    /// <summary>€ 1,2 mln; whole where that would round.</summary>
    protected string Euros(decimal amount) => amount >= 1_000_000 && amount % 10_000 == 0 ? $"€ {(amount / 1_000_000).ToString("#,0.##", Culture)} {T("mln", "million")}" : $"€ {Number(amount)}";

    protected string Day(DateOnly day) => day.ToString("d MMMM yyyy", Culture);
    protected string Day(DateTimeOffset at) => Day(Dutch.Day(at));

    /// <summary>A period of reduced precision in words: 2023, oktober 2022, 1 januari 2023.</summary>
    protected string PeriodText(string? period) => (period?.Length, Period.FirstDay(period)) switch
    {
        (null, _) => T("zonder datum", "no date"),
        (10, { } day) => Day(day),
        (7, { } day) when period![4] == '-' => day.ToString("MMMM yyyy", Culture),
        _ => period!,
    };

    /// <summary>"1 campus", "3 campussen".</summary>
    protected string Count(int number, string nlOne, string nlMany, string enOne, string enMany) =>
        $"{number.ToString("#,0", Culture)} {(number == 1 ? T(nlOne, enOne) : T(nlMany, enMany))}";

    /// <summary>The same for what was found; null is more than was counted.</summary>
    protected string Found(int? number, string nlOne, string nlMany, string enOne, string enMany) => number is { } counted
        ? Count(counted, nlOne, nlMany, enOne, enMany)
        : $"{T("meer dan", "more than")} {Number(Data.Search.SearchFilter.CountLimit)} {T(nlMany, enMany)}";

    /// <summary>A word for a narrow badge: long compounds may break where a Dutch reader would break them.</summary>
    protected string Badge(Text text) => T(text).Replace("Onderzoeksin", "Onderzoeks\u00ADin", StringComparison.Ordinal).Replace("organisatie", "\u00ADorganisatie", StringComparison.Ordinal).TrimStart('\u00AD');

    /// <summary>The lang attribute for a text in that language (null is Dutch), or null when the page has it already.</summary>
    protected string? Lang(string? language) => (language ?? "nl") == Language ? null : language ?? "nl";

    /// <summary>The same for the title of a source.</summary>
    protected string? LangOfTitle(string title) => Lang(Sources.SourceTitle.Language(title));

    internal static string Capital(string text) => text.Length == 0 ? text : char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..];
}
