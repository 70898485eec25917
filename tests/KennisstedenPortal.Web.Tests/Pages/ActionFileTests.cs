using System.IO.Compression;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Web.Tests.Pages;

/// <summary>The table of actions as a file, with the filters of its page.</summary>
public sealed class ActionFileTests(Site site)
{
    [Theory]
    [InlineData("/agenda/acties.xlsx", "Voorbeeld", 24)]
    [InlineData("/en/agenda/acties.xlsx?soort=afgerond", "Example", 1)]
    [InlineData("/agenda/acties.xlsx?q=bestaatbeslistniet", "Voorbeeld", 0)]
    [InlineData("/agenda/acties.xlsx?pagina=3", "Voorbeeld", 24)]
    public async Task File_WithTheFiltersOfThePage_HoldsItsActionsWithSourceAndDay(string address, string column, int actions)
    {
        using var answer = await site.Client.GetAsync(address);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        answer.Content.Headers.ContentDisposition!.FileName.Should().MatchRegex("^(acties|actions)-[0-9-]{10}\\.xlsx$");
        var text = await TextAsync(answer);
        text.Should().Contain(column).And.Contain("Kennisstedenportaal, ").And.Contain("/agenda/acties");
        System.Text.RegularExpressions.Regex.Count(text, ">VA-[0-9]{3}<").Should().Be(actions);
    }

    [Theory]
    [InlineData("soort=bezig")]
    [InlineData("stad=atlantis")]
    [InlineData("q=%00")]
    public async Task File_UnusableValue_Answers400WithASentence(string query)
    {
        using var answer = await site.Client.GetAsync($"/agenda/acties.xlsx?{query}");

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("\"fout\"");
    }

    [Fact]
    public async Task File_OfHostileNames_HoldsNoFormulaAndNothingHidden()
    {
        await using var own = await site.OwnAsync();
        await using (var db = own.Database.CreateDbContext())
        {
            db.Add(new AgendaAction { Id = Guid.CreateVersion7(), Slug = "va-801", Name = "=cmd|'/c calc'!A1", Note = "x" });
            db.Add(new AgendaAction { Id = Guid.CreateVersion7(), Slug = "va-802", Name = "Geheim plan", Visibility = Visibility.Partners });
            await db.SaveAsync(Domain.Access.Actor.Portal, "Voor de proef");
        }
        using var answer = await own.Client.GetAsync("/agenda/acties.xlsx");

        var text = WebUtility.HtmlDecode(await TextAsync(answer));
        text.Should().Contain(">'=cmd|").And.NotContain(">=cmd|").And.NotContain("Geheim plan");
        (await own.Client.GetStringAsync("/agenda/acties?soort=idee")).Should().Contain("/agenda/acties.xlsx?soort=idee");
    }

    /// <summary>All sheets and texts of a workbook.</summary>
    private static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        await using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        var text = new System.Text.StringBuilder();
        foreach (var entry in zip.Entries.Where(e => e.FullName.Contains("sheet", StringComparison.OrdinalIgnoreCase) || e.FullName.Contains("sharedStrings", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(await entry.OpenAsync());
            text.Append(await reader.ReadToEndAsync());
        }
        return text.ToString();
    }
}
