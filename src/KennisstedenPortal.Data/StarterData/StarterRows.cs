using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Indicators;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;

namespace KennisstedenPortal.Data.StarterData;

/// <param name="Key">What the row is in the files; the same in every import.</param>
internal sealed record StarterRow(string Key, object Entity);

/// <summary>Everything the files say, as rows of the model.</summary>
internal sealed class StarterRows(Func<string, string, Guid?> knownId)
{
    /// <summary>In an order in which references exist before they are used; objects share one table and so one group.</summary>
    private static readonly (Type Type, string Table)[] Order =
    [
        (typeof(Area), "area"), (typeof(AreaMember), "area_member"), (typeof(MunicipalityNeighbour), "municipality_neighbour"),
        (typeof(Source), "source"), (typeof(SourceKey), "source_key"), (typeof(Taxonomy), "taxonomy"), (typeof(Theme), "theme"),
        (typeof(ThemeMapping), "theme_mapping"), (typeof(RegisterObject), "register_object"), (typeof(ObjectLocation), "object_location"),
        (typeof(ExternalKey), "external_key"), (typeof(FieldProvenance), "field_provenance"), (typeof(Relation), "relation"),
        (typeof(Specialisation), "specialisation"), (typeof(Indicator), "indicator"), (typeof(Observation), "observation"),
        (typeof(DocumentClaim), "document_claim"), (typeof(AgendaElement), "agenda_element"), (typeof(ElementObject), "agenda_element_object"),
        (typeof(Milestone), "milestone"), (typeof(ObjectElement), "object_element"), (typeof(Citation), "citation"),
    ];

    private readonly Dictionary<Type, Dictionary<string, object>> _rows = Order.ToDictionary(o => o.Type, _ => new Dictionary<string, object>(StringComparer.Ordinal));

    public List<string> Unresolved { get; } = [];
    public List<string> Differences { get; } = [];

    public IEnumerable<(Type Type, IReadOnlyList<StarterRow> Rows)> ByType =>
        Order.Select(o => (o.Type, (IReadOnlyList<StarterRow>)[.. _rows[o.Type].Select(p => new StarterRow(p.Key, p.Value))]));

    public IEnumerable<T> All<T>() => _rows[TypeOf(typeof(T))].Values.OfType<T>();

    public T? Find<T>(string key) where T : class => _rows[TypeOf(typeof(T))].GetValueOrDefault(key) as T;

    /// <summary>The identity that the row with this key has in the database, or a new one.</summary>
    public Guid Id<T>(string key) => knownId(Order.First(o => o.Type == TypeOf(typeof(T))).Table, key) ?? Guid.CreateVersion7();

    /// <summary>False when the key is taken; the first one stays.</summary>
    public bool Add(string key, object entity) => _rows[TypeOf(entity.GetType())].TryAdd(key, entity);

    public IReadOnlyDictionary<string, int> ObjectCounts() =>
        new SortedDictionary<string, int>(All<RegisterObject>()
            .GroupBy(o => o is Organisation { IsDerived: true } ? "organisation (alleen bij naam)" : KindRegistry.Of(o).Code, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal), StringComparer.Ordinal);

    private static Type TypeOf(Type type) => typeof(RegisterObject).IsAssignableFrom(type) ? typeof(RegisterObject) : type;
}
