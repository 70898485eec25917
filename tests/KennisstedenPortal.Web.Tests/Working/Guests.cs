using System.Text.RegularExpressions;
using KennisstedenPortal.Data;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KennisstedenPortal.Web.Tests.Working;

/// <summary>People whom a test invites, and the mails they get.</summary>
internal static partial class Guests
{
    private const string FactorPage = "/account/tweede-factor";
    public const string Password = "vier groene fietsen bij de brug";
    public static Actor Administrator { get; } = new(Guid.CreateVersion7(), "Beheerder", "Netwerk") { Grants = [new Grant(Role.Administrator)] };

    /// <returns>The path of the link in the mail.</returns>
    public static async Task<string> InviteAsync(this OwnPortal own, string email, Role role, string? scope = null)
    {
        await using var db = own.Database.CreateDbContext();
        var organisation = await db.Objects.Where(o => o.Slug == "gemeente-enschede").Select(o => o.Id).SingleAsync();
        Guid? scopeId = scope is null ? null : await db.Objects.Where(o => o.Slug == scope).Select(o => o.Id).SingleAsync();
        var outcome = await own.Portal.Services.GetRequiredService<InvitationWriter>().InviteAsync(new InvitationInput("Anna de Vries", email, organisation, "nl", [new Grant(role, scopeId)]), "https://register.example", Administrator);
        outcome.Should().BeOfType<PeopleOutcome.Saved>();
        return await own.LastLinkAsync(email);
    }

    public static async Task<string> LastLinkAsync(this OwnPortal own, string email)
    {
        await using var db = own.Database.CreateDbContext();
        return Link().Match(await db.Outbox.Where(m => m.Recipient == email).OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id).Select(m => m.Body).FirstAsync()).Groups[1].Value;
    }

    /// <summary>Somebody with a password and no second factor.</summary>
    public static async Task<Guid> PersonAsync(this OwnPortal own, string email, Role role = Role.MunicipalEditor, string? scope = "enschede")
    {
        var secret = (await own.InviteAsync(email, role, scope)).Split('/')[^1];
        return ((PeopleOutcome.Saved)await own.Portal.Services.GetRequiredService<InvitationWriter>().AcceptAsync(secret, new Acceptance("Anna de Vries", Password))).Id;
    }

    /// <summary>Waits for a mail that is written after the page has answered.</summary>
    public static Task MailAsync(this OwnPortal own, string email, string subject) => Poll.UntilAsync(async () => (await own.SubjectsAsync(email)).Contains(subject), $"a mail: {subject}");

    public static async Task<List<string>> SubjectsAsync(this OwnPortal own, string email)
    {
        await using var db = own.Database.CreateDbContext();
        return await db.Outbox.Where(m => m.Recipient == email).OrderBy(m => m.CreatedAt).ThenBy(m => m.Id).Select(m => m.Subject).ToListAsync();
    }

    /// <summary>The first step of setting up a second factor: the password again.</summary>
    /// <returns>The key for the app, and the page with the second step.</returns>
    public static async Task<(string Key, string Page)> BeginFactorAsync(this Person person, string password = Password)
    {
        using var answer = await person.PostAsync(FactorPage, "begin", ("huidig", password));
        var page = await answer.Content.ReadAsStringAsync();
        return (Key().Match(page).Groups[1].Value, page);
    }

    public static Task<HttpResponseMessage> EnableFactorAsync(this Person person, string page, string code) => person.PostToAsync(FactorPage, page, "enable", ("opzet", Ticket().Match(page).Groups[1].Value), ("code", code));

    public static Task<HttpResponseMessage> SignInAsync(this Person person, string email, string password) => person.PostAsync("/inloggen", "sign-in", ("email", email), ("wachtwoord", password));

    public static async Task<List<RightsEventSort>> AuditAsync(this OwnPortal own)
    {
        await using var db = own.Database.CreateDbContext();
        return await db.RightsEvents.OrderBy(e => e.At).ThenBy(e => e.Id).Select(e => e.Sort).ToListAsync();
    }

    [GeneratedRegex("secret-key\">([A-Z2-7 ]+)<")]
    private static partial Regex Key();

    [GeneratedRegex("name=\"opzet\" value=\"([^\"]+)\"")]
    private static partial Regex Ticket();

    [GeneratedRegex("https?://[^/\\s]+(/\\S+)")]
    private static partial Regex Link();
}
