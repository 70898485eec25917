using System.Text.Json.Nodes;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Editing;

/// <summary>A relation is of both ends: what one end does to what the other confirmed, the other hears and is asked again.</summary>
public sealed class RelationEditingTests(TestServer server)
{
    private const string Campus = "kennispark-twente";

    /// <summary>Reported by the campus, confirmed by Delft.</summary>
    private static async Task<Guid> ConfirmedAsync(Editors editors)
    {
        var (campus, delft) = (await editors.FindAsync(Campus), await editors.FindAsync("delft"));
        var id = Guid.CreateVersion7();
        (await editors.Objects.SaveAsync(Editors.Change(campus, campus.Revision, ($"relation/{id}", new JsonObject { ["kind"] = "serves", ["from"] = campus.Id.ToString(), ["to"] = delft.Id.ToString(), ["since"] = "2020" })), editors.Campus)).Should().BeOfType<EditOutcome.Saved>();
        (await new RelationAnswerWriter(editors.Database, editors.Objects, editors.Database.Time).AnswerAsync(id, true, editors.Delft)).Should().BeOfType<EditOutcome.Saved>();
        (await RelationAsync(editors, id))!.IsUnconfirmed.Should().BeFalse();
        await using var db = editors.Database.CreateDbContext();
        await db.Notices.ExecuteDeleteAsync();
        return id;
    }

    private static async Task<Relation?> RelationAsync(Editors editors, Guid id)
    {
        await using var db = editors.Database.CreateDbContext();
        return await db.Relations.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id);
    }

    private static async Task<IReadOnlyList<(Guid, NoticeSort)>> ToldAsync(Editors editors)
    {
        await using var db = editors.Database.CreateDbContext();
        return [.. (await db.Notices.AsNoTracking().ToListAsync()).Select(n => (n.AccountId, n.Sort))];
    }

    [Fact]
    public async Task SaveAsync_RewritingWhatTheOtherConfirmed_IsReportedAgain()
    {
        await using var editors = await Editors.StartAsync(server);
        var id = await ConfirmedAsync(editors);
        var delft = await editors.FindAsync("delft");

        // The form sends the whole of it, the confirmation included.
        (await editors.Objects.SaveAsync(await editors.ChangeAsync(Campus, ($"relation/{id}", new JsonObject { ["since"] = "1999", ["confirmedOn"] = "2026-11-24" })), editors.Campus)).Should().BeOfType<EditOutcome.Saved>();

        var relation = (await RelationAsync(editors, id))!;
        (relation.Since, relation.IsUnconfirmed, relation.ReportedById).Should().Be(("1999", true, (await editors.FindAsync(Campus)).Id));
        (await ToldAsync(editors)).Should().Equal((editors.Delft.UserId!.Value, NoticeSort.RelationReported));

        (await editors.Objects.SaveAsync(await editors.ChangeAsync("delft", ($"relation/{id}", new JsonObject { ["since"] = "2005", ["confirmedOn"] = "2026-11-24" })), editors.Delft)).Should().BeOfType<EditOutcome.Saved>();

        relation = (await RelationAsync(editors, id))!;
        (relation.Since, relation.IsUnconfirmed, relation.ReportedById).Should().Be(("2005", true, delft.Id), "Delft did not confirm what the campus wrote");
    }

    [Fact]
    public async Task SaveAsync_SameWordsOrByWhoKeepsBothEnds_StaysConfirmed()
    {
        await using var editors = await Editors.StartAsync(server);
        var id = await ConfirmedAsync(editors);

        (await editors.Objects.SaveAsync(await editors.ChangeAsync(Campus, ($"relation/{id}", new JsonObject { ["since"] = "2020" })), editors.Campus)).Should().BeOfType<EditOutcome.Unchanged>();
        (await editors.Objects.SaveAsync(await editors.ChangeAsync(Campus, ($"relation/{id}", new JsonObject { ["since"] = "2021" })), editors.Secretariat)).Should().BeOfType<EditOutcome.Saved>();

        (await RelationAsync(editors, id))!.IsUnconfirmed.Should().BeFalse();
        (await ToldAsync(editors)).Should().BeEmpty();
    }

    [Fact]
    public async Task SaveAsync_RemovingWhatTheOtherConfirmed_TellsTheOther()
    {
        await using var editors = await Editors.StartAsync(server);
        var id = await ConfirmedAsync(editors);

        (await editors.Objects.SaveAsync(await editors.ChangeAsync(Campus, ($"relation/{id}", null)), editors.Campus)).Should().BeOfType<EditOutcome.Saved>();

        (await RelationAsync(editors, id)).Should().BeNull();
        (await ToldAsync(editors)).Should().Equal((editors.Delft.UserId!.Value, NoticeSort.RelationDisputed));
        await using var db = editors.Database.CreateDbContext();
        (await db.Notices.Select(n => n.Part).SingleAsync()).Should().EndWith(" Delft", "the campus has more relations").And.StartWith(Codes<RelationKind>.Label(RelationKind.Serves).Nl);
    }

    [Fact]
    public async Task SaveAsync_RelationRemovedAndAddedAnewInOneChange_IsKept()
    {
        await using var editors = await Editors.StartAsync(server);
        var item = await editors.FindAsync(Campus);
        var gone = item.Relations.First(r => r.Kind == RelationKind.BelongsTo);
        // Its path sorts before that of the one it takes the place of.
        var added = Guid.Parse("00000000-0000-7000-8000-000000000001");

        (await editors.Objects.SaveAsync(Editors.Change(item, item.Revision, ($"relation/{gone.Id}", null), ($"relation/{added}", new JsonObject { ["kind"] = "belongs-to", ["from"] = item.Id.ToString(), ["to"] = gone.ToId.ToString() })), editors.Enschede))
            .Should().BeOfType<EditOutcome.Saved>();

        (await editors.FindAsync(Campus)).Relations.Where(r => r.Kind == RelationKind.BelongsTo).Select(r => r.Id).Should().Equal(added);
    }
}
