using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Editing;

/// <summary>Fields that ask more than the right to edit the object.</summary>
public sealed class FieldRightsTests(TestServer server)
{
    public static TheoryData<string, string> Fields => [.. KindRegistry.All.SelectMany(k => k.Fields.Where(f => f.Needs == Right.AssignSteward && f.Input != FieldInput.None).Select(f => (k.Code, f.Name)))];

    [Theory, MemberData(nameof(Fields))]
    public async Task SaveAsync_FieldThatNeedsMore_IsRefusedToWhoKeepsTheObject(string kindCode, string name)
    {
        await using var editors = await Editors.StartAsync(server);
        var field = KindRegistry.OfCode(kindCode).FieldsByName[name];
        var (item, keeper) = await KeptAsync(editors, kindCode);
        JsonNode wanted = field.Input == FieldInput.Flag ? !(bool)field.Read(item)! : (await editors.FindAsync("delft")).Id.ToString();
        var change = Editors.Change(item, item.Revision, (name, wanted));

        (await editors.Objects.SaveAsync(Editors.Change(item, item.Revision, (name, wanted.DeepClone()), ("note", "mee")), keeper)).Should().BeOfType<EditOutcome.Invalid>().Which.Problems.Should().ContainSingle().Which.Path.Should().Be(name);
        await using var db = editors.Database.CreateDbContext();
        (await db.Objects.Where(o => o.Id == item.Id).Select(o => o.Revision).SingleAsync()).Should().Be(item.Revision, "the rest of the change waits as well");
        (await editors.Objects.ProposeAsync(change, keeper)).Should().BeOfType<EditOutcome.Waiting>("one may ask for it");
        (await editors.Objects.SaveAsync(change, editors.Secretariat)).Should().BeOfType<EditOutcome.Saved>();
    }

    /// <summary>An object of the kind, and somebody who may edit it and nothing more.</summary>
    private static async Task<(RegisterObject, Actor)> KeptAsync(Editors editors, string kindCode)
    {
        await using var db = editors.Database.CreateDbContext();
        if (kindCode == "organisation") return (await db.Objects.AsNoTracking().SingleAsync(o => o.Id == editors.Partner.Grants[0].ScopeId), editors.Partner);
        if (kindCode == "city") return (await editors.FindAsync("enschede"), editors.Enschede);
        if (kindCode == "meeting") await Agenda.MeetingTests.AddAsync(editors, "Overleg");
        var item = await db.Objects.Where(o => EF.Property<string>(o, "kind") == kindCode && o.State == ObjectState.Published).OrderBy(o => o.Id).FirstAsync();
        // Some kinds are kept by the secretariat until it gives them to somebody.
        item.StewardId = editors.Enschede.Grants[0].ScopeId;
        await db.SaveAsync(editors.Secretariat, "Beheerder");
        return (await db.Objects.AsNoTracking().SingleAsync(o => o.Id == item.Id), editors.Enschede);
    }
}
