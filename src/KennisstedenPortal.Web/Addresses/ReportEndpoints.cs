using KennisstedenPortal.Data.Export;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Reports;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Reading.Reports;
using KennisstedenPortal.Reading.Shared;
using KennisstedenPortal.Web.Caching;

namespace KennisstedenPortal.Web.Addresses;

/// <summary>Reports and editions as files, in both languages.</summary>
internal static class ReportEndpoints
{
    public static void MapReports(this WebApplication app)
    {
        foreach (var (prefix, language) in new[] { ("", "nl"), ("/en", "en") })
        {
            foreach (var path in new[] { ReportAddress.BoardPath + ReportAddress.Word, ReportAddress.BoardPath + "/{city:regex(^[a-z0-9-]+$)}" + ReportAddress.Word })
                app.MapGet(prefix + path, async (string? city, HttpRequest request, PublicAddress address, BoardQuery query, ReferenceData reference, TimeProvider time, CancellationToken cancellation) =>
                {
                    var asked = ReportAddress.Read(request.Query, time.Today()).Among(await reference.GetAsync(cancellation));
                    if (asked.Problems is [var (_, problem), ..]) return Results.Json(new { fout = problem.In(language) }, statusCode: StatusCodes.Status400BadRequest);
                    if (await query.RunAsync(city, ReportDays.Moment(asked.On, time), Dutch.EndOf(asked.Since), asked.Examples, cancellation) is not { } board) return Results.NotFound();
                    return Results.Bytes(new BoardText(board, language).ToWord($"{address.Of(request)}{prefix}{ReportAddress.BoardPath}{(city is null ? "" : "/" + city)}{asked.Query}"), ReportFiles.WordType, $"{(language == "en" ? "board" : "bestuur")}{(city is null ? "" : "-" + city)}-{DayText.Iso(asked.On)}{ReportAddress.Word}");
                }).CacheOutput(ReadingCachePolicy.Name);

            foreach (var kind in new[] { ReportAddress.Word, ReportAddress.Excel })
            {
                app.MapGet(prefix + ReportAddress.Path + kind, async (HttpRequest request, PublicAddress address, ProgressReportQuery query, ReferenceData reference, TimeProvider time, CancellationToken cancellation) =>
                {
                    var asked = ReportAddress.Read(request.Query, time.Today()).Among(await reference.GetAsync(cancellation));
                    if (asked.Problems is [var (_, problem), ..]) return Results.Json(new { fout = problem.In(language) }, statusCode: StatusCodes.Status400BadRequest);
                    asked = asked with { After = null };
                    var report = await query.RunAsync(asked.Request(time, ProgressReportQuery.MostActions), cancellation);
                    return await FileAsync(kind, report, new Text("Voortgang van de agenda", "Progress of the agenda").In(language), $"{address.Of(request)}{prefix}{ReportAddress.Path}{asked.Query}", $"{(language == "en" ? "progress" : "voortgang")}-{DayText.Iso(asked.On)}", language, null, cancellation);
                }).CacheOutput(ReadingCachePolicy.Name);

                app.MapGet($"{prefix}{ReportAddress.EditionsPath}/{{name:regex(^[0-9]+-[0-9]+$)}}{kind}", async (string name, HttpRequest request, PublicAddress address, EditionQuery query, CancellationToken cancellation) =>
                {
                    if (await query.FindAsync(name, cancellation) is not { } edition) return Results.NotFound();
                    var withdrawn = edition.Item.Withdrawal is { } w ? $"{new Text("Ingetrokken", "Withdrawn").In(language)}: {w.Reason}" : null;
                    return await FileAsync(kind, edition.Report, $"{edition.Item.Title} ({new Text("editie", "edition").In(language)} {edition.Item.Name})", $"{address.Of(request)}{prefix}{ReportAddress.EditionsPath}/{edition.Item.Name}", $"{(language == "en" ? "edition" : "editie")}-{edition.Item.Name}", language, withdrawn, cancellation);
                }).CacheOutput(ReadingCachePolicy.Name);
            }
        }
    }

    private static async Task<IResult> FileAsync(string kind, ProgressReport report, string title, string address, string name, string language, string? note, CancellationToken cancellation) => kind == ReportAddress.Word
        ? Results.Bytes(ReportFiles.Word(report, title, address, language, note), ReportFiles.WordType, name + kind)
        : Results.Bytes(await ReportFiles.ExcelAsync(report, title, address, language, cancellation, note), Workbook.ContentType, name + kind);
}
