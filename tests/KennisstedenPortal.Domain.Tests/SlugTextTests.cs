using System.Text;

namespace KennisstedenPortal.Domain.Tests;

public sealed class SlugTextTests
{
    private const int Samples = 5_000;

    /// <summary>Text as people type it, with what slugs are made of, accents, signs and other scripts.</summary>
    private static readonly Gen<string> Names = Gen.Char["aZ09 -_.,&éÅñßøœ'’°²½€Жé漢\u0301\t\n\0"].Array[0, 200].Select(c => new string(c));

    /// <summary>Any Unicode text at all.</summary>
    private static readonly Gen<string> Texts = Gen.Int[0, 0x10FFFF].Where(Rune.IsValid).Array[0, 100].Select(runes => string.Concat(runes.Select(r => new Rune(r).ToString())));

    /// <summary>What looks like a slug, right or wrong.</summary>
    private static readonly Gen<string> NearSlugs = Gen.Char["ab9-A é"].Array[0, 8].Select(c => new string(c));

    private static readonly Gen<string> All = Gen.OneOf(Names, Texts, NearSlugs);

    [Theory]
    [InlineData("High Tech Campus Eindhoven", "high-tech-campus-eindhoven")]
    [InlineData("  's-Hertogenbosch (Spark)  ", "s-hertogenbosch-spark")]
    [InlineData("Één café: R&D", "een-cafe-r-d")]
    [InlineData("漢字", "")]
    [InlineData("", "")]
    public void From_Text_IsItsReadableAddress(string text, string slug) => SlugText.From(text).Should().Be(slug);

    [Fact]
    public void From_AnyText_IsAValidSlugOrEmpty() => All.Sample(text =>
    {
        var slug = SlugText.From(text);
        return slug.Length == 0 || SlugText.IsValid(slug);
    }, iter: Samples);

    [Fact]
    public void From_ASlug_IsThatSlug() => All.Sample(text =>
    {
        var slug = SlugText.From(text);
        return SlugText.From(slug) == slug;
    }, iter: Samples);

    [Fact]
    public void IsValid_AnyText_IsTrueForExactlyWhatFromYields() =>
        All.Sample(text => SlugText.IsValid(text) == (text.Length > 0 && SlugText.From(text) == text), iter: Samples);

    [Fact]
    public void From_TextCutAtAHyphen_DoesNotEndInOne()
    {
        var text = new string('a', SlugText.MaxLength - 1) + " b";

        SlugText.From(text).Should().Be(new string('a', SlugText.MaxLength - 1));
    }

    [Fact]
    public void From_TextThatIsNotUnicode_IsAValidSlug()
    {
        SlugText.From("half\ud83d teken").Should().Be("half-teken");
        SlugText.From("geen\ufffeteken").Should().Be("geen-teken");
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("a-1", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("a--b", false)]
    [InlineData("A", false)]
    [InlineData("é", false)]
    [InlineData("a b", false)]
    [InlineData("٣", false)]
    public void IsValid_Text_SaysWhetherItCanBeAnAddress(string? slug, bool valid) => SlugText.IsValid(slug).Should().Be(valid);

    [Theory]
    [InlineData(SlugText.MaxLength, true)]
    [InlineData(SlugText.MaxLength + 1, false)]
    public void IsValid_Length_IsBounded(int length, bool valid) => SlugText.IsValid(new string('a', length)).Should().Be(valid);
}
