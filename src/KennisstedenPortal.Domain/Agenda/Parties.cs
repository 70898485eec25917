using System.Linq.Expressions;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Domain.Agenda;

/// <summary>Who can promise something, carry out a decision and be briefed: an organisation, a city or a campus.</summary>
public static class Parties
{
    public static Expression<Func<RegisterObject, bool>> Are { get; } = o => o is Organisation || o is City || o is Campus;

    public static IReadOnlyList<string> KindCodes { get; } = [KindRegistry.Of<Organisation>().Code, KindRegistry.Of<City>().Code, KindRegistry.Of<Campus>().Code];
}
