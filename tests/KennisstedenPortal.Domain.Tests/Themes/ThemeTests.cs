using KennisstedenPortal.Domain.Themes;

namespace KennisstedenPortal.Domain.Tests.Themes;

public sealed class ThemeTests
{
    [Theory]
    [InlineData("2025-12-31", false)]
    [InlineData("2026-01-01", true)]
    public void HasExpired_TopsectorenAroundTheirEnd_IsTrueFromTheDayAfter(string day, bool expired)
    {
        var date = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

        new Taxonomy { Code = "topsector", NameNl = "Topsectoren", ValidTo = "2025-12-31" }.HasExpired(date).Should().Be(expired);
        new Theme { Code = "ts-ict", TaxonomyCode = "topsector", NameNl = "ICT", EntryThemeCode = "ict", ValidTo = "2025-12-31" }.HasExpired(date).Should().Be(expired);
    }

    [Fact]
    public void HasExpired_NoEnd_IsFalse() =>
        new Taxonomy { Code = "sdg", NameNl = "SDG's" }.HasExpired(DateOnly.MaxValue).Should().BeFalse();
}
