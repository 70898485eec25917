using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Web.Tests.Working;

/// <summary>Every plain form with everything hostile in every field: an answer that makes sense, and nothing stored that was not meant.</summary>
public sealed partial class HostileFormsTests(Site site)
{
    private const string Email = "anna@enschede.example", WithFactor = "bram@enschede.example", Factor = "/account/tweede-factor";
    private static readonly Dictionary<string, string> ManyAttempts = new(StringComparer.Ordinal) { ["Portal:SignIn:AttemptsPerMinute"] = "100000" };

    /// <summary>Forms that say the same whatever was typed: nobody learns from them who has an account.</summary>
    private static readonly string[] Silent = ["recover", "demo", "invitation", "access", "withdraw", "notices", "relations", "confirm"];

    [Fact]
    public async Task Form_OfEveryPlainPage_IsRefusedWithASentenceAndStoresNothing()
    {
        await using var work = new Work(await site.OwnAsync(ManyAttempts));
        await work.Get<DemoPeople>().EnsureAsync();
        var (findings, seen) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        var anna = await work.Own.PersonAsync(Email);
        await work.Own.PersonAsync(WithFactor);
        await work.SaveAsync("enschede", "redacteur-enschede", ("note", "Eerste"));
        await work.SaveAsync("enschede", "redacteur-enschede", ("note", "Tweede"));

        using var nobody = new Person(work.Own.Portal.BaseAddress);
        using (await nobody.PostAsync("/wachtwoord", "recover", ("email", Email))) { }
        await work.Own.MailAsync(Email, "Kies een nieuw wachtwoord");
        foreach (var address in new[] { "/inloggen", "/en/inloggen", "/wachtwoord", await work.Own.LastLinkAsync(Email), await work.Own.InviteAsync("nieuw@enschede.example", Role.PolicyOfficer) })
            await TryAsync(work, nobody, address, await nobody.ReadAsync(address), seen, findings);

        using var plain = new Person(work.Own.Portal.BaseAddress);
        using (await plain.SignInAsync(Email, Guests.Password)) { }
        var (_, setup) = await plain.BeginFactorAsync();
        foreach (var (address, html) in new[] { (Factor, setup), (Factor, await plain.ReadAsync(Factor)), ("/account", await plain.ReadAsync("/account")) })
            await TryAsync(work, plain, address, html, seen, findings);

        using var guarded = new Person(work.Own.Portal.BaseAddress);
        using (await guarded.SignInAsync(WithFactor, Guests.Password)) { }
        var (key, page) = await guarded.BeginFactorAsync();
        using (await guarded.EnableFactorAsync(page, Totp.CodeOf(key, DateTimeOffset.UtcNow))) { }
        await TryAsync(work, guarded, Factor, await guarded.ReadAsync(Factor), seen, findings);
        await work.Own.Database.ExecuteAsync("update account set lockout_end = null, access_failed_count = 0");
        using var halfway = new Person(work.Own.Portal.BaseAddress);
        using (await halfway.SignInAsync(WithFactor, Guests.Password)) { }
        await TryAsync(work, halfway, "/inloggen/tweede-factor", await halfway.ReadAsync("/inloggen/tweede-factor"), seen, findings);

        foreach (var (who, addresses) in new[] { ("beheerder", new[] { "/beheer", "/beheer/uitnodigen", $"/beheer/mensen/{anna}" }), ("redacteur-enschede", new[] { "/werkplek", "/herstellen/kennissteden/enschede/2" }), ("secretariaat", new[] { "/beheer/actualiteit" }) })
        {
            using var person = await work.PersonAsync(who);
            foreach (var address in addresses) await TryAsync(work, person, address, await person.ReadAsync(address), seen, findings);
        }

        findings.ShouldBeNone();
        seen.Should().Contain(["sign-in", "demo", "recover", "reset", "accept", "begin", "enable", "renew", "code", "password", "invitation", "invite", "grant", "organisation", "restore"], "these forms were there to be tried");
    }

    [Fact]
    public async Task Words_ForAnotherToRead_AreRefusedOrKeptClean()
    {
        await using var work = new Work(await site.OwnAsync(ManyAttempts));
        await work.Get<DemoPeople>().EnsureAsync();
        using var editor = await work.PersonAsync("redacteur-enschede");
        // A form with a NUL in it is refused as a whole, before any page sees it.
        foreach (var (name, text) in Hostile.Texts.Where(t => t.Key != "NUL"))
        {
            // On the way, half a character becomes the mark for one.
            var clean = InputText.Clean(string.Concat(text.EnumerateRunes()));
            var isFit = InputText.Problem(clean, Proposal.ReasonMaxLength, multiline: true) is null;
            foreach (var (form, field, needed) in new[] { ("reject", "reden", true), ("accept", "opmerking", false) })
            {
                var id = await work.ProposeAsync("enschede", "beleid", "Beter", ("note", $"{form} {name}"));
                using var answer = await editor.PostAsync($"/voorstellen/{id}", form, (field, text));
                var html = await answer.Content.ReadAsStringAsync();

                await using var db = work.Own.Database.CreateDbContext();
                var proposal = await db.Proposals.SingleAsync(p => p.Id == id);
                Check(html, name);
                if (isFit && (clean is not null || !needed)) (answer.StatusCode, proposal.State).Should().Be((HttpStatusCode.Redirect, form == "reject" ? ProposalState.Rejected : ProposalState.Accepted), name);
                else
                {
                    (answer.StatusCode, proposal.State).Should().Be((HttpStatusCode.OK, ProposalState.Open), $"{form} {name}");
                    html.Should().Contain("error-summary").And.Contain($"id=\"{field}-fout\"", name);
                }
                if (form == "reject" && isFit) proposal.Decision.Should().Be(clean, name);
            }

            var (path, item) = await LinkAsync(work);
            using var guest = new Person(work.Own.Portal.BaseAddress);
            using var said = await guest.PostAsync(path, "answer", ($"opmerking-{item}", text));
            var page = await said.Content.ReadAsStringAsync();
            Check(page, name);
            said.StatusCode.Should().Be(HttpStatusCode.OK, name);
            await using var after = work.Own.Database.CreateDbContext();
            var left = await after.Proposals.Where(p => p.ObjectId == item).Select(p => p.Reason).ToListAsync();
            Html.Headings1(page).Should().Equal([isFit && clean is not null ? "Dank u wel" : "Klopt dit nog?"], name);
            if (isFit && clean is not null) left.Should().Contain(clean, name);
            else if (clean is not null) left.Should().NotContain(clean, name);
        }
    }

    [Fact]
    public async Task Words_WithMarkup_AreShownAsTheyWereTypedOnEveryPage()
    {
        const string markup = "</title></script><img src=x onerror=alert(1)>\" autofocus='' ]]>&amp;";
        await using var work = new Work(await site.OwnAsync(ManyAttempts));
        await work.Get<DemoPeople>().EnsureAsync();
        var texts = KindRegistry.Of<Campus>().Fields.Where(f => f.Input is FieldInput.Line or FieldInput.Paragraphs or FieldInput.List).Select(f => (f.Name, f.Input == FieldInput.List ? new JsonArray(markup) : (JsonNode?)markup)).ToArray();
        await work.SaveAsync(Work.Campus, "secretariaat", texts);
        var proposal = await work.ProposeAsync(Work.Campus, "beleid", markup, ("description", markup + markup));
        using var person = await work.PersonAsync("redacteur-enschede");

        foreach (var address in new[] { $"/campussen/{Work.Campus}", $"/en/campussen/{Work.Campus}", "/campussen", "/kennissteden/enschede", "/zoeken?q=onerror", $"/geschiedenis/campussen/{Work.Campus}", "/werkplek", "/voorstellen", $"/voorstellen/{proposal}" })
        {
            var html = await person.ReadAsync(address);
            Inline(html).Should().BeEmpty(address);
            html.Should().NotContain("<img src=x", address).And.NotContain("</title></script>", address);
            Html.Text(html).Should().Contain("<img src=x onerror=alert(1)>", address);
        }
        foreach (var address in new[] { "/kaart/beeld.svg?type=campussen&stad=enschede", "/sitemap.xml" }) System.Xml.Linq.XDocument.Parse(await person.ReadAsync(address)).Root.Should().NotBeNull();
    }

    [Fact]
    public async Task Address_OfEveryWorkingPage_IsAnsweredWhateverItAsks()
    {
        await using var work = new Work(await site.OwnAsync(ManyAttempts));
        await work.Get<DemoPeople>().EnsureAsync();
        await work.SaveAsync("enschede", "redacteur-enschede", ("note", "Eerste"));
        var pages = typeof(KennisstedenPortal.Working.App).Assembly.GetTypes().Where(t => t.GetCustomAttributes<RouteAttribute>().Any()).Select(t => (
            Path: AddressOf(t.GetCustomAttributes<RouteAttribute>().First(r => !r.Template.StartsWith("/en/", StringComparison.Ordinal)).Template),
            Names: t.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Select(p => p.GetCustomAttribute<SupplyParameterFromQueryAttribute>()?.Name).OfType<string>().ToList())).Where(p => p.Names.Count > 0).ToList();
        pages.Should().HaveCountGreaterThan(8);
        var findings = new List<string>();
        foreach (var who in new[] { "secretariaat", "beheerder" })
        {
            using var person = await work.PersonAsync(who);
            foreach (var (path, names) in pages)
                foreach (var (name, text) in Hostile.Texts.Where(t => t.Value.Length < 1000))
                {
                    using var answer = await person.GetAsync($"{path}?{string.Join('&', names.Select(n => $"{n}={Uri.EscapeDataString(text)}"))}");

                    if ((int)answer.StatusCode >= 500) findings.Add($"{who} {path} {name}: {(int)answer.StatusCode}");
                    else if (answer.Content.Headers.ContentType?.MediaType == "text/html") Check(await answer.Content.ReadAsStringAsync(), name);
                }
        }
        findings.ShouldBeNone();
    }

    private static string AddressOf(string template) => template.Replace("{KindPath}", "kennissteden", StringComparison.Ordinal).Replace("{Slug}", "enschede", StringComparison.Ordinal).Replace("{Revision:int}", "1", StringComparison.Ordinal);

    /// <summary>Posts each form of the page with each text in all its fields; once with what is hidden as it was, once with that too.</summary>
    private static async Task TryAsync(Work work, Person person, string address, string html, HashSet<string> seen, List<string> findings)
    {
        foreach (var form in FormsOf(html).Where(f => f.Handler is not null && f.Fields.Count > 0))
        {
            seen.Add(form.Handler!);
            var before = await work.Own.Database.ScalarAsync<string>(State);
            foreach (var (name, text) in Hostile.Texts)
                foreach (var hidden in form.Fields.Exists(f => f.IsHidden) ? new[] { false, true } : [false])
                {
                    using var answer = await person.PostToAsync(address, html, form.Handler, [.. form.Fields.Select(f => (f.Name, f.IsHidden && !hidden ? f.Value : f.Name is "wachtwoord" or "nieuw" ? Short(text) : text))]);
                    var body = await answer.Content.ReadAsStringAsync();
                    var what = $"{address} {form.Handler} {name}: {(int)answer.StatusCode}";
                    if ((int)answer.StatusCode >= 500) findings.Add(what);
                    else if (answer.StatusCode == HttpStatusCode.OK && !Silent.Contains(form.Handler) && !body.Contains("error-summary", StringComparison.Ordinal)) findings.Add($"{what} without a word");
                    else if (answer.StatusCode == HttpStatusCode.Redirect && !Silent.Contains(form.Handler)) findings.Add($"{what} as if it were right");
                    if (Inline(body).Count > 0) findings.Add($"{what} with markup");
                }
            if (await work.Own.Database.ScalarAsync<string>(State) != before) findings.Add($"{address} {form.Handler} stored something");
        }
    }

    /// <summary>A password may be any words, these too; what is so short is refused.</summary>
    private static string Short(string password) => password.Length > PasswordRules.MaxLength ? password : password[..Math.Min(password.Length, PasswordRules.MinLength - 1)];

    private static void Check(string html, string name)
    {
        Inline(html).Should().BeEmpty(name);
        html.Should().NotContain("<script>alert", name).And.NotContain("<img src=x", name).And.NotContain("Npgsql", name);
    }

    private static async Task<(string Path, Guid Item)> LinkAsync(Work work)
    {
        await using var db = work.Own.Database.CreateDbContext();
        var account = await db.Accounts.SingleAsync(a => a.Email == "redacteur-delft" + DemoPeople.Domain);
        var city = await db.RoleGrants.Where(g => g.AccountId == account.Id && g.Role == Role.MunicipalEditor).Select(g => g.ScopeId).SingleAsync();
        var item = await db.Objects.Where(o => o.StewardId == city && o.State == ObjectState.Published && !(o is City)).OrderBy(o => o.Name).Select(o => o.Id).FirstAsync();
        var link = work.Get<AccessLinkWriter>().Add(db, LinkPurpose.Confirm, account.Id, JsonSerializer.Serialize(new[] { item }), ReviewReminder.Lifetime, Actor.Portal);
        await db.SaveChangesAsync();
        return ($"/bevestigen/{link.Secret}", item);
    }

    /// <summary>What no refused form may change.</summary>
    private const string State = """
        select concat_ws(' ', (select count(*) from register_object), (select count(*) from revision), (select count(*) from invitation where accepted_at is null and revoked_at is null), (select count(*) from role_grant),
            (select count(*) from draft), (select count(*) from proposal where state = 'open'), (select count(*) from access_link where used_at is null), (select count(*) from external_login), (select count(*) from session),
            (select string_agg(concat_ws(',', id, name, email, password_hash, two_factor_enabled, disabled_at, organisation_id, security_stamp), ';' order by id) from account))
        """;

    private static List<Form> FormsOf(string html) => [.. Forms().Matches(html).Select(m => new Form(
        Value(Handlers().Match(m.Value).Value),
        [.. Fields().Matches(m.Groups[1].Value).Select(f => new Field(Attribute(f.Value, "name") ?? "", Value(f.Value) ?? "", Attribute(f.Value, "type") == "hidden")).Where(f => f.Name is not ("" or "_handler" or "__RequestVerificationToken")).DistinctBy(f => f.Name, StringComparer.Ordinal)]))];

    private static string? Value(string tag) => Attribute(tag, "value");

    private static string? Attribute(string tag, string name) => Regex.Match(tag, $"\\s{name}=\"([^\"]*)\"") is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : null;

    private sealed record Form(string? Handler, List<Field> Fields);

    private sealed record Field(string Name, string Value, bool IsHidden);

    /// <summary>But for the scripts of working pages, which are files of our own.</summary>
    private static IReadOnlyList<string> Inline(string html) => Html.Inline(Scripts().Replace(html, ""));

    [GeneratedRegex("<script (?:type=\"module\" )?src=\"/?_(?:framework|content)/[\\w./-]+\"></script>")]
    private static partial Regex Scripts();

    [GeneratedRegex("<form\\b[^>]*method=\"post\"[^>]*>(.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input\\b[^>]*name=\"_handler\"[^>]*>")]
    private static partial Regex Handlers();

    [GeneratedRegex("<(?:input|textarea|select|button)\\b[^>]*>")]
    private static partial Regex Fields();
}
