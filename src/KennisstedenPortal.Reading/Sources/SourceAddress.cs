using System.Globalization;
using KennisstedenPortal.Data.Provenance;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using Microsoft.AspNetCore.Http;

namespace KennisstedenPortal.Reading.Sources;

/// <summary>The query string of the pages about sources, in both directions.</summary>
/// <param name="Problem">What can't be used, and what to do; it never reaches a query.</param>
public sealed record SourceAddress(SourceOrder Order, int Page, Text? Problem)
{
    public const string Path = "bronnen";
    private const string By = "sorteer", Number = "pagina";

    /// <summary>The keys these pages know; others are ignored.</summary>
    public static IReadOnlyList<string> Keys { get; } = [By, Number];

    private const int MaxPage = 100_000;

    public static SourceAddress Read(IQueryCollection query)
    {
        var (order, page) = (SourceOrder.Name, 1);
        if (Keys.Any(k => query[k].Count > 1)) return new(order, page, new("Een keuze staat twee keer in het adres. Begin opnieuw bij de eerste pagina.", "A choice is in the address twice. Start again at the first page."));
        if (query[By].FirstOrDefault() is { Length: > 0 } by && !Codes<SourceOrder>.TryParseSlug(by, out order))
            return new(SourceOrder.Name, page, new("Zo kunnen we niet sorteren. Kies naam, meest gebruikt of datum.", "We cannot sort that way. Choose name, most used or date."));
        if (query[Number].FirstOrDefault() is { Length: > 0 } number && (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out page) || page is < 1 or > MaxPage))
            return new(order, 1, new("Vul voor de pagina een getal in vanaf 1.", "Use a number from 1 for the page."));
        return new(order, page, null);
    }

    /// <summary>The query string, with the defaults left out.</summary>
    public static string Query(SourceOrder order, int page)
    {
        var query = new QueryString();
        if (order != SourceOrder.Name) query = query.Add(By, Codes<SourceOrder>.Slug(order));
        if (page != 1) query = query.Add(Number, page.ToString(CultureInfo.InvariantCulture));
        return query.Value ?? "";
    }
}
