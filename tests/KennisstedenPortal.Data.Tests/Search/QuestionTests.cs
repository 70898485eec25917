using System.Text.Json;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.Tests.Search;

/// <summary>The questions of docs/search-questions.md, on the shipped data: the first or second hit, or a facet, answers them.</summary>
public sealed class QuestionTests(FilledDatabase filled) : IClassFixture<FilledDatabase>
{
    private sealed record Expected(string Group, string Value, int MinCount);
    private sealed record Chosen(string? Kind, string? City, string? Theme);
    private sealed record Question(string Typed, string[]? Hits, Expected? Facet, Chosen? Filters);

    private static readonly Question[] Questions = Read();

    private static Question[] Read()
    {
        using var stream = typeof(QuestionTests).Assembly.GetManifestResourceStream("KennisstedenPortal.Data.Tests.Search.questions.json")!;
        return JsonSerializer.Deserialize<Question[]>(stream, JsonSerializerOptions.Web)!;
    }

    public static TheoryData<int, string> Numbers => new(Questions.Index().Select(q => (q.Index, q.Item.Typed)));

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task Search_AQuestion_IsAnsweredByTheFirstOrSecondHitOrAFacet(int number, string typed)
    {
        var question = Questions[number];
        var filter = new SearchFilter(typed, KindRegistry.FindByCode(question.Filters?.Kind), question.Filters?.City, question.Filters?.Theme);

        var result = await filled.Database.Search.SearchAsync(filter, TestContext.Current.CancellationToken);

        if (question is { Hits: null, Facet: null })
        {
            // Nothing in the register answers it; then nothing may look like an answer to all the words.
            (result.Total == 0 || result.IsPartial).Should().BeTrue();
            return;
        }
        var hits = result.Items.Take(2).Select(i => $"{i.Kind.Code}/{i.Slug}").ToList();
        var byHit = question.Hits is { } expected && hits.Intersect(expected, StringComparer.Ordinal).Any();
        var byFacet = question.Facet is { } facet && result.Facets.Where(f => f.Key == $"{facet.Group}:{facet.Value}" || facet.Group == Facet.Sort && f.Key.EndsWith("/" + facet.Value, StringComparison.Ordinal)).Sum(f => f.Value) >= facet.MinCount;
        (byHit || byFacet).Should().BeTrue("{0} gave {1}: {2}; facet {3}", typed, result.Total, string.Join(", ", result.Items.Take(4).Select(i => $"{i.Kind.Code}/{i.Slug}")), question.Facet is { } f ? result.Facets.GetValueOrDefault($"{f.Group}:{f.Value}") : null);
    }

    [Fact]
    public void Questions_AreTwentyOrMore() => Questions.Should().HaveCountGreaterThanOrEqualTo(20);
}
