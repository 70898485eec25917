using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Reading.Agenda;
using KennisstedenPortal.Reading.Search;
using Microsoft.AspNetCore.Http;

namespace KennisstedenPortal.Reading.Ledger;

/// <summary>The query string of the ledger, in both directions. Wrong input never reaches a query: it becomes a problem with a sentence.</summary>
public sealed class LedgerAddress
{
    public const string Path = "agenda/toezeggingen", HalfYearPath = Path + "/halfjaar";
    public const string Party = "partij", Ministry = "ministerie", Status = "status", Sort = "soort", Window = "verloopt", Search = "q", After = "na", On = "op";

    /// <summary>The keys that links of the portal use, and of which there are so many that they can be kept.</summary>
    public static IReadOnlyList<string> Keys { get; } = [Party, Ministry, Status, Sort, Window, AgendaComponent.ExamplesKey];

    private readonly List<AddressProblem> _problems = [];

    public LedgerFilter Filter { get; private set; } = new();
    public IReadOnlyList<AddressProblem> Problems => _problems;
    /// <summary>What was typed, also when it can't be used.</summary>
    public Dictionary<string, string> Typed { get; } = new(StringComparer.Ordinal);

    public static LedgerAddress Read(IQueryCollection query)
    {
        var address = new LedgerAddress();
        string? Slug(string key, Text unknown) => address.Single(query, key) is { } slug ? SlugText.IsValid(slug) ? slug : address.Refuse(key, unknown) : null;
        T? Choice<T>(string key, Text unknown) where T : struct, Enum
        {
            if (address.Single(query, key) is not { } slug) return null;
            if (Codes<T>.TryParseSlug(slug, out var value)) return value;
            address.Refuse(key, unknown);
            return null;
        }
        var party = Slug(Party, new("Deze partij kennen we niet. Kijk of het adres klopt.", "We do not know this party. Check the address."));
        var ministry = Slug(Ministry, new("Dit ministerie kennen we niet. Kies er een uit de lijst.", "We do not know this ministry. Choose one from the list."));
        var status = Choice<CommitmentStatus>(Status, new("Deze stand kennen we niet. Kies er een uit de lijst.", "We do not know this status. Choose one from the list."));
        var sort = Choice<CommitmentSort>(Sort, new("Deze soort kennen we niet. Kies een soort uit de lijst.", "We do not know this type. Choose one from the list."));
        var window = Choice<TermWindow>(Window, new("Deze termijn kennen we niet. Kies binnen 90 dagen of verlopen.", "We do not know this deadline. Choose within 90 days or passed."));
        LedgerCursor? after = null;
        if (address.Single(query, After) is { } place && (after = LedgerCursor.TryParse(place)) is null)
            address.Refuse(After, new("Deze plek in de lijst bestaat niet. Begin bij de eerste pagina.", "This place in the list does not exist. Begin at the first page."));
        var examples = query[AgendaComponent.ExamplesKey] is [AgendaComponent.ExamplesValue];
        address.Filter = new LedgerFilter(party, ministry, status, sort, window, address.Single(query, Search), examples, after);
        return address;
    }

    /// <summary>The query string of a filter.</summary>
    public static string Query(LedgerFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var query = new QueryString();
        if (filter.Text is { } text) query = query.Add(Search, text);
        if (filter.Party is { } party) query = query.Add(Party, party);
        if (filter.Ministry is { } ministry) query = query.Add(Ministry, ministry);
        if (filter.Status is { } status) query = query.Add(Status, Codes<CommitmentStatus>.Slug(status));
        if (filter.Sort is { } sort) query = query.Add(Sort, Codes<CommitmentSort>.Slug(sort));
        if (filter.Window is { } window) query = query.Add(Window, Codes<TermWindow>.Slug(window));
        if (filter.Examples) query = query.Add(AgendaComponent.ExamplesKey, AgendaComponent.ExamplesValue);
        if (filter.After is { } after) query = query.Add(After, after.ToString());
        return query.Value ?? "";
    }

    private string? Single(IQueryCollection query, string key)
    {
        var values = query[key];
        if (values.Count > 1) return Refuse(key, new("Dit filter staat twee keer in het adres. Kies één waarde.", "This filter is in the address twice. Choose one value."));
        if (values.Count == 0 || InputText.Clean(values[0]) is not { } value) return null;
        if (InputText.Problem(value, LedgerFilter.TextMaxLength) is { } problem) return Refuse(key, problem);
        Typed[key] = value;
        return value;
    }

    private string? Refuse(string field, Text message)
    {
        _problems.Add(new AddressProblem(field, message));
        return null;
    }
}
