using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Text;

namespace KennisstedenPortal.Domain;

/// <summary>The name of an enum member on screen, in Dutch and English.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class LabelAttribute(string nl, string en) : Attribute
{
    public string Nl { get; } = nl;
    public string En { get; } = en;
    public Text Text => new(Nl, En);
}

/// <summary>
/// The one translation between an enum member, its code (kebab-case of the English name: database, files),
/// its label (screen) and its slug (Dutch label in addresses).
/// </summary>
public static class Codes<T> where T : struct, Enum
{
    private static readonly FrozenDictionary<T, Entry> ByValue = Enum.GetValues<T>().ToFrozenDictionary(v => v, Describe);
    private static readonly FrozenDictionary<string, T> ByCode = ByValue.ToFrozenDictionary(p => p.Value.Code, p => p.Key, StringComparer.Ordinal);
    private static readonly FrozenDictionary<string, T> BySlug = ByValue.ToFrozenDictionary(p => p.Value.Slug, p => p.Key, StringComparer.Ordinal);

    /// <summary>All members, in the order in which the enum declares them.</summary>
    public static IReadOnlyList<T> All { get; } = Enum.GetValues<T>();

    public static string Code(T value) => ByValue[value].Code;
    public static Text Label(T value) => ByValue[value].Label;
    public static string Slug(T value) => ByValue[value].Slug;
    public static bool TryParse(string? code, out T value) => ByCode.TryGetValue(code ?? "", out value);
    public static bool TryParseSlug(string? slug, out T value) => BySlug.TryGetValue(slug ?? "", out value);

    /// <exception cref="FormatException">The code is not one of this vocabulary.</exception>
    public static T Parse(string code) =>
        TryParse(code, out var value) ? value : throw new FormatException($"'{code}' is not a code of {typeof(T).Name}.");

    private static Entry Describe(T value)
    {
        var name = value.ToString();
        var label = typeof(T).GetField(name)!.GetCustomAttribute<LabelAttribute>()
            ?? throw new InvalidOperationException($"{typeof(T).Name}.{name} has no label.");
        return new Entry(Kebab(name), label.Text, SlugText.From(label.Nl));
    }

    private static string Kebab(string name)
    {
        var code = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && code.Length > 0) code.Append('-');
            code.Append(char.ToLowerInvariant(c));
        }
        return code.ToString();
    }

    private sealed record Entry(string Code, Text Label, string Slug);
}

/// <summary><see cref="Codes{T}"/> for a value whose vocabulary is only known when it runs.</summary>
public static class Codes
{
    private static readonly ConcurrentDictionary<Enum, (string, Text)> Known = [];

    public static string Code(Enum value) => Of(value).Code;
    public static Text Label(Enum value) => Of(value).Label;

    private static (string Code, Text Label) Of(Enum value) => Known.GetOrAdd(value, static v =>
    {
        object? Ask(string method) => typeof(Codes<>).MakeGenericType(v.GetType()).GetMethod(method)!.Invoke(null, [v]);
        return ((string)Ask(nameof(Codes<>.Code))!, (Text)Ask(nameof(Codes<>.Label))!);
    });
}
