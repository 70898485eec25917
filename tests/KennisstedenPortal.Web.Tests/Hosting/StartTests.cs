using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KennisstedenPortal.Web.Tests.Hosting;

/// <summary>What an installation outside development must have before it serves.</summary>
public sealed class StartTests(Site site) : IDisposable
{
    private const string PublicUrl = "Portal__PublicUrl", Certificate = "Portal__Keys__Certificate", Password = "Portal__Keys__Password", Secret = "geheim";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("certificates-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("", "", "", PublicUrl)]
    [InlineData("register.example", "", "", PublicUrl)]
    [InlineData("http://register.example", "", "", PublicUrl)]
    [InlineData("https://register.example", "", "", Certificate)]
    [InlineData("https://register.example", "weg.pfx", "", Certificate)]
    [InlineData("https://register.example", "keys.pfx", "verkeerd", Certificate)]
    [InlineData("https://register.example", "geen.pfx", Secret, Certificate)]
    public async Task Portal_OutsideDevelopmentWithoutWhatItNeeds_RefusesInOneSentence(string address, string file, string password, string named)
    {
        Make("keys.pfx");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "geen.pfx"), "geen certificaat");
        using var process = PortalProcess.Launch("Host=127.0.0.1;Port=1;Database=x;Username=x;Password=x", "Production", (PublicUrl, address), (Certificate, file.Length == 0 ? "" : Path.Combine(_folder.FullName, file)), (Password, password));
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.Should().Be(1);
        errors.Trim().Split('\n').Should().ContainSingle().Which.Should().Contain(named);
    }

    [Fact]
    public async Task Keys_WithACertificate_AreEncryptedAndSurviveARotation()
    {
        var (old, current) = (Make("old.pfx"), Make("current.pfx"));
        await using var database = await site.Server.FilledAsync();
        Dictionary<string, string> With(string certificate, string? previous = null)
        {
            var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Portal:Keys:Certificate"] = certificate, ["Portal:Keys:Password"] = Secret };
            if (previous is not null) (settings["Portal:Keys:Previous:0:Certificate"], settings["Portal:Keys:Previous:0:Password"]) = (previous, Secret);
            return settings;
        }

        await using (var first = PortalUnderTest.Start(database, With(old)))
        {
            using var person = await Working.Person.SignedInAsync(first, "redacteur-enschede");
            (await database.ScalarAsync<string>("select string_agg(xml, '') from protection_key")).Should().Contain("EncryptedData").And.NotContain("<masterKey");

            await using var rotated = PortalUnderTest.Start(database, With(current, old));
            (await ElsewhereAsync(rotated, person)).Should().Be(HttpStatusCode.OK, "the former certificate still reads");
            await using var without = PortalUnderTest.Start(database, With(current));
            (await ElsewhereAsync(without, person)).Should().Be(HttpStatusCode.Redirect, "only the former one does");
        }
    }

    private static async Task<HttpStatusCode> ElsewhereAsync(PortalUnderTest portal, Working.Person person)
    {
        using var elsewhere = new Working.Person(portal.BaseAddress);
        foreach (Cookie cookie in person.Cookies.GetAllCookies()) elsewhere.Cookies.Add(portal.BaseAddress, new Cookie(cookie.Name, cookie.Value));
        using var answer = await elsewhere.GetAsync("/werkplek");
        return answer.StatusCode;
    }

    private string Make(string name)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=kennisstedenportaal", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, Secret));
        return path;
    }
}
