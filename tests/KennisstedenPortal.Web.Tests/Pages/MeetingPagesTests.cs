using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Web.Tests.Pages;

/// <summary>Meetings as everybody reads them, and what a stranger gets at the addresses of the others.</summary>
public sealed class MeetingPagesTests(Site site)
{
    [Theory]
    [InlineData("", "Overleggen", "nog geen overleg dat iedereen mag lezen")]
    [InlineData("/en", "Meetings", "no meeting yet that is open to everybody")]
    public async Task List_WithoutAMeeting_SaysSo(string prefix, string title, string none)
    {
        Html.Text(await site.Client.GetStringAsync(prefix + "/agenda/overleggen")).Should().Contain(title).And.Contain(none);
        Html.Links(await site.Client.GetStringAsync(prefix + "/agenda")).Should().Contain(prefix + "/agenda/overleggen");
    }

    [Theory]
    [InlineData("/agenda/overleggen?jaar=x")]
    [InlineData("/agenda/overleggen?jaar=9999")]
    [InlineData("/agenda/overleggen?jaar=-1")]
    [InlineData("/agenda/overleggen?jaar=2026&jaar=2025")]
    [InlineData("/en/agenda/overleggen?jaar=%00")]
    public async Task Year_ThatIsNone_IsRefusedWithASentence(string path)
    {
        using var answer = await site.Client.GetAsync(path);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        Html.Text(await answer.Content.ReadAsStringAsync()).Should().MatchRegex("(Fout|Error): ");
    }

    [Fact]
    public async Task Meeting_OpenAndClosed_IsReadByWhoMay()
    {
        await using var own = await site.OwnAsync();
        var (open, closed) = (await AddAsync(own, "Open overleg", Visibility.Public), await AddAsync(own, "Gesloten overleg", Visibility.Partners));

        var html = await own.Client.GetStringAsync("/agenda/overleggen/" + open);
        Html.Text(html).Should().Contain("Stem in met de start.").And.Contain("Wij starten.").And.Contain("Besloten, nog uit te voeren").And.Contain("1 april 2026");
        Html.Text(await own.Client.GetStringAsync($"/en/agenda/overleggen/{open}")).Should().Contain("Decided, to be carried out").And.Contain("1 April 2026");
        Html.Links(await own.Client.GetStringAsync("/agenda/overleggen?jaar=2026")).Should().Contain("/agenda/overleggen/" + open).And.NotContain("/agenda/overleggen/" + closed);
        (await own.Client.GetStringAsync($"/agenda/overleggen/{open}/geschiedenis")).Should().Contain("geschiedenis");
        foreach (var path in new[] { $"/agenda/overleggen/{closed}", $"/agenda/overleggen/{closed}/geschiedenis" })
        {
            using var answer = await own.Client.GetAsync(path);
            answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        }
        foreach (var path in new[] { "/overleg", $"/overleg/{closed}", $"/overleg/{closed}/kennissteden/delft", $"/overleg/{closed}/kennissteden/delft/briefing.docx" })
        {
            using var answer = await own.Client.GetAsync(path);
            answer.StatusCode.Should().Be(HttpStatusCode.Redirect, path);
            answer.Headers.Location!.OriginalString.Should().Contain("/inloggen");
        }
    }

    [Theory]
    [InlineData("/inzien/x")]
    [InlineData("/inzien/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/inzien/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/briefing.docx")]
    public async Task Link_ThatNobodySent_IsGone(string path)
    {
        using var answer = await site.Client.GetAsync(path);

        answer.StatusCode.Should().Be(HttpStatusCode.Gone);
    }

    private static async Task<string> AddAsync(OwnPortal own, string name, Visibility visibility)
    {
        await using var db = own.Portal.Database.CreateDbContext();
        var meeting = new Meeting { Id = Guid.CreateVersion7(), Slug = $"overleg-{Guid.NewGuid():N}", Name = name, Visibility = visibility, State = ObjectState.Published, HeldOn = new DateOnly(2026, 3, 1) };
        meeting.Points.Add(new AgendaPoint { Id = Guid.CreateVersion7(), MeetingId = meeting.Id, Number = 1, Title = "Start", Asked = "Stem in met de start.", Decision = "Wij starten.", Status = DecisionStatus.Taken, DueOn = new DateOnly(2026, 4, 1) });
        db.Add(meeting);
        await db.SaveAsync(Actor.Portal, "Nieuw");
        return meeting.Slug;
    }
}
