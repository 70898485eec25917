namespace KennisstedenPortal.Domain.Registry;

/// <summary>How current an object is; stale never looks fresh (product rule 6).</summary>
public enum Freshness
{
    [Label("Nog te bevestigen", "To be confirmed")] Unconfirmed,
    [Label("Actueel", "Up to date")] Current,
    [Label("Opnieuw te bevestigen", "Due for review")] Due,
}

public static class FreshnessRule
{
    /// <param name="confirmedOn">Last confirmation by the steward.</param>
    /// <param name="reviewBy">Last day on which that confirmation still counts.</param>
    public static Freshness Of(DateOnly? confirmedOn, DateOnly? reviewBy, DateOnly day) => (confirmedOn, reviewBy) switch
    {
        (null, _) => Freshness.Unconfirmed,
        (_, { } by) when by < day => Freshness.Due,
        _ => Freshness.Current,
    };
}
