using System.Security.Claims;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Reading.Shared;
using KennisstedenPortal.Working.Freshness;

namespace KennisstedenPortal.Web.Addresses;

/// <summary>Files for who is signed in.</summary>
internal static class WorkingDownloads
{
    public static void MapWorkingDownloads(this WebApplication app)
    {
        foreach (var (prefix, language) in new[] { ("", "nl"), ("/en", "en") })
            app.MapGet(prefix + FreshnessTable.Path, async (string? per, ClaimsPrincipal user, ActorQuery people, FreshnessQuery query, TimeProvider time, CancellationToken cancellation) =>
            {
                var by = Codes<FreshnessBy>.TryParse(per, out var asked) ? asked : FreshnessBy.City;
                if (!Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) || await people.FindAsync(id, cancellation) is not { } actor || !Rights.Allows(actor, Right.Confirm)) return Results.StatusCode(StatusCodes.Status403Forbidden);
                return Results.Bytes(Csv.Of(FreshnessTable.Csv(await query.RunAsync(by, actor, cancellation), by, language)), Csv.ContentType, $"{(language == "en" ? "freshness" : "actualiteit")}-{Codes<FreshnessBy>.Code(by)}-{time.Today():yyyy-MM-dd}.csv");
            }).RequireAuthorization();
    }
}
