using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Tests.StarterData;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.Tests.Search;

/// <summary>The answers expected of the search stand in the register, counted here without searching.</summary>
[Collection<ImportedRegisterGroup>]
public sealed class QuestionsFileTests(ImportedRegister register)
{
    [Fact]
    public void Questions_EveryQuestion_HasOneKindOfAnswerAndSaysWhatMakesItHard()
    {
        SearchFiles.Questions.Should().HaveCountGreaterThanOrEqualTo(24);
        SearchFiles.Questions.Should().OnlyContain(q => q.Question.Length > 0 && q.Typed.Length > 0 && q.Why.Length > 0);
        SearchFiles.Questions.Should().OnlyContain(q => q.None == (q.Hits == null && q.Facet == null), "nothing to find excludes an answer");
        SearchFiles.Questions.Select(q => (q.Question, q.Typed)).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Questions_InTheDocs_AreTheseWithTheirAnswers()
    {
        var rows = SearchFiles.Documentation.Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal)).ToList();

        foreach (var q in SearchFiles.Questions)
        {
            var row = rows.Should().ContainSingle(r => r.StartsWith($"| {q.Question} | `{q.Typed}`", StringComparison.Ordinal)).Subject;
            row.Should().EndWith($" | {q.Why} |");
            foreach (var hit in q.Hits ?? []) row.Should().Contain($"`{hit}`");
            if (q.Facet is { } facet) row.Should().Contain($"`{facet.Value}`: minstens {facet.MinCount}");
            if (q.None) row.Should().Contain("| niets gevonden |");
        }
    }

    [Fact]
    public void Questions_EveryHit_IsAnObjectThatItsFiltersKeep()
    {
        var missing = SearchFiles.Questions.SelectMany(q => (q.Hits ?? []).Where(h => !Kept(q).Any(o => $"{KindRegistry.Of(o).Code}/{o.Slug}" == h)).Select(h => $"{q.Typed}: {h}"));

        missing.Should().BeEmpty();
    }

    [Fact]
    public void Questions_EveryFacet_HoldsItsNumberOfObjectsInTheRegister()
    {
        var tooMany = SearchFiles.Questions.Where(q => q.Facet is not null)
            .Where(q => Kept(q).Count(o => Has(o, q.Facet!.Group, q.Facet.Value)) < q.Facet!.MinCount)
            .Select(q => $"{q.Typed}: {q.Facet}");

        tooMany.Should().BeEmpty();
    }

    private IEnumerable<RegisterObject> Kept(SearchQuestion question) =>
        register.Objects.Where(o => question.Filters is null || question.Filters.All(f => Has(o, f.Key, f.Value)));

    private bool Has(RegisterObject item, string group, string value) => group switch
    {
        "kind" => KindRegistry.Of(item).Code == value,
        "city" => Cities(item).Contains(value, StringComparer.Ordinal),
        "theme" => item.Specialisations.Any(s => register.Db.Themes.Local.Single(t => t.Code == s.ThemeCode).EntryThemeCode == value),
        "sort" => KindSorts.LabelOf(item) is { } label && SlugText.From(label.Nl) == value,
        "access" => item is Facility { Access: { } access } && Codes<FacilityAccess>.Slug(access) == value,
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, "no such facet"),
    };

    /// <summary>As the lists say it: what belongs to a city, is in its region or stands in it.</summary>
    private IEnumerable<string> Cities(RegisterObject item) =>
        register.Objects.OfType<City>().Where(c =>
            item.Relations.Any(r => r.Kind is RelationKind.BelongsTo or RelationKind.Serves && r.ToId == c.Id)
            || c.MunicipalityCode == item.MunicipalityCode
            || item.OtherLocations.Any(l => l.MunicipalityCode == c.MunicipalityCode)).Select(c => c.Slug);
}
