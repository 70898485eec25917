using KennisstedenPortal.Domain;

namespace KennisstedenPortal.Data.People;

/// <summary>Something in a form about people that can't be kept, and what to do about it.</summary>
/// <param name="Field">name, email, organisation, role, scope or password; empty for the whole.</param>
public sealed record PeopleProblem(string Field, Text Message);

/// <summary>How a change about people ended.</summary>
public abstract record PeopleOutcome
{
    private PeopleOutcome() { }

    /// <param name="Id">Of the account or the invitation.</param>
    public sealed record Saved(Guid Id) : PeopleOutcome;
    public sealed record Invalid(IReadOnlyList<PeopleProblem> Problems) : PeopleOutcome;
    public sealed record NotFound : PeopleOutcome;

    internal static Invalid Wrong(string field, string nl, string en) => new([new(field, new(nl, en))]);
}
