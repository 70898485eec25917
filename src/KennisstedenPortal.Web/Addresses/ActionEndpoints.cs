using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Export;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Reading.Agenda;
using KennisstedenPortal.Reading.Shared;
using KennisstedenPortal.Web.Caching;

namespace KennisstedenPortal.Web.Addresses;

/// <summary>The table of actions as a file, with the filters of its page.</summary>
internal static class ActionEndpoints
{
    public static void MapActionFile(this WebApplication app)
    {
        foreach (var (prefix, language) in new[] { ("", "nl"), ("/en", "en") })
            app.MapGet(prefix + ActionFiles.Path, async (HttpRequest request, PublicAddress address, ReferenceData references, ActionsQuery query, TimeProvider time, CancellationToken cancellation) =>
            {
                var reference = await references.GetAsync(cancellation);
                var asked = await ActionAddress.ReadAsync(request.Query, reference, query, cancellation);
                if (asked.Problems is [var problem, ..]) return Sentence(problem.Message, StatusCodes.Status400BadRequest);
                var filter = asked.Filter with { Page = 1, After = null };
                try
                {
                    var (rows, hasMore) = await query.FirstAsync(filter, ActionFiles.Most, cancellation);
                    var host = address.Of(request) + prefix;
                    var file = await ActionFiles.ExcelAsync(rows, hasMore, [.. asked.Active(reference, language).Select(a => a.Item1)], host, host + ActionView.TablePath + asked.Query(filter), time.Today(), language, cancellation);
                    return Results.Bytes(file, Workbook.ContentType, ActionFiles.FileName(time.Today(), language));
                }
                catch (SearchTooSlowException)
                {
                    return Sentence(new("Deze vraag duurt te lang. Gebruik minder woorden.", "This question takes too long. Use fewer words."), StatusCodes.Status503ServiceUnavailable);
                }

                IResult Sentence(Text message, int status) => Results.Json(new { fout = message.In(language) }, statusCode: status);
            }).CacheOutput(ReadingCachePolicy.Name);
    }
}
