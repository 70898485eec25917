using KennisstedenPortal.Data.People;
using KennisstedenPortal.Web.Hosting;

namespace KennisstedenPortal.Web.SignIn;

/// <summary><c>--create-admin address</c>: invites the first administrator and prints the link.</summary>
internal static class AdministratorCommand
{
    public const string Name = "--create-admin";
    private const string OrganisationOption = "--organisation", DefaultOrganisation = "netwerk-kennissteden-nederland", LocalAddress = "http://localhost:5080";

    public static string? EmailOf(string[] args) => After(args, Name);

    /// <exception cref="StartRefusedException">The address or the organisation will not do.</exception>
    public static async Task RunAsync(IServiceProvider services, string[] args, IConfiguration configuration, TextWriter output, CancellationToken cancellation)
    {
        var portal = (configuration["Portal:PublicUrl"] is { Length: > 0 } address ? address : LocalAddress).TrimEnd('/');
        var (outcome, link) = await services.GetRequiredService<InvitationWriter>().InviteAdministratorAsync(EmailOf(args), After(args, OrganisationOption) ?? DefaultOrganisation, portal, cancellation);
        if (outcome is PeopleOutcome.Invalid invalid) throw new StartRefusedException(string.Join(' ', invalid.Problems.Select(p => p.Message.En)));
        await output.WriteLineAsync($"The invitation is valid for {InvitationWriter.ValidDays} days and works once. A mail is on its way as well. Open:\n{link}");
    }

    private static string? After(string[] args, string option) => Array.IndexOf(args, option) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
