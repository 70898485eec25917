using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Working.Editing;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Web.Tests.Working;

/// <summary>What an open form says of its draft.</summary>
public sealed class DraftKeeperTests(Site site)
{
    [Fact]
    public async Task Draft_WhileItIsBeingKept_IsNotCalledKeptYet()
    {
        await using var work = await Work.StartAsync(site);
        var (campus, editor) = (await work.FindAsync(Work.Campus), await work.ActorAsync("redacteur-enschede"));
        var session = new EditSession(KindRegistry.Of(campus), campus.Id) { BaseRevision = campus.Revision };
        using var keeper = new DraftKeeper(work.Get<DraftStore>(), session, TimeProvider.System, () => Task.FromResult(editor), run => run());
        var said = new List<(DraftState State, DateTimeOffset? KeptAt)>();
        keeper.StateChanged += (_, _) => said.Add((keeper.State, keeper.KeptAt));
        session.Set("note", "Een");
        keeper.Touch();

        Task keeping;
        await using (var db = work.Own.Database.CreateDbContext())
        await using (await db.Database.BeginTransactionAsync())
        {
            // Nobody can keep a draft until this is over.
            await db.Database.ExecuteSqlAsync($"lock table draft in exclusive mode");
            keeping = keeper.FlushAsync();
            (keeper.State, keeper.KeptAt).Should().Be((DraftState.Waiting, null), "the page may draw at any moment");
            // Typed in between: the first text is kept, and the page does not say that all is.
            session.Set("note", "Twee");
            keeper.Touch();
        }
        await keeping;
        keeper.State.Should().Be(DraftState.Waiting);
        await keeper.FlushAsync();

        keeper.State.Should().Be(DraftState.Kept);
        said.Should().NotContain(s => s.State == DraftState.Kept && s.KeptAt == null);
        Json.Text((await work.Get<DraftStore>().FindAsync(campus.Id, editor))!.Changes["note"]).Should().Be("Twee");
    }

    [Fact]
    public async Task Draft_TypedWhileTheEmptyOneIsThrownAway_IsKeptAfterIt()
    {
        await using var work = await Work.StartAsync(site);
        var (campus, editor) = (await work.FindAsync(Work.Campus), await work.ActorAsync("redacteur-enschede"));
        var session = new EditSession(KindRegistry.Of(campus), campus.Id) { BaseRevision = campus.Revision };
        using var keeper = new DraftKeeper(work.Get<DraftStore>(), session, TimeProvider.System, () => Task.FromResult(editor), run => run());
        session.Set("note", "Een");
        keeper.Touch();
        await keeper.FlushAsync();
        session.Set("note", null);
        keeper.Touch();

        Task emptying;
        await using (var db = work.Own.Database.CreateDbContext())
        await using (await db.Database.BeginTransactionAsync())
        {
            await db.Database.ExecuteSqlAsync($"lock table draft in exclusive mode");
            emptying = keeper.FlushAsync();
            session.Set("note", "Toch iets");
            keeper.Touch();
        }
        await emptying;

        keeper.State.Should().Be(DraftState.Waiting, "what was typed meanwhile is in no draft yet");
        await keeper.FlushAsync();
        Json.Text((await work.Get<DraftStore>().FindAsync(campus.Id, editor))!.Changes["note"]).Should().Be("Toch iets");
    }

    [Fact]
    public async Task Draft_ThatAnotherWindowWentOnWith_IsNotThrownAwayByWhatHappensInThisOne()
    {
        await using var work = await Work.StartAsync(site);
        var (campus, editor, store) = (await work.FindAsync(Work.Campus), await work.ActorAsync("redacteur-enschede"), work.Get<DraftStore>());
        (EditSession Session, DraftKeeper Keeper) Open()
        {
            var session = new EditSession(KindRegistry.Of(campus), campus.Id) { BaseRevision = campus.Revision };
            return (session, new DraftKeeper(store, session, TimeProvider.System, () => Task.FromResult(editor), run => run()));
        }
        var (here, keeper) = Open();
        using var _ = keeper;
        here.Set("note", "Hier");
        keeper.Touch();
        await keeper.FlushAsync();
        var (there, other) = Open();
        using var __ = other;
        other.Resume((await store.FindAsync(campus.Id, editor))!);
        there.Set("note", "Daar verder");
        other.Touch();
        await other.FlushAsync();
        async Task StillThereAsync(string after) => Json.Text((await store.FindAsync(campus.Id, editor))?.Changes["note"]).Should().Be("Daar verder", after);

        here.Set("note", campus.Note);
        keeper.Touch();
        await keeper.FlushAsync();
        await StillThereAsync("what was typed here was taken back");
        await keeper.DiscardAsync();
        await StillThereAsync("what stood here was thrown away");

        await other.DiscardAsync();
        (await store.FindAsync(campus.Id, editor)).Should().BeNull("there is nobody else");
    }
}
