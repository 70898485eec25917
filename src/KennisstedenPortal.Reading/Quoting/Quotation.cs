namespace KennisstedenPortal.Reading.Quoting;

/// <summary>What somebody takes along of one figure, so that it can be checked: see docs/quoting.md.</summary>
/// <param name="Title">Names the figure apart from its value: what, of whom, when.</param>
/// <param name="Path">Where it can be read again: in the language of the page, without host.</param>
/// <param name="Plain">One line for each part.</param>
/// <param name="Footnote">The same on one line.</param>
public sealed record Quotation(string Title, string Path, string Plain, string Footnote);
