using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Domain.Access;

namespace KennisstedenPortal.Data.Tests.Mail;

public sealed class MailTextsTests
{
    private static readonly PortalLinks Links = new("https://portaal.example");
    private static readonly DateOnly Until = new(2026, 12, 7);

    [Fact]
    public void Review_Dutch_SaysWhatIsAskedUntilWhenAndWhatTheLinkCanNot()
    {
        var text = MailTexts.Review("nl", "Anna de Vries", ["SAMXL (faciliteit)"], 12, "https://portaal.example/bevestigen/abc", Until, Links);

        text.Subject.Should().Be("Kloppen uw gegevens in het Kennisstedenportaal nog?");
        text.Body.Should().StartWith("Beste Anna de Vries,\n\n").And.Contain("\n\nhttps://portaal.example/bevestigen/abc\n\n").And.Contain("tot en met 7 december 2026").And.Contain("\n- SAMXL (faciliteit)")
            .And.Contain("Er wachten nog 12 andere").And.Contain("stuur deze mail niet door").And.Contain("U hoeft niet in te loggen");
    }

    [Fact]
    public void Review_English_IsEnglishThroughout()
    {
        var text = MailTexts.Review("en", "Anna de Vries", ["SAMXL (facility)"], 1, "https://portaal.example/bevestigen/abc", Until, Links);

        text.Body.Should().StartWith("Dear Anna de Vries,").And.Contain("until 7 December 2026").And.Contain("1 other entry waits for confirmation");
        Words(text.Body).Should().NotContain(["u", "uw", "de", "het", "niet"], "but for names").And.Contain("register");
    }

    [Fact]
    public void Review_NothingMore_DoesNotSpeakOfIt() =>
        MailTexts.Review("nl", "Anna", ["SAMXL"], 0, "https://x", Until, Links).Body.Should().NotContain("werkplek");

    [Theory]
    [InlineData("nl")]
    [InlineData("en")]
    public void Summary_EverySortOfNotice_HasAHeadingOfItsOwn(string language)
    {
        var groups = Enum.GetValues<NoticeSort>().Select(s => new SummaryGroup(s, [new MailLine("SAMXL", "https://portaal.example/id/facility/1")], 0)).ToList();

        var body = MailTexts.Summary(language, "Anna", groups, 2, 1, Links).Body;

        var headings = body.Split("\n\n").Where(p => p.Contains("\n- ", StringComparison.Ordinal)).Select(p => p.Split('\n')[0]).ToList();
        headings.Should().HaveCount(groups.Count).And.OnlyHaveUniqueItems().And.NotContain(h => h.Length == 0);
        body.Should().Contain(language == "nl" ? "2 voorstellen wachten op uw oordeel en 1 gegeven wacht op uw bevestiging" : "2 proposals wait for your decision and 1 entry waits for your confirmation");
    }

    [Fact]
    public void Summary_NothingWaits_DoesNotSpeakOfIt() =>
        MailTexts.Summary("nl", "Anna", [new(NoticeSort.Changed, [new("SAMXL", "https://x")], 0)], 0, 0, Links).Body.Should().NotContain("wacht");

    [Theory]
    [InlineData("nl", "Op 7 december 2026 worden ze verwijderd")]
    [InlineData("en", "They will be removed on 7 December 2026")]
    public void StaleDrafts_BothLanguages_SayWhenAndHowToKeepThem(string language, string sentence) =>
        MailTexts.StaleDrafts(language, "Anna", ["SAMXL"], Until, Links).Body.Should().Contain(sentence).And.Contain("- SAMXL").And.Contain(Links.Workplace);

    private static string[] Words(string text) => text.Replace("Anna de Vries", "", StringComparison.Ordinal).ToLowerInvariant().Split([' ', '\n', ',', '.', ':', '?'], StringSplitOptions.RemoveEmptyEntries);
}
