using KennisstedenPortal.Domain.Agenda;

namespace KennisstedenPortal.Domain.Tests.Agenda;

public sealed class PaperNumberTests
{
    [Theory]
    [InlineData("33009-120", "33009-120")]
    [InlineData("33 009, nr. 120", "33009-120")]
    [InlineData(" kst-33009-120 ", "33009-120")]
    [InlineData("33009 120", "33009-120")]
    [InlineData("36410-XIII-45", "36410-XIII-45")]
    [InlineData("36 410 viii, nr. 7", "36410-VIII-7")]
    [InlineData("33009-007", "33009-7")]
    public void Parse_WrittenInAnyWay_IsKeptInOne(string text, string kept)
    {
        PaperNumber.Parse(text).Should().Be(kept);
        PaperNumber.Problem(text).Should().BeNull();
    }

    [Theory]
    [InlineData("33009")]
    [InlineData("120")]
    [InlineData("33009-")]
    [InlineData("33009-0")]
    [InlineData("33009-123456")]
    [InlineData("33009-ABC-1")]
    [InlineData("33009-120; drop table")]
    [InlineData("33009-120\n")]
    [InlineData("٣٣٠٠٩-١٢٠")]
    [InlineData("000000000000000000000000000000000000000033009-120")]
    public void Problem_NoNumber_SaysHowItIsWritten(string text)
    {
        var trimmed = text.TrimEnd('\n');
        if (trimmed == text) PaperNumber.Problem(text)!.Value.Nl.Should().Contain("33009-120");
        PaperNumber.Parse(text)?.Should().MatchRegex(PaperNumber.Pattern);
    }
}
