using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.History;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.Tests.History;

/// <summary>Differences in words: of what people made, and of whatever somebody sent.</summary>
public sealed class DifferenceWordsTests
{
    private static readonly Guid Id = Guid.CreateVersion7();

    private static DifferenceWords Words(ObjectKind kind, string language = "nl") => new(kind, Id, new Dictionary<string, string>(StringComparer.Ordinal) { ["hightech-systemen"] = "Hightech systemen" }, language);

    [Fact]
    public void Value_OfWhateverSort_IsToldWithoutFailing()
    {
        string[] sections = ["location", "theme", "relation", "observation", "swot", "exchange", "source", "citation", "provenance", "key", "onzin"];
        JsonNode?[] values = [null, "tekst", 3, true, new JsonArray("a", 1, null), new JsonObject(), new JsonObject { ["kind"] = 1, ["from"] = true, ["to"] = new JsonArray(), ["evidence"] = "x", ["citations"] = new JsonObject(), ["value"] = "veel", ["source"] = new JsonObject(), ["confirmedOn"] = "gisteren" }];
        foreach (var kind in KindRegistry.All)
            foreach (var language in new[] { "nl", "en" })
                foreach (var path in sections.Select(s => s + "/x").Concat(kind.Fields.Select(f => f.Name)).Append("slug").Append("onbekend"))
                    foreach (var value in values)
                    {
                        var words = Words(kind, language);
                        var tell = () => (words.Label(path), words.Value(path, value?.DeepClone()), words.Of([new Difference(path, null, value?.DeepClone()), new Difference(path, value?.DeepClone(), null)]));
                        tell.Should().NotThrow($"{path} = {value?.ToJsonString()}").Which.Item1.Should().NotBeNullOrEmpty();
                    }
    }

    [Fact]
    public void Of_LongTexts_MarksTheWordsThatDiffer()
    {
        const string Before = "Deze campus ligt in het westen van de stad en telt honderd bedrijven.", After = "Deze campus ligt in het oosten van de stad en telt honderd bedrijven.";

        var difference = Words(KindRegistry.Of<Campus>()).Of([new Difference("description", Before, After)]).Single();

        difference.Before!.Where(p => p.IsChanged).Select(p => p.Text.Trim()).Should().Equal("westen");
        difference.After!.Where(p => p.IsChanged).Select(p => p.Text.Trim()).Should().Equal("oosten");
        string.Concat(difference.After!.Select(p => p.Text)).Should().Be(After);
    }

    [Fact]
    public void Of_WhatSaysNothingBeforeAndAfter_IsLeftOut() =>
        Words(KindRegistry.Of<Campus>()).Of([new Difference("aliases", null, new JsonArray()), new Difference("theme/hightech-systemen", null, new JsonObject())]).Select(d => (d.Label, d.After!.Single().Text)).Should().Equal(("Thema", "Hightech systemen"));
}
