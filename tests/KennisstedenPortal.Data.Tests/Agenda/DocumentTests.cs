using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.History;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Tests.Editing;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Agenda;

/// <summary>A document of the Rijk: its numbered actions are commitments, and an ask shows it as an answer.</summary>
public sealed class DocumentTests(TestServer server)
{
    private static readonly ObjectKind Kind = KindRegistry.Of<PolicyDocument>();
    private const string Ask = "vraag-1";

    [Fact]
    public async Task Import_LetterThatTheSourceNames_IsADocumentWithWhatTheDataSays()
    {
        await using var editors = await Editors.StartAsync(server);
        await using var db = editors.Database.CreateDbContext();

        var document = await db.PolicyDocuments.Include(d => d.Commitments).Include(d => d.Elements).Include(d => d.Citations).SingleAsync();

        document.Should().BeEquivalentTo(new { Sort = PolicyDocumentSort.Letter, DatedOn = new DateOnly(2022, 11, 11), PaperNumber = (string?)null, StewardId = (Guid?)null, Website = (string?)null });
        document.Note.Should().Contain("Ministerie van EZK");
        document.Commitments.Should().BeEmpty("no numbered action is invented");
        document.Elements.Should().BeEmpty("nothing says what it answers");
        document.Citations.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Add_WithNumberedCommitments_IsShownWholeAndToldInHistory()
    {
        await using var editors = await Editors.StartAsync(server);
        var action = await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress);
        var ministry = await MinistryAsync(editors);
        var (one, two) = ($"commitment/{Guid.CreateVersion7()}", $"commitment/{Guid.CreateVersion7()}");

        var document = await AddAsync(editors, "Brief over campussen", ("paperNumber", "33 009, nr. 120"), ("datedOn", "30-5-2023"), ("steward", ministry.Id.ToString()), ("element/" + Ask, true),
            (one, Promise(ministry.Id, 1, carriedOutIn: action.Id)), (two, Promise(ministry.Id, 2, term: "2027-06-01")),
            ($"relation/{Guid.CreateVersion7()}", new JsonObject { ["kind"] = "answers", ["from"] = "self", ["to"] = action.Id.ToString() }));

        var detail = (await new DetailQuery(editors.Database, editors.Database.Source).RunAsync(Kind, document, default)).Detail!;
        var shown = (PolicyDocument)detail.Item;
        shown.Should().BeEquivalentTo(new { PaperNumber = "33009-120", DatedOn = new DateOnly(2023, 5, 30) });
        shown.Steward!.Name.Should().Be(ministry.Name);
        shown.Commitments.OrderBy(c => c.Number).Select(c => (c.Number, c.CarriedOutIn?.Slug, c.Party!.Name)).Should().Equal((1, action.Slug, ministry.Name), (2, null, ministry.Name));
        var carried = (AgendaAction)(await new DetailQuery(editors.Database, editors.Database.Source).RunAsync(KindRegistry.Of<AgendaAction>(), action.Slug, default)).Detail!.Item;
        carried.CarriedOut.Should().ContainSingle().Which.Holder!.Slug.Should().Be(document);
        carried.InverseRelations.Should().ContainSingle(r => r.Kind == RelationKind.Answers);

        var past = ((PastOutcome.Found)await new PastQuery(editors.Database).RunAsync(Kind, document, DateTimeOffset.UtcNow)).Detail.Item;
        ((PolicyDocument)past).Commitments.Single(c => c.Number == 1).CarriedOutIn!.Slug.Should().Be(action.Slug);
        var history = (await new HistoryQuery(editors.Database, editors.Database.Time).CompareAsync(Kind, document, 1, 1, null))!;
        new DifferenceWords(Kind, shown.Id, new Dictionary<string, string>(StringComparer.Ordinal) { [ministry.Id.ToString()] = ministry.Name, [action.Id.ToString()] = action.Name }, "nl").Value(one, Promise(ministry.Id, 1, carriedOutIn: action.Id))
            .Should().Be($"Nummer 1; {ministry.Name}; Regel; Wij passen de regel aan; Openstaand; uitgevoerd in {action.Name}");
        history.Subject.Name.Should().Be("Brief over campussen");
    }

    [Fact]
    public async Task Save_WhatCannotBe_IsRefusedAtItsPlaceWithASentence()
    {
        await using var editors = await Editors.StartAsync(server);
        var ministry = await MinistryAsync(editors);
        var action = await ActionEditingTests.AddAsync(editors, ActionStatus.InProgress);
        var taken = $"commitment/{Guid.CreateVersion7()}";
        var slug = await AddAsync(editors, "Brief", (taken, Promise(ministry.Id, 1)));
        var fresh = $"commitment/{Guid.CreateVersion7()}";
        JsonObject With(string member, JsonNode? value)
        {
            var node = Promise(ministry.Id, 7);
            node[member] = value;
            return node;
        }
        (string Path, JsonNode? Value, string Sentence)[] wrong =
        [
            ("paperNumber", "33009", "dossier en nummer"), ("paperNumber", "'; drop table commitment; --", "dossier en nummer"), ("datedOn", "31-2-2023", "bestaat niet"), ("website", "javascript:alert(1)", "https://"),
            ("element/geen-onderdeel", true, "Kies een onderdeel"), ($"milestone/{Guid.CreateVersion7()}", ActionEditingTests.Milestone("Stap", "open"), "bestaat hier niet"),
            (fresh, Promise(ministry.Id, 1), "Nummer 1 staat er al"), (fresh, With("number", 0), "heel getal"), (fresh, With("number", "drie"), "heel getal"), (fresh, With("number", 1.5), "heel getal"),
            (fresh, With("carriedOutIn", ministry.Id.ToString()), "Kies een actie"), (fresh, With("carriedOutIn", Guid.NewGuid().ToString()), "Kies een actie"),
            (fresh, new JsonObject { ["party"] = ministry.Id.ToString(), ["sort"] = "rule", ["text"] = "x", ["status"] = "met", ["settledOn"] = "2099-01-01" }, "toekomst"),
        ];

        foreach (var (path, value, sentence) in wrong)
            (await SaveAsync(editors, slug, (path, value))).Should().BeOfType<EditOutcome.Invalid>($"{path} {value?.ToJsonString()}").Which.Problems.Should().Contain(p => p.Path == path && p.Message.Nl.Contains(sentence, StringComparison.Ordinal), $"{path} {value?.ToJsonString()}");
        var own = () => ActionEditingTests.ShouldBeSavedAsync(editors, action.Id, (fresh, With("carriedOutIn", action.Id.ToString())));
        await own.Should().ThrowAsync<Exception>("an action carries out its own");
        // A number that goes from one to another in one change stands once.
        (await SaveAsync(editors, slug, (taken, null), (fresh, Promise(ministry.Id, 1)))).Should().BeOfType<EditOutcome.Saved>();
    }

    [Fact]
    public async Task Numbers_OfTwoCommitments_CanBeSwapped()
    {
        await using var editors = await Editors.StartAsync(server);
        var ministry = await MinistryAsync(editors);
        var (one, two) = ($"commitment/{Guid.CreateVersion7()}", $"commitment/{Guid.CreateVersion7()}");
        var slug = await AddAsync(editors, "Twee acties", (one, Promise(ministry.Id, 1)), (two, Promise(ministry.Id, 2)));

        (await SaveAsync(editors, slug, (one, Promise(ministry.Id, 2)), (two, Promise(ministry.Id, 1)))).Should().BeOfType<EditOutcome.Saved>();

        (await editors.Database.ScalarAsync<string>($"select string_agg('commitment/' || id, ' ' order by number) from commitment where 'commitment/' || id in ('{one}', '{two}')")).Should().Be($"{two} {one}");
        (await editors.Database.ScalarAsync<long>($"select count(*) from field_change where field in ('{one}', '{two}')")).Should().Be(2, "history says what changed");
    }

    [Fact]
    public async Task Ask_WithAnAnswer_IsNoGapAndNamesIt()
    {
        await using var editors = await Editors.StartAsync(server);
        var (chain, gaps) = (new ChainQuery(editors.Database), new GapsQuery(editors.Database));
        (await gaps.RunAsync(false, default)).Unanswered.Should().Contain(e => e.Code == Ask).And.HaveCount(4);
        var ministry = await MinistryAsync(editors);
        var older = await AddAsync(editors, "Eerste brief", ("datedOn", "1-1-2023"), ("element/" + Ask, true));
        var newer = await AddAsync(editors, "Tweede brief", ("datedOn", "1-1-2024"), ("steward", ministry.Id.ToString()), ("element/" + Ask, true));
        await AddAsync(editors, "Voor partners", ("visibility", "partners"), ("element/vraag-2", true));

        (await gaps.RunAsync(false, default)).Unanswered.Should().NotContain(e => e.Code == Ask).And.HaveCount(3, "what is for partners is no answer for the public");
        (await chain.ElementAsync(Ask, default))!.Item.Answers.Select(a => (a.Slug, a.From)).Should().Equal((newer, ministry.Name), (older, null));
        (await chain.RunAsync(default)).Elements.Single(e => e.Element.Code == Ask).Answers.Should().HaveCount(2);
        (await chain.RunAsync(default)).Elements.Single(e => e.Element.Code == Ask).Actions.Real.Should().Be(0, "a document is no action");
    }

    [Fact]
    public async Task Steward_MinistryWithAnAccount_KeepsItsOwnDocument()
    {
        await using var editors = await Editors.StartAsync(server);
        var own = await AddAsync(editors, "Brief van ons", ("steward", editors.Enschede.Grants[0].ScopeId.ToString()));
        var item = await FindAsync(editors, own);

        (await editors.Objects.SaveAsync(Editors.Change(item, item.Revision, ("description", "Er komt geld.")), editors.Enschede)).Should().BeOfType<EditOutcome.Saved>();
        var foreign = () => editors.Objects.SaveAsync(Editors.Change(item, item.Revision + 1, ("description", "Er komt geld.")), editors.Delft);
        await foreign.Should().ThrowAsync<Domain.Access.NotAllowedException>();
    }

    internal static JsonObject Promise(Guid party, int? number = null, string? term = null, Guid? carriedOutIn = null)
    {
        var node = new JsonObject { ["party"] = party.ToString(), ["sort"] = "rule", ["text"] = "Wij passen de regel aan", ["status"] = "open" };
        if (number is { } n) node["number"] = n;
        if (term is not null) node["term"] = term;
        if (carriedOutIn is { } action) node["carriedOutIn"] = action.ToString();
        return node;
    }

    /// <returns>Its slug.</returns>
    internal static async Task<string> AddAsync(Editors editors, string name, params (string Path, JsonNode? Value)[] more)
    {
        var id = Guid.CreateVersion7();
        foreach (var node in more.Select(m => m.Value).OfType<JsonObject>().Where(n => Json.Text(n["from"]) == "self")) node["from"] = id.ToString();
        var outcome = await editors.Objects.SaveAsync(new EditInput(id, Kind, 0, new ChangeSet([new("name", name), new("sort", "letter"), .. more.Select(m => KeyValuePair.Create(m.Path, m.Value))]), "Nieuw stuk"), editors.Secretariat);
        return outcome.Should().BeOfType<EditOutcome.Saved>(outcome is EditOutcome.Invalid invalid ? string.Join("; ", invalid.Problems.Select(p => $"{p.Path}: {p.Message.Nl}")) : "").Which.Slug;
    }

    internal static async Task<RegisterObject> MinistryAsync(Editors editors)
    {
        await using var db = editors.Database.CreateDbContext();
        return await db.Objects.OfType<Organisation>().AsNoTracking().Where(o => o.Type == OrganisationType.Ministry && o.State == ObjectState.Published).OrderBy(o => o.Slug).FirstAsync();
    }

    private static async Task<PolicyDocument> FindAsync(Editors editors, string slug)
    {
        await using var db = editors.Database.CreateDbContext();
        return await db.PolicyDocuments.AsNoTracking().SingleAsync(d => d.Slug == slug);
    }

    private static async Task<EditOutcome> SaveAsync(Editors editors, string slug, params (string Path, JsonNode? Value)[] changes)
    {
        var item = await FindAsync(editors, slug);
        return await editors.Objects.SaveAsync(Editors.Change(item, item.Revision, changes), editors.Secretariat);
    }
}
