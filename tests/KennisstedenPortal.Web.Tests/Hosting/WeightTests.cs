using System.IO.Compression;
using System.Text.RegularExpressions;

namespace KennisstedenPortal.Web.Tests.Hosting;

public sealed class WeightTests(Site site)
{
    private const int MostBytes = 50_000;

    /// <summary>Page, stylesheet and icon as they go over the line. Fonts come later and never hold a page up.</summary>
    [Theory]
    [InlineData("/")]
    [InlineData("/en")]
    [InlineData("/kennissteden/enschede")]
    [InlineData("/organisaties")]
    [InlineData("/themas")]
    [InlineData("/themas/levenswetenschappen")]
    [InlineData("/agenda")]
    [InlineData("/faciliteiten?stad=enschede")]
    public async Task FirstVisit_Compressed_WeighsAtMost50Kilobytes(string address)
    {
        var html = await site.Client.GetStringAsync(address);
        var others = Regex.Matches(html, "<(?:link rel=\"(?:stylesheet|icon)\" href|img[^>]* src|script[^>]* src)=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToList();
        others.Should().HaveCountGreaterThanOrEqualTo(2);

        foreach (var encoding in new[] { "br", "gzip" })
        {
            var weights = new Dictionary<string, int>(StringComparer.Ordinal);
            using (var page = await site.Client.GetEncodedAsync(address, encoding)) weights[address] = (await page.Content.ReadAsByteArrayAsync()).Length;
            // Publishing compresses files; a build leaves them as they are.
            foreach (var file in others) weights[file] = Compressed(await site.Client.GetByteArrayAsync(file), encoding);

            weights.Values.Sum().Should().BeLessThanOrEqualTo(MostBytes, $"{encoding}: {string.Join(", ", weights)}");
        }
    }

    private static int Compressed(byte[] bytes, string encoding)
    {
        using var compressed = new MemoryStream();
        using (Stream stream = encoding == "br" ? new BrotliStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true) : new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true)) stream.Write(bytes);
        return (int)compressed.Length;
    }
}
