using System.Security.Cryptography;
using System.Text;

namespace KennisstedenPortal.Data.People;

/// <summary>The unguessable part of a link in a mail. Only its hash is kept.</summary>
public static class Secrets
{
    private const int Bytes = 32, TextLength = 43;

    /// <summary>256 random bits, as 43 letters, digits, hyphens and underscores.</summary>
    public static string New() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>SHA-256 in hexadecimal. Enough for what has 256 random bits; a password needs more.</summary>
    public static string Hash(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Whether it can be a secret at all.</summary>
    public static bool IsOne(string? text) => text is { Length: TextLength } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
