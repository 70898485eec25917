using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Tests.Editing;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Agenda;

/// <summary>What the secretariat steers by, against the register itself.</summary>
public sealed class SteeringQueryTests(TestServer server)
{
    private const string Real = "update register_object set verification = 'general-knowledge' where kind = 'action';";

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Signals_OfMixedActions_CountAndListWhatTheirHealthSays(int seed)
    {
        await using var own = await server.FilledAsync();
        await own.ExecuteAsync(Real);
        await ActionSql.MixAsync(own, new Random(seed));
        var (query, now) = (new SteeringQuery(own.Source, own.Time), own.Time.GetUtcNow());
        await using var db = own.CreateDbContext();
        var actions = await db.AgendaActions.AsNoTracking().AsSplitQuery().Include(a => a.Milestones).Include(a => a.Updates).ToListAsync();
        var made = await ActionSql.MadeAsync(db);
        var health = actions.ToDictionary(a => a.Code, a => (IsOpen: !ActionFlow.IsClosed(a.Status), Is: ActionHealth.Of(a, a.Updates, now, made[a.Id])), StringComparer.Ordinal);

        foreach (var (signal, holds) in new (SteeringSignal, Func<(bool IsOpen, ActionHealth Is), bool>)[]
        {
            (SteeringSignal.Late, h => h.Is.IsLate), (SteeringSignal.Silent, h => h.Is.IsSilent), (SteeringSignal.NoOwner, h => h.Is.HasNoOwner), (SteeringSignal.NoEnd, h => h.Is.HasNoEnd), (SteeringSignal.NoEvidence, h => h.Is.LacksEvidence),
            (SteeringSignal.AtRisk, h => h.IsOpen && h.Is.Light is TrafficLight.Amber or TrafficLight.Red && h.IsOpen), (SteeringSignal.Any, h => !h.Is.IsWell || h.IsOpen && h.Is.Light is TrafficLight.Amber or TrafficLight.Red && h.IsOpen),
        })
        {
            var page = await query.RunAsync(new SteeringFilter(signal), People.Secretariat);
            var expected = health.Where(h => holds(h.Value)).Select(h => h.Key).ToList();
            page.Rows.Select(r => r.Action.Code).Should().BeEquivalentTo(expected, signal.ToString());
            (page.Total, page.Counts[signal]).Should().Be((expected.Count, expected.Count), signal.ToString());
            foreach (var row in page.Rows) row.Action.Health.Should().Be(health[row.Action.Code].Is, row.Action.Code);
            page.Rows.Select(r => r.Action.LateAfter ?? DateOnly.MaxValue).Should().BeInAscendingOrder("what is latest comes first");
        }
    }

    [Fact]
    public async Task Waits_OfEachSort_NameThePartyAndTheDay()
    {
        await using var editors = await Editors.StartAsync(server);
        var own = editors.Database;
        var (today, delft, university) = (own.Time.Today(), editors.Delft.Scopes.Single(), editors.Partner.OrganisationId!.Value);
        string Day(int days) => $"'{today.AddDays(days):yyyy-MM-dd}'";
        await own.ExecuteAsync($"""
            {Real} delete from milestone; delete from commitment;
            update register_object set action_status = 'in-progress', starts_on = null, ends_on = {Day(400)}, steward_id = '{delft}' where kind = 'action';
            insert into progress_update (id, action_id, at, light, text, organisation) select gen_random_uuid(), id, now(), 'green', 'Goed.', 'Delft' from register_object where kind = 'action' and slug <> 'va-001';
            update register_object set ends_on = {Day(-3)} where kind = 'action' and slug = 'va-002';
            insert into milestone (id, action_id, title, due_on, status) select gen_random_uuid(), id, 'Lab is open', {Day(-5)}, 'open' from register_object where kind = 'action' and slug = 'va-003';
            update register_object set steward_id = null where kind = 'action' and slug = 'va-004';
            update register_object set action_status = 'completed' where kind = 'action' and slug = 'va-005';
            insert into commitment (id, object_id, party_id, sort, text, term_on, status) select gen_random_uuid(), id, '{university}', 'space', 'Een vloer', {Day(-7)}, 'open' from register_object where kind = 'action' and slug in ('va-006', 'va-007');
            insert into commitment (id, object_id, party_id, sort, text, term_on, status) select gen_random_uuid(), id, '{university}', 'space', 'Een vloer', {Day(7)}, 'open' from register_object where kind = 'action' and slug = 'va-008';
            insert into commitment (id, object_id, party_id, sort, text, term_on, status) select gen_random_uuid(), id, '{university}', 'space', 'Een vloer', {Day(-7)}, 'met' from register_object where kind = 'action' and slug = 'va-008';
            update register_object set action_status = 'stopped', status_reason = 'Klaar.' where kind = 'action' and slug = 'va-007';
            update register_object set steward_id = '{university}' where kind = 'action' and slug = 'va-009';
            update register_object set visibility = 'secretariat' where kind = 'action' and slug = 'va-001';
            """);
        await ActionSql.AsOwnerAsync(own, "update revision set at = now() - interval '100 days' where number = 1");
        await own.RebuildActionsAsync();
        await editors.Objects.ProposeAsync(await editors.ChangeAsync("va-009", ("note", "Beter")), editors.Policy);
        await own.ExecuteAsync($"delete from role_grant where scope_id = '{delft}'");
        await editors.Objects.ProposeAsync(await editors.ChangeAsync("va-010", ("note", "Beter")), editors.Policy);
        var query = new SteeringQuery(own.Source, own.Time);

        var page = await query.RunAsync(new SteeringFilter(SteeringSignal.Waiting), editors.Secretariat);
        var waits = page.Rows.ToDictionary(r => r.Action.Code, r => r.Waits.Single(), StringComparer.Ordinal);

        page.Total.Should().Be(page.Counts[SteeringSignal.Waiting]).And.Be(waits.Count);
        waits.Should().NotContainKeys("VA-007", "VA-008", "VA-011");
        (string, WaitReason, DateOnly?, string?) Of(string code) => (waits[code].Party?.Slug ?? "", waits[code].Why, waits[code].Since, waits[code].What);
        Of("VA-001").Should().Be(("delft", WaitReason.Silent, null, null));
        Of("VA-002").Should().Be(("delft", WaitReason.Late, today.AddDays(-3), null));
        Of("VA-003").Should().Be(("delft", WaitReason.Late, today.AddDays(-5), "Lab is open"));
        Of("VA-004").Should().Be(("", WaitReason.Unowned, null, null));
        Of("VA-005").Should().Be(("delft", WaitReason.Evidence, null, null));
        (waits["VA-006"].PartyId, waits["VA-006"].Why, waits["VA-006"].Since, waits["VA-006"].What).Should().Be((university, WaitReason.Commitment, today.AddDays(-7), "Een vloer"));
        (waits["VA-009"].PartyId, waits["VA-009"].Why, waits["VA-009"].Since).Should().Be((university, WaitReason.Proposal, today), "its owner has editors, who decide");
        Of("VA-010").Should().Be(("", WaitReason.Proposal, today, null), "nobody of its owner can decide");
        page.Rows.Single(r => r.Action.Code == "VA-001").Visibility.Should().Be(Visibility.Secretariat);
        page.Rows.Single(r => r.Action.Code == "VA-009").HasEditors.Should().BeTrue();
        page.Rows.Single(r => r.Action.Code == "VA-001").HasEditors.Should().BeFalse();

        var parties = await query.PartiesAsync(examples: false, editors.Secretariat);
        parties.Select(p => (p.Party?.Slug, p.Actions)).Should().Contain([("delft", 4), (null, 2)]);
        parties.Single(p => p.PartyId == university).Reasons.Should().BeEquivalentTo([(WaitReason.Commitment, 1), (WaitReason.Proposal, 1)]);
        foreach (var party in parties)
        {
            var of = await query.RunAsync(new SteeringFilter(Party: party.PartyId, OnSecretariat: party.PartyId is null), editors.Secretariat);
            (of.Total, of.Rows.Count, of.Party).Should().Be((party.Actions, party.Actions, party.Party));
            of.Rows.Should().OnlyContain(r => r.Waits.Any(w => w.PartyId == party.PartyId));
        }
    }

    [Fact]
    public async Task WhatDocumentsAndMeetingsLeft_WaitsWithTheActionThatCarriesItOutOrOutsideActions()
    {
        await using var editors = await Editors.StartAsync(server);
        var own = editors.Database;
        var (today, delft, university) = (own.Time.Today(), editors.Delft.Scopes.Single(), editors.Partner.OrganisationId!.Value);
        await own.ExecuteAsync($"{Real} delete from milestone; delete from commitment; update register_object set action_status = 'in-progress', ends_on = null where kind = 'action'; update register_object set action_status = 'completed' where kind = 'action' and slug = 'va-002'; update register_object set verification = 'example' where kind = 'action' and slug = 'va-003';");
        await own.RebuildActionsAsync();
        await using (var db = own.CreateDbContext())
        {
            var actions = await db.AgendaActions.Where(a => a.Slug == "va-001" || a.Slug == "va-002" || a.Slug == "va-003").ToDictionaryAsync(a => a.Slug, a => a.Id, StringComparer.Ordinal);
            var letter = new PolicyDocument { Id = Guid.CreateVersion7(), Slug = "brief", Name = "Brief" };
            var meeting = new Meeting { Id = Guid.CreateVersion7(), Slug = "overleg-van-mei", Name = "Overleg van mei", HeldOn = today.AddDays(-60), Visibility = Visibility.Secretariat };
            var invented = new Meeting { Id = Guid.CreateVersion7(), Slug = "voorbeeldoverleg", Name = "Voorbeeldoverleg", HeldOn = today.AddDays(-60), Verification = Domain.Provenance.Verification.Example };
            void Promise(AgendaObject holder, string text, int days, string? action = null, CommitmentStatus status = CommitmentStatus.Open) =>
                holder.Commitments.Add(new Commitment { Id = Guid.CreateVersion7(), ObjectId = holder.Id, PartyId = university, Sort = CommitmentSort.Space, Text = text, TermOn = today.AddDays(days), Status = status, CarriedOutInId = action is null ? null : actions[action] });
            void Decide(Meeting at, int number, string text, int days, Guid? party, string? action = null, DecisionStatus status = DecisionStatus.Taken) =>
                at.Points.Add(new AgendaPoint { Id = Guid.CreateVersion7(), MeetingId = at.Id, Number = number, Title = "Punt", Decision = text, Status = status, DueOn = today.AddDays(days), PartyId = party, ActionId = action is null ? null : actions[action] });
            Promise(letter, "Los", -9);
            Promise(letter, "In een actie die klaar is", -8, "va-002");
            Promise(letter, "In een voorbeeld", -7, "va-003");
            Promise(letter, "In een actie", -6, "va-001");
            Promise(letter, "Nog niet", 0);
            Promise(letter, "Voldaan", -5, status: CommitmentStatus.Met);
            Promise(meeting, "In een overleg", -5);
            Decide(meeting, 1, "Los besluit", -4, delft);
            Decide(meeting, 2, "Voor niemand", -3, null);
            Decide(meeting, 3, "Over een actie", -2, delft, "va-001");
            Decide(meeting, 4, "Aangehouden", -2, delft, status: DecisionStatus.HeldOver);
            Decide(meeting, 5, "Later", 1, delft);
            Decide(meeting, 6, "Over een voorbeeld", -4, delft, "va-003");
            Decide(invented, 1, "Verzonnen", -4, delft);
            db.AddRange(letter, meeting, invented);
            await db.SaveAsync(Actor.Portal, "Voor de proef");
        }
        var query = new SteeringQuery(own.Source, own.Time);

        var page = await query.RunAsync(new SteeringFilter(SteeringSignal.Waiting), editors.Secretariat);

        page.Loose.Select(l => (l.Holder.Slug, l.Wait.PartyId, l.Wait.Why, l.Wait.Since!.Value.DayNumber - today.DayNumber, l.Wait.What)).Should().Equal(("brief", university, WaitReason.Commitment, -9, "Los"), ("brief", university, WaitReason.Commitment, -8, "In een actie die klaar is"),
            ("brief", university, WaitReason.Commitment, -7, "In een voorbeeld"), ("overleg-van-mei", university, WaitReason.Commitment, -5, "In een overleg"), ("overleg-van-mei", delft, WaitReason.Decision, -4, "Los besluit"), ("overleg-van-mei", null, WaitReason.Decision, -3, "Voor niemand"));
        page.LooseTotal.Should().Be(6);
        page.Rows.Single(r => r.Action.Code == "VA-001").Waits.Where(w => w.Why is WaitReason.Commitment or WaitReason.Decision).Select(w => (w.PartyId, w.What)).Should().BeEquivalentTo([((Guid?)university, "In een actie"), (delft, "Over een actie")]);
        (await query.RunAsync(new SteeringFilter(Examples: true), editors.Secretariat)).Loose.Select(l => l.Wait.What).Should().Contain("Verzonnen").And.NotContain("In een voorbeeld", "that action counts too now");
        (await new DeadlineReminders(own, own.Time).SendAsync(default)).Should().BePositive();
        (await own.ScalarAsync<long>("select count(*) from deadline_reminder r join agenda_point p on p.id = r.point_id where p.decision in ('Verzonnen', 'Over een voorbeeld')")).Should().Be(0, "nobody is reminded of what is invented");
        var parties = await query.PartiesAsync(examples: false, editors.Secretariat);
        parties.Select(p => (p.PartyId, p.Loose)).Where(p => p.Loose > 0).Should().BeEquivalentTo([((Guid?)university, 4), (delft, 1), (null, 1)]);
        foreach (var party in parties)
            (await query.RunAsync(new SteeringFilter(Party: party.PartyId, OnSecretariat: party.PartyId is null), editors.Secretariat)).Loose.Should().HaveCount(party.Loose).And.OnlyContain(l => l.Wait.PartyId == party.PartyId);
        parties.Single(p => p.PartyId == university).Reasons.Should().Contain((WaitReason.Commitment, 5));
    }

    [Fact]
    public async Task Examples_AreLeftOutUnlessAskedFor()
    {
        await using var own = await server.FilledAsync();
        var query = new SteeringQuery(own.Source, own.Time);

        var without = await query.RunAsync(new SteeringFilter(), People.Secretariat);
        var with = await query.RunAsync(new SteeringFilter(Examples: true), People.Secretariat);

        (without.Total, without.Counts.Values.Sum()).Should().Be((0, 0));
        (await query.PartiesAsync(examples: false, People.Secretariat)).Should().BeEmpty();
        with.Rows.Should().NotBeEmpty().And.OnlyContain(r => r.Action.IsExample);
        (await query.PartiesAsync(examples: true, People.Secretariat)).Should().NotBeEmpty();
    }

    [Fact]
    public async Task Pages_TogetherHoldEachActionOnce()
    {
        await using var own = await server.FilledAsync();
        await own.ExecuteAsync($"{Real} update register_object set steward_id = null, action_status = 'idea' where kind = 'action';");
        await using (var db = own.CreateDbContext())
        {
            for (var n = 101; n <= 110; n++) db.Add(new AgendaAction { Id = Guid.CreateVersion7(), Slug = $"va-{n}", Name = "Nog een actie" });
            await db.SaveAsync(Actor.Portal, "Voor de proef");
        }
        await own.RebuildActionsAsync();
        var query = new SteeringQuery(own.Source, own.Time);

        var first = await query.RunAsync(new SteeringFilter(SteeringSignal.NoOwner), People.Secretariat);
        var second = await query.RunAsync(new SteeringFilter(SteeringSignal.NoOwner, Page: 2), People.Secretariat);
        var beyond = await query.RunAsync(new SteeringFilter(SteeringSignal.NoOwner, Page: int.MaxValue), People.Secretariat);

        (first.Total, first.Pages, first.Rows.Count, second.Rows.Count, beyond.Rows.Count).Should().Be((34, 2, SteeringQuery.PageSize, 9, 0));
        first.Rows.Concat(second.Rows).Select(r => r.Action.Code).Should().OnlyHaveUniqueItems();
    }
}
