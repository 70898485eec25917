namespace KennisstedenPortal.Working.Editing;

/// <summary>What becomes of a form.</summary>
public enum SaveWay
{
    /// <summary>The person keeps the object.</summary>
    Save,
    /// <summary>Somebody else keeps it, and decides.</summary>
    Propose,
    /// <summary>The person takes over a proposal, adjusted.</summary>
    Accept,
}
