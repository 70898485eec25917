namespace KennisstedenPortal.Domain.History;

/// <summary>Reasons that the portal gives by itself. They are kept in Dutch, as those of people are, and said in the language of the page.</summary>
public static class OwnReason
{
    public const string Added = "Toegevoegd", Changed = "Gewijzigd", StillRight = "Nog steeds juist", PutBack = "Teruggezet naar de stand van";

    /// <summary>The English of a reason that the portal gave, or null of one that a person wrote.</summary>
    public static string? English(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return reason switch
        {
            Added => "Added",
            Changed => "Changed",
            StillRight => "Still right",
            _ => reason.StartsWith(PutBack + " ", StringComparison.Ordinal) ? "Put back to how it was on" + reason[PutBack.Length..] : null,
        };
    }
}
