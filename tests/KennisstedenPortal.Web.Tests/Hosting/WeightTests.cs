using System.Text.RegularExpressions;

namespace KennisstedenPortal.Web.Tests.Hosting;

public sealed class WeightTests(Site site)
{
    private const int MostBytes = 75_000;

    /// <summary>Page, stylesheet and icon as they go over the line. Fonts come later and never hold a page up.</summary>
    [Theory]
    [InlineData("/")]
    [InlineData("/en")]
    [InlineData("/kennissteden/enschede")]
    [InlineData("/organisaties")]
    [InlineData("/themas")]
    [InlineData("/themas/levenswetenschappen")]
    [InlineData("/faciliteiten?stad=enschede")]
    public async Task FirstVisit_Compressed_WeighsAtMost75Kilobytes(string address)
    {
        var html = await site.Client.GetStringAsync(address);
        var others = Regex.Matches(html, "<(?:link rel=\"(?:stylesheet|icon)\" href|img[^>]* src|script[^>]* src)=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToList();
        others.Should().HaveCountGreaterThanOrEqualTo(2);

        foreach (var encoding in new[] { "br", "gzip" })
        {
            var weights = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var part in others.Prepend(address))
            {
                using var answer = await site.Client.GetEncodedAsync(part, encoding);
                weights[part] = (await answer.Content.ReadAsByteArrayAsync()).Length;
            }

            weights.Values.Sum().Should().BeLessThanOrEqualTo(MostBytes, $"{encoding}: {string.Join(", ", weights)}");
        }
    }
}
