using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Provenance;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Reading.Agenda;

namespace KennisstedenPortal.Reading.Ledger;

/// <summary>How commitments are written in the ledger.</summary>
public abstract class LedgerComponent : AgendaComponent
{
    protected string LedgerHref(LedgerFilter filter) => Href("/" + LedgerAddress.Path) + LedgerAddress.Query(filter);

    protected string Address(ObjectLink link) => Href($"/{KindRegistry.OfCode(link.KindCode).Path}/{link.Slug}");

    /// <summary>The code of an action goes before its title.</summary>
    protected static string NameOf(ObjectLink link) => link.KindCode == KindRegistry.Of<AgendaAction>().Code ? $"{link.Slug.ToUpperInvariant()} {link.Name}" : link.Name;

    /// <summary>Known amounts, and apart how many are not known.</summary>
    protected string Words(MoneySum money) => money switch
    {
        { Known: 0, Unknown: 0 } => "–",
        { Known: 0 } => Unknown(money.Unknown),
        { Unknown: 0 } => Euros(money.Known),
        _ => $"{Euros(money.Known)} + {Unknown(money.Unknown)}",
    };

    private string Unknown(int number) => T($"{Number(number)} onbekend", $"{Number(number)} unknown");

    protected IEnumerable<string> Words(LedgerRow row, DateOnly day)
    {
        yield return T(Codes<CommitmentSort>.Label(row.Sort)) + (row.Amount is { } amount ? $": {Euros(amount)}" : row.Sort == CommitmentSort.Money ? T(": bedrag onbekend", ": amount unknown") : "");
        yield return row.TermOn is { } term ? T($"uiterlijk {Day(term)}", $"by {Day(term)}") : T("zonder termijn", "without a deadline");
        yield return T(Codes<CommitmentStatus>.Label(row.Status)) + (row.SettledOn is { } settled ? $" ({Day(settled)})" : "");
        if (row.IsLate(day)) yield return T("termijn voorbij", "deadline has passed");
    }
}
