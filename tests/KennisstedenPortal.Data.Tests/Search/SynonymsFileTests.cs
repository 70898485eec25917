using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Tests.StarterData;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.Tests.Search;

/// <summary>The synonyms that ship with the portal: their shape, and that each leads to something the register holds.</summary>
[Collection<ImportedRegisterGroup>]
public sealed class SynonymsFileTests(ImportedRegister register)
{
    private const int MostGroups = 120;
    private const int LongestTerm = 60;

    [Fact]
    public void Synonyms_EveryGroup_HasTwoTermsAndADirection()
    {
        SearchFiles.Synonyms.Groups.Should().NotBeEmpty().And.HaveCountLessThanOrEqualTo(MostGroups);
        SearchFiles.Synonyms.Groups.Should().OnlyContain(g => g.Terms.Count >= 2 && g.Terms.Count <= 8);
        SearchFiles.Synonyms.Groups.Should().OnlyContain(g => g.Direction == "both" || g.Direction == "first-to-rest");
    }

    [Fact]
    public void Synonyms_EveryTerm_IsLowerCaseUnaccentedAndShort() =>
        SearchFiles.Synonyms.Groups.SelectMany(g => g.Terms).Concat(SearchFiles.Synonyms.Fillers).Should()
            .OnlyContain(t => t.Length >= 2 && t.Length <= LongestTerm && t == t.Trim() && t.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || " '&/+-.".Contains(c)));

    [Fact]
    public void Synonyms_TermsAsWords_StandInOneMutualGroupAndLeadFromOneGroup()
    {
        var mutual = SearchFiles.Synonyms.Groups.Where(g => g.Direction == "both").SelectMany(g => g.Terms).Select(SearchFiles.Words).ToList();
        var leading = SearchFiles.Synonyms.Groups.Where(g => g.Direction == "first-to-rest").Select(g => SearchFiles.Words(g.Terms[0])).ToList();

        mutual.Should().OnlyHaveUniqueItems();
        leading.Concat(mutual).Should().OnlyHaveUniqueItems("a term that leads two ways says twice what it means");
        SearchFiles.Synonyms.Fillers.Select(SearchFiles.Words).Should().OnlyHaveUniqueItems().And.NotIntersectWith(mutual.Concat(leading));
        SearchFiles.Synonyms.Groups.Select(g => g.Terms.Select(SearchFiles.Words)).Should().AllSatisfy(t => t.Should().OnlyHaveUniqueItems());
    }

    [Fact]
    public void Synonyms_EveryGroup_LeadsToSomethingInTheRegister()
    {
        var texts = Searchable();
        var lost = SearchFiles.Synonyms.Groups.Where(g => g.Direction == "both" ? !g.Terms.Any(t => Occurs(texts, t)) : !g.Terms.Skip(1).All(t => Occurs(texts, t)));

        lost.Select(g => g.Terms[0]).Should().BeEmpty();
    }

    private static bool Occurs(IEnumerable<string> texts, string term) => texts.Any(t => t.Contains(SearchFiles.Words(term).TrimEnd(), StringComparison.Ordinal));

    private List<string> Searchable() =>
    [
        .. register.Objects.SelectMany(o => new[] { o.Name, o.NameEnglish, o.Description, (o as Organisation)?.ShortName, (o as City)?.OfficialName, (o as Facility)?.AccessDescription }
            .Concat(o.Aliases).Concat(o.Keywords)).OfType<string>().Select(SearchFiles.Words),
        .. register.Db.Themes.Local.Where(t => t.Code == t.EntryThemeCode).SelectMany(t => t.Synonyms.Append(t.NameNl).Append(t.NameEn ?? "")).Select(SearchFiles.Words),
        .. register.Db.Areas.Local.Select(a => a.Name).OfType<string>().Select(SearchFiles.Words),
        .. KindRegistry.All.SelectMany(k => new[] { k.Singular, k.Plural }.Concat(KindSorts.Of(k)?.Options.Select(o => o.Label) ?? []))
            .SelectMany(l => new[] { l.Nl, l.En }).Select(SearchFiles.Words),
    ];
}
