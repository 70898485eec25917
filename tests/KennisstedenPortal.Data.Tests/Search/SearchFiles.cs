using System.Globalization;
using System.Text;
using System.Text.Json;

namespace KennisstedenPortal.Data.Tests.Search;

/// <summary>A group of words and phrases with one meaning, as the file writes it.</summary>
internal sealed record SynonymGroup(IReadOnlyList<string> Terms, string Direction, string? Note);

internal sealed record SynonymsFile(IReadOnlyList<SynonymGroup> Groups, IReadOnlyList<string> Fillers);

internal sealed record ExpectedFacet(string Group, string Value, int MinCount);

/// <summary>A question, what a person types for it, and what answers it: hits (one of them first or second), a facet, or nothing at all.</summary>
internal sealed record SearchQuestion(string Question, string Typed, string Why, IReadOnlyList<string>? Hits = null, ExpectedFacet? Facet = null, bool None = false, IReadOnlyDictionary<string, string>? Filters = null);

internal static class SearchFiles
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static SynonymsFile Synonyms { get; } = Read<SynonymsFile>(typeof(PortalDbContext), "KennisstedenPortal.Data.Search.synonyms.json");

    public static IReadOnlyList<SearchQuestion> Questions { get; } = Read<SearchQuestion[]>(typeof(SearchFiles), "KennisstedenPortal.Data.Tests.Search.questions.json");

    /// <summary>The same questions as people read them.</summary>
    public static string Documentation
    {
        get
        {
            using var reader = new StreamReader(Open(typeof(SearchFiles), "search-questions.md"));
            return reader.ReadToEnd();
        }
    }

    private static T Read<T>(Type anyInAssembly, string resource)
    {
        using var stream = Open(anyInAssembly, resource);
        return JsonSerializer.Deserialize<T>(stream, Options)!;
    }

    private static Stream Open(Type anyInAssembly, string resource) =>
        anyInAssembly.Assembly.GetManifestResourceStream(resource) ?? throw new FileNotFoundException(resource);

    /// <summary>Words of letters and digits, lower case and without accents, with one space before, between and after.</summary>
    public static string Words(string text)
    {
        var words = new StringBuilder(" ");
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            if (char.IsLetterOrDigit(c)) words.Append(char.ToLowerInvariant(c));
            else if (words[^1] != ' ') words.Append(' ');
        }
        if (words[^1] != ' ') words.Append(' ');
        return words.ToString();
    }
}
