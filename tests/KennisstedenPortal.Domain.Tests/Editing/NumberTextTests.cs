using System.Globalization;
using CsCheck;
using KennisstedenPortal.Domain.Editing;

namespace KennisstedenPortal.Domain.Tests.Editing;

/// <summary>What is read in a figure that somebody types.</summary>
public sealed class NumberTextTests
{
    [Theory]
    [InlineData("nl-NL", "159.000", 159000)]
    [InlineData("nl-NL", " 1.250.000,5 ", 1250000.5)]
    [InlineData("nl-NL", "12,5", 12.5)]
    [InlineData("nl-NL", "-3", -3)]
    [InlineData("nl-NL", "1590000", 1590000)]
    [InlineData("en-GB", "159,000", 159000)]
    [InlineData("en-GB", "52.5", 52.5)]
    public void Parse_NumberOfTheLanguage_IsRead(string culture, string text, double number) =>
        NumberText.Parse(text, CultureInfo.GetCultureInfo(culture)).Should().Be((decimal)number);

    [Theory]
    [InlineData("nl-NL", "52.5")]
    [InlineData("nl-NL", "0.5")]
    [InlineData("nl-NL", "0.500")]
    [InlineData("nl-NL", "1234.567")]
    [InlineData("nl-NL", "1.25.000")]
    [InlineData("nl-NL", "1.2500")]
    [InlineData("nl-NL", "veel")]
    [InlineData("nl-NL", "")]
    [InlineData("nl-NL", null)]
    [InlineData("en-GB", "1,5")]
    [InlineData("en-GB", "1e6")]
    public void Parse_WhatCouldBeMeantOtherwise_IsNotGuessed(string culture, string? text) => NumberText.Parse(text, CultureInfo.GetCultureInfo(culture)).Should().BeNull();

    [Fact]
    public void Parse_AnyNumberAsTheLanguageWritesIt_IsThatNumber() =>
        Gen.Select(Gen.Decimal[-1_000_000_000m, 1_000_000_000m], Gen.Bool.Select(b => b ? "nl-NL" : "en-GB"), Gen.Bool.Select(b => b ? "#,0.####" : "0.####")).Sample((given, name, format) =>
        {
            var (number, culture) = (decimal.Round(given, 4), CultureInfo.GetCultureInfo(name));
            return NumberText.Parse(number.ToString(format, culture), culture) == number;
        });
}
