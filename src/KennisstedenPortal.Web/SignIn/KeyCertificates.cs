using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KennisstedenPortal.Web.Hosting;

namespace KennisstedenPortal.Web.SignIn;

/// <summary>
/// The certificates that encrypt the keys in the database, so that who reads the database (or a backup) can make no cookies,
/// links or codes. The first encrypts; the others, of before a rotation, only decrypt.
/// </summary>
internal static class KeyCertificates
{
    private const string Section = "Portal:Keys";

    /// <returns>The one in use first; empty when none is configured.</returns>
    /// <exception cref="StartRefusedException">One cannot be read, or has no private RSA key.</exception>
    public static IReadOnlyList<X509Certificate2> Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        if (string.IsNullOrEmpty(section["Certificate"])) return [];
        return [Load(section), .. section.GetSection("Previous").GetChildren().Select(Load)];
    }

    private static X509Certificate2 Load(IConfigurationSection section)
    {
        var name = section.Path.Replace(":", "__", StringComparison.Ordinal) + "__Certificate";
        if (section["Certificate"] is not { Length: > 0 } path) throw new StartRefusedException($"Set {name}.");
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, section["Password"]);
            using var key = certificate.GetRSAPrivateKey();
            return key is not null ? certificate : throw new StartRefusedException($"{name} must hold a certificate with its private RSA key.");
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{name} cannot be read: {path} is no PFX file, its password is another one, or the portal may not open it.");
        }
    }
}
