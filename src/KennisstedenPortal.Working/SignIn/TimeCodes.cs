using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KennisstedenPortal.Data.People;
using Microsoft.AspNetCore.Identity;

namespace KennisstedenPortal.Working.SignIn;

/// <summary>
/// Codes of an app on a telephone (TOTP, RFC 6238). Each works once, and with it those before it: who looks over a shoulder
/// is too late. Clocks may differ by one step.
/// </summary>
public sealed class TimeCodes(CodeSteps steps, TimeProvider time) : IUserTwoFactorTokenProvider<Account>
{
    public const int Digits = 6;
    private const int StepSeconds = 30, Modulus = 1_000_000;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static readonly int[] Around = [0, -1, 1];

    /// <summary>Uses the code up.</summary>
    /// <param name="key">In base 32.</param>
    /// <returns>False when the code is wrong, or was used before.</returns>
    public async Task<bool> UseAsync(Guid accountId, string? key, string? code)
    {
        var digits = Encoding.ASCII.GetBytes([.. (code ?? "").Where(char.IsAsciiDigit)]);
        if (string.IsNullOrEmpty(key) || digits.Length != Digits) return false;
        var (bytes, now) = (Decode(key), time.GetUtcNow().ToUnixTimeSeconds() / StepSeconds);
        foreach (var step in Around.Select(a => now + a))
            if (CryptographicOperations.FixedTimeEquals(CodeOf(bytes, step), digits)) return await steps.UseAsync(accountId, step);
        return false;
    }

    public async Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Account> manager, Account user)
    {
        ArgumentNullException.ThrowIfNull(manager);
        return !string.IsNullOrEmpty(await manager.GetAuthenticatorKeyAsync(user));
    }

    /// <summary>The app makes them.</summary>
    public Task<string> GenerateAsync(string purpose, UserManager<Account> manager, Account user) => Task.FromResult("");

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<Account> manager, Account user)
    {
        ArgumentNullException.ThrowIfNull(manager);
        ArgumentNullException.ThrowIfNull(user);
        return await UseAsync(user.Id, await manager.GetAuthenticatorKeyAsync(user), token);
    }

    [SuppressMessage("Security", "CA5350", Justification = "SHA-1 is what the apps know (RFC 6238); as HMAC it is not broken.")]
    private static byte[] CodeOf(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(key, counter, hash);
        var number = (BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & 0x7FFFFFFF) % Modulus;
        return Encoding.ASCII.GetBytes(number.ToString("D6", CultureInfo.InvariantCulture));
    }

    private static byte[] Decode(string key)
    {
        var (bits, value, bytes) = (0, 0, new List<byte>());
        foreach (var c in key)
        {
            (value, bits) = (value << 5 & 0xFFFF | Alphabet.IndexOf(c, StringComparison.Ordinal), bits + 5);
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)(value >> bits & 0xFF));
        }
        return [.. bytes];
    }
}
