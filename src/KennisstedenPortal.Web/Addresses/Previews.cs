using System.Security.Claims;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Reading.Previews;
using Microsoft.AspNetCore.Http.HttpResults;

namespace KennisstedenPortal.Web.Addresses;

/// <summary>
/// What a change makes of the public page: drawn by the components of the reading pages, at the address of the form or the
/// proposal, where people are signed in and nobody keeps the answer.
/// </summary>
internal static class Previews
{
    private const string Here = "/voorbeeld";

    public static void MapPreviews(this WebApplication app)
    {
        foreach (var prefix in new[] { "", "/en" })
        {
            app.MapGet(prefix + "/bewerken/{kindPath}/{slug}" + Here, (string kindPath, string slug, ClaimsPrincipal user, ActorQuery people, PreviewQuery previews, CancellationToken cancellation) =>
                AnswerAsync(user, people, async actor => KindRegistry.FindBySegment(kindPath) is { } kind && SlugText.IsValid(slug) ? await previews.OfDraftAsync(kind, slug, actor, cancellation) : null, $"{prefix}/bewerken/{kindPath}/{slug}", isProposal: false, cancellation)).RequireAuthorization();
            app.MapGet(prefix + "/toevoegen/{kindPath}/{id:guid}" + Here, (string kindPath, Guid id, ClaimsPrincipal user, ActorQuery people, PreviewQuery previews, CancellationToken cancellation) =>
                AnswerAsync(user, people, async actor => KindRegistry.FindBySegment(kindPath) is { } kind ? await previews.OfDraftAsync(kind, id, actor, cancellation) : null, $"{prefix}/toevoegen/{kindPath}/{id}", isProposal: false, cancellation)).RequireAuthorization();
            app.MapGet(prefix + "/voorstellen/{id:guid}" + Here, (Guid id, ClaimsPrincipal user, ActorQuery people, PreviewQuery previews, CancellationToken cancellation) =>
                AnswerAsync(user, people, actor => previews.OfProposalAsync(id, actor, cancellation), $"{prefix}/voorstellen/{id}", isProposal: true, cancellation)).RequireAuthorization();
        }
    }

    private static async Task<IResult> AnswerAsync(ClaimsPrincipal user, ActorQuery people, Func<Actor, Task<PublicPreview?>> read, string back, bool isProposal, CancellationToken cancellation)
    {
        if (!Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var account) || await people.FindAsync(account, cancellation) is not { } actor || !Rights.Allows(actor, Right.Propose)) return Results.StatusCode(StatusCodes.Status403Forbidden);
        if (await read(actor) is not { } preview) return Results.NotFound();
        // Whole, since there is no script to bring the rest.
        return new RazorComponentResult<PreviewDocument>(new { Preview = preview, Back = back, IsProposal = isProposal }) { PreventStreamingRendering = true };
    }
}
