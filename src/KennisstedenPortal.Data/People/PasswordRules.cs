using System.Text;
using KennisstedenPortal.Domain;

namespace KennisstedenPortal.Data.People;

/// <summary>
/// What a password must be: long, and not what an attacker tries first. No rules of composition and no rotation (NIST SP
/// 800-63B-4, OWASP ASVS 5.0 6.2). Nothing is sent to a service elsewhere; <see cref="PasswordCheck"/> adds the list of what
/// has leaked.
/// </summary>
public static class PasswordRules
{
    public const int MinLength = 12, MaxLength = 128;
    private const int OwnWordMinLength = 4;

    private static readonly string[] Runs = ["abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm", "azertyuiopqsdfghjklmwxcvbn", "01234567890123456789", "1q2w3e4r5t6y7u8i9o0p", "qazwsxedcrfvtgbyhnujm"];

    /// <summary>Words of this portal, which no password may consist of; operations.md lists them.</summary>
    public static IReadOnlyList<string> OfThePortal { get; } = ["gemeente", "kennisstad", "kennissteden", "portaal", "campus", "beheerder", "inloggen"];

    /// <summary>Words of which the most used passwords consist, in Dutch and English.</summary>
    private static readonly string[] Common =
    [
        .. OfThePortal,
        "wachtwoord", "welkom", "password", "passwort", "welcome", "letmein", "iloveyou", "admin", "geheim", "secret", "login", "master", "monkey", "dragon", "sunshine", "princess",
        "football", "voetbal", "baseball", "superman", "batman", "pokemon", "hallo", "hello", "nederland", "amsterdam", "rotterdam", "utrecht", "ajax", "feyenoord",
        "lente", "zomer", "herfst", "winter", "spring", "summer", "autumn", "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december",
        "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "changeme", "default", "qwerty", "azerty", "trustno", "starwars", "computer", "internet", "michael", "charlie",
    ];

    /// <param name="own">Words of the person: name, address, organisation.</param>
    /// <returns>A sentence that says what to do, or null when the password will do.</returns>
    public static Text? Problem(string? password, params string?[] own)
    {
        password ??= "";
        if (password.Length < MinLength) return new($"Kies een wachtwoord van minstens {MinLength} tekens. Een zin van een paar woorden is goed te onthouden.", $"Choose a password of at least {MinLength} characters. A few words together are easy to remember.");
        if (password.Length > MaxLength) return new($"Kies een wachtwoord van hoogstens {MaxLength} tekens.", $"Choose a password of at most {MaxLength} characters.");
        var plain = Letters(password);
        if (password.Distinct().Count() < 5 || IsRepetition(plain)) return new("Kies een wachtwoord waarin niet steeds hetzelfde terugkomt.", "Choose a password that does not repeat itself.");
        var rest = Without(plain, own.SelectMany(Words));
        if (rest.Length < plain.Length && rest.Length < MinLength / 2) return new("Kies een wachtwoord zonder uw naam, uw e-mailadres of uw organisatie.", "Choose a password without your name, your e-mail address or your organisation.");
        // What is left when the usual is taken away must still be something.
        if (WithoutRuns(Without(rest, Common)).Length < MinLength / 2) return new("Dit wachtwoord lijkt te veel op wachtwoorden die vaak gebruikt worden. Kies een zin van een paar eigen woorden.", "This password is too much like passwords that are often used. Choose a few words of your own.");
        return null;
    }

    private static string Letters(string password)
    {
        var plain = new StringBuilder(password.Length);
        foreach (var c in password.ToLowerInvariant())
        {
            plain.Append(c switch { '@' => 'a', '$' => 's', '!' => 'i', '3' when plain.Length > 0 && char.IsLetter(plain[^1]) => 'e', '0' when plain.Length > 0 && char.IsLetter(plain[^1]) => 'o', _ => c });
        }
        return plain.ToString();
    }

    private static bool IsRepetition(string text) =>
        Enumerable.Range(1, text.Length / 2).Any(size => text.Where((c, i) => c != text[i % size]).Count() <= 1);

    private static IEnumerable<string> Words(string? own) =>
        (own ?? "").ToLowerInvariant().Split([' ', '@', '.', '-', '_', ',', '\''], StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length >= OwnWordMinLength).OrderByDescending(w => w.Length);

    private static string Without(string text, IEnumerable<string> words) => words.Aggregate(text, (left, word) => left.Replace(word, "", StringComparison.Ordinal));

    /// <summary>Four or more that follow each other on a keyboard, in the alphabet or in counting, forwards or backwards, count for one.</summary>
    private static string WithoutRuns(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var length = Runs.Max(r => Math.Max(RunAt(text, i, r), RunAt(text, i, new string([.. r.Reverse()]))));
            kept.Append(text[i]);
            i += length >= 4 ? length : 1;
        }
        return kept.ToString();
    }

    private static int RunAt(string text, int start, string run)
    {
        var best = 1;
        for (var at = run.IndexOf(text[start], StringComparison.Ordinal); at >= 0; at = run.IndexOf(text[start], at + 1))
        {
            var n = 1;
            while (start + n < text.Length && at + n < run.Length && text[start + n] == run[at + n]) n++;
            best = Math.Max(best, n);
        }
        return best;
    }
}
