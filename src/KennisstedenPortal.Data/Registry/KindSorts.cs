using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
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
        [typeof(Facility)] = For<FacilitySort>(o => ((Facility)o).Sort),
        [typeof(Organisation)] = For<OrganisationType>(o => ((Organisation)o).Type),
        [typeof(RdConcentration)] = For<Sector>(o => ((RdConcentration)o).Sector),
        [typeof(Campus)] = For<CampusPhase>(o => ((Campus)o).Phase),
        [typeof(InnovationDistrict)] = For<DistrictStatus>(o => ((InnovationDistrict)o).Status),
        [typeof(AgendaAction)] = For<ActionStatus>(o => ((AgendaAction)o).Status),
        [typeof(PolicyDocument)] = For<PolicyDocumentSort>(o => ((PolicyDocument)o).Sort),
        [typeof(Meeting)] = For<MeetingSort>(o => ((Meeting)o).Sort),
        [typeof(Programme)] = For<ProgrammeSort>(o => ((Programme)o).Sort),
    };

    private readonly Func<RegisterObject, string?> _slug;

    private KindSorts(IReadOnlyList<(string Slug, Text Label)> options, Func<RegisterObject, string?> slug) => (Options, _slug) = (options, slug);

    /// <summary>Slug and label of each sort, in their own order.</summary>
    public IReadOnlyList<(string Slug, Text Label)> Options { get; }

    /// <summary>The sorts of a kind, or null when it has none.</summary>
    public static KindSorts? Of(ObjectKind kind) => ByType.GetValueOrDefault(kind.Type);

    /// <summary>The label of an object's sort, or null when it has none or it is unknown.</summary>
    public static Text? LabelOf(RegisterObject item) => ByType.GetValueOrDefault(item.GetType()) is { } sorts ? sorts.LabelOf(sorts._slug(item)) : null;

    /// <summary>The slug of an object's sort, or null when it has none or it is unknown.</summary>
    public static string? SlugOf(RegisterObject item) => ByType.GetValueOrDefault(item.GetType())?._slug(item);

    /// <summary>The label of a sort, or null when there is no such sort.</summary>
    public Text? LabelOf(string? slug) => Options.Where(o => string.Equals(o.Slug, slug, StringComparison.Ordinal)).Select(o => (Text?)o.Label).FirstOrDefault();

    public bool Has(string slug) => Options.Any(o => string.Equals(o.Slug, slug, StringComparison.Ordinal));

    private static KindSorts For<T>(Func<RegisterObject, T?> read) where T : struct, Enum => new(
        [.. Codes<T>.All.Select(v => (Codes<T>.Slug(v), Codes<T>.Label(v)))],
        item => read(item) is { } value ? Codes<T>.Slug(value) : null);
}
