using System.Globalization;
using CsCheck;
using KennisstedenPortal.Domain.Editing;

namespace KennisstedenPortal.Domain.Tests.Editing;

/// <summary>Days and amounts as people type them.</summary>
public sealed class DayAndAmountTests
{
    private static readonly CultureInfo Dutch = CultureInfo.GetCultureInfo("nl-NL");

    [Fact]
    public void Parse_AnyDayInAnyNotation_IsThatDay() => Gen.Select(Gen.Int[0, 40_541], Gen.OneOf("d-M-yyyy", "dd-MM-yyyy", "d/M/yyyy", "dd.MM.yyyy", "yyyy-MM-dd"), Gen.OneOf("", " ")).Sample((days, notation, space) =>
    {
        var day = new DateOnly(DayText.MinYear, 1, 1).AddDays(days);
        var text = space + day.ToString(notation, CultureInfo.InvariantCulture) + space;
        DayText.Parse(text).Should().Be(day, text);
        DayText.Problem(text).Should().BeNull();
    });

    [Fact]
    public void Parse_AnyText_NeverThrowsAndIsADayOrAProblem() => Gen.OneOf(Gen.String, Gen.String[Gen.OneOf('0', '1', '2', '9', '-', '/', '.'), 0, 12]).Sample(text =>
        (DayText.Parse(text) is null).Should().Be(DayText.Problem(text) is not null));

    [Theory]
    [InlineData("31-02-2027", "Deze dag bestaat niet.*")]
    [InlineData("29-2-2027", "Deze dag bestaat niet.*")]
    [InlineData("2027-13-01", "Deze dag bestaat niet.*")]
    [InlineData("31-12-9999", "Vul een dag in van 1990 tot en met 2100.")]
    [InlineData("1-1-1989", "Vul een dag in van 1990 tot en met 2100.")]
    [InlineData("morgen", "Vul een dag in als 31-12-2027.")]
    [InlineData("31-12-27", "Vul een dag in als 31-12-2027.")]
    [InlineData("", "Vul een dag in als 31-12-2027.")]
    public void Problem_NoDay_SaysWhatIsWrong(string text, string sentence) => DayText.Problem(text)!.Value.Nl.Should().Match(sentence);

    [Fact]
    public void Parse_AnyAmountInDutchNotation_IsThatAmount() => Gen.Select(Gen.Long[0, 99_999_999_999_999], Gen.OneOf("#,0.##", "0.##", "€ #,0.00", "0")).Sample((cents, notation) =>
    {
        var amount = notation == "0" ? Math.Floor(cents / 100m) : cents / 100m;
        var text = amount.ToString(notation, Dutch);
        AmountText.Parse(text).Should().Be(amount, text);
    });

    [Fact]
    public void Parse_AnyText_NeverThrowsAndIsAnAmountOrAProblem() => Gen.OneOf(Gen.String, Gen.String[Gen.OneOf('0', '1', '9', '.', ',', '-', ' ', 'm', 'l', 'n'), 0, 25]).Sample(text =>
        (AmountText.Parse(text) is null).Should().Be(AmountText.Problem(text) is not null));

    [Theory]
    [InlineData("1.250.000,50", "1250000.50")]
    [InlineData("1,2 mln", "1200000")]
    [InlineData("1,25 mln", "1250000")]
    [InlineData("1,2345 mln", "1234500")]
    [InlineData("1.250", "1250")]
    [InlineData("1.250.000,5", "1250000.5")]
    [InlineData("€ 1,2 mln", "1200000")]
    [InlineData("3 miljard", "3000000000")]
    [InlineData("250 duizend", "250000")]
    [InlineData("0", "0")]
    [InlineData("100 euro", "100")]
    public void Parse_Amount_IsRead(string text, string amount) => AmountText.Parse(text).Should().Be(decimal.Parse(amount, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("-5", "Een bedrag is 0 of meer.")]
    [InlineData("12345678901234567890", "Dit bedrag is te groot*")]
    [InlineData("99999 mld", "Dit bedrag is te groot*")]
    [InlineData("1,2345", "Vul hooguit twee cijfers achter de komma in.")]
    [InlineData("1,234", "Dit bedrag is op twee manieren te lezen.*")]
    [InlineData("1,250 million", "Dit bedrag is op twee manieren te lezen.*")]
    [InlineData("1.250 mln", "Dit bedrag is op twee manieren te lezen.*")]
    [InlineData("€ 1,250 mln", "Dit bedrag is op twee manieren te lezen.*")]
    [InlineData("1.5", "Vul een bedrag in euro's in*")]
    [InlineData("1,250,000", "Vul een bedrag in euro's in*")]
    [InlineData("veel", "Vul een bedrag in euro's in*")]
    [InlineData("", "Vul een bedrag in euro's in*")]
    public void Problem_NoAmount_SaysWhatIsWrong(string text, string sentence) => AmountText.Problem(text)!.Value.Nl.Should().Match(sentence);
}
