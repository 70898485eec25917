using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.Accounts;

/// <summary>Inviting, letting in, changing and forgetting people, on a register with the starter data.</summary>
public sealed class PeopleWriterTests(TestServer server) : IAsyncLifetime
{
    private const string Portal = "https://register.example", Password = "vier groene fietsen bij de brug";
    private TestDatabase _database = null!;
    private Guid _enschede, _delft, _organisation;

    private PeopleWriter Writer => new(_database, new Outbox(_database.Time), _database.Time);
    private InvitationWriter Invitations => new(_database, new Outbox(_database.Time), _database.Time, new PasswordHasher<Account>(), new PasswordCheck(AppContext.BaseDirectory));
    private static Actor Administrator { get; } = new(Guid.CreateVersion7(), "Beheerder", "Netwerk") { Grants = [new Grant(Role.Administrator)] };

    public async ValueTask InitializeAsync()
    {
        _database = await server.FilledAsync();
        await using var db = _database.CreateDbContext();
        _enschede = (await db.BySlugAsync<City>("enschede")).Id;
        _delft = (await db.BySlugAsync<City>("delft")).Id;
        _organisation = (await db.BySlugAsync<Organisation>("gemeente-enschede")).Id;
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Invitation_Accepted_MakesTheAccountWithItsRolesAndIsUsedUp()
    {
        var secret = await InviteAsync("anna@enschede.example", new Grant(Role.MunicipalEditor, _enschede));

        (await Invitations.FindAsync(secret))!.Organisation.Should().Be("Gemeente Enschede");
        var accepted = await Invitations.AcceptAsync(secret, new Acceptance("Anna", Password));

        var id = accepted.Should().BeOfType<PeopleOutcome.Saved>().Subject.Id;
        var actor = await new ActorQuery(_database).FindAsync(id);
        actor!.Grants.Should().BeEquivalentTo([new Grant(Role.MunicipalEditor, _enschede), new Grant(Role.PartnerEditor, _organisation)], "who edits the city for its municipality speaks for the municipality too");
        actor.OrganisationId.Should().Be(_organisation);
        (await Invitations.FindAsync(secret)).Should().BeNull();
        (await Invitations.AcceptAsync(secret, new Acceptance("Bram", Password))).Should().BeOfType<PeopleOutcome.NotFound>();
        await using var db = _database.CreateDbContext();
        (await db.Invitations.SingleAsync()).SecretHash.Should().NotContain(secret);
        (await db.RightsEvents.OrderBy(e => e.At).Select(e => e.Sort).ToListAsync()).Should().BeEquivalentTo([RightsEventSort.Invited, RightsEventSort.RoleGranted, RightsEventSort.RoleGranted, RightsEventSort.InvitationAccepted]);
        (await db.RightsEvents.Select(e => e.Detail ?? "").ToListAsync()).Should().NotContain(d => d.Contains("anna", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Invitation_AcceptedTwiceAtOnce_MakesOneAccount()
    {
        var secret = await InviteAsync("anna@enschede.example", new Grant(Role.PolicyOfficer));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => Invitations.AcceptAsync(secret, new Acceptance($"Anna {i}", Password)))));

        outcomes.OfType<PeopleOutcome.Saved>().Should().ContainSingle();
        await using var db = _database.CreateDbContext();
        (await db.Accounts.CountAsync()).Should().Be(1);
    }

    [Fact]
    public async Task Invitation_WhenTheDatabaseRefusesForAnotherReason_IsNoUsedInvitation()
    {
        var secret = await InviteAsync("anna@enschede.example", new Grant(Role.PolicyOfficer));

        await Invitations.Invoking(i => i.AcceptAsync(secret, new Acceptance("Anna", null, (new string('x', 5000), "1", "Een")))).Should().ThrowAsync<DbUpdateException>();

        (await Invitations.FindAsync(secret)).Should().NotBeNull();
    }

    [Fact]
    public async Task Invitation_SentAgainOrRevoked_LeavesTheOldLinkDead()
    {
        var first = await InviteAsync("anna@enschede.example", new Grant(Role.PolicyOfficer));
        await using var db = _database.CreateDbContext();
        var id = await db.Invitations.Select(i => i.Id).SingleAsync();

        await Invitations.ResendAsync(id, Portal, Administrator);
        var second = await SecretAsync();
        (await Invitations.FindAsync(first)).Should().BeNull();
        (await Invitations.FindAsync(second)).Should().NotBeNull();

        await Invitations.RevokeAsync(id, Administrator);
        (await Invitations.FindAsync(second)).Should().BeNull();
        (await Invitations.RevokeAsync(id, Administrator)).Should().BeOfType<PeopleOutcome.NotFound>();
    }

    /// <summary>Whoever is told that an invitation is revoked, or that its old link is dead, must not find an account afterwards.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Invitation_RevokedOrSentAgainWhileItIsAccepted_MakesNoAccount(bool revoked)
    {
        var secret = await InviteAsync("anna@enschede.example", new Grant(Role.PolicyOfficer));
        var id = await _database.ScalarAsync<Guid>("select id from invitation");
        var during = new During(() => revoked ? Invitations.RevokeAsync(id, Administrator) : Invitations.ResendAsync(id, Portal, Administrator));
        var slow = new InvitationWriter(_database, new Outbox(_database.Time), _database.Time, during, new PasswordCheck(AppContext.BaseDirectory));

        (await slow.AcceptAsync(secret, new Acceptance("Anna", Password))).Should().BeOfType<PeopleOutcome.NotFound>();

        during.Outcome.Should().BeOfType<PeopleOutcome.Saved>();
        (await _database.ScalarAsync<long>("select count(*) from account")).Should().Be(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Invitation_AcceptedWhileItIsRevokedOrSentAgain_IsNotOpenAnyMore(bool revoked)
    {
        var secret = await InviteAsync("anna@enschede.example", new Grant(Role.PolicyOfficer));
        var id = await _database.ScalarAsync<Guid>("select id from invitation");
        var time = new DuringTime(() => Invitations.AcceptAsync(secret, new Acceptance("Anna", Password)).GetAwaiter().GetResult());
        var slow = new InvitationWriter(_database, new Outbox(_database.Time), time, new PasswordHasher<Account>(), new PasswordCheck(AppContext.BaseDirectory));

        (revoked ? await slow.RevokeAsync(id, Administrator) : await slow.ResendAsync(id, Portal, Administrator)).Should().BeOfType<PeopleOutcome.NotFound>();

        (await _database.ScalarAsync<string>("select (select count(*) from account) || ' ' || (select count(*) from outbox_mail)")).Should().Be("1 1");
    }

    [Fact]
    public async Task Invitation_SentTwiceByOneForm_IsOne()
    {
        var form = Guid.CreateVersion7();
        var input = new InvitationInput("Anna", "anna@enschede.example", _organisation, "nl", [new Grant(Role.PolicyOfficer)], form);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Invitations.InviteAsync(input, Portal, Administrator))));

        outcomes.Should().AllBeOfType<PeopleOutcome.Saved>().And.OnlyContain(o => ((PeopleOutcome.Saved)o).Id == ((PeopleOutcome.Saved)outcomes[0]).Id);
        (await _database.ScalarAsync<string>("select (select count(*) from invitation) || ' ' || (select count(*) from outbox_mail)")).Should().Be("1 1");
        (await Invitations.InviteAsync(input with { Name = "Anne" }, Portal, Administrator)).Should().BeOfType<PeopleOutcome.Invalid>("somebody went back and changed it: the address has an invitation");
        await Invitations.RevokeAsync(((PeopleOutcome.Saved)outcomes[0]).Id, Administrator);
        (await Invitations.InviteAsync(input, Portal, Administrator)).Should().BeOfType<PeopleOutcome.Saved>().Which.Id.Should().NotBe(((PeopleOutcome.Saved)outcomes[0]).Id, "after it was revoked it is another");

        var others = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => Invitations.InviteAsync(input with { Email = "bram@delft.example", Form = null }, Portal, Administrator))));
        others.OfType<PeopleOutcome.Saved>().Should().ContainSingle("an address has one open invitation, also when several invite it at once");
    }

    [Fact]
    public async Task Invitation_OfSomebodyWhoIsAdministratorNoMore_WorksOnlyWhenAnotherSendsItAgain()
    {
        var (bea, ben) = (await PersonAsync("bea@netwerk.example", new Grant(Role.Administrator)), await PersonAsync("ben@netwerk.example", new Grant(Role.Administrator)));
        (await Invitations.InviteAsync(new InvitationInput("Anna", "anna@enschede.example", _organisation, "nl", [new Grant(Role.Administrator)]), Portal, Administrator with { UserId = bea })).Should().BeOfType<PeopleOutcome.Saved>();
        var (secret, query) = (await SecretAsync(), new PeopleQuery(_database, _database.Search));
        (await Invitations.FindAsync(secret)).Should().NotBeNull();
        (await query.InvitationsAsync(Administrator)).Single().IsOfFormer.Should().BeFalse();

        await Writer.DisableAsync(bea, Administrator);

        (await Invitations.FindAsync(secret)).Should().BeNull();
        (await Invitations.AcceptAsync(secret, new Acceptance("Anna", Password))).Should().BeOfType<PeopleOutcome.NotFound>();
        var open = (await query.InvitationsAsync(Administrator)).Single();
        open.IsOfFormer.Should().BeTrue();
        await Invitations.ResendAsync(open.Id, Portal, Administrator with { UserId = ben });
        (await Invitations.AcceptAsync(await SecretAsync(), new Acceptance("Anna", Password))).Should().BeOfType<PeopleOutcome.Saved>();
    }

    /// <summary>Every wrong password changes the account; an attack is when it must be closed.</summary>
    [Fact]
    public async Task Administrator_ClosingAnAccountThatIsTriedAtThatMoment_ClosesIt()
    {
        var anna = await PersonAsync("anna@enschede.example", new Grant(Role.PolicyOfficer));
        Task? attempt = null;
        var time = new DuringTime(() =>
        {
            attempt = _database.ExecuteAsync("update account set access_failed_count = access_failed_count + 1, concurrency_stamp = 'tried'");
            Poll.UntilAsync(async () => attempt.IsCompleted || await _database.ScalarAsync<bool>("select exists (select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"), "the attempt is through or waits").GetAwaiter().GetResult();
        });

        (await new PeopleWriter(_database, new Outbox(_database.Time), time).DisableAsync(anna, Administrator)).Should().BeOfType<PeopleOutcome.Saved>();

        await attempt!;
        (await _database.ScalarAsync<bool>("select disabled_at is not null from account")).Should().BeTrue();
    }

    [Fact]
    public async Task Invitation_OlderThanAWeek_DoesNotWork()
    {
        var secret = await InviteAsync("anna@enschede.example", new Grant(Role.PolicyOfficer));
        (await _database.ScalarAsync<TimeSpan>("select expires_at - sent_at from invitation")).Should().Be(TimeSpan.FromDays(InvitationWriter.ValidDays));
        Enumerable.Range(0, 100).Select(_ => Secrets.New()).Append(secret).Should().OnlyHaveUniqueItems().And.OnlyContain(s => Secrets.IsOne(s));
        await _database.ExecuteAsync("update invitation set expires_at = now() - interval '1 second'");

        (await Invitations.FindAsync(secret)).Should().BeNull();
        (await Invitations.AcceptAsync(secret, new Acceptance("Anna", Password))).Should().BeOfType<PeopleOutcome.NotFound>();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("geen adres")]
    [InlineData("a@b")]
    [InlineData("a@b.nl, c@d.nl")]
    [InlineData("a@b.nl\r\nBcc: c@d.nl")]
    [InlineData("a\0@b.nl")]
    [InlineData("<a@b.nl>")]
    public async Task Invitation_ToWhatIsNoAddress_IsRefusedAndSendsNothing(string? email)
    {
        var outcome = await Invitations.InviteAsync(new InvitationInput("Anna", email, _organisation, "nl", [new Grant(Role.PolicyOfficer)]), Portal, Administrator);

        outcome.Should().BeOfType<PeopleOutcome.Invalid>().Which.Problems.Should().Contain(p => p.Field == "email");
        await using var db = _database.CreateDbContext();
        (await db.Outbox.AnyAsync()).Should().BeFalse();
    }

    /// <summary>An action can be owned by the city or by its municipality: whoever edits the city for the municipality keeps both, and for nobody else's.</summary>
    [Fact]
    public async Task Municipality_OfWhoEditsItsCity_IsTheirsTooHoweverTheRoleCame()
    {
        var anna = await PersonAsync("anna@enschede.example", new Grant(Role.PolicyOfficer));
        async Task<IEnumerable<Grant>> GrantsAsync() => (await new ActorQuery(_database).FindAsync(anna))!.Grants;
        var own = new Grant(Role.PartnerEditor, _organisation);

        await Writer.GrantAsync(anna, new Grant(Role.MunicipalEditor, _delft), Administrator);
        (await GrantsAsync()).Should().NotContain(own, "she edits another city");
        await Writer.GrantAsync(anna, new Grant(Role.MunicipalEditor, _enschede), Administrator);
        (await GrantsAsync()).Should().Contain(own).And.HaveCount(4);
        await Writer.WithdrawAsync(anna, await _database.ScalarAsync<Guid>("select id from role_grant where role = 'partner-editor'"), Administrator);
        (await GrantsAsync()).Should().NotContain(own, "it can be taken away like any other");
        var delft = await _database.ScalarAsync<Guid>("select id from register_object where slug = 'gemeente-delft'");
        await Writer.ChangeOrganisationAsync(anna, delft, Administrator);
        (await GrantsAsync()).Should().Contain(new Grant(Role.PartnerEditor, delft));
    }

    [Fact]
    public async Task Grant_ForAScopeOfAnotherKind_IsRefused()
    {
        var anna = await PersonAsync("anna@enschede.example", new Grant(Role.PolicyOfficer));

        (await Writer.GrantAsync(anna, new Grant(Role.MunicipalEditor, _organisation), Administrator)).Should().BeOfType<PeopleOutcome.Invalid>();
        (await Writer.GrantAsync(anna, new Grant(Role.MunicipalEditor), Administrator)).Should().BeOfType<PeopleOutcome.Invalid>();
        (await Writer.GrantAsync(anna, new Grant(Role.Secretariat, _delft), Administrator)).Should().BeOfType<PeopleOutcome.Invalid>();
        (await Writer.GrantAsync(anna, new Grant(Role.MunicipalEditor, _delft), Administrator)).Should().BeOfType<PeopleOutcome.Saved>();
    }

    [Fact]
    public async Task Secretariat_WithoutSecondFactor_HasNoSuchRight()
    {
        var sanne = await PersonAsync("sanne@netwerk.example", new Grant(Role.Secretariat));

        (await new ActorQuery(_database).FindAsync(sanne))!.Grants.Should().BeEmpty();
        await _database.ExecuteAsync("update account set two_factor_enabled = true");
        (await new ActorQuery(_database).FindAsync(sanne))!.Grants.Should().Equal(new Grant(Role.Secretariat));
    }

    [Fact]
    public async Task Administrator_WhoIsTheLast_CannotBeClosedForgottenOrLoseTheRole()
    {
        var bea = await PersonAsync("bea@netwerk.example", new Grant(Role.Administrator));
        await using var db = _database.CreateDbContext();
        var grant = await db.RoleGrants.Select(g => g.Id).SingleAsync();

        (await Writer.DisableAsync(bea, Administrator)).Should().BeOfType<PeopleOutcome.Invalid>();
        (await Writer.ForgetAsync(bea, Administrator)).Should().BeOfType<PeopleOutcome.Invalid>();
        (await Writer.WithdrawAsync(bea, grant, Administrator)).Should().BeOfType<PeopleOutcome.Invalid>();

        await PersonAsync("ben@netwerk.example", new Grant(Role.Administrator));
        (await Writer.WithdrawAsync(bea, grant, Administrator)).Should().BeOfType<PeopleOutcome.Saved>();
    }

    [Fact]
    public async Task Administrators_WhoCloseEachOtherAtOnce_LeaveOne()
    {
        var (bea, ben) = (await PersonAsync("bea@netwerk.example", new Grant(Role.Administrator)), await PersonAsync("ben@netwerk.example", new Grant(Role.Administrator)));
        Actor As(Guid id) => Administrator with { UserId = id };

        await Task.WhenAll(Task.Run(() => Writer.DisableAsync(ben, As(bea))), Task.Run(() => Writer.DisableAsync(bea, As(ben))));

        await using var db = _database.CreateDbContext();
        (await db.Accounts.CountAsync(a => a.DisabledAt == null)).Should().Be(1);
    }

    [Fact]
    public async Task Administrator_OnTheirOwnAccount_ChangesNothing()
    {
        var bea = await PersonAsync("bea@netwerk.example", new Grant(Role.Administrator));
        var self = Administrator with { UserId = bea };

        (await Writer.GrantAsync(bea, new Grant(Role.Secretariat), self)).Should().BeOfType<PeopleOutcome.Invalid>();
        (await Writer.ResetSecondFactorAsync(bea, self)).Should().BeOfType<PeopleOutcome.Invalid>();
        (await new ActorQuery(_database).RolesAsync(bea)).Should().ContainSingle();
    }

    [Fact]
    public async Task Person_Forgotten_LeavesOrganisationAndNoNameOrAddressAnywhere()
    {
        var anna = await PersonAsync("anna@enschede.example", new Grant(Role.MunicipalEditor, _enschede));

        (await Writer.ForgetAsync(anna, Administrator)).Should().BeOfType<PeopleOutcome.Saved>();

        await using var db = _database.CreateDbContext();
        var account = await db.Accounts.Include(a => a.Grants).SingleAsync();
        account.Should().BeEquivalentTo(new { Name = PeopleWriter.FormerUser, Email = (string?)null, NormalizedEmail = (string?)null, UserName = (string?)null, PasswordHash = (string?)null, OrganisationId = _organisation, TwoFactorEnabled = false });
        account.Grants.Should().BeEmpty();
        (await db.Outbox.AnyAsync()).Should().BeFalse();
        (await db.Invitations.AnyAsync()).Should().BeFalse();
        (await new ActorQuery(_database).FindAsync(anna)).Should().BeNull();
        (await Invitations.InviteAsync(new InvitationInput("Anna", "anna@enschede.example", _organisation, "nl", [new Grant(Role.PolicyOfficer)]), Portal, Administrator)).Should().BeOfType<PeopleOutcome.Saved>();
    }

    [Fact]
    public async Task Loss_OfARoleOrAccess_ChangesTheStampOfSessions()
    {
        var anna = await PersonAsync("anna@enschede.example", new Grant(Role.MunicipalEditor, _enschede));
        var grant = await _database.ScalarAsync<Guid>("select id from role_grant");
        var losses = new Func<Task>[] { () => Writer.WithdrawAsync(anna, grant, Administrator), () => Writer.EndSessionsAsync(anna, Administrator), () => Writer.ResetSecondFactorAsync(anna, Administrator), () => Writer.DisableAsync(anna, Administrator), () => Writer.ForgetAsync(anna, Administrator) };
        foreach (var loss in losses)
        {
            var before = await _database.ScalarAsync<string>("select security_stamp from account");
            await loss();
            (await _database.ScalarAsync<string>("select security_stamp from account")).Should().NotBe(before);
        }
    }

    [Fact]
    public async Task Writer_OfPeople_RefusesEveryRoleButTheAdministrator()
    {
        var anna = await PersonAsync("anna@enschede.example", new Grant(Role.MunicipalEditor, _enschede));
        foreach (var role in Enum.GetValues<Role>().Where(r => r != Role.Administrator))
            foreach (var scope in role.ScopeKind() is null ? [null] : new Guid?[] { _enschede, _delft })
            {
                var actor = new Actor(Guid.CreateVersion7(), "Iemand", "Ergens") { Grants = [new Grant(role, scope)] };
                var query = new PeopleQuery(_database, _database.Search);
                var ways = new Func<Task>[]
                {
                    () => Writer.GrantAsync(anna, new Grant(Role.Secretariat), actor), () => Writer.WithdrawAsync(anna, Guid.Empty, actor), () => Writer.ChangeOrganisationAsync(anna, _organisation, actor),
                    () => Writer.DisableAsync(anna, actor), () => Writer.EnableAsync(anna, actor), () => Writer.ResetSecondFactorAsync(anna, actor), () => Writer.EndSessionsAsync(anna, actor), () => Writer.ForgetAsync(anna, actor),
                    () => Invitations.InviteAsync(new InvitationInput("A", "a@b.nl", _organisation, "nl", [new Grant(Role.Secretariat)]), Portal, actor), () => Invitations.ResendAsync(Guid.Empty, Portal, actor), () => Invitations.RevokeAsync(Guid.Empty, actor),
                    () => query.ListAsync(null, null, 1, actor), () => query.FindAsync(anna, actor), () => query.InvitationsAsync(actor), () => query.AuditAsync(null, null, 1, actor),
                };
                foreach (var way in ways) await way.Should().ThrowAsync<NotAllowedException>();
            }
        var walked = typeof(PeopleWriter).GetMethods().Concat(typeof(InvitationWriter).GetMethods()).Where(m => m.IsPublic && m.DeclaringType != typeof(object) && m.GetParameters().Any(p => p.ParameterType == typeof(Actor)) && m.Name != nameof(PeopleWriter.EndOwnSessionsAsync));
        walked.Should().HaveCount(11, "every entry that takes an actor is walked above");
    }

    [Fact]
    public async Task DemoPeople_MadeTwice_AreOnePerRoleAndMoreForEditors()
    {
        var demo = new DemoPeople(_database, _database.Time);
        (await demo.AnyAsync()).Should().BeFalse();

        await demo.EnsureAsync();
        await demo.EnsureAsync();

        (await demo.AnyAsync()).Should().BeTrue();
        await using var db = _database.CreateDbContext();
        (await db.Accounts.Select(a => a.Email).ToListAsync()).Should().BeEquivalentTo(DemoPeople.All.Select(p => p.Email));
        (await db.RoleGrants.Select(g => g.Role).Distinct().ToListAsync()).Should().BeEquivalentTo(Enum.GetValues<Role>());
        (await db.RoleGrants.Where(g => g.ScopeId != null).Select(g => g.Scope!.Name).ToListAsync()).Should().BeEquivalentTo([.. DemoPeople.All.Select(p => p.ScopeName).OfType<string>(), "Gemeente Enschede", "Gemeente Delft"], "the sign-in page shows the first of these names");
    }

    [Fact]
    public async Task People_SoughtByWildcards_AreFoundByLetter()
    {
        await PersonAsync("anna@enschede.example", new Grant(Role.PolicyOfficer));
        var query = new PeopleQuery(_database, _database.Search);

        (await query.ListAsync("enschede.ex", null, 1, Administrator)).Rows.Should().ContainSingle();
        (await query.ListAsync("%", null, 1, Administrator)).Rows.Should().BeEmpty();
        (await query.ListAsync("a\0b", null, 1, Administrator)).Rows.Should().ContainSingle("what cannot be sought filters nothing");
    }

    [Fact]
    public async Task Choice_ByName_IsExactOnlyForThatName()
    {
        var query = new PeopleQuery(_database, _database.Search);

        foreach (var same in new[] { "Enschede", " enSCHede ", "Enschedé" })
            (await query.ChoicesAsync("city", same, Administrator)).Where(c => c.IsExact).Select(c => c.Id).Should().Equal([_enschede], same);
        (await query.ChoicesAsync("city", "Enschedee", Administrator)).Should().Contain(c => c.Id == _enschede).And.NotContain(c => c.IsExact, "the search mended it; whether that was meant, only who typed it knows");
        (await query.ChoicesAsync("organisation", "Gemeente Ensche", Administrator)).Should().Contain(c => c.Id == _organisation).And.NotContain(c => c.IsExact);
        (await query.ChoicesAsync("organisation", "gemeente", Administrator)).Should().HaveCountGreaterThan(1).And.NotContain(c => c.IsExact);

        await _database.ExecuteAsync("update register_object set visibility = 'partners' where slug = 'gemeente-enschede'; delete from search_entry where slug = 'gemeente-enschede'");
        (await query.ChoicesAsync("organisation", "gemeente enschede", Administrator)).Should().ContainSingle(c => c.IsExact && c.Id == _organisation, "what is for partners has people too");
    }

    [Fact]
    public async Task Audit_OfInvitationsRolesAndLinks_IsInWordsAndNamesWhoWasInvitedWhileTheInvitationDoes()
    {
        var query = new PeopleQuery(_database, _database.Search);
        var anna = await PersonAsync("anna@enschede.example", new Grant(Role.MunicipalEditor, _enschede));
        await InviteAsync("bram@delft.example", new Grant(Role.PolicyOfficer));
        await using (var db = _database.CreateDbContext())
        {
            var bram = await db.Invitations.Where(i => i.Email == "bram@delft.example").Select(i => i.Id).SingleAsync();
            await Invitations.ResendAsync(bram, Portal, Administrator);
            await Invitations.RevokeAsync(bram, Administrator);
            db.Note(RightsEventSort.LinkSent, null, anna, _database.Time.GetUtcNow(), "confirm");
            await db.SaveChangesAsync();
        }

        async Task<List<(string?, string?)>> LinesAsync(RightsEventSort sort) => [.. (await query.AuditAsync(sort, null, 1, Administrator)).Rows.Select(r => (r.Person, r.Detail?.Nl))];
        (await LinesAsync(RightsEventSort.RoleGranted)).Should().BeEquivalentTo<(string?, string?)>([("Anna", "Gemeenteredacteur voor Enschede"), ("Anna", "Partnerredacteur voor Gemeente Enschede")]);
        (await LinesAsync(RightsEventSort.Invited)).Should().BeEquivalentTo<(string?, string?)>([("Anna", "Gemeenteredacteur voor Enschede, Partnerredacteur voor Gemeente Enschede"), ("Anna", "Beleidsmedewerker"), ("Anna", "opnieuw verstuurd")]);
        (await LinesAsync(RightsEventSort.InvitationRevoked)).Should().Equal(("Anna", null));
        (await LinesAsync(RightsEventSort.LinkSent)).Should().Equal(("Anna", "bevestigen"));

        await Writer.ForgetAsync(anna, Administrator);
        await _database.ExecuteAsync("delete from invitation");
        (await LinesAsync(RightsEventSort.Invited)).Select(l => l.Item1).Should().OnlyContain(n => n == null, "the log itself holds no names");
    }

    private async Task<string> InviteAsync(string email, Grant grant)
    {
        (await Invitations.InviteAsync(new InvitationInput("Anna", email, _organisation, "nl", [grant]), Portal, Administrator)).Should().BeOfType<PeopleOutcome.Saved>();
        return await SecretAsync();
    }

    private async Task<string> SecretAsync()
    {
        await using var db = _database.CreateDbContext();
        var body = await db.Outbox.OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id).Select(m => m.Body).FirstAsync();
        var at = body.IndexOf("/uitnodiging/", StringComparison.Ordinal) + "/uitnodiging/".Length;
        return body[at..(at + 43)];
    }

    private async Task<Guid> PersonAsync(string email, Grant grant) => ((PeopleOutcome.Saved)await Invitations.AcceptAsync(await InviteAsync(email, grant), new Acceptance("Anna", Password))).Id;

    /// <summary>Does something between reading an invitation and keeping the account: while the password is hashed.</summary>
    private sealed class During(Func<Task<PeopleOutcome>> something) : PasswordHasher<Account>
    {
        public PeopleOutcome? Outcome { get; private set; }

        public override string HashPassword(Account user, string password)
        {
            Outcome = Task.Run(something).GetAwaiter().GetResult();
            return base.HashPassword(user, password);
        }
    }

    /// <summary>Does something once, between reading and writing: when a writer asks what time it is.</summary>
    private sealed class DuringTime(Action something) : TimeProvider
    {
        private Action? _something = something;

        public override DateTimeOffset GetUtcNow()
        {
            if (Interlocked.Exchange(ref _something, null) is { } once) Task.Run(once).GetAwaiter().GetResult();
            return base.GetUtcNow();
        }
    }
}
