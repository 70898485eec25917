using System.Text.Json.Nodes;
using CsCheck;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Domain.Tests.Editing;

/// <summary>What people type: what is kept as it was meant, and what is refused with a sentence.</summary>
public sealed class InputTests
{
    public static TheoryData<string, string> Fields => [.. KindRegistry.All.SelectMany(k => k.Fields.Where(f => f.Input != FieldInput.None).Select(f => (k.Code, f.Name)))];

    [Theory, MemberData(nameof(Fields))]
    public void Write_ValueWithoutProblem_IsReadBackAsItWasGiven(string kindCode, string name)
    {
        var kind = KindRegistry.OfCode(kindCode);
        var field = kind.FieldsByName[name];
        var item = kind.Create(Guid.NewGuid(), "een", "Een");
        var values = field.Input switch
        {
            FieldInput.Line when name == "paperNumber" => OneOf("33009-120", "36410-XIII-45", null),
            FieldInput.Line or FieldInput.Paragraphs => Texts(field.MaxLength!.Value),
            FieldInput.WebAddress => OneOf("https://voorbeeld.nl/pad?x=1", "http://sub.voorbeeld.nl", null),
            FieldInput.List => Gen.String[Gen.Char['a', 'z'], 1, 20].Array[0, 5].Select(t => (JsonNode?)new JsonArray([.. t.Distinct(StringComparer.Ordinal).Select(x => (JsonNode)x)])),
            FieldInput.Year => Gen.Int[FieldDefinition.MinYear, FieldDefinition.MaxYear].Select(y => (JsonNode?)y),
            FieldInput.Day => Gen.Int[0, 40_000].Select(d => (JsonNode?)DayText.Iso(new DateOnly(DayText.MinYear, 1, 1).AddDays(d))),
            FieldInput.Amount => Gen.Long[0, 99_999_999_999_999].Select(c => (JsonNode?)(c / 100m)),
            FieldInput.Flag => Gen.Bool.Select(b => (JsonNode?)b),
            FieldInput.Choice => OneOf([.. field.Options.Select(o => (JsonNode?)o.Code)]),
            FieldInput.Point => Gen.Select(Gen.Double[Netherlands.MinLatitude, Netherlands.MaxLatitude], Gen.Double[Netherlands.MinLongitude, Netherlands.MaxLongitude], Gen.Bool).Select(p => (JsonNode?)new GeoPoint(Math.Round(p.Item1, 6), Math.Round(p.Item2, 6), p.Item3).ToString()),
            FieldInput.Steward => Gen.Guid.Select(g => (JsonNode?)g.ToString()),
            _ => OneOf("GM0153", "PV23"),
        };
        values.Sample(value =>
        {
            field.Problem(value).Should().BeNull();
            field.Write(item, value);
            Same(field.Read(item), value).Should().BeTrue($"{field.Read(item)} was given as {value?.ToJsonString()}");
        }, iter: 100, threads: 1);
    }

    [Theory, MemberData(nameof(Fields))]
    public void Problem_ValueOfAnotherSort_IsASentence(string kindCode, string name)
    {
        var field = KindRegistry.OfCode(kindCode).FieldsByName[name];
        JsonNode[] wrong = [new JsonObject(), JsonValue.Create(1e300), "\uD800", "a\0b", new JsonArray(new JsonObject()), new string('x', 100_000), "a\u202Eb"];
        foreach (var value in wrong) field.Problem(value).Should().NotBeNull($"{name} takes no {value.ToJsonString()[..Math.Min(20, value.ToJsonString().Length)]}");
    }

    [Theory]
    [InlineData("52.2393 6.8497", 52.2393, 6.8497)]
    [InlineData("52,2393 6,8497", 52.2393, 6.8497)]
    [InlineData("52.2393,6.8497", 52.2393, 6.8497)]
    [InlineData("52.2393, 6.8497", 52.2393, 6.8497)]
    [InlineData("52,2393; 6,8497", 52.2393, 6.8497)]
    [InlineData(" 52.2393\t6.8497 ", 52.2393, 6.8497)]
    public void TryParse_AnyUnambiguousNotation_IsAPlace(string text, double latitude, double longitude) => GeoPoint.TryParse(text).Should().Be(new GeoPoint(latitude, longitude));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("52")]
    [InlineData("52 6 7")]
    [InlineData("NaN NaN")]
    [InlineData("noord oost")]
    [InlineData("1e5 6")]
    [InlineData("52,2393,6,8497")]
    public void TryParse_AnythingElse_IsNone(string? text) => GeoPoint.TryParse(text).Should().BeNull();

    [Fact]
    public void TryParse_WhatToStringWrote_IsTheSamePlace() =>
        Gen.Select(Gen.Double[-90, -1], Gen.Double[1, 180], Gen.Bool).Sample(p => GeoPoint.TryParse(new GeoPoint(Math.Round(p.Item1, 7), Math.Round(p.Item2, 7), p.Item3).ToString()) == new GeoPoint(Math.Round(p.Item1, 7), Math.Round(p.Item2, 7), p.Item3));

    [Theory]
    [InlineData("  tekst \r\n regel ", "tekst \n regel")]
    [InlineData(" \t ", null)]
    [InlineData(null, null)]
    public void Clean_Text_LosesSpaceAroundIt(string? typed, string? kept) => InputText.Clean(typed).Should().Be(kept);

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("//voorbeeld.nl")]
    [InlineData("https://")]
    [InlineData("https://localhost")]
    [InlineData("https://a b.nl")]
    [InlineData("data:text/html,x")]
    [InlineData("https://wie:geheim@voorbeeld.nl")]
    public void WebAddressProblem_NotAnOpenWebAddress_IsASentence(string address) => InputText.WebAddressProblem(address).Should().NotBeNull();

    [Fact]
    public void Parse_WhatToJsonWrote_IsTheSameChange()
    {
        var change = new ChangeSet([new("name", "Ünï \"q\""), new("note", null), new("theme/x", new JsonObject { ["strength"] = "core" })]);
        var back = ChangeSet.Parse(change.ToJson());
        back.Values.Keys.Should().Equal(change.Values.Keys);
        back.Values.Should().OnlyContain(p => JsonNode.DeepEquals(p.Value, change[p.Key]));
        back.Has("note").Should().BeTrue("unknown is a value");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"a\":1,\"a\":2}")]
    public void Parse_AnythingElse_IsRefused(string json)
    {
        var parse = () => ChangeSet.Parse(json);
        parse.Should().Throw<FormatException>();
    }

    [Fact]
    public void Against_EqualValues_AreNoChange()
    {
        var change = new ChangeSet([new("name", "Een"), new("note", "Nieuw"), new("website", null)]);
        change.Against(new JsonObject { ["name"] = "Een", ["note"] = null }).Values.Keys.Should().Equal("note");
    }

    [Fact]
    public void Against_SourceAndCheckNamedForANewValue_Stay()
    {
        JsonObject Citation(string field) => new() { ["source"] = "s", ["field"] = field };
        JsonNode Check() => new JsonObject { ["verification"] = "source-verified" };
        var change = new ChangeSet([new("name", "Een"), new("note", "Nieuw"), new("citation/1", Citation("note")), new("citation/2", Citation("name")), new("provenance/note", Check()), new("provenance/name", Check())]);
        var stands = new JsonObject { ["name"] = "Een", ["note"] = "Oud", ["citation/1"] = Citation("note"), ["citation/2"] = Citation("name"), ["provenance/note"] = Check(), ["provenance/name"] = Check() };

        change.Against(stands).Values.Keys.Should().Equal("citation/1", "note", "provenance/note");
    }

    private static Gen<JsonNode?> OneOf(params JsonNode?[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<JsonNode?> Texts(int maxLength) => Gen.String[Gen.Char['!', 'z'], 1, Math.Min(maxLength, 60)].Select(t => (JsonNode?)t);

    private static bool Same(object? read, JsonNode? given) => read switch
    {
        null => given is null,
        IEnumerable<string> list => list.SequenceEqual(((JsonArray)given!).Select(i => (string)i!), StringComparer.Ordinal),
        Enum e => string.Equals(CodeOf(e), Json.Text(given), StringComparison.Ordinal),
        bool b => Json.Flag(given) == b,
        DateOnly day => Json.Day(given) == day,
        decimal amount => Json.Number(given) == amount,
        int i => Json.Whole(given) == i,
        Guid g => Json.Id(given) == g,
        _ => string.Equals(read.ToString(), Json.Text(given), StringComparison.Ordinal),
    };

    private static string CodeOf(Enum value) => (string)typeof(Codes<>).MakeGenericType(value.GetType()).GetMethod("Code")!.Invoke(null, [value])!;

    [Theory]
    [InlineData(41, "Nu zijn het er 41")]
    [InlineData(79, "Nu zijn het er 79")]
    [InlineData(80, "kwam, is niet meegekomen")]
    public void Problem_TextThatTheBrowserCutOff_IsNotCountedAsIfItWereWhole(int length, string said) => InputText.Problem(new string('x', length), 40)!.Value.Nl.Should().Contain(said);
}
