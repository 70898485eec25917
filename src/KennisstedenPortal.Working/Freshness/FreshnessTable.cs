using System.Globalization;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Working.Freshness;

/// <summary>A column of the overview: its head, what it sorts by, and what it holds.</summary>
public sealed record FreshnessColumn(string Code, Text Head, Func<FreshnessRow, IComparable?> Key, Func<FreshnessRow, string, string> Value, bool IsNumber = true);

/// <summary>The overview as a table, for the page and for the file alike.</summary>
public static class FreshnessTable
{
    public const string Path = "/beheer/actualiteit/csv";

    public static IReadOnlyList<FreshnessColumn> Columns { get; } =
    [
        new("objecten", new("Objecten", "Objects"), r => r.Objects, (r, _) => Whole(r.Objects)),
        new("actueel", new("Bevestigd", "Confirmed"), r => r.Current, (r, _) => Whole(r.Current)),
        new("verlopen", new("Verlopen", "Due"), r => r.Due, (r, _) => Whole(r.Due)),
        new("nooit", new("Nooit", "Never"), r => r.Never, (r, _) => Whole(r.Never)),
        new("volledig", new("Volledig", "Complete"), r => r.Total == 0 ? 0 : (double)r.Filled / r.Total, (r, _) => r.Total == 0 ? "" : Whole((int)Math.Floor(100.0 * r.Filled / r.Total)) + "%"),
        new("gewijzigd", new("Laatst gewijzigd", "Last changed"), r => r.LastChange, (r, language) => r.LastChange is { } at ? Day(at, language) : "", IsNumber: false),
        new("voorstellen", new("Voorstellen", "Proposals"), r => r.OpenProposals, (r, _) => Whole(r.OpenProposals)),
        new("oudste", new("Oudste voorstel", "Oldest proposal"), r => r.OldestProposal, (r, language) => r.OldestProposal is { } at ? Day(at, language) : "", IsNumber: false),
        new("redacteuren", new("Redacteuren", "Editors"), r => r.Editors, (r, _) => r.Editors is { } editors ? Whole(editors) : ""),
        new("relaties", new("Onbevestigde relaties", "Unconfirmed relations"), r => r.UnconfirmedRelations, (r, _) => Whole(r.UnconfirmedRelations)),
    ];

    /// <summary>What a row is about.</summary>
    public static string Name(FreshnessRow row, FreshnessBy by, string language) =>
        by == FreshnessBy.Kind ? KindRegistry.OfCode(row.KindCode!).Plural.In(language) : row.Name ?? new Text("Secretariaat", "Secretariat").In(language);

    /// <param name="sort">Code of a column; anything else sorts by name.</param>
    public static IReadOnlyList<FreshnessRow> Sorted(IReadOnlyList<FreshnessRow> rows, string? sort, bool descending)
    {
        if (Columns.FirstOrDefault(c => c.Code == sort) is not { } column) return descending ? [.. rows.Reverse()] : rows;
        // Rows without a value stand last, whatever the direction.
        var known = rows.Where(r => column.Key(r) is not null);
        return [.. descending ? known.OrderByDescending(column.Key) : known.OrderBy(column.Key), .. rows.Where(r => column.Key(r) is null)];
    }

    /// <summary>Head and rows, with plain days.</summary>
    public static IEnumerable<IEnumerable<string>> Csv(IReadOnlyList<FreshnessRow> rows, FreshnessBy by, string language)
    {
        yield return [Codes<FreshnessBy>.Label(by).In(language), .. Columns.Select(c => c.Head.In(language)), new Text("Onderdelen aanwezig", "Parts present").In(language), new Text("Onderdelen gevraagd", "Parts wanted").In(language)];
        foreach (var row in rows) yield return [Name(row, by, language), .. Columns.Select(c => c.Value(row, "")), Whole(row.Filled), Whole(row.Total)];
    }

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Without a language as in a file: 2026-11-24.</summary>
    private static string Day(DateTimeOffset at, string language) =>
        language.Length == 0 ? Dutch.Day(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : Dutch.Day(at).ToString("d MMM yyyy", CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : "nl-NL"));
}
