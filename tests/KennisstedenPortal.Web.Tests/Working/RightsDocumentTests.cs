using System.Text;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;

namespace KennisstedenPortal.Web.Tests.Working;

/// <summary>The matrix in the documentation is that of the code.</summary>
public sealed class RightsDocumentTests
{
    [Fact]
    public void Document_OfRights_SaysWhatTheCodeDoes() =>
        File.ReadAllText(Repository.Of("docs", "rights.md")).Should().Contain(Matrix(), "the matrix in docs/rights.md is made from Rights; put this in its place");

    [Fact]
    public void Administrator_WithoutAnotherRole_ChangesNothingOfTheRegister() =>
        new[] { Right.Edit, Right.Decide, Right.Confirm, Right.Archive, Right.AssignSteward, Right.RunAgenda, Right.ReadSecretariat }.Should().OnlyContain(r => Rights.ReachOf(r, Role.Administrator) == Reach.None);

    private static string Matrix()
    {
        var text = new StringBuilder("| right | ").AppendJoin(" | ", Codes<Role>.All.Select(r => Codes<Role>.Label(r).En)).Append(" |\n|---");
        foreach (var _ in Codes<Role>.All) text.Append("|---");
        text.Append("|\n");
        foreach (var right in Codes<Right>.All)
            text.Append("| ").Append(Codes<Right>.Label(right).En).Append(" | ").AppendJoin(" | ", Codes<Role>.All.Select(role => Codes<Reach>.Label(Rights.ReachOf(right, role)).En)).Append(" |\n");
        return text.ToString();
    }
}
