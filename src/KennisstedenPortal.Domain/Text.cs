namespace KennisstedenPortal.Domain;

/// <summary>A short interface text in the two languages of the portal.</summary>
public readonly record struct Text(string Nl, string En)
{
    /// <summary>The text for a language tag; everything that is not English reads Dutch.</summary>
    public string In(string language) => language.StartsWith("en", StringComparison.Ordinal) ? En : Nl;
}
