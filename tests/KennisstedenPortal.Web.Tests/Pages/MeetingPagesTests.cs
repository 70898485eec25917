using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Web.Tests.Working;
using Microsoft.EntityFrameworkCore;

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

    [Fact]
    public async Task List_WithAKeyThatItDoesNotHave_IsNotKept()
    {
        foreach (var (path, isKept) in new[] { ("?jaar=2026", true), ("", true), ("?stad=enschede", false), ("?thema=x&jaar=2026", false), ("?pagina=2", false) })
        {
            using var answer = await site.Client.GetAsync("/agenda/overleggen" + path);
            answer.Headers.ETag.Should().Match<System.Net.Http.Headers.EntityTagHeaderValue?>(e => e != null == isKept, path);
        }
    }

    [Fact]
    public async Task Meeting_ForPartners_ShowsWhoComesThePapersAndWhatWasPromised()
    {
        await using var own = await site.OwnAsync();
        var slug = await AddAsync(own, "Overleg van partners", Visibility.Partners);
        await using (var db = own.Portal.Database.CreateDbContext())
        {
            var meeting = await db.Meetings.SingleAsync(m => m.Slug == slug);
            meeting.Website = "https://stukken.example/maart";
            var cities = await db.Objects.OfType<City>().Where(c => c.Slug == "enschede" || c.Slug == "delft").ToListAsync();
            foreach (var city in cities) db.Add(new Relation { Id = Guid.CreateVersion7(), Kind = RelationKind.AttendedBy, FromId = meeting.Id, ToId = city.Id });
            db.Add(new Commitment { Id = Guid.CreateVersion7(), ObjectId = meeting.Id, PartyId = cities[0].Id, Sort = CommitmentSort.Money, Amount = 1500, Text = "Wij betalen mee.", TermOn = new DateOnly(2026, 5, 1) });
            await db.SaveAsync(Actor.Portal, "Aangevuld");
        }
        using var editor = await Person.SignedInAsync(own.Portal, "redacteur-enschede");

        var html = await editor.ReadAsync($"/overleg/{slug}");

        Html.Text(html).Should().Contain("Lees de stukken op stukken.example").And.Contain("Wij betalen mee.").And.Contain("Geld, € 1.500").And.Contain("uiterlijk 1 mei 2026");
        Html.Links(html).Should().Contain(["https://stukken.example/maart", "/kennissteden/delft", "/kennissteden/enschede", $"/overleg/{slug}/kennissteden/enschede"]).And.NotContain($"/overleg/{slug}/kennissteden/delft", "that briefing is closed to this reader");
        Html.Text(await editor.ReadAsync($"/en/overleg/{slug}")).Should().Contain("Participants and papers").And.Contain("Committed to in this meeting");
        using var secretariat = await Person.SignedInAsync(own.Portal, "secretariaat");
        Html.Links(await secretariat.ReadAsync($"/overleg/{slug}")).Should().Contain([$"/overleg/{slug}/kennissteden/delft", $"/overleg/{slug}/kennissteden/delft/briefing.docx"]);
    }

    [Fact]
    public async Task Meeting_MovedAfterItsBriefingWasSent_SaysThatTheLinkEndsBeforeIt()
    {
        await using var own = await site.OwnAsync();
        var today = Domain.Dutch.Day(DateTimeOffset.UtcNow);
        var slug = await AddAsync(own, "Overleg dat verschuift", Visibility.Partners, today.AddDays(40));
        await using (var db = own.Portal.Database.CreateDbContext())
        {
            db.Add(new Relation { Id = Guid.CreateVersion7(), Kind = RelationKind.AttendedBy, FromId = await db.Meetings.Where(m => m.Slug == slug).Select(m => m.Id).SingleAsync(), ToId = await db.Objects.OfType<City>().Where(c => c.Slug == "delft").Select(c => c.Id).SingleAsync() });
            await db.SaveAsync(Actor.Portal, "Aangevuld");
        }
        using var secretariat = await Person.SignedInAsync(own.Portal, "secretariaat");
        using (await secretariat.PostAsync($"/overleg/{slug}", "send", ("partij", "city/delft"), ("mailadres", "bestuur@gemeente.example"))) { }
        Html.Text(await secretariat.ReadAsync($"/overleg/{slug}")).Should().Contain("werkt tot en met").And.NotContain("Stuur de briefing opnieuw");

        await using (var db = own.Portal.Database.CreateDbContext())
        {
            (await db.Meetings.SingleAsync(m => m.Slug == slug)).HeldOn = today.AddDays(80);
            await db.SaveAsync(Actor.Portal, "Verplaatst");
        }

        Html.Text(await secretariat.ReadAsync($"/overleg/{slug}")).Should().Contain("Stuur de briefing opnieuw");
    }

    [Fact]
    public async Task List_ForPartners_GoesByYear()
    {
        await using var own = await site.OwnAsync();
        var (old, young) = (await AddAsync(own, "Oud", Visibility.Partners, new DateOnly(2025, 3, 1)), await AddAsync(own, "Jong", Visibility.Partners));
        using var editor = await Person.SignedInAsync(own.Portal, "redacteur-enschede");

        Html.Links(await editor.ReadAsync("/overleg")).Should().Contain([$"/overleg/{old}", $"/overleg/{young}", "/overleg?jaar=2025", "/overleg?jaar=2026"]);
        Html.Links(await editor.ReadAsync("/overleg?jaar=2025")).Should().Contain($"/overleg/{old}").And.NotContain($"/overleg/{young}");
        using var wrong = await editor.GetAsync("/overleg?jaar=x");
        wrong.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Action_OnTheAgendaOfAMeetingToCome_IsNotSaidToBeDiscussed()
    {
        await using var own = await site.OwnAsync();
        List<string> actions;
        await using (var db = own.Portal.Database.CreateDbContext()) actions = await db.AgendaActions.Where(a => a.Visibility == Visibility.Public && a.State == ObjectState.Published).OrderBy(a => a.Slug).Select(a => a.Slug).Take(2).ToListAsync();
        foreach (var action in actions) await AddAsync(own, "Overleg dat nog komt", Visibility.Public, new DateOnly(2099, 3, 1), action);
        await AddAsync(own, "Overleg dat was", Visibility.Public, new DateOnly(2026, 3, 1), actions[1]);

        Html.Text(await own.Client.GetStringAsync("/agenda/acties/" + actions[0])).Should().Contain("Staat op de agenda van een overleg").And.Contain("Overleg dat nog komt").And.NotContain("Besproken in overleg");
        Html.Text(await own.Client.GetStringAsync("/agenda/acties/" + actions[1])).Should().MatchRegex("Staat op de agenda van een overleg.*Overleg dat nog komt.*Besproken in overleg.*Overleg dat was");
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

    /// <param name="action">An action that its point is about; without one the point was decided.</param>
    private static async Task<string> AddAsync(OwnPortal own, string name, Visibility visibility, DateOnly? heldOn = null, string? action = null)
    {
        await using var db = own.Portal.Database.CreateDbContext();
        var meeting = new Meeting { Id = Guid.CreateVersion7(), Slug = $"overleg-{Guid.NewGuid():N}", Name = name, Visibility = visibility, State = ObjectState.Published, HeldOn = heldOn ?? new DateOnly(2026, 3, 1) };
        meeting.Points.Add(action is null
            ? new AgendaPoint { Id = Guid.CreateVersion7(), MeetingId = meeting.Id, Number = 1, Title = "Start", Asked = "Stem in met de start.", Decision = "Wij starten.", Status = DecisionStatus.Taken, DueOn = new DateOnly(2026, 4, 1) }
            : new AgendaPoint { Id = Guid.CreateVersion7(), MeetingId = meeting.Id, Number = 1, Title = "Start", Asked = "Stem in met de start.", ActionId = await db.AgendaActions.Where(a => a.Slug == action).Select(a => a.Id).SingleAsync() });
        db.Add(meeting);
        await db.SaveAsync(Actor.Portal, "Nieuw");
        return meeting.Slug;
    }
}
