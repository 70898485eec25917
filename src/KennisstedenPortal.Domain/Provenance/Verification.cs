namespace KennisstedenPortal.Domain.Provenance;

/// <summary>How far a fact has been checked. Null on a field means: nothing is known about its checking.</summary>
public enum Verification
{
    /// <summary>Seen in the cited source.</summary>
    [Label("In bron gezien", "Seen in source")] SourceVerified,
    /// <summary>Well known, not checked against a source.</summary>
    [Label("Niet nagekeken", "Not checked")] GeneralKnowledge,
    /// <summary>A choice of the editors of the register (themes, coded access), not a finding.</summary>
    [Label("Redactionele keuze", "Editorial choice")] Editorial,
    /// <summary>Invented, to show what the portal can do; left out of every calculation.</summary>
    [Label("Voorbeeld", "Example")] Example,
}
