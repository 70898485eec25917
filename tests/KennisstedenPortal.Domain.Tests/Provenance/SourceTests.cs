using KennisstedenPortal.Domain.Provenance;

namespace KennisstedenPortal.Domain.Tests.Provenance;

public sealed class SourceTests
{
    [Theory]
    [InlineData("https://www.cbs.nl/nl-nl/cijfers", "https://www.cbs.nl/nl-nl/cijfers")]
    [InlineData("https://a.nl/1 ; https://b.nl/2", "https://a.nl/1")]
    [InlineData("zie http://a.nl/1", "http://a.nl/1")]
    [InlineData("github:stdekker/open-data-maps web/data/gemeenten.json", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("(brondocument van dit project)", null)]
    public void Url_Locator_IsItsFirstWebAddress(string locator, string? url) =>
        new Source { Id = Guid.NewGuid(), Title = "Bron", Locator = locator }.Url.Should().Be(url);

    [Theory]
    [InlineData("https://www.cbs.nl/nl-nl/cijfers", "https://www.cbs.nl/nl-nl/cijfers")]
    [InlineData("github:stdekker/open-data-maps web/data/gemeenten.json @3c7197e5958fc81cfd72e24c65c313747d3431b7", "https://github.com/stdekker/open-data-maps/blob/3c7197e5958fc81cfd72e24c65c313747d3431b7/web/data/gemeenten.json")]
    [InlineData("github:waagsociety/platform-maker-education:assets/json/map_old.js", "https://github.com/waagsociety/platform-maker-education/blob/HEAD/assets/json/map_old.js")]
    [InlineData("github:ror-community/ror-records @d93fc667872f8ef9386896bd6c68bd3c6103603e", "https://github.com/ror-community/ror-records/tree/d93fc667872f8ef9386896bd6c68bd3c6103603e")]
    [InlineData("github:ror-community/ror-records (HEAD d93fc66, 2026-06-23)", "https://github.com/ror-community/ror-records")]
    [InlineData("github:javascript:alert(1)", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("(brondocument van dit project)", null)]
    public void Address_Locator_IsWhereAReaderCanOpenIt(string locator, string? address) =>
        new Source { Id = Guid.NewGuid(), Title = "Bron", Locator = locator }.Address.Should().Be(address);

    [Fact]
    public void ContentKey_CaseAndSurroundingSpace_DoNotMatter() =>
        Source.ContentKey(" https://WWW.cbs.nl/A ").Should().Be(Source.ContentKey("https://www.cbs.nl/a"));
}
