using System.Buffers;
using System.Text;

namespace KennisstedenPortal.Reading.Shared;

/// <summary>
/// Tables as Dutch Excel opens them with a double click: UTF-8 with a byte order mark, semicolons between fields, quotes and line
/// ends of RFC 4180. A text that a spreadsheet would run as a formula gets an apostrophe in front.
/// </summary>
public static class Csv
{
    public const string ContentType = "text/csv; charset=utf-8";
    private const char Separator = ';';
    private const string LineEnd = "\r\n";

    private static readonly SearchValues<char> Quoted = SearchValues.Create($"{Separator}\"\r\n");

    /// <summary>Where formulas begin, also in the wide signs of East Asian keyboards. Tabs and line ends count as space.</summary>
    private const string FormulaSigns = "=+-@＝＋－＠";

    /// <param name="rows">The first holds the headers.</param>
    public static byte[] Of(IEnumerable<IEnumerable<string>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows) text.AppendJoin(Separator, row.Select(Field)).Append(LineEnd);
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static string Field(string value)
    {
        var first = value.AsSpan().TrimStart();
        if (first.Length > 0 && FormulaSigns.Contains(first[0], StringComparison.Ordinal)) value = "'" + value;
        return value.AsSpan().ContainsAny(Quoted) ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
    }
}
