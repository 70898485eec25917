using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace KennisstedenPortal.Testing;

/// <summary>The app on a telephone: codes of six digits from a key (RFC 6238).</summary>
public static class Totp
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int StepSeconds = 30;

    /// <param name="key">In base 32, spaces allowed.</param>
    [SuppressMessage("Security", "CA5350", Justification = "The algorithm of the standard.")]
    public static string CodeOf(string key, DateTimeOffset at)
    {
        var (bits, value, bytes) = (0, 0, new List<byte>());
        foreach (var c in key.Where(c => c != ' ').Select(char.ToUpperInvariant))
        {
            (value, bits) = (value << 5 | Alphabet.IndexOf(c, StringComparison.Ordinal), bits + 5);
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)(value >> bits & 0xFF));
        }
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, at.ToUnixTimeSeconds() / StepSeconds);
        var hash = HMACSHA1.HashData(bytes.ToArray(), counter);
        var offset = hash[^1] & 0xF;
        var number = (BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset)) & 0x7FFFFFFF) % 1_000_000;
        return number.ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }
}
