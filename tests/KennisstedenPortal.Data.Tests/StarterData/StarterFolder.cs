using System.Text.Json.Nodes;

namespace KennisstedenPortal.Data.Tests.StarterData;

/// <summary>A copy of the starter files in which one thing can be changed.</summary>
internal sealed class StarterFolder : IDisposable
{
    public StarterFolder()
    {
        foreach (var file in Directory.GetFiles(Starter.Folder)) File.Copy(file, Of(System.IO.Path.GetFileName(file)));
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("kennissteden-starter-").FullName;

    public string Of(string file) => System.IO.Path.Combine(Path, file);

    public void Edit(string file, Action<JsonObject> edit)
    {
        var root = JsonNode.Parse(File.ReadAllText(Of(file)))!.AsObject();
        edit(root);
        File.WriteAllText(Of(file), root.ToJsonString());
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

internal static class StarterEdits
{
    /// <summary>The record with this id in a list of the file.</summary>
    public static JsonObject Record(this JsonObject root, string id, string list = "items", string idProperty = "id") =>
        root[list]!.AsArray().Select(n => n!.AsObject()).Single(o => (string?)o[idProperty] == id);
}
