using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using KennisstedenPortal.Data.Export;

namespace KennisstedenPortal.Data.Tests.Export;

public sealed class OfficeFilesTests
{
    private const string Odd = "a\0b\u0001 <b>&amp; \ud800 \ufffe 🎓\nnieuwe regel\ttab";

    [Theory]
    [InlineData("nl")]
    [InlineData("en")]
    public void Word_WithEverything_IsAValidDocument(string language)
    {
        var bytes = WordDocument.Create("Titel " + Odd, language).Heading(1, "Een").Heading(2, Odd).Heading(3, "Drie").Paragraph(Odd).Bullets(["een", Odd]).Bullets([])
            .Table(["Kop", Odd], [["a", "b"], ["te weinig"], ["te", "veel", "cellen"]]).Table(["Leeg"], []).Table([], []).ToBytes();

        using var package = WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);
        new OpenXmlValidator(FileFormatVersions.Microsoft365).Validate(package).Select(e => $"{e.Path?.XPath}: {e.Description}").Should().BeEmpty();
        var body = package.MainDocumentPart!.Document!.Body!;
        body.InnerText.Should().Contain("<b>&amp;").And.Contain("🎓");
        body.Descendants<Table>().Should().HaveCount(2);
        body.Descendants<TableHeader>().Should().HaveCount(2, "headers are repeated on every page");
        body.Descendants<ParagraphStyleId>().Select(s => s.Val!.Value).Should().Contain(["Title", "Heading1", "Heading2", "Heading3", "ListBullet"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Word_AHeadingOfAnotherLevel_IsRefused(int level)
    {
        var act = () => WordDocument.Create("Titel", "nl").Heading(level, "Kop");

        act.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task Excel_WithEverything_IsAValidWorkbookWithoutFormulas()
    {
        string[] risky = ["=1+1", "+31", "-5", "@cmd", " =cmd|' /C calc'!A0", "\t=1", "＝1"];
        var bytes = await Workbook.OfAsync([new("Een", ["Tekst", "Getal", "Dag"], [.. risky.Select(r => (IReadOnlyList<object?>)[r, 12.5m, new DateOnly(2026, 11, 28)]), [Odd, null, null], [new string('x', 40_000)]]), new("Leeg", ["Kop"], [])], CancellationToken.None);

        using var package = SpreadsheetDocument.Open(new MemoryStream(bytes), isEditable: false);
        package.WorkbookPart!.Workbook!.Sheets!.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>().Select(s => s.Name!.Value).Should().Equal("Een", "Leeg");
        var cells = package.WorkbookPart.WorksheetParts.SelectMany(p => p.Worksheet!.Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>()).ToList();
        cells.Should().OnlyContain(c => c.CellFormula == null);
        var texts = cells.Select(c => c.CellValue?.Text ?? "").ToList();
        foreach (var text in risky) texts.Should().Contain("'" + text, "a sign in front makes it a text");
        texts.Should().Contain("12.5").And.Contain("Kop");
        // The format writes what stands outside the first plane as its two halves.
        texts.Should().Contain(t => t.Contains("_xD83C__xDF93_", StringComparison.Ordinal));
    }
}
