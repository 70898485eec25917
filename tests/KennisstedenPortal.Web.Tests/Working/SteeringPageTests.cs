using System.Text.RegularExpressions;
using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Web.Tests.Working;

/// <summary>Steering and putting examples away, over HTTP: plain forms, a look before saving, and a sentence for whoever comes too late.</summary>
public sealed partial class SteeringPageTests(Site site)
{
    private const string Page = "/werkplek/sturen", WithExamples = Page + "?voorbeelden=ja", Examples = "/beheer/voorbeelden";

    [Theory]
    [InlineData("beleid")]
    [InlineData("redacteur-enschede")]
    [InlineData("beheerder")]
    public async Task Steering_ForWhoDoesNotRunTheAgenda_Answers403WithASentence(string demo)
    {
        await using var work = await Work.StartAsync(site);
        using var person = await work.PersonAsync(demo);

        using var page = await person.GetAsync(Page);
        using var examples = await person.GetAsync(Examples);

        page.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        Html.Text(await page.Content.ReadAsStringAsync()).Should().Contain("U mag dit niet doen").And.NotContain("Te laat");
        examples.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await person.ReadAsync("/werkplek")).Should().NotContain($"href=\"{Page}\"");
    }

    [Fact]
    public async Task Steering_InEveryForm_IsOnePageWithItsListAndNothingElse()
    {
        await using var work = await Work.StartAsync(site);
        using var secretariat = await work.PersonAsync("secretariaat");
        (await secretariat.ReadAsync("/werkplek")).Should().Contain($"href=\"{Page}\"");

        foreach (var (address, said) in new[]
        {
            (Page, "Hier is niets te doen"), (WithExamples, "VA-001"), (Page + "?per=wie", "We wachten op niemand"), (WithExamples + "&per=wie", "geen eigenaar (23)"), (WithExamples + "&wie=secretariaat", "zoekt een eigenaar"),
            (WithExamples + "&signaal=zonder-bewijs", "VA-005"), (Page + "?signaal=x&wie=%00&pagina=-1", "Alles wat opvalt"), (WithExamples + "&pagina=99", "Deze pagina bestaat niet meer"), (Page + $"?wie={Guid.NewGuid()}", "Wacht op deze partij"), ("/en" + WithExamples, "looks for an owner"),
        })
        {
            var html = await secretariat.ReadAsync(address);
            Html.Headings1(html).Should().ContainSingle(address);
            Html.Ids(html).Should().OnlyHaveUniqueItems(address);
            Html.Text(html).Should().Contain(said, address);
        }
    }

    [Fact]
    public async Task Steering_WithWhatMeetingsAndDocumentsLeft_ListsItWithWhoMustAndALinkThatWorks()
    {
        await using var work = await Work.StartAsync(site);
        using var secretariat = await work.PersonAsync("secretariaat");
        await using (var db = work.Own.Database.CreateDbContext())
        {
            var delft = await db.Objects.OfType<City>().Where(c => c.Slug == "delft").Select(c => c.Id).SingleAsync();
            var (meeting, letter) = (new Meeting { Id = Guid.CreateVersion7(), Slug = "overleg-van-mei", Name = "Overleg van mei", HeldOn = new DateOnly(2026, 5, 1), Visibility = Visibility.Partners }, new PolicyDocument { Id = Guid.CreateVersion7(), Slug = "brief-van-mei", Name = "Brief van mei" });
            meeting.Points.Add(new AgendaPoint { Id = Guid.CreateVersion7(), MeetingId = meeting.Id, Number = 1, Title = "Punt", Decision = "Delft maakt <b>ruimte</b>.", Status = DecisionStatus.Taken, PartyId = delft, DueOn = new DateOnly(2026, 6, 1) });
            letter.Commitments.Add(new Commitment { Id = Guid.CreateVersion7(), ObjectId = letter.Id, PartyId = delft, Sort = CommitmentSort.Space, Text = "Een vloer", TermOn = new DateOnly(2026, 6, 2) });
            db.AddRange(meeting, letter);
            await db.SaveAsync(Domain.Access.Actor.Portal, "Voor de proef");
        }

        var html = await secretariat.ReadAsync(Page);

        Html.Text(html).Should().Contain("2 toezeggingen en besluiten buiten acties zijn te laat").And.Contain("besluit ‘Delft maakt <b>ruimte</b>.’ moest op 1 juni 2026 zijn uitgevoerd").And.Contain("toezegging ‘Een vloer’ was 2 juni 2026");
        Html.Ids(html).Should().OnlyHaveUniqueItems();
        Html.Links(html).Should().Contain(Page + "#buiten-acties");
        foreach (var address in new[] { "/overleg/overleg-van-mei", "/agenda/stukken/brief-van-mei" })
        {
            Html.Links(html).Should().Contain(address);
            (await secretariat.GetAsync(address)).StatusCode.Should().Be(HttpStatusCode.OK, address);
        }
        Html.Text(await secretariat.ReadAsync(Page + "?per=wie")).Should().MatchRegex("Delft 0 ?2 toezegging verlopen \\(1\\), besluit niet uitgevoerd \\(1\\)");
    }

    [Fact]
    public async Task Bulk_FromTickingToSaving_IsLookedOverSavedOnceAndToldPerAction()
    {
        await using var work = await Work.StartAsync(site);
        using var secretariat = await work.PersonAsync("secretariaat");
        var list = await secretariat.ReadAsync(WithExamples);
        (string, string)[] ticked = [.. Ticks().Matches(list).Take(2).Select(m => ("actie", m.Groups[1].Value)), ("actie", $"{Guid.NewGuid():N}_1"), ("actie", "x_y"), ("actie", "<b>_1")];
        (string, string)[] chosen = [.. ticked, ("wat", "einddatum"), ("einddatum", "2031-05-01"), ("reden", "Afgesproken <b>vandaag</b>.")];

        using (var nothing = await secretariat.PostToAsync(WithExamples, list, "choose"))
            Html.Text(await nothing.Content.ReadAsStringAsync()).Should().Contain("Kruis eerst acties aan").And.Contain("Schrijf waarom").And.Contain("Kies wat u wilt doen");
        using (var half = await secretariat.PostToAsync(WithExamples, list, "choose", [.. ticked, ("wat", "einddatum"), ("einddatum", "2031-02-31"), ("reden", "Omdat het kan.")]))
            (await half.Content.ReadAsStringAsync()).Should().Contain("Vul een einddatum in").And.Contain("Omdat het kan.").And.Contain($"value=\"{ticked[0].Item2}\" checked", "what was ticked stays so");
        using var reviewed = await secretariat.PostToAsync(WithExamples, list, "choose", chosen);
        var review = await reviewed.Content.ReadAsStringAsync();
        Html.Text(review).Should().Contain("Er is nog niets gewijzigd").And.Contain("1 mei 2031").And.Contain("Deze actie is er niet meer").And.Contain("Wijzig 2 acties").And.Contain("Afgesproken <b>vandaag</b>.");
        (await ChangedAsync()).Should().Be(0);

        using (var back = await secretariat.PostToAsync(WithExamples, review, "save", [.. chosen, ("terug", "ja")]))
            Html.Text(await back.Content.ReadAsStringAsync()).Should().Contain("Er is niets gewijzigd");
        using (var saved = await secretariat.PostToAsync(WithExamples, review, "save", chosen))
            Html.Text(await saved.Content.ReadAsStringAsync()).Should().Contain("2 acties zijn gewijzigd").And.Contain("Deze actie is er niet meer");
        using (var again = await secretariat.PostToAsync(WithExamples, review, "save", chosen))
            Html.Text(await again.Content.ReadAsStringAsync()).Should().Contain("Er is niets gewijzigd").And.Contain("stond al zo");
        using (var stale = await secretariat.PostToAsync(WithExamples, list, "choose", [.. ticked, ("wat", "einddatum"), ("einddatum", "2032-05-01"), ("reden", "Toch later.")]))
            Html.Text(await stale.Content.ReadAsStringAsync()).Should().Contain("Iemand anders wijzigde dit intussen");
        (await ChangedAsync()).Should().Be(2);

        async Task<int> ChangedAsync()
        {
            await using var db = work.Own.Database.CreateDbContext();
            return await db.AgendaActions.CountAsync(a => a.EndsOn == new DateOnly(2031, 5, 1));
        }
    }

    [Fact]
    public async Task Bulk_OwnerByName_AsksWhichOneIsMeant()
    {
        await using var work = await Work.StartAsync(site);
        using var secretariat = await work.PersonAsync("secretariaat");
        var list = await secretariat.ReadAsync(WithExamples);
        (string, string)[] chosen = [("actie", Ticks().Match(list).Groups[1].Value), ("wat", "eigenaar"), ("reden", "Zij doen het.")];

        using (var unknown = await secretariat.PostToAsync(WithExamples, list, "choose", [.. chosen, ("eigenaar", "Bestaat Beslist Niet BV")]))
            Html.Text(await unknown.Content.ReadAsStringAsync()).Should().Contain("geen organisatie met deze naam");
        using (var several = await secretariat.PostToAsync(WithExamples, list, "choose", [.. chosen, ("eigenaar", "gemeente")]))
            Html.Text(await several.Content.ReadAsStringAsync()).Should().Contain("Welke bedoelt u?");
        using (var one = await secretariat.PostToAsync(WithExamples, list, "choose", [.. chosen, ("eigenaar", "gemeente enschede")]))
            Html.Text(await one.Content.ReadAsStringAsync()).Should().Contain("Gemeente Enschede").And.Contain("Wijzig 1 actie");
        using (var forged = await secretariat.PostToAsync(WithExamples, list, "save", [.. chosen, ("eigenaar-id", Guid.NewGuid().ToString())]))
            Html.Text(await forged.Content.ReadAsStringAsync()).Should().Contain("Kies een stad, campus of organisatie");
    }

    [Fact]
    public async Task Examples_PutAwayAndBack_AreConfirmedFirstAndASecondClickSaysSo()
    {
        await using var work = await Work.StartAsync(site);
        using var secretariat = await work.PersonAsync("secretariaat");
        var open = await secretariat.ReadAsync(Examples);
        Html.Text(open).Should().Contain("Nu te zien 24").And.Contain("VA-001").And.NotContain("terughalen");

        using (var unsure = await secretariat.PostToAsync(Examples, open, "put-away")) Html.Text(await unsure.Content.ReadAsStringAsync()).Should().Contain("Kruis aan dat u alle voorbeelden opbergt").And.Contain("Nu te zien 24");
        using (var sure = await secretariat.PostToAsync(Examples, open, "put-away", ("zeker-weg", "ja")))
        {
            Html.Text(await sure.Content.ReadAsStringAsync()).Should().Contain("24 voorbeelden zijn opgeborgen").And.Contain("Opgeborgen 24");
            sure.RequestMessage!.Method.Should().Be(HttpMethod.Get, "going back to the answer of a form would be an error of the browser");
        }
        Html.Text(await secretariat.ReadAsync(Examples)).Should().NotContain("24 voorbeelden zijn opgeborgen", "it is told once");
        using (var late = await secretariat.PostToAsync(Examples, open, "put-away", ("zeker-weg", "ja"))) Html.Text(await late.Content.ReadAsStringAsync()).Should().Contain("Er was niets meer op te bergen");
        Html.Text(await work.Own.Client.GetStringAsync("/agenda/acties")).Should().NotContain("VA-001");
        using (var back = await secretariat.PostAsync(Examples, "bring-back", ("zeker-terug", "ja"))) Html.Text(await back.Content.ReadAsStringAsync()).Should().Contain("24 voorbeelden zijn teruggehaald");
        Html.Text(await work.Own.Client.GetStringAsync("/agenda/acties")).Should().Contain("VA-001");
    }

    [GeneratedRegex("name=\"actie\" value=\"([0-9a-f]{32}_[0-9]+)\"")]
    private static partial Regex Ticks();
}
