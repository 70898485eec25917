using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace KennisstedenPortal.Web.Hosting;

/// <summary>
/// Logs to standard output, as JSON in production. Requests are logged by route and path, never with query string, address
/// or name of a visitor.
/// </summary>
internal static class Logging
{
    public static void Configure(WebApplicationBuilder builder)
    {
        builder.Services.AddSerilog((services, log) =>
        {
            log.ReadFrom.Configuration(builder.Configuration).ReadFrom.Services(services).Enrich.FromLogContext();
            if (builder.Environment.IsDevelopment()) log.WriteTo.Console(formatProvider: System.Globalization.CultureInfo.InvariantCulture);
            else log.WriteTo.Sink(new ConsoleLines(new RenderedCompactJsonFormatter()), ConsoleLines.Options);
        });
    }

    public static void UseRequestLogging(this WebApplication app) => app.UseSerilogRequestLogging(options =>
    {
        options.MessageTemplate = "{RequestMethod} {RequestPath} answered {StatusCode} in {Elapsed:0.0} ms";
        options.IncludeQueryInRequestPath = false;
        options.GetMessageTemplateProperties = (context, path, elapsed, status) =>
        [
            new LogEventProperty("RequestMethod", new ScalarValue(context.Request.Method)),
            new LogEventProperty("RequestPath", new ScalarValue(WorkingAddresses.Loggable(path))),
            new LogEventProperty("StatusCode", new ScalarValue(status)),
            new LogEventProperty("Elapsed", new ScalarValue(elapsed)),
        ];
        options.GetLevel = (context, _, error) => error is not null || context.Response.StatusCode >= 500 && !context.Request.Path.StartsWithSegments("/fout", StringComparison.Ordinal) ? LogEventLevel.Error
            : context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal) ? LogEventLevel.Verbose : LogEventLevel.Information;
        options.EnrichDiagnosticContext = (log, context) => log.Set("RequestId", context.TraceIdentifier);
    });
}
