using System.Collections.Concurrent;
using System.Text.Json;

namespace KennisstedenPortal.Data.Tests.StarterData;

/// <summary>The starter files as they are shipped, read without the importer.</summary>
internal static class Starter
{
    private static readonly ConcurrentDictionary<string, JsonDocument> Documents = new(StringComparer.Ordinal);

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "StarterData", "Files");

    public static JsonElement Root(string file) => Documents.GetOrAdd(file, f => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, f)))).RootElement;

    public static IReadOnlyList<JsonElement> Items(string file, string list = "items") => [.. Root(file).GetProperty(list).EnumerateArray()];

    public static string Id(this JsonElement record) => record.GetProperty("id").GetString()!;

    /// <summary>Null when absent or null.</summary>
    public static string? Text(this JsonElement record, string name) => record.Find(name)?.GetString();

    public static int? Whole(this JsonElement record, string name) => record.Find(name)?.GetInt32();

    public static decimal? Number(this JsonElement record, string name) => record.Find(name)?.GetDecimal();

    public static bool? Flag(this JsonElement record, string name) => record.Find(name)?.GetBoolean();

    public static string[] Texts(this JsonElement record, string name) => record.Find(name) is { } e ? [.. e.EnumerateArray().Select(i => i.GetString()!)] : [];

    public static JsonElement Part(this JsonElement record, string name) => record.GetProperty(name);

    public static JsonElement[] Parts(this JsonElement record, string name) => record.Find(name) is { } e ? [.. e.EnumerateArray()] : [];

    /// <summary>The code as the vocabulary writes it: files of two hands use underscores.</summary>
    public static string? Code(this JsonElement record, string name) => record.Text(name)?.Replace('_', '-');

    private static JsonElement? Find(this JsonElement record, string name) =>
        record.TryGetProperty(name, out var e) && e.ValueKind != JsonValueKind.Null ? e : null;
}
