using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace KennisstedenPortal.Data.Export;

/// <summary>A document for Word (.docx), made from the top to the bottom. Headings, lists and tables are real ones, so that a screen reader and the navigation pane find them.</summary>
public sealed class WordDocument
{
    /// <summary>Levels of headings below the title.</summary>
    public const int Levels = 3;
    private const string ListStyle = "ListBullet", TableStyle = "Gegevens";
    /// <summary>A4 and its margins, in twentieths of a point.</summary>
    private const int PageWidth = 11906, PageHeight = 16838, Margin = 1134;

    private readonly Body _body = new();
    private readonly string _title, _language;

    private WordDocument(string title, string language) => (_title, _language) = (title, language);

    /// <param name="language">"nl" or "en": by which spelling is checked and text is read out.</param>
    public static WordDocument Create(string title, string language)
    {
        var document = new WordDocument(title, language == "en" ? "en-GB" : "nl-NL");
        document.Styled("Title", title);
        return document;
    }

    /// <param name="level">1 to <see cref="Levels"/>.</param>
    public WordDocument Heading(int level, string text)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, Levels);
        Styled($"Heading{level}", text);
        return this;
    }

    public WordDocument Paragraph(string text)
    {
        Styled(null, text);
        return this;
    }

    public WordDocument Bullets(IEnumerable<string> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        foreach (var item in items) Styled(ListStyle, item);
        return this;
    }

    /// <summary>The headers are repeated on every page. A row with fewer cells than headers ends with empty ones; what it has more is left out.</summary>
    public WordDocument Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(rows);
        if (headers.Count == 0) return this;
        var table = new Table(
            new TableProperties(new TableStyle { Val = TableStyle }, new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct }, new TableLook { Val = "0020", FirstRow = true, FirstColumn = false, LastRow = false, LastColumn = false, NoHorizontalBand = true, NoVerticalBand = true }),
            new TableGrid(headers.Select(_ => new GridColumn { Width = ((PageWidth - 2 * Margin) / headers.Count).ToString(System.Globalization.CultureInfo.InvariantCulture) })));
        table.Append(new TableRow([new TableRowProperties(new CantSplit(), new TableHeader()), .. headers.Select(h => Cell(h))]));
        foreach (var row in rows) table.Append(new TableRow([new TableRowProperties(new CantSplit()), .. Enumerable.Range(0, headers.Count).Select(i => Cell(i < row.Count ? row[i] : ""))]));
        // Two tables without a paragraph between them would become one.
        _body.Append(table, new Paragraph(new ParagraphProperties(new SpacingBetweenLines { After = "0", Line = "120", LineRule = LineSpacingRuleValues.Exact })));
        return this;
    }

    public byte[] ToBytes()
    {
        using var memory = new MemoryStream();
        using (var package = WordprocessingDocument.Create(memory, WordprocessingDocumentType.Document))
        {
            package.PackageProperties.Title = Readable(_title);
            package.PackageProperties.Language = _language;
            package.PackageProperties.Creator = "Kennisstedenportaal";
            var main = package.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>().Styles = AllStyles();
            main.AddNewPart<NumberingDefinitionsPart>().Numbering = Bullet();
            var foot = main.AddNewPart<FooterPart>();
            foot.Footer = new Footer(new Paragraph(new ParagraphProperties(new Justification { Val = JustificationValues.Right }),
                new Run(new FieldChar { FieldCharType = FieldCharValues.Begin }), new Run(new FieldCode(" PAGE ") { Space = SpaceProcessingModeValues.Preserve }), new Run(new FieldChar { FieldCharType = FieldCharValues.Separate }), new Run(new Text("1")), new Run(new FieldChar { FieldCharType = FieldCharValues.End })));
            var body = (Body)_body.CloneNode(true);
            body.Append(new SectionProperties(new FooterReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(foot) }, new PageSize { Width = PageWidth, Height = PageHeight },
                new PageMargin { Top = Margin, Bottom = Margin, Left = Margin, Right = Margin, Header = 567, Footer = 567, Gutter = 0 }));
            main.Document = new Document(body);
        }
        return memory.ToArray();
    }

    private void Styled(string? style, string text)
    {
        var paragraph = new Paragraph();
        if (style is not null) paragraph.Append(new ParagraphProperties(new ParagraphStyleId { Val = style }));
        paragraph.Append(Words(text));
        _body.Append(paragraph);
    }

    private static TableCell Cell(string text) => new(new TableCellProperties(new TableCellWidth { Type = TableWidthUnitValues.Auto, Width = "0" }), new Paragraph(Words(text)));

    /// <summary>A line end in the text is one in the document.</summary>
    private static Run Words(string text)
    {
        var run = new Run();
        var lines = Readable(text).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0) run.Append(new Break());
            run.Append(new Text(lines[i]) { Space = SpaceProcessingModeValues.Preserve });
        }
        return run;
    }

    /// <summary>What XML can't hold is left out: the file would not open.</summary>
    private static string Readable(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var sign in text.EnumerateRunes())
            if (sign.Value is '\t' or '\n' or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or >= 0x10000) clean.Append(sign.ToString());
        return clean.ToString();
    }

    private Styles AllStyles()
    {
        var styles = new Styles(new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(new RunFonts { Ascii = "Calibri", HighAnsi = "Calibri", ComplexScript = "Calibri" }, new FontSize { Val = "21" }, new Languages { Val = _language })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(new SpacingBetweenLines { After = "100", Line = "264", LineRule = LineSpacingRuleValues.Auto }))));
        styles.Append(new Style(new StyleName { Val = "Normal" }, new PrimaryStyle()) { Type = StyleValues.Paragraph, StyleId = "Normal", Default = true });
        styles.Append(Head("Title", "Title", "40", null, "0"));
        for (var level = 1; level <= Levels; level++) styles.Append(Head($"Heading{level}", $"heading {level}", level switch { 1 => "30", 2 => "25", _ => "22" }, level - 1, "220"));
        styles.Append(new Style(new StyleName { Val = "List Bullet" }, new BasedOn { Val = "Normal" }, new PrimaryStyle(), new StyleParagraphProperties(new NumberingProperties(new NumberingId { Val = 1 }), new SpacingBetweenLines { After = "40" }, new ContextualSpacing())) { Type = StyleValues.Paragraph, StyleId = ListStyle });
        styles.Append(new Style(new StyleName { Val = "Normal Table" }, new StyleTableProperties(new TableIndentation { Width = 0, Type = TableWidthUnitValues.Dxa }, new TableCellMarginDefault(new TopMargin { Width = "0", Type = TableWidthUnitValues.Dxa }, new TableCellLeftMargin { Width = 108, Type = TableWidthValues.Dxa }, new BottomMargin { Width = "0", Type = TableWidthUnitValues.Dxa }, new TableCellRightMargin { Width = 108, Type = TableWidthValues.Dxa })))
        { Type = StyleValues.Table, StyleId = "TableNormal", Default = true });
        styles.Append(new Style(new StyleName { Val = TableStyle }, new BasedOn { Val = "TableNormal" },
            new StyleParagraphProperties(new SpacingBetweenLines { Before = "30", After = "30", Line = "240", LineRule = LineSpacingRuleValues.Auto }), new StyleRunProperties(new FontSize { Val = "19" }),
            new StyleTableProperties(new TableBorders(new TopBorder { Val = BorderValues.Single, Size = 4, Color = "848B99" }, new BottomBorder { Val = BorderValues.Single, Size = 4, Color = "848B99" }, new InsideHorizontalBorder { Val = BorderValues.Single, Size = 4, Color = "D8D5CC" })),
            new TableStyleProperties(new RunPropertiesBaseStyle(new Bold())) { Type = TableStyleOverrideValues.FirstRow })
        { Type = StyleValues.Table, StyleId = TableStyle, CustomStyle = true });
        return styles;

        static Style Head(string id, string name, string size, int? outline, string before)
        {
            var shape = new StyleParagraphProperties(new KeepNext(), new KeepLines(), new SpacingBetweenLines { Before = before, After = "80" });
            if (outline is { } level) shape.Append(new OutlineLevel { Val = level });
            return new Style(new StyleName { Val = name }, new BasedOn { Val = "Normal" }, new NextParagraphStyle { Val = "Normal" }, new PrimaryStyle(), shape, new StyleRunProperties(new Bold(), new Color { Val = "14213D" }, new FontSize { Val = size })) { Type = StyleValues.Paragraph, StyleId = id };
        }
    }

    private static Numbering Bullet() => new(
        new AbstractNum(new MultiLevelType { Val = MultiLevelValues.SingleLevel }, new Level(new StartNumberingValue { Val = 1 }, new NumberingFormat { Val = NumberFormatValues.Bullet }, new LevelText { Val = "•" }, new LevelJustification { Val = LevelJustificationValues.Left },
            new PreviousParagraphProperties(new Indentation { Left = "397", Hanging = "284" })) { LevelIndex = 0 }) { AbstractNumberId = 0 },
        new NumberingInstance(new AbstractNumId { Val = 0 }) { NumberID = 1 });
}
