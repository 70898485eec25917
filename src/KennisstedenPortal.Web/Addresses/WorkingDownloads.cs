using System.Security.Claims;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.Meetings;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Reading.Reports;
using KennisstedenPortal.Reading.Shared;
using KennisstedenPortal.Working.Freshness;
using KennisstedenPortal.Working.Meetings;

namespace KennisstedenPortal.Web.Addresses;

/// <summary>Files for who is signed in.</summary>
internal static class WorkingDownloads
{
    public static void MapWorkingDownloads(this WebApplication app)
    {
        foreach (var (prefix, language) in new[] { ("", "nl"), ("/en", "en") })
        {
            app.MapGet(prefix + FreshnessTable.Path, async (string? per, ClaimsPrincipal user, ActorQuery people, FreshnessQuery query, TimeProvider time, CancellationToken cancellation) =>
            {
                var by = Codes<FreshnessBy>.TryParse(per, out var asked) ? asked : FreshnessBy.City;
                if (!Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) || await people.FindAsync(id, cancellation) is not { } actor || !Rights.Allows(actor, Right.Confirm)) return Results.StatusCode(StatusCodes.Status403Forbidden);
                return Results.Bytes(Csv.Of(FreshnessTable.Csv(await query.RunAsync(by, actor, cancellation), by, language)), Csv.ContentType, $"{(language == "en" ? "freshness" : "actualiteit")}-{Codes<FreshnessBy>.Code(by)}-{time.Today():yyyy-MM-dd}.csv");
            }).RequireAuthorization();

            app.MapGet(prefix + MeetingAddress.List + "/{slug}/{segment}/{party}" + MeetingAddress.Word, async (string slug, string segment, string party, string? voorbeelden, ClaimsPrincipal user, ActorQuery people, BriefingQuery query, CancellationToken cancellation) =>
            {
                if (!Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) || await people.FindAsync(id, cancellation) is not { } actor) return Results.StatusCode(StatusCodes.Status403Forbidden);
                if (KindRegistry.FindBySegment(segment) is not { } kind || !SlugText.IsValid(slug) || !SlugText.IsValid(party)) return Results.NotFound();
                try
                {
                    return await query.FindAsync(slug, kind, party, voorbeelden == MeetingAddress.ExamplesValue, actor, cancellation) is { } briefing ? Word(briefing, language) : Results.NotFound();
                }
                catch (NotAllowedException)
                {
                    return Results.StatusCode(StatusCodes.Status403Forbidden);
                }
            }).RequireAuthorization();

            // Whoever holds the link reads, as on its page.
            app.MapGet(prefix + MeetingAddress.Link + "/{secret}" + MeetingAddress.Word, async (string secret, HttpResponse response, BriefingQuery query, CancellationToken cancellation) =>
            {
                response.Headers["Referrer-Policy"] = "no-referrer";
                return await query.FindByLinkAsync(secret, cancellation) is { Briefing: { } briefing } ? Word(briefing, language) : Results.StatusCode(StatusCodes.Status410Gone);
            });
        }
    }

    private static IResult Word(Briefing briefing, string language)
    {
        var text = new BriefingText(briefing, language);
        return Results.Bytes(text.ToWord(), ReportFiles.WordType, text.FileName);
    }
}
