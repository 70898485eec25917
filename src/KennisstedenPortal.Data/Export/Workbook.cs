using System.Globalization;
using System.Text;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace KennisstedenPortal.Data.Export;

/// <summary>A sheet of a workbook.</summary>
/// <param name="Name">At most 31 signs, none of them <c>: \ / ? * [ ]</c>.</param>
/// <param name="Rows">Texts, numbers, days and null, under the headers.</param>
public sealed record Sheet(string Name, IReadOnlyList<string> Headers, IEnumerable<IReadOnlyList<object?>> Rows);

/// <summary>Tables for Excel (.xlsx). A text is always a text: what would be a formula gets an apostrophe in front, as in the other files of the portal.</summary>
public static class Workbook
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    /// <summary>What one cell can hold.</summary>
    private const int MostSigns = 32_767;
    private const string FormulaSigns = "=+-@＝＋－＠";

    public static async Task<byte[]> OfAsync(IReadOnlyList<Sheet> sheets, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sheets);
        using var memory = new MemoryStream();
        var tables = sheets.ToDictionary(s => s.Name, s => (object)s.Rows.Select(r => Row(s.Headers, r)).DefaultIfEmpty(Row(s.Headers, [])), StringComparer.Ordinal);
        await memory.SaveAsAsync(tables, configuration: new OpenXmlConfiguration { AutoFilter = true, FastMode = true, EnableAutoWidth = true, MaxWidth = 60, Culture = CultureInfo.InvariantCulture }, cancellationToken: cancellation);
        return memory.ToArray();
    }

    private static Dictionary<string, object?> Row(IReadOnlyList<string> headers, IReadOnlyList<object?> cells)
    {
        var row = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = 0; i < headers.Count; i++) row[headers[i]] = i < cells.Count ? Cell(cells[i]) : null;
        return row;
    }

    private static object? Cell(object? value) => value switch
    {
        string text => Text(text),
        DateOnly day => day.ToDateTime(TimeOnly.MinValue),
        _ => value,
    };

    private static string Text(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var sign in text.EnumerateRunes())
            if (sign.Value is '\t' or '\n' or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or >= 0x10000) clean.Append(sign.ToString());
        var first = clean.ToString().AsSpan().TrimStart();
        if (first.Length > 0 && FormulaSigns.Contains(first[0], StringComparison.Ordinal)) clean.Insert(0, '\'');
        if (clean.Length > MostSigns) clean.Length = MostSigns;
        return clean.ToString();
    }
}
