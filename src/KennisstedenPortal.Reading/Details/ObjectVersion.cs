namespace KennisstedenPortal.Reading.Details;

/// <summary>Which version of an object a page shows; some of what stands beside it is there for the present one only.</summary>
public enum ObjectVersion
{
    Present,
    Past,
    /// <summary>Not saved yet: nothing leads to it.</summary>
    Draft,
}
