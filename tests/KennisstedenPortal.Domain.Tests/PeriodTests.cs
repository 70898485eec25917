using System.Globalization;

namespace KennisstedenPortal.Domain.Tests;

public sealed class PeriodTests
{
    private const int Samples = 5_000;
    private static readonly Gen<string> NearPeriods = Gen.Char["0123456789/-z "].Array[0, 12].Select(c => new string(c));
    private static readonly Gen<string> Shaped = Gen.Select(Gen.Int[0, 9999], Gen.Int[0, 13], Gen.Int[0, 32], Gen.Int[0, 3], (y, m, d, shape) => shape switch
    {
        0 => FormattableString.Invariant($"{y:0000}"),
        1 => FormattableString.Invariant($"{y:0000}-{m:00}"),
        2 => FormattableString.Invariant($"{y:0000}-{m:00}-{d:00}"),
        _ => FormattableString.Invariant($"{y:0000}/{(y + 1) % 100:00}"),
    });

    private static readonly Gen<string> Texts = Gen.OneOf(NearPeriods, Shaped);

    [Theory]
    [InlineData("2024", "2024-01-01", "2024-12-31")]
    [InlineData("2024-02", "2024-02-01", "2024-02-29")]
    [InlineData("2023-02", "2023-02-01", "2023-02-28")]
    [InlineData("2024-12", "2024-12-01", "2024-12-31")]
    [InlineData("2024-10-01", "2024-10-01", "2024-10-01")]
    [InlineData("2024/25", "2024-09-01", "2025-08-31")]
    [InlineData("1999/00", "1999-09-01", "2000-08-31")]
    [InlineData("1000", "1000-01-01", "1000-12-31")]
    public void FirstDayAndLastDay_Period_AreItsEnds(string period, string first, string last)
    {
        Period.FirstDay(period).Should().Be(Day(first));
        Period.LastDay(period).Should().Be(Day(last));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("24")]
    [InlineData("0999")]
    [InlineData("9999")]
    [InlineData("2024-13")]
    [InlineData("2024-00")]
    [InlineData("2023-02-29")]
    [InlineData("2024-1-1")]
    [InlineData("01-10-2024")]
    [InlineData("2024-10-01T00:00")]
    [InlineData(" 2024")]
    [InlineData("٢٠٢٤")]
    [InlineData("ongedateerd")]
    [InlineData("12345/6")]
    [InlineData("2024/")]
    public void FirstDayAndLastDay_NotAPeriod_AreNull(string? text)
    {
        Period.FirstDay(text).Should().BeNull();
        Period.LastDay(text).Should().BeNull();
    }

    [Theory]
    [InlineData("2024/xx")]
    [InlineData("2024/  ")]
    [InlineData("2024/26")]
    public void FirstDay_AcademicYearThatDoesNotEndTheYearAfter_IsNull(string text) => Period.FirstDay(text).Should().BeNull();

    [Theory]
    [InlineData("9999-12")]
    [InlineData("9999-12-31")]
    [InlineData("9998/99")]
    public void LastDay_EndOfTheCalendar_DoesNotThrow(string text)
    {
        var last = () => Period.LastDay(text);

        last.Should().NotThrow();
    }

    [Fact]
    public void FirstDay_AnyText_IsNullExactlyWhenLastDayIs() =>
        Texts.Where(NotAtTheEndOfTheCalendar).Sample(text => Period.FirstDay(text) is null == Period.LastDay(text) is null, iter: Samples);

    [Fact]
    public void FirstDay_AnyPeriod_IsNotAfterLastDay() =>
        Texts.Where(NotAtTheEndOfTheCalendar).Where(t => Period.FirstDay(t) is not null).Sample(text => Period.FirstDay(text) <= Period.LastDay(text), iter: Samples);

    [Fact]
    public void EndsBefore_LastDay_HasNotEndedYet()
    {
        Period.EndsBefore("2025", Day("2025-12-31")).Should().BeFalse();
        Period.EndsBefore("2025", Day("2026-01-01")).Should().BeTrue();
        Period.EndsBefore(null, Day("2026-01-01")).Should().BeFalse();
        Period.EndsBefore("onbekend", Day("2026-01-01")).Should().BeFalse();
    }

    /// <summary>That one month has its own test.</summary>
    private static bool NotAtTheEndOfTheCalendar(string text) => text != "9999-12";

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
