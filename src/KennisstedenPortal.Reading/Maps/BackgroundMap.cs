namespace KennisstedenPortal.Reading.Maps;

/// <summary>A national map under our own boundaries. Off unless configured: then the browser of a visitor asks another host.</summary>
/// <param name="Template">Address of a tile with {z}, {x} and {y}.</param>
/// <param name="Attribution">Who made it; always shown with it.</param>
public sealed record BackgroundMap(string Template, string Attribution)
{
    private static readonly string[] Places = ["{z}", "{x}", "{y}"];

    /// <summary>Scheme and host, as the content policy names it.</summary>
    public string Origin => new Uri(Template.Split('{')[0]).GetLeftPart(UriPartial.Authority);

    /// <summary>Whether an address can be used: https, and with a place for each number of a tile.</summary>
    public static bool IsUsable(string template) =>
        Places.All(p => template.Contains(p, StringComparison.Ordinal))
        && Uri.TryCreate(template.Split('{')[0], UriKind.Absolute, out var url) && url is { Scheme: "https", UserInfo: "" } && !template.Any(c => char.IsWhiteSpace(c) || c is ';' or '"' or '\'');
}

/// <summary>The map as this installation shows it.</summary>
/// <param name="Background">Null for none.</param>
public sealed record MapSettings(BackgroundMap? Background);
