using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Reading.Shared;

/// <summary>The numbered list of sources at the foot of a page, in order of first use.</summary>
public sealed class SourceNumbers
{
    private readonly List<Source> _sources = [];
    private readonly Dictionary<Guid, int> _numbers = [];

    /// <summary>All sources of an object: those of the whole first, then those of its fields, themes, relations and figures.</summary>
    public static SourceNumbers Of(RegisterObject item)
    {
        var numbers = new SourceNumbers();
        foreach (var c in item.Citations.OrderBy(c => c.Field is not null).ThenBy(c => c.Id)) numbers.Add(c.Source);
        foreach (var c in item.Specialisations.SelectMany(s => s.Citations)) numbers.Add(c.Source);
        foreach (var c in item.Relations.SelectMany(r => r.Citations)) numbers.Add(c.Source);
        foreach (var o in item.Observations) numbers.Add(o.Source);
        return numbers;
    }

    /// <summary>The sources of citations, in the order in which the page shows them.</summary>
    public static SourceNumbers From(IEnumerable<Citation> citations) => Of(citations.Select(c => c.Source));

    /// <summary>These sources in this order; a page that shows only a part of an object numbers what it shows.</summary>
    public static SourceNumbers Of(IEnumerable<Source?> sources)
    {
        var numbers = new SourceNumbers();
        foreach (var source in sources) numbers.Add(source);
        return numbers;
    }

    public IReadOnlyList<Source> Sources => _sources;

    public int Of(Guid source) => _numbers.GetValueOrDefault(source);

    public IEnumerable<int> Of(IEnumerable<Citation> citations) => citations.Select(c => Of(c.SourceId)).Where(n => n > 0).Distinct().Order();

    private void Add(Source? source)
    {
        if (source is not null && _numbers.TryAdd(source.Id, _sources.Count + 1)) _sources.Add(source);
    }
}
