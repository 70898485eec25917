using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Data.Tests.Agenda;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Editing;

/// <summary>
/// Every field of every kind and every member of every section, with everything hostile: refused at its own path, or kept
/// as clean words; never an exception, and nothing stored of a change that was refused.
/// </summary>
public sealed class HostileFieldsTests(TestServer server)
{
    private const int ShortestSentence = 10;

    public static TheoryData<string> Kinds => [.. KindRegistry.All.Select(k => k.Code)];
    public static TheoryData<string> WithSections => ["city", "campus", "action", "document", "meeting"];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Field_OfEveryKind_IsRefusedThereOrKeptClean(string kindCode)
    {
        await using var editors = await Editors.StartAsync(server);
        var kind = KindRegistry.OfCode(kindCode);
        var findings = new List<string>();
        foreach (var (name, text) in Hostile.Texts)
        {
            var item = await AnyAsync(editors, kind);
            var all = new ChangeSet([.. kind.Fields.Select(f => KeyValuePair.Create(f.Name, Given(f, text))), new("slug", text)]);
            var kept = await RefusedApartAsync(editors, item, all, name, findings);

            if (await SavedAsync(editors, item.Id, kept, name, findings) is not { } now) continue;
            foreach (var path in kept.Values.Keys)
                if (!JsonNode.DeepEquals(now[path], path == "slug" ? text : Clean(kind.FieldsByName[path], text))) findings.Add($"{name}: {path} is kept as {Shown(now[path])}");
        }

        string.Join('\n', findings).Should().BeEmpty();
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Field_OfEveryKind_TakesNoOtherSortOfValue(string kindCode)
    {
        await using var editors = await Editors.StartAsync(server);
        var kind = KindRegistry.OfCode(kindCode);
        var item = await AnyAsync(editors, kind);
        foreach (var value in new JsonNode[] { 1e300, -1, new JsonObject { ["a"] = 1 }, new JsonArray(null, 1), new JsonArray(new JsonArray()) })
        {
            var findings = new List<string>();
            var kept = await RefusedApartAsync(editors, item, new ChangeSet(kind.Fields.Select(f => KeyValuePair.Create<string, JsonNode?>(f.Name, value))), value.ToJsonString(), findings);

            string.Join('\n', findings).Should().BeEmpty();
            kept.IsEmpty.Should().BeTrue($"no field takes {value.ToJsonString()}");
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Name_OfANewObject_IsRefusedOrKeptClean(string kindCode)
    {
        await using var editors = await Editors.StartAsync(server);
        var kind = KindRegistry.OfCode(kindCode);
        var required = kind.Fields.Where(f => f is { IsRequired: true, Name: not ("name" or "state" or "visibility") }).Select(f => KeyValuePair.Create(f.Name, (JsonNode?)f.Options[0].Code));
        foreach (var (name, text) in Hostile.Texts)
        {
            var input = new EditInput(Guid.CreateVersion7(), kind, 0, new ChangeSet([.. required, new("name", text)]), null);
            var wanted = kind.FieldsByName["name"].Problem(InputText.Clean(text));

            var outcome = await editors.Objects.SaveAsync(input, editors.Secretariat);

            await using var db = editors.Database.CreateDbContext();
            var stored = await db.Objects.Where(o => o.Id == input.ObjectId).Select(o => o.Name).SingleOrDefaultAsync();
            stored.Should().Be(wanted is null ? InputText.Clean(text) : null, name);
            if (wanted is not null) outcome.Should().BeOfType<EditOutcome.Invalid>(name).Which.Problems.Should().Contain(p => p.Path == "name");
        }
    }

    [Theory, MemberData(nameof(WithSections))]
    public async Task Member_OfEverySection_IsRefusedThereOrKeptClean(string kindCode)
    {
        await using var editors = await Editors.StartAsync(server);
        var item = await editors.FindAsync(kindCode switch { "meeting" => await MeetingTests.AddAsync(editors, "Overleg"), "city" => "enschede", "action" => "va-003", "document" => "kamerbrief-innovatie-en-impact-11-november-2022", _ => "kennispark-twente" });
        var valid = await ValidAsync(editors, item);
        var findings = new List<string>();
        foreach (var (name, text) in Hostile.Texts)
        {
            // Each member in an item of its own, of which the rest is right.
            var members = new Dictionary<string, string?>(StringComparer.Ordinal);
            var all = new ChangeSet();
            foreach (var (section, examples) in valid)
            {
                var next = 0;
                foreach (var member in examples[0].Value.AsObject().Select(p => p.Key).ToList())
                {
                    var (key, example) = examples[next++ % examples.Count];
                    var node = example.DeepClone().AsObject();
                    if (section == "source") node["locator"] = $"Archief, {name}, doos {next}";
                    node[member] = member == "evidence" ? new JsonArray(new JsonObject { ["object"] = text }, new JsonObject { ["observation"] = text }, new JsonObject { ["source"] = text }) : text;
                    var path = $"{section}/{key ?? Guid.CreateVersion7().ToString()}";
                    members[path] = member;
                    all.Set(path, node);
                }
                members[$"{section}/{text}"] = null;
                all.Set($"{section}/{text}", section is "location" or "element" ? true : examples[0].Value);
            }
            item = await editors.FindAsync(item.Slug);
            var kept = await RefusedApartAsync(editors, item, all, name, findings);

            if (await SavedAsync(editors, item.Id, kept, name, findings) is not { } now) continue;
            await using var db = editors.Database.CreateDbContext();
            foreach (var path in kept.Values.Keys)
            {
                var (section, member) = (ChangeSet.SectionOf(path), members[path]);
                if (member is null)
                {
                    findings.Add($"{name}: {section} takes it as a key");
                    continue;
                }
                var id = section == "source" ? Guid.Parse(ChangeSet.KeyOf(path)) : Guid.Empty;
                var stored = section == "source" ? await db.Sources.Where(s => s.Id == id).Select(s => member == "title" ? s.Title : member == "locator" ? s.Locator : s.PublishedOn).SingleOrDefaultAsync() : Json.Text(now[path]?[member]);
                if (stored != InputText.Clean(text)) findings.Add($"{name}: {section} {member} is kept as {Shown(stored)}");
            }
            (await editors.Objects.SaveAsync(await editors.ChangeAsync(item.Slug, [.. kept.Values.Keys.Where(p => !p.StartsWith("source/", StringComparison.Ordinal)).Select(p => (p, (JsonNode?)null))]), editors.Secretariat)).Should().Match<EditOutcome>(o => o is EditOutcome.Saved || o is EditOutcome.Unchanged, name);
        }

        string.Join('\n', findings).Should().BeEmpty();
    }

    [Fact]
    public async Task Reason_OfEverySort_IsRefusedOrKeptClean()
    {
        await using var editors = await Editors.StartAsync(server);
        foreach (var (name, text) in Hostile.Texts)
        {
            var clean = InputText.Clean(text);
            var isFit = InputText.Problem(clean, Proposal.ReasonMaxLength, multiline: true) is null;
            var (before, item) = (await editors.Database.ScalarAsync<long>("select count(*) from revision"), await editors.FindAsync("enschede"));
            EditInput Change(string note, string? reason) => Editors.Change(item, item.Revision, ("note", note + name)) with { Reason = reason };
            async Task<Guid> ProposeAsync(string note) => (await editors.Objects.ProposeAsync(Change(note, "Waarom niet"), editors.Policy)).Should().BeOfType<EditOutcome.Waiting>().Subject.ProposalId;

            var proposed = await editors.Objects.ProposeAsync(Change("A", text), editors.Policy);
            var rejected = await editors.Proposals.RejectAsync(await ProposeAsync("B"), text, editors.Enschede);
            var (taken, remark) = (await ProposeAsync("C"), await RemarkAsync(editors, item));
            var noted = await editors.Proposals.AcceptAsync(remark, text, editors.Enschede);
            var saved = await editors.Objects.SaveAsync(Change("D", text), editors.Enschede);
            item = await editors.FindAsync("enschede");
            var accepted = await editors.Proposals.AcceptAsync(taken, text, editors.Enschede, baseRevision: item.Revision);

            proposed.Should().BeOfType(isFit && clean is not null ? typeof(EditOutcome.Waiting) : typeof(EditOutcome.Invalid), name);
            rejected.Should().BeOfType(isFit && clean is not null ? typeof(EditOutcome.Decided) : typeof(EditOutcome.Invalid), name);
            noted.Should().BeOfType(isFit ? typeof(EditOutcome.Decided) : typeof(EditOutcome.Invalid), name);
            foreach (var outcome in new[] { saved, accepted }) outcome.Should().BeOfType(isFit ? typeof(EditOutcome.Saved) : typeof(EditOutcome.Invalid), name);
            (await editors.Database.ScalarAsync<long>("select count(*) from revision") - before).Should().Be(isFit ? 2 : 0, name);
            if (!isFit) continue;
            await using var db = editors.Database.CreateDbContext();
            (await db.Revisions.Where(r => r.ObjectId == item.Id && r.Number == item.Revision).Select(r => r.Reason).SingleAsync()).Should().Be(clean ?? "Gewijzigd", name);
            (await db.Proposals.Where(p => p.Id == remark).Select(p => p.Decision).SingleAsync()).Should().Be(clean, name);
        }
    }

    [Fact]
    public async Task Search_InTheListsOfTheForm_IsAnswered()
    {
        await using var editors = await Editors.StartAsync(server);
        var people = new PeopleQuery(editors.Database, editors.Database.Search);
        foreach (var (name, text) in Hostile.Texts)
        {
            foreach (var found in new[] { await editors.Query.ObjectsAsync(text, [], editors.Enschede), await editors.Query.SourcesAsync(text), await editors.Query.AreasAsync(text), await editors.Query.IndicatorsAsync(text) })
                found.Should().NotBeNull(name);
            (await editors.Query.NamesAsync([text, new JsonObject { [text] = text }], editors.Enschede)).Should().BeEmpty(name);
            (await people.ChoicesAsync("organisation", text, editors.Administrator)).Should().NotBeNull(name);
            (await people.ListAsync(text, null, 1, editors.Administrator)).Should().NotBeNull(name);
        }
    }

    /// <summary>The whole change is refused by every way in and leaves no trace but the draft, which holds what was typed.</summary>
    /// <returns>What of it is not refused.</returns>
    private static async Task<ChangeSet> RefusedApartAsync(Editors editors, RegisterObject item, ChangeSet all, string name, List<string> findings)
    {
        var input = new EditInput(item.Id, KindRegistry.Of(item), item.Revision, all, "Verbeterd");
        var preview = (await editors.Objects.PreviewAsync(input, editors.Secretariat))!;
        var refused = preview.Problems.Select(p => p.Path).ToHashSet(StringComparer.Ordinal);
        findings.AddRange(preview.Problems.Where(p => !all.Has(p.Path) || p.Message.Nl.Length < ShortestSentence || p.Message.En.Length < ShortestSentence).Select(p => $"{name}: at '{Shown(p.Path)}' it says {p.Message.Nl}"));
        if (await editors.Objects.SaveAsync(input, editors.Secretariat) is not EditOutcome.Invalid) findings.Add($"{name}: was saved");
        if (await editors.Objects.ProposeAsync(input, editors.Policy) is not EditOutcome.Invalid) findings.Add($"{name}: was proposed");
        await using (var db = editors.Database.CreateDbContext())
            if (await db.Objects.Where(o => o.Id == item.Id).Select(o => o.Revision).SingleAsync() != item.Revision) findings.Add($"{name}: something was stored");

        var (outcome, _) = await editors.Drafts.KeepAsync(item.Id, input.Kind, item.Revision, all, 0, editors.Secretariat);
        if (outcome == DraftOutcome.Kept)
        {
            var back = (await editors.Drafts.FindAsync(item.Id, editors.Secretariat))!.Changes;
            // JSON has no half characters: each becomes the mark for one, which is refused as well.
            if (!all.Values.All(p => JsonNode.DeepEquals(Whole(p.Value), back[Whole(p.Key)]))) findings.Add($"{name}: the draft came back as something else");
            await editors.Drafts.DiscardAsync(item.Id, editors.Secretariat);
        }
        else if (outcome != DraftOutcome.TooLarge || !name.StartsWith("megabyte", StringComparison.Ordinal)) findings.Add($"{name}: the draft was not kept: {outcome}");
        return new ChangeSet(all.Values.Where(p => !refused.Contains(p.Key)));
    }

    /// <returns>The object as it stands after saving, or null with a finding.</returns>
    private static async Task<JsonObject?> SavedAsync(Editors editors, Guid id, ChangeSet kept, string name, List<string> findings)
    {
        var now = (await editors.Query.FindAsync(id, editors.Secretariat))!;
        var outcome = await editors.Objects.SaveAsync(new EditInput(id, now.Kind, now.Revision, kept, "Verbeterd"), editors.Secretariat);
        if (outcome is EditOutcome.Saved or EditOutcome.Unchanged) return (await editors.Query.FindAsync(id, editors.Secretariat))!.Snapshot;
        findings.Add($"{name}: what was not refused is not saved: {(outcome is EditOutcome.Invalid invalid ? string.Join("; ", invalid.Problems.Select(p => $"{Shown(p.Path)}: {p.Message.Nl}")) : outcome.GetType().Name)}");
        return null;
    }

    /// <summary>One right item per section, or several where two of one are refused; a null key is a new identity each time.</summary>
    private static async Task<Dictionary<string, List<(string? Key, JsonNode Value)>>> ValidAsync(Editors editors, RegisterObject item)
    {
        await using var db = editors.Database.CreateDbContext();
        var source = (await db.Sources.OrderBy(s => s.Id).FirstAsync()).Id.ToString();
        var themes = await db.Themes.Where(t => t.TaxonomyCode == "instapthema" && !db.Set<Domain.Themes.Specialisation>().Any(s => s.ObjectId == item.Id && s.ThemeCode == t.Code)).OrderBy(t => t.Code).Select(t => t.Code).Take(2).ToListAsync();
        var others = await db.Objects.OfType<Facility>().Where(f => f.State == ObjectState.Published && !f.Relations.Any(r => r.ToId == item.Id)).OrderBy(f => f.Slug).Select(f => f.Id).Take(6).ToListAsync();
        var valid = new Dictionary<string, List<(string?, JsonNode)>>(StringComparer.Ordinal)
        {
            ["theme"] = [.. themes.Select(t => ((string?)t, (JsonNode)new JsonObject { ["strength"] = "core", ["basis"] = "x" }))],
            ["relation"] = [.. others.Select(o => ((string?)null, (JsonNode)new JsonObject { ["kind"] = item is City ? "belongs-to" : item is AgendaObject ? item is AgendaAction ? "concerns" : item is Meeting ? "attended-by" : "answers" : "located-on", ["from"] = item is AgendaObject ? item.Id.ToString() : o.ToString(), ["to"] = item is AgendaObject ? o.ToString() : item.Id.ToString(), ["since"] = "2020", ["until"] = "2024", ["note"] = "x" }))],
            ["observation"] = [(null, new JsonObject { ["indicator"] = "STARTUPS", ["period"] = "2024", ["value"] = 1, ["missing"] = null, ["segment"] = "x", ["qualifier"] = "x", ["source"] = source, ["verification"] = "source-verified" })],
            ["exchange"] = [(null, new JsonObject { ["sort"] = "offer", ["theme"] = themes[0], ["text"] = "x", ["visibility"] = "partners" })],
            ["citation"] = [(null, new JsonObject { ["source"] = source, ["field"] = "description", ["passage"] = "x" })],
            ["provenance"] = [("description", new JsonObject { ["verification"] = "source-verified", ["note"] = "x" }), ("website", new JsonObject { ["verification"] = "source-verified", ["note"] = "x" })],
            ["source"] = [.. Enumerable.Range(0, 3).Select(i => ((string?)null, (JsonNode)new JsonObject { ["title"] = "x", ["locator"] = $"Archief, doos {i}", ["publishedOn"] = "2024" }))],
            ["location"] = [(null, new JsonObject())],
        };
        if (item is AgendaObject)
        {
            valid["element"] = [(null, new JsonObject())];
            if (item is AgendaAction) valid["milestone"] = [(null, new JsonObject { ["title"] = "x", ["due"] = "2027-01-01", ["status"] = "completed", ["closedOn"] = "2026-01-01", ["evidenceUrl"] = "https://voorbeeld.nl", ["evidenceObject"] = null, ["evidenceNote"] = "x" })];
            valid["commitment"] = [(null, new JsonObject { ["party"] = others[0].ToString(), ["sort"] = "money", ["text"] = "x", ["amount"] = "100", ["term"] = "2027-01-01", ["status"] = "open", ["reason"] = "x", ["number"] = 1, ["settledOn"] = null, ["carriedOutIn"] = null })];
        }
        if (item is Meeting) valid["point"] = [(null, new JsonObject { ["title"] = "x", ["action"] = null, ["asked"] = "x", ["decision"] = "x", ["status"] = "carried-out", ["party"] = others[0].ToString(), ["due"] = "2027-01-01", ["carriedOutOn"] = "2026-01-01", ["number"] = null })];
        if (item is City) valid["swot"] = [(null, new JsonObject { ["sort"] = "strength", ["text"] = "x", ["visibility"] = "public", ["evidence"] = null })];
        return valid;
    }

    /// <summary>A remark from a confirmation mail: a proposal that changes nothing.</summary>
    private static async Task<Guid> RemarkAsync(Editors editors, RegisterObject item)
    {
        await using var db = editors.Database.CreateDbContext();
        var remark = new Proposal { Id = Guid.CreateVersion7(), ObjectId = item.Id, Kind = KindRegistry.Of(item).Code, BaseRevision = item.Revision, StewardId = item.StewardId, Sort = ProposalSort.Suggestion, Changes = "{}", Reason = "Klopt niet", ProposerId = editors.Policy.UserId, ProposerName = "beleid", ProposerOrganisation = "Rijk", MadeAt = DateTimeOffset.UtcNow };
        db.Add(remark);
        await db.SaveChangesAsync();
        return remark.Id;
    }

    private static async Task<RegisterObject> AnyAsync(Editors editors, ObjectKind kind)
    {
        await using var db = editors.Database.CreateDbContext();
        return await db.Objects.AsNoTracking().Where(o => EF.Property<string>(o, "kind") == kind.Code && o.State == ObjectState.Published).OrderBy(o => o.Id).FirstOrDefaultAsync() ?? await editors.FindAsync(await MeetingTests.AddAsync(editors, "Overleg"));
    }

    /// <summary>As the form gives it: one line of a list, or the text.</summary>
    private static JsonNode? Given(FieldDefinition field, string text) => field.Input == FieldInput.List ? new JsonArray(text) : text;

    private static JsonNode? Clean(FieldDefinition field, string text) => field.Input == FieldInput.List
        ? new JsonArray([.. new[] { InputText.Clean(text) }.OfType<string>().Select(t => (JsonNode)t)])
        : InputText.Clean(text);

    private static string Whole(string text) => string.Concat(text.EnumerateRunes());

    private static JsonNode? Whole(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(p => KeyValuePair.Create(Whole(p.Key), Whole(p.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Whole)]),
        _ => Json.Text(node) is { } text ? Whole(text) : node?.DeepClone(),
    };

    private static string Shown(object? value) => (value?.ToString() ?? "nothing") is { Length: > 60 } text ? text[..60] + "…" : value?.ToString() ?? "nothing";
}
