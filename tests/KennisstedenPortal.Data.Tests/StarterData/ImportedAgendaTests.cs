using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.Tests.StarterData;

/// <summary>The verbindingsagenda after the import.</summary>
[Collection<ImportedRegisterGroup>]
public sealed class ImportedAgendaTests(ImportedRegister register)
{
    private const string File = "agenda.json";

    [Theory]
    [InlineData("partners", ElementKind.Partner, 11)]
    [InlineData("offers", ElementKind.Offer, 4)]
    [InlineData("asks", ElementKind.Ask, 4)]
    [InlineData("results", ElementKind.Result, 5)]
    [InlineData("ends", ElementKind.End, 2)]
    [InlineData("bottlenecks", ElementKind.Bottleneck, 5)]
    [InlineData("context_statements", ElementKind.Context, 6)]
    [InlineData("lines", ElementKind.Line, 3)]
    [InlineData("roles_of_knowledge_cities", ElementKind.CityRole, 3)]
    [InlineData("ecosystem_strengths", ElementKind.Strength, 5)]
    [InlineData("instruments", ElementKind.Instrument, 5)]
    [InlineData("documents", ElementKind.Document, 9)]
    [InlineData("figures", ElementKind.Figure, 7)]
    public void Import_Elements_HoldTitleQuoteAndSection(string list, ElementKind kind, int count)
    {
        var c = new Comparison();
        var records = Starter.Items(File, list);
        foreach (var record in records)
        {
            var (code, item) = (record.Text("code")!, Element(record.Text("code")!));
            c.Same(code, "kind", kind, item.Kind);
            c.Same(code, "title", record.Text("title"), item.Title);
            c.Same(code, "quote and section", (record.Text("quote"), record.Text("section")), (item.Quote, item.Section));
            c.Same(code, "number", record.Whole("number"), item.Number);
            c.Same(code, "footnote", record.Text("footnote"), item.Footnote);
            c.Same(code, "document", record.Text("source_document") is { } document ? Element(document).Id : null, item.ParentId);
            c.Same(code, "date and author", (record.Text("date"), record.Text("author")), (item.Date, item.Author));
            c.Same(code, "figure", (record.Number("value"), record.Text("unit")), (item.Value, item.Unit));
            c.Same(code, "role and sort", (record.Text("role"), record.Text("type") ?? record.Text("org_type") ?? record.Text("facility_type")), (item.Role, item.Sort));
            c.Same(code, "in the document", record.Flag("in_source_document") ?? true, item.InSourceDocument);
            c.Same(code, "verification", record.Text("verification"), Codes<Verification>.Code(item.Verification));
            string?[] notes = [record.Text("note"), record.Text("members_note")];
            c.Same(code, "notes", notes.Any(n => n is not null) ? string.Join('\n', notes.OfType<string>()) : null, item.Note);
            c.SameSet(code, "sources", register.SourceIds("sources.json", record.Texts("sources")), item.Citations.Select(x => x.SourceId));
            if (kind == ElementKind.Partner) c.SameSet(code, "organisations", register.Named(record.Text("title")), item.Objects.Select(o => o.ObjectId));
        }
        records.Should().HaveCount(count);
        c.Verify(atLeast: count * 13);
    }

    [Fact]
    public void Import_ElementsOfALine_BelongToIt()
    {
        var c = new Comparison();
        foreach (var line in Starter.Items(File, "lines"))
            foreach (var record in line.Parts("elements"))
            {
                var (code, item) = (record.Text("code")!, Element(record.Text("code")!));
                c.Same(code, "kind", ElementKind.LineElement, item.Kind);
                c.Same(code, "line", Element(line.Text("code")!).Id, item.ParentId);
                c.Same(code, "title", record.Text("title"), item.Title);
                c.Same(code, "quote and section", (record.Text("quote"), record.Text("section")), (item.Quote, item.Section));
                c.Same(code, "verification", record.Text("verification"), Codes<Verification>.Code(item.Verification));
            }
        c.Verify(atLeast: 5 * 6);
    }

    [Fact]
    public void Import_Elements_QuoteAtMostFifteenWordsEach() => register.Db.AgendaElements.Local.Select(e => e.Quote).OfType<string>()
        .Should().NotBeEmpty().And.OnlyContain(q => q.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length <= 15);

    [Fact]
    public void Import_ActionsThatWereInvented_AreAllMarkedAsExample()
    {
        Actions.Should().HaveCount(24);
        Actions.Should().OnlyContain(a => a.Verification == Verification.Example && a.Revision == 1 && a.StewardId == null);
        Actions.SelectMany(a => a.Relations).Should().NotBeEmpty().And.OnlyContain(r => r.Kind == RelationKind.Concerns && r.Verification == Verification.Example && !r.IsUnconfirmed);
        Actions.SelectMany(a => a.Specialisations).Should().NotBeEmpty().And.OnlyContain(s => s.Verification == Verification.Example);
        Actions.Select(a => a.Code).Should().OnlyHaveUniqueItems().And.AllSatisfy(c => c.Should().MatchRegex("^VA-[0-9]{3}$"));
    }

    [Fact]
    public void Import_OnlyActions_AreExamples()
    {
        register.Objects.Where(o => o is not AgendaAction).Should().NotContain(o => o.Verification == Verification.Example);
        register.Db.AgendaElements.Local.Should().NotContain(e => e.Verification == Verification.Example);
        register.Db.Observations.Local.Should().NotContain(o => o.Verification == Verification.Example);
    }

    [Fact]
    public void Import_Actions_HoldDatesMilestonesAndLinks()
    {
        var c = new Comparison();
        var number = 0;
        foreach (var record in Starter.Items(File, "actions"))
        {
            var code = FormattableString.Invariant($"VA-{++number:000}");
            var item = Actions.Single(a => a.Code == code);
            c.Same(code, "id", record.Text("id"), item.ExternalKeys.Single().Value);
            c.Same(code, "title", record.Text("title"), item.Name);
            c.Same(code, "description", record.Text("description"), item.Description);
            c.Same(code, "status", record.Text("status"), Codes<ActionStatus>.Slug(item.Status));
            c.Same(code, "dates", (Period.FirstDay(record.Text("start")), Period.FirstDay(record.Text("due"))), (item.StartsOn, item.EndsOn));
            c.SameList(code, "owner, partners, progress and budget", new[] { $"Soort eigenaar: {record.Text("owner_type")}.", $"Soorten partners: {string.Join(", ", record.Texts("partner_types"))}.", record.Text("progress_note"), record.Text("budget_note") }.OfType<string>(), item.Note!.Split('\n'));
            c.SameList(code, "milestones", record.Parts("milestones").Select(m => $"{m.Text("title")} {m.Text("due")} {m.Text("status")}"),
                item.Milestones.OrderBy(m => m.DueOn).Select(m => $"{m.Title} {m.DueOn:yyyy-MM-dd} {Codes<MilestoneStatus>.Slug(m.Status)}"));
            c.SameSet(code, "elements", new[] { record.Text("line")! }.Concat(new[] { "elements", "asks", "bottlenecks", "expected_results" }.SelectMany(l => record.Texts(l))).Select(e => Element(e).Code),
                item.Elements.Select(e => e.ElementCode));
            c.SameSet(code, "objects", record.Texts("cities").Select(g => register.City(g).Id).Concat(record.Texts("campuses").Select(i => register.Find<Campus>("campuses.json", i).Id))
                .Concat(record.Texts("facilities").Select(i => register.Find<Facility>("facilities.json", i).Id))
                .Concat(record.Texts("districts").Select(i => register.Find<InnovationDistrict>("innovation-districts.json", i).Id)), item.Relations.Select(r => r.ToId));
            c.SameSet(code, "theme_codes", record.Texts("theme_codes"), item.Specialisations.Select(t => t.ThemeCode));
        }
        c.Verify(atLeast: 24 * 10);
    }

    [Fact]
    public void Import_Actions_FollowTheRulesOfTheAgenda() => Actions.Should().AllSatisfy(a =>
    {
        ActionFlow.Problem(a.Status, a.Status, ActionFacts.Of(a.StatusReason, a.Milestones)).Should().BeNull();
        a.Milestones.Should().OnlyContain(m => m.Status == MilestoneStatus.Completed == m.ClosedOn.HasValue);
    });

    private IReadOnlyList<AgendaAction> Actions => [.. register.Objects.OfType<AgendaAction>()];

    [Fact]
    public void Import_Members_AreThirteenMunicipalitiesOfTheNetwork()
    {
        var network = register.Named("Netwerk Kennissteden Nederland (NKN)").Single();
        var municipalities = Starter.Items(File, "members").Select(m => m.Text("gm"));

        register.Objects.OfType<Organisation>().Where(o => o.Type == OrganisationType.Municipality && o.Relations.Any(r => r.Kind == RelationKind.MemberOf && r.ToId == network))
            .Select(o => o.MunicipalityCode).Should().HaveCount(13).And.BeEquivalentTo(municipalities);
    }

    [Fact]
    public void Import_FundsAndPolicies_AreProgrammes()
    {
        var named = Starter.Items(File, "instruments").Where(i => i.Text("type") is "fonds" or "beleid").Select(i => i.Text("title"));

        register.Objects.OfType<Programme>().Select(p => p.Name).Should().BeEquivalentTo(named);
        register.Objects.OfType<Programme>().Should().OnlyContain(p => p.Sort != null && p.Citations.Count == 1);
    }

    private AgendaElement Element(string code) => register.Db.AgendaElements.Local.Single(e => e.Code == code);
}
