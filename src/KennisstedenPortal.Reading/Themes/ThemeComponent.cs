using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;
using KennisstedenPortal.Reading.Shared;
using Microsoft.AspNetCore.Components;

namespace KennisstedenPortal.Reading.Themes;

/// <summary>Base of the pages about themes: how a theme, its taxonomy and their validity are written.</summary>
public abstract class ThemeComponent : ReadingComponent
{
    public const string ListPath = "/themas";

    [Inject] protected TimeProvider Time { get; set; } = default!;

    protected DateOnly Today => Time.Today();

    protected string Address(Theme theme) => Href($"{ListPath}/{theme.Code}");

    /// <summary>The place of an official taxonomy on the page of all themes.</summary>
    protected static string Anchor(Taxonomy taxonomy) => "indeling-" + taxonomy.Code;

    protected string Name(Theme theme) => IsEnglish ? theme.NameEn ?? theme.NameNl : theme.NameNl;
    protected string? LangOf(Theme theme) => theme.NameEn is null ? Lang(null) : null;
    protected string Name(Taxonomy taxonomy) => IsEnglish ? taxonomy.NameEn ?? taxonomy.NameNl : taxonomy.NameNl;
    protected string? LangOf(Taxonomy taxonomy) => taxonomy.NameEn is null ? Lang(null) : null;

    /// <summary>A theme ends with its taxonomy, if it has no end of its own.</summary>
    protected bool HasExpired(Theme theme) => theme.HasExpired(Today) || theme.ValidTo is null && theme.Taxonomy?.HasExpired(Today) == true;

    /// <summary>From when to when, in words that follow a name.</summary>
    protected string Validity(string? from, string? to) => (from, to) switch
    {
        (null, null) => T("geldigheid onbekend", "validity unknown"),
        ({ } f, null) => T($"geldig vanaf {PeriodText(f)}", $"valid from {PeriodText(f)}"),
        (null, { } t) => Period.EndsBefore(t, Today) ? T($"gold tot en met {PeriodText(t)}", $"was valid until {PeriodText(t)}") : T($"geldig tot en met {PeriodText(t)}", $"valid until {PeriodText(t)}"),
        ({ } f, { } t) => Period.EndsBefore(t, Today)
            ? T($"gold van {PeriodText(f)} tot en met {PeriodText(t)}", $"was valid from {PeriodText(f)} to {PeriodText(t)}")
            : T($"geldig van {PeriodText(f)} tot en met {PeriodText(t)}", $"valid from {PeriodText(f)} to {PeriodText(t)}"),
    };

    protected string Validity(Theme theme) => Validity(theme.ValidFrom ?? theme.Taxonomy?.ValidFrom, theme.ValidTo ?? theme.Taxonomy?.ValidTo);
    protected string Validity(Taxonomy taxonomy) => Validity(taxonomy.ValidFrom, taxonomy.ValidTo);

    /// <summary>What the editors note about the state of a taxonomy; free text, so what is not known here stays Dutch.</summary>
    protected string StatusOf(Taxonomy taxonomy) => taxonomy.Status switch
    {
        "historisch" => T("historisch", "historical"),
        "actueel" => T("actueel", "current"),
        "onvolledig" => T("onvolledig", "incomplete"),
        "te controleren" => T("te controleren", "to be checked"),
        { } other => other,
        null => T("status onbekend", "status unknown"),
    };

    /// <summary>"1 faciliteit", "12 R&amp;D-concentraties".</summary>
    protected string KindCount(ObjectKind kind, int number) =>
        Count(number, Lower(kind.Singular.Nl), Lower(kind.Plural.Nl), Lower(kind.Singular.En), Lower(kind.Plural.En));

    /// <summary>A name of a kind within a sentence.</summary>
    protected static string Lower(string name) => name.StartsWith("R&D", StringComparison.Ordinal) ? name : char.ToLowerInvariant(name[0]) + name[1..];
}
