using System.Reflection;
using System.Text.RegularExpressions;
using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.Meetings;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Web.SignIn;
using KennisstedenPortal.Working.SignIn;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KennisstedenPortal.Web.Tests;

/// <summary>What docs/security.md calls met names a test, and that test exists. What it asks to be written down is.</summary>
public sealed partial class SecurityDocumentTests(Site site)
{
    private static readonly string[] WithoutTest = ["open", "not applicable", "holds, untested"];
    private static readonly string Operations = File.ReadAllText(Repository.Of("docs", "operations.md"));

    private static readonly List<string[]> Rows = [.. File.ReadLines(Repository.Of("docs", "security.md")).Where(l => Row().IsMatch(l)).Select(l => l.Trim('|').Split('|', StringSplitOptions.TrimEntries))];

    [Fact]
    public void Document_OfSecurity_HasEveryRequirementOnceWithAStateAndItsGround()
    {
        Rows.Should().HaveCount(98, "that many the chapters have at levels 1 and 2").And.OnlyHaveUniqueItems(r => r[0]);
        Rows.Should().OnlyContain(r => r.Length == 4 && r[3].Length > 0 && (r[2] == "met" ? Name().IsMatch(r[3]) : WithoutTest.Contains(r[2])));
    }

    [Fact]
    public void Document_OfSecurity_NamesTestsThatExist()
    {
        var sources = Directory.EnumerateFiles(Repository.Of("tests"), "*Tests*.cs", SearchOption.AllDirectories).Where(f => !f.Split(Path.DirectorySeparatorChar).Contains("obj")).Select(File.ReadAllText).ToList();
        var named = Rows.Where(r => r[2] == "met").Select(r => Name().Match(r[3])).Select(m => (Class: m.Groups[1].Value, Method: m.Groups[2].Value)).Distinct().ToList();

        named.Where(n => !sources.Exists(s => Regex.IsMatch(s, $@"\bclass {n.Class}\b") && Regex.IsMatch(s, $@"\b{n.Method}\("))).Should().BeEmpty();
    }

    [Fact]
    public void Document_OfOperations_NamesEveryWayToSignIn()
    {
        var pages = typeof(KennisstedenPortal.Working.App).Assembly.GetTypes()
            .Where(t => t.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Any(p => p.GetCustomAttribute<InjectAttribute>() is not null && (p.PropertyType == typeof(SignInManager<Account>) || p.PropertyType.Namespace == typeof(PasswordSignIn).Namespace && p.PropertyType != typeof(SignInSettings))))
            .SelectMany(t => t.GetCustomAttributes<RouteAttribute>()).Select(r => r.Template).Where(r => !r.StartsWith("/en/", StringComparison.Ordinal)).ToList();

        pages.Should().HaveCountGreaterThan(5);
        pages.Append("/inloggen/via/{scheme}").Where(p => !Operations.Contains($"`{p}`", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public void Document_OfOperations_TellsTheLimitsOfSigningIn()
    {
        var lockout = site.Portal.Services.GetRequiredService<IOptions<IdentityOptions>>().Value.Lockout;
        string[] sentences =
        [
            $"After {lockout.MaxFailedAccessAttempts} wrong attempts", $"locked for {lockout.DefaultLockoutTimeSpan.TotalMinutes} minutes", $"at most {PasswordRecovery.MailsPerHour} mails an hour", $"within {InvitationWriter.ValidDays} days",
            $"at least {PasswordRules.MinLength} characters and at most {PasswordRules.MaxLength}", $"ends after {SessionLimits.Idle.TotalHours} hours without work and after {SessionLimits.Absolute.TotalHours} hours in any case",
            "The number of sessions of a person is not limited", "A session of the portal and one at an identity provider live apart", .. PasswordRules.OfThePortal,
        ];

        sentences.Where(s => !Operations.Contains(s, StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public void Document_OfOperations_TellsTheLimitsOfUse()
    {
        string[] sentences = [$"({ChangeSet.MaxPaths} facts, {ChangeSet.MaxLength} characters", $"at most {ProgressWriter.MostAskedInAnHour} links sent in an hour", $"at most {BriefingLinks.MostInAnHour} links to briefings sent in an hour", $"at most {BriefingLinks.Most} work at once for a meeting", $"of at most {ConfirmWriter.MaxObjects} objects", "One person has one draft of one object", "has no limit of number"];

        sentences.Where(s => !Operations.Contains(s, StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public void Document_OfOperations_NamesEveryPathWithASecret()
    {
        var routes = typeof(KennisstedenPortal.Working.App).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes<RouteAttribute>()).Select(r => r.Template)
            .Where(r => r.Contains("{secret", StringComparison.Ordinal) && !r.StartsWith("/en/", StringComparison.Ordinal)).Select(r => $"/{r.Split('/')[1]}/…").Distinct(StringComparer.Ordinal);

        SecretPath().Matches(ProxySentence().Match(Operations).Value).Select(m => m.Groups[1].Value).Should().BeEquivalentTo(routes);
    }

    [GeneratedRegex("let your proxy do so too for [^.]+")]
    private static partial Regex ProxySentence();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex SecretPath();

    [GeneratedRegex(@"^\| \d+\.\d+\.\d+ \|")]
    private static partial Regex Row();

    [GeneratedRegex(@"^`(\w+)\.(\w+)`$")]
    private static partial Regex Name();
}
