namespace KennisstedenPortal.Reading.Shared;

/// <summary>Identities in addresses: in one spelling only, so that each page has one address.</summary>
public static class GuidAddress
{
    /// <returns>Null when the text is no identity, or spells it otherwise.</returns>
    public static Guid? Read(string? text) =>
        Guid.TryParseExact(text, "D", out var id) && string.Equals(id.ToString(), text, StringComparison.Ordinal) ? id : null;
}
