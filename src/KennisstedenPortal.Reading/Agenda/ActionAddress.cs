using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Provenance;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Reading.Search;
using Microsoft.AspNetCore.Http;

namespace KennisstedenPortal.Reading.Agenda;

/// <summary>The query string of the views of the agenda, in both directions; all views know the same keys, so that one leads to another.</summary>
public sealed class ActionAddress : QueryAddress
{
    public const string Party = "partij", Owner = "eigenaar", Light = "licht", Signal = "signaal", From = "van", Years = "jaren";
    public const int FirstYear = 2000, LastYear = 2099, MostYears = 10, UsualYears = 3;

    /// <summary>The keys it knows; others are ignored.</summary>
    public static IReadOnlyList<string> Keys { get; } = [Sort, Element, City, Theme, Party, Owner, Light, Signal, Checked, Search, Order, Page, After, From, Years];

    private ActionAddress() { }

    public ActionFilter Filter { get; private set; } = new();
    /// <summary>Who the filter is about.</summary>
    public ObjectLink? PartyLink { get; private set; }
    /// <inheritdoc cref="PartyLink"/>
    public ObjectLink? OwnerLink { get; private set; }
    /// <summary>First year and number of years of the timeline; null is as usual.</summary>
    public int? FirstOf { get; private set; }
    /// <inheritdoc cref="FirstOf"/>
    public int? NumberOf { get; private set; }

    public static async Task<ActionAddress> ReadAsync(IQueryCollection query, ReferenceSnapshot reference, ActionsQuery actions, CancellationToken cancellation)
    {
        var address = new ActionAddress();
        var status = address.Choice<ActionStatus>(query, Sort, new("Deze status kennen we niet. Kies er een uit de lijst.", "We do not know this status. Choose one from the list."));
        var light = address.Choice<LightFilter>(query, Light, new("Dit licht kennen we niet. Kies er een uit de lijst.", "We do not know this light. Choose one from the list."));
        var signal = address.Choice<ActionSignal>(query, Signal, new("Dit signaal kennen we niet. Kies er een uit de lijst.", "We do not know this signal. Choose one from the list."));
        var order = address.Choice<ActionOrder>(query, Order, new("Zo kunnen we niet sorteren. Kies nummer, einddatum of laatst gemeld.", "We cannot sort that way. Choose number, end date or last reported.")) ?? ActionOrder.Number;
        var (city, theme, element, check, page) = (address.CityOf(query, reference), address.ThemeOf(query, reference), address.ElementOf(query, reference), address.CheckedOf(query), address.PageOf(query));
        ActionPlace? after = null;
        if (address.ValueOf(query, After) is { } place && (after = ActionPlace.TryParse(place)) is null) address.Refuse(After, new("Deze plek in de lijst bestaat niet meer. Begin bij de eerste pagina.", "This place in the list no longer exists. Begin at the first page."));
        var year = new Text($"Vul een jaar in van {FirstYear} tot en met {LastYear}.", $"Enter a year from {FirstYear} to {LastYear}.");
        address.FirstOf = address.Whole(query, From, FirstYear, LastYear, year);
        address.NumberOf = address.Whole(query, Years, 1, MostYears, new($"Kies 1 tot en met {MostYears} jaar.", $"Choose 1 to {MostYears} years."));
        var (party, owner) = (await address.PartyAsync(query, Party, actions, cancellation), await address.PartyAsync(query, Owner, actions, cancellation));
        (address.PartyLink, address.OwnerLink) = (party?.Link, owner?.Link);
        address.Filter = new ActionFilter(address.ValueOf(query, Search), status, element, city, theme, party?.Id, owner?.Id, light, signal, check, order, page, after);
        return address;
    }

    /// <summary>The query string of a filter that was made of this one, with what is usual left out.</summary>
    public string Query(ActionFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var query = new QueryString();
        void Add(string key, string? value)
        {
            if (value is not null) query = query.Add(key, value);
        }
        Add(Search, filter.Text);
        Add(Sort, filter.Status is { } status ? Codes<ActionStatus>.Slug(status) : null);
        Add(Element, filter.Element);
        Add(City, filter.City);
        Add(Theme, filter.Theme);
        Add(Party, filter.Party is null ? null : PartyLink?.Slug);
        Add(Owner, filter.Owner is null ? null : OwnerLink?.Slug);
        Add(Light, filter.Light is { } light ? Codes<LightFilter>.Slug(light) : null);
        Add(Signal, filter.Signal is { } signal ? Codes<ActionSignal>.Slug(signal) : null);
        Add(Checked, filter.Verification is { } check ? Codes<Verification>.Slug(check) : null);
        Add(Order, filter.Order != ActionOrder.Number ? Codes<ActionOrder>.Slug(filter.Order) : null);
        if (filter.After is { } after) Add(After, after.ToString());
        else if (filter.Page != 1) Add(Page, filter.Page.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return query.Value ?? "";
    }

    /// <summary>Each filter with its label and what remains without it, in the order of the form.</summary>
    public IReadOnlyList<(string Label, ActionFilter Without)> Active(ReferenceSnapshot data, string language)
    {
        var active = new List<(string, ActionFilter)>();
        if (Filter.Text is { } text) active.Add(($"“{text}”", Filter with { Text = null }));
        if (Filter.Status is { } status) active.Add((Codes<ActionStatus>.Label(status).In(language), Filter with { Status = null }));
        if (Filter.Element is { } element) active.Add((data.Elements.GetValueOrDefault(element)?.Title ?? element, Filter with { Element = null }));
        if (Filter.City is { } city) active.Add((FilterWords.CityName(city, data), Filter with { City = null }));
        if (Filter.Theme is { } theme) active.Add((FilterWords.ThemeName(theme, data, language), Filter with { Theme = null }));
        if (PartyLink is { } party) active.Add(($"{(language == "en" ? "party" : "partij")}: {party.Name}", Filter with { Party = null }));
        if (OwnerLink is { } owner) active.Add(($"{(language == "en" ? "owner" : "eigenaar")}: {owner.Name}", Filter with { Owner = null }));
        if (Filter.Light is { } light) active.Add((Codes<LightFilter>.Label(light).In(language), Filter with { Light = null }));
        if (Filter.Signal is { } signal) active.Add((Codes<ActionSignal>.Label(signal).In(language), Filter with { Signal = null }));
        if (Filter.Verification is { } check) active.Add((Codes<Verification>.Label(check).In(language), Filter with { Verification = null }));
        return active;
    }

    private async Task<(Guid Id, ObjectLink Link)?> PartyAsync(IQueryCollection query, string key, ActionsQuery actions, CancellationToken cancellation)
    {
        if (ValueOf(query, key) is not { } slug) return null;
        if (await actions.PartyAsync(slug, cancellation) is { } party) return party;
        Refuse(key, new("Deze organisatie kennen we niet. Kies er een uit de lijst, of kijk bij de organisaties.", "We do not know this organisation. Choose one from the list, or look among the organisations."));
        return null;
    }
}
