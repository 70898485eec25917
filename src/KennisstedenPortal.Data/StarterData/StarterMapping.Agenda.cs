using System.Globalization;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;

namespace KennisstedenPortal.Data.StarterData;

internal sealed partial class StarterMapping
{
    private static readonly (string List, ElementKind Kind)[] ElementLists =
    [
        ("documents", ElementKind.Document), ("context_statements", ElementKind.Context), ("bottlenecks", ElementKind.Bottleneck), ("lines", ElementKind.Line),
        ("asks", ElementKind.Ask), ("offers", ElementKind.Offer), ("results", ElementKind.Result), ("ends", ElementKind.End),
        ("roles_of_knowledge_cities", ElementKind.CityRole), ("ecosystem_strengths", ElementKind.Strength), ("instruments", ElementKind.Instrument),
        ("figures", ElementKind.Figure), ("partners", ElementKind.Partner),
    ];

    private static readonly Dictionary<string, ActionStatus> ActionStatuses = Codes<ActionStatus>.All.ToDictionary(Codes<ActionStatus>.Slug, StringComparer.Ordinal);
    private static readonly Dictionary<string, MilestoneStatus> MilestoneStatuses = Codes<MilestoneStatus>.All.ToDictionary(Codes<MilestoneStatus>.Slug, StringComparer.Ordinal);
    private static readonly Dictionary<string, ProgrammeSort> ProgrammeSorts = new(StringComparer.Ordinal) { ["fonds"] = ProgrammeSort.Fund, ["beleid"] = ProgrammeSort.Policy };

    private void MapAgenda(bool examples)
    {
        MapSourceDocument();
        foreach (var (list, kind) in ElementLists)
        {
            var rank = 0;
            foreach (var record in _files.Records(AgendaFile, list, "code")) MapElement(record, kind, ++rank);
        }
        foreach (var record in _files.Records(AgendaFile, "members", "slug"))
        {
            record.Repeats("name");
            var code = record.Text("gm");
            var city = Object<City>(record, record.Id);
            if (city is not null && !string.Equals(city.MunicipalityCode, code, StringComparison.Ordinal)) record.Refuse($"'{code}' is niet de gemeente van {city.Name}");
            var municipality = _rows.All<Organisation>().FirstOrDefault(o => o.Type == OrganisationType.Municipality && string.Equals(o.MunicipalityCode, code, StringComparison.Ordinal));
            var membership = Relate(RelationKind.MemberOf, municipality, Organisations(record, "members", NetworkName).FirstOrDefault(), null, record.Vocabulary<Verification>("verification"));
            CiteRelation(record, record.List("sources"), membership);
            record.Done();
        }
        if (!examples) return;
        foreach (var record in _files.Records(AgendaFile, "actions", "id"))
        {
            // The code becomes an address: it follows from the id, not from the place in the file.
            if (int.TryParse(record.Id.Split('-')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) MapAction(record, number);
            else record.Refuse("de id eindigt niet op een nummer");
        }
    }

    private AgendaElement? Element(StarterRecord record, string? code)
    {
        if (code is null) return null;
        if (_rows.Find<AgendaElement>(code) is { } element) return element;
        record.Refuse($"onbekend element van de agenda '{code}'");
        return null;
    }

    private void MapSourceDocument()
    {
        var record = _files.Whole(AgendaFile, "meta").Part("source_document");
        var element = new AgendaElement
        {
            Id = _rows.Id<AgendaElement>("brondocument"),
            Code = "brondocument",
            Kind = ElementKind.Document,
            Title = record.Text("title"),
            Author = record.TextOrNull("sender"),
            Date = record.PeriodOrNull("date"),
            Note = string.Join('\n', [record.TextOrNull("date_note"), .. record.List("gaps")]),
            Verification = Verification.SourceVerified,
        };
        record.Repeats("id");
        _rows.Add(element.Code, element);
        CiteElement(record, record.List("sources"), element);
        record.Done();
    }

    private void MapElement(StarterRecord record, ElementKind kind, int rank, AgendaElement? parent = null)
    {
        var membersNote = record.TextOrNull("members_note");
        var note = record.TextOrNull("note");
        var element = new AgendaElement
        {
            Id = _rows.Id<AgendaElement>(record.Id),
            Code = record.Id,
            Kind = kind,
            Title = record.Text("title"),
            Quote = record.TextOrNull("quote"),
            Section = record.TextOrNull("section"),
            Rank = rank,
            Number = record.WholeOrNull("number"),
            Note = note is null || membersNote is null ? note ?? membersNote : $"{note}\n{membersNote}",
            ParentId = parent?.Id ?? Element(record, record.TextOrNull("source_document"))?.Id,
            Footnote = record.TextOrNull("footnote"),
            Date = record.PeriodOrNull("date"),
            Author = record.TextOrNull("author"),
            Role = record.TextOrNull("role"),
            Value = record.NumberOrNull("value"),
            Unit = record.TextOrNull("unit"),
            Sort = record.TextOrNull("type") ?? record.TextOrNull("org_type") ?? record.TextOrNull("facility_type"),
            InSourceDocument = record.FlagOrNull("in_source_document") ?? true,
            Verification = record.Vocabulary<Verification>("verification"),
        };
        record.Repeats("type", "org_type", "facility_type");
        if (!_rows.Add(element.Code, element)) record.Refuse("komt twee keer voor");
        CiteElement(record, record.ListOrEmpty("sources"), element);
        if (kind == ElementKind.Line)
        {
            var number = 0;
            foreach (var part in record.Parts("elements"))
            {
                var named = new StarterRecord(part.File, part.Text("code"), part.Json, _files.Problems);
                named.Repeats("code");
                MapElement(named, ElementKind.LineElement, ++number, element);
            }
        }
        if (kind == ElementKind.Partner)
            foreach (var organisation in Organisations(record, "partners", element.Title)) Link(element, organisation);
        if (kind == ElementKind.Document && element.Title.StartsWith("Kamerbrief", StringComparison.Ordinal)) MapDocument(record, element);
        if (kind == ElementKind.Instrument && element.Sort is { } sort && ProgrammeSorts.TryGetValue(sort, out var programmeSort)) MapProgramme(record, element, programmeSort);
        record.Done();
    }

    /// <summary>A fund or policy that the document names is a programme of the register as well.</summary>
    private void MapProgramme(StarterRecord record, AgendaElement element, ProgrammeSort sort)
    {
        var programme = new Programme
        {
            Id = NewId<Programme>(record.Id),
            Slug = SlugText.From(element.Title),
            Name = element.Title,
            Sort = sort,
            Note = element.Note,
            Verification = element.Verification,
        };
        AddObject(record, programme);
        CiteObject(record, ["seed"], programme, null, element.Section);
        Link(element, programme);
    }

    /// <summary>A letter to parliament that the source document names is a document of the register as well. Nothing says what it answers, or under which number it stands.</summary>
    private void MapDocument(StarterRecord record, AgendaElement element)
    {
        var document = new PolicyDocument
        {
            Id = NewId<PolicyDocument>(record.Id),
            Slug = SlugText.From(element.Title),
            Name = element.Title,
            Sort = PolicyDocumentSort.Letter,
            DatedOn = DateOnly.TryParseExact(element.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            Note = element.Author is { } author ? $"Afzender volgens de bron: {author}." : null,
            Verification = element.Verification,
        };
        AddObject(record, document);
        CiteObject(record, ["seed"], document, null, element.Section);
        Link(element, document);
    }

    private void Link(AgendaElement element, RegisterObject item) =>
        _rows.Add($"{element.Code}|{item.Id}", new ElementObject { ElementId = element.Id, ObjectId = item.Id });

    private void CiteElement(StarterRecord record, IEnumerable<string> sources, AgendaElement element) =>
        Cite(record, sources, $"element:{element.Id}", c => new Citation { Id = c.Id, SourceId = c.SourceId, AgendaElementId = element.Id });

    /// <summary>
    /// An invented action. The sorts of owner and partners that the files name are no organisations; they stand in the note,
    /// with what the files say about progress and budget.
    /// </summary>
    private void MapAction(StarterRecord record, int number)
    {
        var isExample = record.Flag("example");
        if (!isExample) record.Refuse("is geen voorbeeld: alleen verzonnen acties staan in de startgegevens");
        var action = new AgendaAction
        {
            Id = NewId<AgendaAction>(record.Id),
            Slug = FormattableString.Invariant($"{KindRegistry.Of<AgendaAction>().NumberedAs}{number:000}"),
            Name = record.Text("title", RegisterObject.NameMaxLength),
            Description = record.TextOrNull("description", RegisterObject.DescriptionMaxLength),
            Status = record.Vocabulary("status", ActionStatuses),
            StartsOn = record.DateOrNull("start"),
            EndsOn = record.DateOrNull("due"),
            Note = string.Join('\n', new[] { $"Soort eigenaar: {record.Text("owner_type")}.", $"Soorten partners: {string.Join(", ", record.List("partner_types"))}.", record.TextOrNull("progress_note"), record.TextOrNull("budget_note") }.OfType<string>()),
            Verification = record.Vocabulary<Verification>("verification"),
        };
        action.StatusReason = ReasonOf(action.Status);
        if (record.TextOrNull("budget") is not null) record.Refuse("'budget' hoort leeg te zijn: bedragen staan bij toezeggingen");
        if (action.EndsOn < action.StartsOn) record.Refuse("eindigt voordat zij begint");
        AddObject(record, action);

        foreach (var code in new[] { record.Text("line") }.Concat(record.List("elements")).Concat(record.List("asks")).Concat(record.List("bottlenecks")).Concat(record.List("expected_results")))
            if (Element(record, code) is { } element) _rows.Add($"{action.Id}|{element.Code}", new ObjectElement { ObjectId = action.Id, ElementCode = element.Code });
        IEnumerable<RegisterObject?> objects =
        [
            .. record.List("cities").Select(c => CityOf(record, c)), .. record.List("campuses").Select(c => Object<Campus>(record, c)),
            .. record.List("facilities").Select(f => Object<Facility>(record, f)), .. record.List("districts").Select(d => Object<InnovationDistrict>(record, d)),
        ];
        foreach (var item in objects) Relate(RelationKind.Concerns, action, item, verification: Verification.Example);
        foreach (var theme in record.List("theme_codes"))
            if (AddTheme(record, action, theme) is { } specialisation) specialisation.Verification = Verification.Example;
        var rank = 0;
        foreach (var part in record.Parts("milestones"))
        {
            var key = $"{record.Id}|{++rank}";
            var (due, status) = (part.DateOrNull("due"), part.Vocabulary("status", MilestoneStatuses));
            _rows.Add(key, new Milestone { Id = _rows.Id<Milestone>(key), ActionId = action.Id, Title = part.Text("title", Milestone.TitleMaxLength), DueOn = due, Status = status, ClosedOn = status == MilestoneStatus.Completed ? due : null });
            if (status == MilestoneStatus.Completed && due is null) part.Refuse("is afgerond zonder dag");
            part.Done();
        }
        record.Done();
    }

    /// <summary>What an invented action says where a real one must say why (<see cref="ActionFlow"/>).</summary>
    private static string? ReasonOf(ActionStatus status) => status switch
    {
        ActionStatus.Completed => "Voorbeeldactie: bij de mijlpalen is geen bewijs opgenomen.",
        ActionStatus.Paused or ActionStatus.Stopped => "Voorbeeldactie: de reden is niet opgenomen.",
        _ => null,
    };
}
