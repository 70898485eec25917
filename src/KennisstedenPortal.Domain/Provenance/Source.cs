using System.Text.RegularExpressions;

namespace KennisstedenPortal.Domain.Provenance;

/// <summary>
/// Where facts come from. Sources of several files are merged by content (their locator), since ids recur in them;
/// the ids live on as <see cref="SourceKey"/>.
/// </summary>
public sealed partial class Source
{
    public const int TitleMaxLength = 500;
    public const int LocatorMaxLength = 2000;

    public required Guid Id { get; init; }
    public required string Title { get; set; }
    /// <summary>Web address, repository path or description of where it can be found.</summary>
    public required string Locator { get; set; }
    /// <summary>Date as far as it is known: yyyy, yyyy-mm or yyyy-mm-dd, or as published.</summary>
    public string? PublishedOn { get; set; }
    public string? Sort { get; set; }
    public string? Licence { get; set; }
    public string? Note { get; set; }
    /// <summary>Hexadecimal SHA-256 of the document, where the document itself was kept.</summary>
    public string? Sha256 { get; set; }

    /// <summary>The first web address in the locator, if it holds one.</summary>
    public string? Url => Locator.Split(' ', ';').FirstOrDefault(p =>
        p.StartsWith("https://", StringComparison.Ordinal) || p.StartsWith("http://", StringComparison.Ordinal));

    /// <summary>Where a reader can open it: the first web address, or of a file in a repository ("github:owner/name path @commit") its permanent address there.</summary>
    public string? Address => Url ?? (InRepository().Match(Locator) is { Success: true } m
        ? (m.Groups["path"].Value, m.Groups["commit"].Value) switch
        {
            ("", "") => $"https://github.com/{m.Groups["repository"].Value}",
            ("", var commit) => $"https://github.com/{m.Groups["repository"].Value}/tree/{commit}",
            (var path, var commit) => $"https://github.com/{m.Groups["repository"].Value}/blob/{(commit.Length == 0 ? "HEAD" : commit)}/{path}",
        }
        : null);

    public ICollection<SourceKey> Keys { get; } = [];

    /// <summary>What makes two entries the same source: where it is found, without case or surrounding space.</summary>
    public static string ContentKey(string locator) => locator.Trim().ToUpperInvariant();

    [GeneratedRegex(@"^github:(?<repository>[\w.-]+/[\w.-]+)(?:[: ](?<path>[\w][\w./-]*))?(?: @(?<commit>[0-9a-f]{7,40}))?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InRepository();
}

/// <summary>The id under which a file knows a source.</summary>
public sealed class SourceKey
{
    public required string File { get; init; }
    public required string Value { get; init; }
    public required Guid SourceId { get; init; }
}

/// <summary>
/// Says that a source supports something: exactly one of the owners is set. With <see cref="Field"/> it supports that
/// field only, without it the record as a whole.
/// </summary>
public sealed class Citation
{
    public required Guid Id { get; init; }
    public required Guid SourceId { get; init; }
    public Source? Source { get; init; }
    public Guid? ObjectId { get; init; }
    public Guid? RelationId { get; init; }
    public Guid? SpecialisationId { get; init; }
    public string? ThemeCode { get; init; }
    public string? TaxonomyCode { get; init; }
    public string? IndicatorCode { get; init; }
    public Guid? ClaimId { get; init; }
    public Guid? AgendaElementId { get; init; }
    /// <summary>Name of the field in the registry of kinds, or null for the whole.</summary>
    public string? Field { get; init; }
    /// <summary>Where in the source: page, section, lines; or what the source is used for.</summary>
    public string? Passage { get; init; }
}

/// <summary>What is known about one field of one object: how far it was checked, and a note (a date seen in a bron, a doubt).</summary>
public sealed class FieldProvenance
{
    public const int NoteMaxLength = 2000;
    /// <summary>The field under which stands what is remarked to who keeps the object: on the whole of it, so it does not go with the value.</summary>
    public const string OfTheWhole = "note";

    public required Guid ObjectId { get; init; }
    public required string Field { get; init; }
    public Verification? Verification { get; set; }
    public string? Note { get; set; }
    /// <summary>Language tag of <see cref="Note"/>; null is Dutch.</summary>
    public string? NoteLanguage { get; set; }
}
