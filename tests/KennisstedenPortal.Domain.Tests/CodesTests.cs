using System.Reflection;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Domain.Tests;

public sealed class CodesTests
{
    public static TheoryData<Type> Vocabularies => [.. typeof(Codes<>).Assembly.GetTypes().Where(t => t.IsEnum)];

    [Theory]
    [MemberData(nameof(Vocabularies))]
    public void Parse_CodeOfAMember_IsThatMember(Type vocabulary) => RunFor(vocabulary, nameof(CodeRoundTrip));

    [Theory]
    [MemberData(nameof(Vocabularies))]
    public void TryParseSlug_SlugOfAMember_IsThatMember(Type vocabulary) => RunFor(vocabulary, nameof(SlugRoundTrip));

    [Theory]
    [MemberData(nameof(Vocabularies))]
    public void Label_EveryMember_HasBothLanguages(Type vocabulary) => RunFor(vocabulary, nameof(Labels));

    [Fact]
    public void Code_NameOfSeveralWords_IsKebabCase()
    {
        Codes<FacilitySort>.Code(FacilitySort.ResearchInfrastructure).Should().Be("research-infrastructure");
        Codes<FacilitySort>.Slug(FacilitySort.ResearchInfrastructure).Should().Be("onderzoeksinfrastructuur");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("PilotPlant")]
    [InlineData("Pilot-Plant")]
    [InlineData(" pilot-plant")]
    [InlineData("2")]
    public void TryParse_AnythingButACode_Fails(string? code)
    {
        Codes<FacilitySort>.TryParse(code, out _).Should().BeFalse();
        Codes<FacilitySort>.TryParseSlug(code, out _).Should().BeFalse();
    }

    [Fact]
    public void Parse_UnknownCode_NamesCodeAndVocabulary()
    {
        var parse = () => Codes<FacilitySort>.Parse("kelder");

        parse.Should().Throw<FormatException>().WithMessage("*kelder*FacilitySort*");
    }

    private static void CodeRoundTrip<T>() where T : struct, Enum
    {
        Codes<T>.All.Should().Equal(Enum.GetValues<T>());
        foreach (var value in Codes<T>.All)
        {
            var code = Codes<T>.Code(value);
            SlugText.IsValid(code).Should().BeTrue($"'{code}' of {typeof(T).Name}.{value} stands in addresses and files");
            Codes<T>.TryParse(code, out var parsed).Should().BeTrue();
            parsed.Should().Be(value);
            Codes<T>.Parse(code).Should().Be(value);
        }
        Codes<T>.All.Select(Codes<T>.Code).Should().OnlyHaveUniqueItems();
    }

    private static void SlugRoundTrip<T>() where T : struct, Enum
    {
        foreach (var value in Codes<T>.All)
        {
            var slug = Codes<T>.Slug(value);
            SlugText.IsValid(slug).Should().BeTrue($"'{slug}' of {typeof(T).Name}.{value} stands in addresses");
            Codes<T>.TryParseSlug(slug, out var parsed).Should().BeTrue();
            parsed.Should().Be(value);
        }
        Codes<T>.All.Select(Codes<T>.Slug).Should().OnlyHaveUniqueItems();
    }

    private static void Labels<T>() where T : struct, Enum
    {
        foreach (var value in Codes<T>.All)
        {
            Codes<T>.Label(value).Nl.Should().NotBeNullOrWhiteSpace();
            Codes<T>.Label(value).En.Should().NotBeNullOrWhiteSpace();
            Codes<T>.Label(value).In("en").Should().Be(Codes<T>.Label(value).En);
            Codes<T>.Label(value).In("nl").Should().Be(Codes<T>.Label(value).Nl);
        }
        Codes<T>.All.Select(v => Codes<T>.Label(v).En).Should().OnlyHaveUniqueItems();
    }

    private static void RunFor(Type vocabulary, string check) =>
        typeof(CodesTests).GetMethod(check, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(vocabulary)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null);
}
