using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.Registry;

/// <summary>
/// The sorts within a kind (sort of facility, sector, type of organisation) by which its list filters. The one place that
/// ties a kind to its own vocabulary.
/// </summary>
public sealed class KindSorts
{
    private static readonly Dictionary<Type, KindSorts> ByType = new()
    {
        [typeof(Facility)] = For<FacilitySort>(v => q => q.Where(o => ((Facility)o).Sort == v), o => ((Facility)o).Sort),
        [typeof(Organisation)] = For<OrganisationType>(v => q => q.Where(o => ((Organisation)o).Type == v), o => ((Organisation)o).Type),
        [typeof(RdConcentration)] = For<Sector>(v => q => q.Where(o => ((RdConcentration)o).Sector == v), o => ((RdConcentration)o).Sector),
        [typeof(Campus)] = For<CampusPhase>(v => q => q.Where(o => ((Campus)o).Phase == v), o => ((Campus)o).Phase),
        [typeof(InnovationDistrict)] = For<DistrictStatus>(v => q => q.Where(o => ((InnovationDistrict)o).Status == v), o => ((InnovationDistrict)o).Status),
        [typeof(Programme)] = For<ProgrammeSort>(v => q => q.Where(o => ((Programme)o).Sort == v), o => ((Programme)o).Sort),
    };

    private readonly Func<IQueryable<RegisterObject>, string, IQueryable<RegisterObject>> _filter;
    private readonly Func<RegisterObject, Text?> _label;

    private KindSorts(IReadOnlyList<(string Slug, Text Label)> options, Func<IQueryable<RegisterObject>, string, IQueryable<RegisterObject>> filter, Func<RegisterObject, Text?> label) =>
        (Options, _filter, _label) = (options, filter, label);

    /// <summary>Slug and label of each sort, in their own order.</summary>
    public IReadOnlyList<(string Slug, Text Label)> Options { get; }

    /// <summary>The sorts of a kind, or null when it has none.</summary>
    public static KindSorts? Of(ObjectKind kind) => ByType.GetValueOrDefault(kind.Type);

    /// <summary>The label of an object's sort, or null when it has none or it is unknown.</summary>
    public static Text? LabelOf(RegisterObject item) => ByType.GetValueOrDefault(item.GetType())?._label(item);

    public bool Has(string slug) => Options.Any(o => string.Equals(o.Slug, slug, StringComparison.Ordinal));

    public IQueryable<RegisterObject> Filter(IQueryable<RegisterObject> objects, string slug) => _filter(objects, slug);

    private static KindSorts For<T>(Func<T, Func<IQueryable<RegisterObject>, IQueryable<RegisterObject>>> where, Func<RegisterObject, T?> read) where T : struct, Enum => new(
        [.. Codes<T>.All.Select(v => (Codes<T>.Slug(v), Codes<T>.Label(v)))],
        (query, slug) => Codes<T>.TryParseSlug(slug, out var value) ? where(value)(query) : query.Where(_ => false),
        item => read(item) is { } value ? Codes<T>.Label(value) : null);
}
