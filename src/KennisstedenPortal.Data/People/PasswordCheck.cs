using KennisstedenPortal.Domain;

namespace KennisstedenPortal.Data.People;

/// <summary>
/// Whether a password will do: by the rules, and because it is none of those that leaked from other places and were used most.
/// The list is a file that comes with the portal. It is read each time, which is seldom, and not kept in memory.
/// </summary>
public sealed class PasswordCheck
{
    /// <summary>Beside the program: the million most used passwords of the OWASP SecLists, one a line.</summary>
    public const string FileName = "common-passwords.txt";

    private readonly string _file;

    /// <exception cref="FileNotFoundException">The list is not there: the portal must not run without it.</exception>
    public PasswordCheck(string folder)
    {
        _file = Path.Combine(folder, FileName);
        if (!File.Exists(_file)) throw new FileNotFoundException("The list of common passwords is not beside the program.", _file);
    }

    /// <inheritdoc cref="PasswordRules.Problem"/>
    public Text? Problem(string? password, params string?[] own)
    {
        if (PasswordRules.Problem(password, own) is { } problem) return problem;
        return IsKnown(password!) ? new("Dit wachtwoord staat in lijsten van gelekte wachtwoorden, ook als u het zelf bedacht. Kies een zin van een paar eigen woorden.", "This password stands in lists of leaked passwords, even if you made it up yourself. Choose a few words of your own.") : null;
    }

    private bool IsKnown(string password) => File.ReadLines(_file).Any(known => string.Equals(known, password, StringComparison.OrdinalIgnoreCase));
}
