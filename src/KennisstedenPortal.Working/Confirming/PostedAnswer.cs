using Microsoft.AspNetCore.Http;

namespace KennisstedenPortal.Working.Confirming;

/// <summary>What the form of a confirmation mail sent: ticks as <c>juist={id}</c>, remarks as <c>opmerking-{id}</c>.</summary>
internal sealed record PostedAnswer(IReadOnlyCollection<Guid> Confirmed, IReadOnlyDictionary<Guid, string> Remarks)
{
    private const string Ticked = "juist", RemarkPrefix = "opmerking-";

    public static PostedAnswer Empty { get; } = new([], new Dictionary<Guid, string>());

    public static string RemarkName(Guid id) => RemarkPrefix + id;

    public static PostedAnswer Read(IFormCollection form)
    {
        HashSet<Guid> confirmed = [.. form[Ticked].Select(v => Guid.TryParse(v, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty)];
        var remarks = new Dictionary<Guid, string>();
        foreach (var (name, values) in form)
            if (name.StartsWith(RemarkPrefix, StringComparison.Ordinal) && Guid.TryParse(name.AsSpan(RemarkPrefix.Length), out var id) && !string.IsNullOrWhiteSpace(values.ToString())) remarks[id] = values.ToString();
        return new(confirmed, remarks);
    }
}
