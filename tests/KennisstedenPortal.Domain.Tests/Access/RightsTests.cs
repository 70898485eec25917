using KennisstedenPortal.Domain.Access;

namespace KennisstedenPortal.Domain.Tests.Access;

/// <summary>The one table of rights, against the rules of the product.</summary>
public sealed class RightsTests
{
    private static readonly Guid Enschede = Guid.NewGuid(), Delft = Guid.NewGuid(), Campus = Guid.NewGuid();
    private static readonly Right[] OnObjects = [Right.Edit, Right.Decide, Right.Confirm, Right.Archive];

    private static Actor With(Role role, Guid? scope = null) => new(Guid.NewGuid(), "Iemand", "Een organisatie") { Grants = [new Grant(role, scope)] };

    [Fact]
    public void Allows_EditorOnWhatTheirScopeKeeps_AndOnNothingElse()
    {
        var editor = With(Role.MunicipalEditor, Enschede);
        foreach (var right in OnObjects)
        {
            Rights.Allows(editor, right, new Resource(Enschede, Enschede)).Should().BeTrue();
            Rights.Allows(editor, right, new Resource(Guid.NewGuid(), Enschede)).Should().BeTrue();
            Rights.Allows(editor, right, new Resource(Delft, Delft)).Should().BeFalse();
            Rights.Allows(editor, right, new Resource(Guid.NewGuid(), Delft)).Should().BeFalse();
            Rights.Allows(editor, right, new Resource(Guid.NewGuid(), null)).Should().BeFalse("what nobody keeps is the secretariat's");
        }
    }

    [Fact]
    public void Allows_CampusAndItsCity_BothEditTheCampusButOnlyTheirOwnFacilities()
    {
        var (campus, city) = (With(Role.CampusEditor, Campus), With(Role.MunicipalEditor, Enschede));
        var (place, facilityOfCampus) = (new Resource(Campus, Enschede), new Resource(Guid.NewGuid(), Campus));
        Rights.Allows(campus, Right.Edit, place).Should().BeTrue();
        Rights.Allows(city, Right.Edit, place).Should().BeTrue();
        Rights.Allows(campus, Right.Edit, facilityOfCampus).Should().BeTrue();
        Rights.Allows(city, Right.Edit, facilityOfCampus).Should().BeFalse();
    }

    [Fact]
    public void Allows_Administrator_ManagesPeopleAndEditsNothing()
    {
        var administrator = With(Role.Administrator);
        foreach (var right in OnObjects.Append(Right.AssignSteward).Append(Right.RunAgenda)) Rights.Allows(administrator, right, new Resource(Enschede, Enschede)).Should().BeFalse();
        Rights.Allows(administrator, Right.ManagePeople).Should().BeTrue();
        Rights.Allows(With(Role.Secretariat), Right.ManagePeople).Should().BeFalse();
    }

    [Fact]
    public void Allows_WithoutRole_NothingAtAll()
    {
        var nobody = new Actor(Guid.NewGuid(), "Iemand", "Een organisatie");
        foreach (var right in Enum.GetValues<Right>()) Rights.Allows(nobody, right, new Resource(Enschede, null)).Should().BeFalse();
    }

    [Fact]
    public void Allows_EveryRole_MayProposeAndReadAsPartner()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            var actor = With(role, role.ScopeKind() is null ? null : Enschede);
            Rights.Allows(actor, Right.Propose).Should().BeTrue();
            Rights.Allows(actor, Right.ReadPartners).Should().BeTrue();
            Rights.Allows(actor, Right.ReadSecretariat, new Resource(Delft, Delft)).Should().Be(role == Role.Secretariat);
        }
    }

    [Theory]
    [InlineData(Role.MunicipalEditor, "facility", true)]
    [InlineData(Role.MunicipalEditor, "campus", true)]
    [InlineData(Role.MunicipalEditor, "city", false)]
    [InlineData(Role.MunicipalEditor, "programme", false)]
    [InlineData(Role.MunicipalEditor, "document", false)]
    [InlineData(Role.CampusEditor, "facility", true)]
    [InlineData(Role.CampusEditor, "campus", false)]
    [InlineData(Role.PartnerEditor, "facility", false)]
    [InlineData(Role.PolicyOfficer, "facility", false)]
    [InlineData(Role.Administrator, "facility", false)]
    public void AllowsAdding_ByAnEditor_OnlyWhatTheirScopeKeeps(Role role, string kind, bool allowed)
    {
        var actor = With(role, role.ScopeKind() is null ? null : Enschede);
        Rights.AllowsAdding(actor, kind, Enschede).Should().Be(allowed);
        Rights.AllowsAdding(actor, kind, Delft).Should().BeFalse();
        Rights.AllowsAdding(actor, kind, null).Should().BeFalse();
        Rights.AllowsAdding(With(Role.Secretariat), kind, null).Should().BeTrue();
    }

    [Fact]
    public void Demand_WithoutTheRight_Throws()
    {
        var demand = () => Rights.Demand(With(Role.PolicyOfficer), Right.Edit, new Resource(Enschede, Enschede));
        demand.Should().Throw<NotAllowedException>().Which.Right.Should().Be(Right.Edit);
    }
}
