using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using Microsoft.AspNetCore.Components;

namespace KennisstedenPortal.Working.Workplace;

/// <summary>What waits for somebody, and the few things that are done with one click.</summary>
public sealed partial class WorkplacePage
{
    private Actor? _actor;
    private IReadOnlyList<HeldRole> _roles = [];
    private Everything? _data;
    private bool _keeps;
    private string? _untold;

    /// <summary>The one list that is shown whole.</summary>
    [SupplyParameterFromQuery(Name = "alles")] private string? All { get; set; }

    private sealed record Everything(Some<DraftRow> Drafts, ProposalList? Waiting, ProposalList Own, int OwnCount, Some<DueRow> Due, Some<RelationRow> Relations, Some<ChangeRow> Changes, Some<NoticeRow> Notices, Profiles Profiles, Some<ClosedRow> Closed);

    protected override Task OnInitializedAsync() => AllowedAsync(LoadAsync);

    private async Task LoadAsync()
    {
        var actor = await CurrentActorAsync();
        _keeps = Rights.Allows(actor, Right.Edit);
        _roles = await People.RolesAsync(actor.UserId!.Value, Cancelled);
        // Without a role there is nothing to do yet.
        if (Rights.Allows(actor, Right.Propose))
        {
            var own = await Proposals.ListAsync(new ProposalFilter(Own: true), actor, size: WorkplaceQuery.Few, cancellation: Cancelled);
            var (notices, count) = await Notices.UnreadAsync(actor, Size("berichten"), Cancelled);
            _data = new Everything(await Work.DraftsAsync(actor, Size("concepten"), Cancelled),
                _keeps ? await Proposals.ListAsync(new ProposalFilter(ByOthers: true), actor, size: WorkplaceQuery.Few, cancellation: Cancelled) : null, own, own.Counts.Values.Sum(),
                await Work.DueAsync(actor, Size("bevestigen"), Cancelled), await Work.RelationsAsync(actor, Size("relaties"), Cancelled), await Work.ChangesAsync(actor, Size("gewijzigd"), Cancelled),
                new Some<NoticeRow>(notices, count), await Work.ProfilesAsync(actor, Size("volledig"), Cancelled), await Work.ClosedAsync(actor, Size("gesloten"), Cancelled));
        }
        _actor = actor;
    }

    /// <summary>Without a proposal: for one of the cities or campuses that the person works for, or for all.</summary>
    private bool MayAdd(ObjectKind kind) => _actor!.Grants.Any(g => Rights.AllowsAdding(_actor, kind.Code, g.ScopeId));

    private int Size(string list) => All == list ? WorkplaceQuery.Many : WorkplaceQuery.Few;
    private string? More(string list) => All == list ? null : $"{Href("/werkplek")}?alles={list}#{list}";

    /// <summary>Of one profile there is nothing to count or to put in order.</summary>
    private string HowComplete(Profiles profiles)
    {
        var (filled, total) = (Number(profiles.Filled), Number(profiles.Total));
        if (profiles.Objects == 1) return T($"{filled} van {total} onderdelen. Uw profiel is nog niet volledig.", $"{filled} of {total} parts. Your profile is not complete yet.");
        var many = T($"Samen {filled} van {total} onderdelen. {Number(profiles.Complete)} van {Number(profiles.Objects)} profielen {(profiles.Complete == 1 ? "is" : "zijn")} volledig.", $"Together {filled} of {total} parts. {Number(profiles.Complete)} of {Number(profiles.Objects)} profiles {(profiles.Complete == 1 ? "is" : "are")} complete.");
        return profiles.Rows.Count > 1 ? many + T(" De minst volledige eerst:", " The least complete first:") : many;
    }

    private Task ConfirmAsync() => DoAsync(async actor =>
    {
        var ids = PostedIds("een") is { Count: > 0 } one ? one : PostedIds("object");
        if (ids.Count == 0)
        {
            _untold = T("Kruis eerst aan wat nog steeds juist is.", "First tick what is still right.");
            return;
        }
        var names = _data!.Due.Rows.ToDictionary(d => d.Id, d => d.Name);
        var outcomes = await Confirm.ConfirmAsync([.. ids.Distinct().Take(ConfirmWriter.MaxObjects)], actor, Cancelled);
        var confirmed = outcomes.Where(o => o.Value == ConfirmOutcome.Confirmed).Select(o => o.Key).ToList();
        var left = outcomes.Count - confirmed.Count;
        OpenAnew((confirmed.Count == 1 ? T("1 profiel is bevestigd.", "1 profile is confirmed.") : T($"{confirmed.Count} profielen zijn bevestigd.", $"{confirmed.Count} profiles are confirmed."))
            + (left == 0 ? "" : T($" {left} overgeslagen: gearchiveerd, of intussen niet meer van u.", $" {left} skipped: archived, or meanwhile no longer yours.")), isProblem: left > 0, [.. confirmed.Select(id => names.GetValueOrDefault(id)).OfType<string>()]);
    });

    private Task AnswerAsync() => DoAsync(async actor =>
    {
        var confirms = PostedIds("ja") is { Count: > 0 };
        if ((confirms ? PostedIds("ja") : PostedIds("nee")) is not [var id, ..]) return;
        switch (await Answers.AnswerAsync(id, confirms, actor, Cancelled))
        {
            case EditOutcome.Saved:
                OpenAnew(confirms ? T("De relatie is bevestigd. Wie die meldde, krijgt bericht.", "The relation is confirmed. Who reported it is told.") : T("De relatie is weggehaald. Wie die meldde, krijgt bericht. In de geschiedenis blijft de relatie staan.", "The relation is removed. Who reported it is told; it stays in the history."));
                break;
            case EditOutcome.Waiting:
                OpenAnew(T("Uw antwoord wacht op een collega: uw stad werkt met vier ogen.", "Your answer waits for a colleague: your city works with four eyes."));
                break;
            case EditOutcome.NotFound or EditOutcome.Unchanged:
                OpenAnew(T("Deze relatie is intussen al bevestigd of weggehaald. Uw klik heeft niets meer veranderd.", "This relation was confirmed or removed meanwhile. Your click changed nothing."), isProblem: true);
                break;
            default:
                OpenAnew(T("Deze relatie is net gewijzigd. Kijk nog eens en kies opnieuw.", "This relation was just changed. Look again and choose anew."), isProblem: true);
                break;
        }
    });

    private Task DiscardAsync() => DoAsync(async actor =>
    {
        foreach (var id in PostedIds("weg")) await Drafts.DiscardAsync(id, actor, cancellation: Cancelled);
        OpenAnew(T("Het concept is weggegooid.", "The draft was thrown away."));
    });

    private Task ReadNoticesAsync() => DoAsync(async actor =>
    {
        var ids = PostedOne("alle") is not null ? [.. _data!.Notices.Rows.Select(n => n.Id)] : PostedIds("gelezen");
        var read = await Notices.MarkReadAsync(ids, actor, Cancelled);
        OpenAnew(read == 1 ? T("1 bericht is gelezen.", "1 notice is read.") : T($"{read} berichten zijn gelezen.", $"{read} notices are read."));
    });

    private Task DoAsync(Func<Actor, Task> work) => AllowedAsync(async () =>
    {
        IsHandled = true;
        await work(await CurrentActorAsync());
    });
}
