using System.Collections.Frozen;
using System.Linq.Expressions;
using System.Numerics;
using KennisstedenPortal.Domain.Agenda;

namespace KennisstedenPortal.Domain.Registry;

/// <summary>Something that a good profile of a kind has.</summary>
/// <param name="Code">Name of the field, or of the section with a slash after it (<c>theme/</c>).</param>
/// <param name="Label">As people read it in a list.</param>
/// <param name="Why">In one sentence, why a reader misses it.</param>
/// <param name="IsPresent">Of an object of the kind; the database can answer it as well.</param>
public sealed record ProfilePart(string Code, Text Label, Text Why, Expression<Func<RegisterObject, bool>> IsPresent);

/// <summary>How complete a profile is: every part counts once, none more than another.</summary>
public sealed record Completeness(int Filled, int Total, IReadOnlyList<ProfilePart> Missing)
{
    /// <param name="mask">One bit for each part of the kind, in their order; see <see cref="ProfileParts.Mask"/>.</param>
    public static Completeness Of(ObjectKind kind, int mask)
    {
        var parts = ProfileParts.Of(kind);
        var missing = parts.Where((_, i) => (mask & 1 << i) == 0).ToList();
        return new(parts.Count - missing.Count, parts.Count, missing);
    }

    /// <summary>Of an object with everything that belongs to it in memory.</summary>
    public static Completeness Of(RegisterObject item) => Of(KindRegistry.Of(item), ProfileParts.MaskOf(item));
}

/// <summary>The one table of what makes a profile complete, per kind.</summary>
public static class ProfileParts
{
    private static readonly ProfilePart
        Description = new("description", new("Beschrijving", "Description"), new("Zonder beschrijving weet een lezer niet wat hier gebeurt en voor wie.", "Without a description a reader does not know what happens here and for whom."), o => o.Description != null),
        Website = new("website", new("Website", "Website"), new("Via de website vindt een lezer de mensen en het laatste nieuws.", "The website leads a reader to the people and the latest news."), o => o.Website != null),
        Municipality = new("municipality", new("Gemeente", "Municipality"), new("Zonder gemeente telt het niet mee in de lijst van een stad of regio.", "Without a municipality it does not count in the list of a city or region."), o => o.MunicipalityCode != null),
        Location = new("location", new("Plaats op de kaart", "Place on the map"), new("Zonder eigen plek staat het op de kaart ergens midden in de gemeente.", "Without a place of its own it stands somewhere in the middle of the municipality on the map."), o => o.Latitude != null),
        Themes = new("theme/", new("Thema's", "Themes"), new("Wie op thema zoekt, vindt alleen wat een thema heeft.", "Who searches by theme finds only what has a theme."), o => o.Specialisations.Any()),
        Sources = new("citation/", new("Bronnen", "Sources"), new("Wie hieruit citeert, wil weten waar het vandaan komt.", "Who quotes this wants to know where it comes from."), o => o.Citations.Any()),
        Figures = new("observation/", new("Cijfers", "Figures"), new("Met cijfers en een datum kan een lezer vergelijken.", "With figures and a date a reader can compare."), o => o.Observations.Any()),
        City = new("relation/belongs-to", new("Kennisstad", "Knowledge city"), new("Zonder deze relatie staat het niet in het profiel van een stad.", "Without this relation it is not in the profile of a city."), o => o.Relations.Any(r => r.Kind == RelationKind.BelongsTo || r.Kind == RelationKind.Serves)),
        Confirmed = new("confirmedOn", new("Bevestiging", "Confirmation"), new("Wat nooit is bevestigd, kan verouderd zijn. De pagina zegt dat ook.", "What was never confirmed can be out of date. The page says so too."), o => o.ConfirmedOn != null);

    private static readonly FrozenDictionary<string, ProfilePart[]> ByKind = new Dictionary<string, ProfilePart[]>(StringComparer.Ordinal)
    {
        ["city"] =
        [
            Description, Website, Location, Themes, Figures, Sources,
            new("swot/", new("Sterk, zwak, kansen en bedreigingen", "Strengths, weaknesses, opportunities and threats"), new("Andere steden en het Rijk zien hieraan waar samenwerken loont.", "Other cities and the national government see from it where working together pays."), o => o.Swot.Any()),
            new("exchange/offer", new("Wat u biedt", "What you offer"), new("Andere steden zien alleen wat u opschrijft.", "Other cities see only what you write down."), o => o.Exchanges.Any(e => e.Sort == ExchangeSort.Offer)),
            new("exchange/need", new("Wat u zoekt", "What you seek"), new("Een stad die dit biedt, kan u dan vinden.", "A city that offers it can then find you."), o => o.Exchanges.Any(e => e.Sort == ExchangeSort.Need)),
            Confirmed,
        ],
        ["campus"] =
        [
            Description, Website, Municipality, Location, City, Themes, Figures, Sources,
            new("phase", new("Fase", "Phase"), new("De fase zegt of een bedrijf hier al terecht kan.", "The phase tells whether a company can already come here."), o => ((Campus)o).Phase != null),
            new("relation/managed-by", new("Wie de campus beheert", "Who manages the campus"), new("Dit is wie een bedrijf of stad belt.", "This is whom a company or city calls."), o => o.Relations.Any(r => r.Kind == RelationKind.ManagedBy)),
            Confirmed,
        ],
        ["innovation-district"] =
        [
            Description, Website, Municipality, Location, City, Themes, Sources,
            new("status", new("Status", "Status"), new("Een lezer wil weten of het gebied er al is of nog komt.", "A reader wants to know whether the district exists or is still to come."), o => ((InnovationDistrict)o).Status != null),
            new("relation/partnered-by", new("Partners", "Partners"), new("De partners laten zien wie er samenwerken.", "The partners show who work together."), o => o.Relations.Any(r => r.Kind == RelationKind.PartneredBy)),
            Confirmed,
        ],
        ["rd-concentration"] =
        [
            Description, Website, Municipality, Location, City, Themes, Sources,
            new("sector", new("Sector", "Sector"), new("Publiek en privaat onderzoek worden apart geteld.", "Public and private research are counted apart."), o => ((RdConcentration)o).Sector != null),
            new("relation/owned-by", new("Van welke organisatie", "Of which organisation"), new("Zo is duidelijk wie hier het onderzoek doet.", "This makes clear who does the research here."), o => o.Relations.Any(r => r.Kind == RelationKind.OwnedBy)),
            Confirmed,
        ],
        ["facility"] =
        [
            Description, Website, Municipality, Location, City, Themes, Sources,
            new("access", new("Toegang", "Access"), new("Een bedrijf wil als eerste weten of het er terecht kan.", "The first thing a company wants to know is whether it can use it."), o => ((Facility)o).Access != null),
            new("accessDescription", new("Wie er terecht kan, en hoe", "Who can use it, and how"), new("Dit bespaart u en de bezoeker een telefoontje.", "This saves you and the visitor a phone call."), o => ((Facility)o).AccessDescription != null),
            new("relation/hosted-by", new("Wie de faciliteit aanbiedt", "Who hosts the facility"), new("Zo weet een lezer bij wie hij moet zijn.", "This tells a reader whom to ask."), o => o.Relations.Any(r => r.Kind == RelationKind.HostedBy)),
            Confirmed,
        ],
        ["organisation"] = [Description, Website, Municipality, Location, Sources, Confirmed],
        ["programme"] =
        [
            Description, Website, Sources,
            new("sort", new("Soort", "Type"), new("Een fonds geeft geld, beleid geeft richting. Dat is een verschil.", "A fund gives money, a policy gives direction. That makes a difference."), o => ((Programme)o).Sort != null),
            Confirmed,
        ],
        ["action"] =
        [
            Description,
            new("steward", new("Eigenaar", "Owner"), new("Zonder eigenaar weet niemand wie u hierop kunt aanspreken.", "Without an owner nobody knows whom to ask about it."), o => o.StewardId != null),
            new("endsOn", new("Einde", "End"), new("Zonder einddatum kan een actie niet te laat zijn, en ook niet op tijd.", "Without an end an action can't be late, nor in time."), o => ((AgendaAction)o).EndsOn != null),
            new("intendedResult", new("Beoogd resultaat", "Intended result"), new("Een lezer wil weten wat er anders wordt.", "A reader wants to know what will be different."), o => ((AgendaAction)o).IntendedResult != null),
            new("resultIndicator", new("Waaraan u het meet", "How it is measured"), new("Zonder maat kan niemand zeggen of het is gelukt.", "Without a measure nobody can tell whether it succeeded."), o => ((AgendaAction)o).ResultIndicator != null),
            new("element/", new("Plaats in de agenda", "Place in the agenda"), new("Zo ziet een lezer bij welke lijn en vraag de actie hoort.", "It shows a reader to which line and request the action belongs."), o => ((AgendaAction)o).Elements.Any()),
            new("milestone/", new("Mijlpalen", "Milestones"), new("Met mijlpalen is te zien hoe ver het is.", "Milestones show how far it is."), o => ((AgendaAction)o).Milestones.Any()),
            new("relation/concerns", new("Waar de actie over gaat", "What the action is about"), new("Alleen dan staat de actie op de pagina van die stad of plek.", "Only then the action stands on the page of that city or place."), o => o.Relations.Any(r => r.Kind == RelationKind.Concerns)),
            Confirmed,
        ],
        ["meeting"] =
        [
            Description,
            new("heldOn", new("Datum", "Date"), new("Zonder datum weet niemand wanneer het is.", "Without a date nobody knows when it is."), o => ((Meeting)o).HeldOn != null),
            new("point/", new("Agendapunten", "Agenda points"), new("Zo weten de deelnemers wat er wordt gevraagd en besloten.", "So that the participants know what is asked and decided."), o => ((Meeting)o).Points.Any()),
            new("relation/attended-by", new("Deelnemers", "Participants"), new("Wie deelneemt, krijgt een eigen briefing.", "Who takes part gets a briefing of its own."), o => o.Relations.Any(r => r.Kind == RelationKind.AttendedBy)),
            Confirmed,
        ],
        ["document"] =
        [
            Description,
            new("steward", new("Van wie het is", "Who it is from"), new("Een lezer wil weten welk ministerie dit zegt.", "A reader wants to know which ministry says this."), o => o.StewardId != null),
            new("datedOn", new("Datum", "Date"), new("Zonder datum is niet te zien wat het laatste antwoord is.", "Without a date one cannot see which answer is the latest."), o => ((PolicyDocument)o).DatedOn != null),
            new("website", new("Adres van de tekst", "Address of the text"), new("Zo kan een lezer het zelf nalezen.", "So that a reader can read it for themselves."), o => o.Website != null),
            new("element/", new("Waar het antwoord op geeft", "What it answers"), new("Alleen dan staat het stuk bij die vraag in de agenda.", "Only then the document stands with that ask of the agenda."), o => ((PolicyDocument)o).Elements.Any()),
            Confirmed,
        ],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Func<RegisterObject, int>> Compiled = ByKind.ToFrozenDictionary(p => p.Key, p => Expression.Lambda<Func<RegisterObject, int>>(Bits(p.Value), Parameter).Compile(), StringComparer.Ordinal);

    private static ParameterExpression Parameter => Replace.One;

    /// <summary>What a good profile of the kind has, most wanted first.</summary>
    public static IReadOnlyList<ProfilePart> Of(ObjectKind kind) => ByKind[kind.Code];

    /// <summary>Which parts an object has, one bit for each part of its kind; for a query over objects of all kinds.</summary>
    public static Expression<Func<RegisterObject, int>> Mask { get; } = Expression.Lambda<Func<RegisterObject, int>>(
        KindRegistry.All.Aggregate((Expression)Expression.Constant(0), (rest, kind) => Expression.Condition(Expression.TypeIs(Parameter, kind.Type), Bits(ByKind[kind.Code]), rest)), Parameter);

    /// <inheritdoc cref="Mask"/>
    public static int MaskOf(RegisterObject item) => Compiled[KindRegistry.Of(item).Code](item);

    /// <summary>How many parts a mask holds.</summary>
    public static int Count(int mask) => BitOperations.PopCount((uint)mask);

    private static Expression Bits(ProfilePart[] parts) =>
        parts.Select((part, i) => (Expression)Expression.Condition(new Replace(part.IsPresent.Parameters[0]).Visit(part.IsPresent.Body), Expression.Constant(1 << i), Expression.Constant(0))).Aggregate(Expression.Add);

    /// <summary>Gives every part the same parameter, so that they can stand in one expression.</summary>
    private sealed class Replace(ParameterExpression own) : ExpressionVisitor
    {
        public static readonly ParameterExpression One = Expression.Parameter(typeof(RegisterObject), "o");

        protected override Expression VisitParameter(ParameterExpression node) => node == own ? One : base.VisitParameter(node);
    }
}
