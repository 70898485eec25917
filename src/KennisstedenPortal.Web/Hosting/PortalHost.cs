using System.IO.Compression;
using KennisstedenPortal.Data;
using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.History;
using KennisstedenPortal.Data.Meetings;
using KennisstedenPortal.Data.Provenance;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Data.Reports;
using KennisstedenPortal.Data.Search;
using KennisstedenPortal.Data.StarterData;
using KennisstedenPortal.Data.Themes;
using KennisstedenPortal.Reading.Maps;
using KennisstedenPortal.Reading.Shared;
using KennisstedenPortal.Web.Addresses;
using KennisstedenPortal.Web.Caching;
using KennisstedenPortal.Web.Mail;
using KennisstedenPortal.Web.Schedule;
using KennisstedenPortal.Web.SignIn;
using KennisstedenPortal.Working;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.ResponseCompression;
using Npgsql;

namespace KennisstedenPortal.Web.Hosting;

/// <summary>What the host is made of, in two steps: services, and the order in which a request meets them.</summary>
internal static class PortalHost
{
    /// <summary>A page must answer soon, also to say that the database does not.</summary>
    private const int ConnectSeconds = 5, CommandSeconds = 15;
    /// <summary>The listener must notice a connection that died without a word.</summary>
    private const int KeepAliveSeconds = 30;
    /// <summary>Of the hundred connections of the pool; more would not be served sooner.</summary>
    private const int SearchPlaces = 24, SearchPatienceSeconds = 2;

    public static string Required(this IConfiguration configuration, string name) =>
        configuration.GetConnectionString(name) is { Length: > 0 } value ? value : throw new StartRefusedException($"Set ConnectionStrings__{name}.");

    public static void AddPortal(this WebApplicationBuilder builder)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<RegisterGeneration>();
        services.AddSingleton(_ => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(configuration.Required("Portal"))
        { Timeout = ConnectSeconds, CommandTimeout = CommandSeconds, KeepAlive = KeepAliveSeconds, ApplicationName = LocalDatabase.ApplicationName }));
        services.AddDbContextFactory<PortalDbContext>((provider, options) => options.UsePortal(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton<StarterImporter>().AddSingleton<ReferenceData>();
        services.AddSingleton(_ => new SearchRoom(SearchPlaces, TimeSpan.FromSeconds(SearchPatienceSeconds)));
        services.AddSingleton<HomeQuery>().AddSingleton<SearchQuery>().AddSingleton<MapQuery>().AddSingleton<DetailQuery>().AddSingleton<CityQuery>().AddSingleton<AboutQuery>().AddSingleton<NearnessQuery>().AddSingleton<SitemapQuery>();
        services.AddSingleton<FigureQuery>().AddSingleton<SourceListQuery>().AddSingleton<SourceQuery>().AddSingleton<ProvenanceQuery>();
        services.AddSingleton<HistoryQuery>().AddSingleton<PastQuery>().AddSingleton<RestoreQuery>();
        services.AddSingleton<ThemesQuery>().AddSingleton<ThemeQuery>();
        services.AddSingleton<ChainQuery>().AddSingleton<LedgerQuery>().AddSingleton<HalfYearQuery>().AddSingleton<GapsQuery>().AddSingleton<ActionsQuery>().AddSingleton<OwnedActionsQuery>().AddSingleton<SharedBoards>();
        services.AddSingleton<SteeringQuery>().AddSingleton<BulkWriter>().AddSingleton<ExamplesWriter>();
        services.AddSingleton<ProgressReportQuery>().AddSingleton<EditionQuery>().AddSingleton<EditionWriter>().AddSingleton<BoardQuery>();
        services.AddSingleton<MeetingQuery>().AddSingleton<BriefingQuery>().AddSingleton<BriefingLinks>();
        services.AddHostedService<RegisterListener>();
        services.AddSingleton<ObjectWriter>().AddSingleton<ProposalWriter>().AddSingleton<DraftStore>().AddSingleton<EditQuery>().AddSingleton<PreviewQuery>();
        services.AddSingleton<ProposalQuery>().AddSingleton<WorkplaceQuery>().AddSingleton<FreshnessQuery>().AddSingleton<RelationAnswerWriter>().AddSingleton<ProgressWriter>().AddSingleton<NoticeReader>().AddSingleton<PartnersQuery>();
        // An instance may leave mail and schedule to the others.
        var works = configuration.GetValue("Portal:BackgroundWork", true);
        builder.AddMail(works);
        builder.AddSchedule(works);

        builder.AddProxies();
        services.AddRazorComponents().AddInteractiveServerComponents()
            // The longest text that a field lets in, in signs that take most room; a longer message ends the circuit.
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = 128 * 1024);
        services.AddWorking();
        builder.AddSignIn();
        services.AddSingleton(new PublicAddress(configuration["Portal:PublicUrl"]));
        services.AddSingleton(new MapSettings(Background(configuration["Portal:BackgroundMap:Url"], configuration["Portal:BackgroundMap:Attribution"])));
        services.AddOutputCache(cache =>
        {
            cache.SizeLimit = 128 * 1024 * 1024;
            cache.MaximumBodySize = 4 * 1024 * 1024;
            cache.UseCaseSensitivePaths = true;
            cache.AddPolicy(ReadingCachePolicy.Name, new ReadingCachePolicy());
        });
        services.AddResponseCompression(compression =>
        {
            // Pages hold no secrets and no tokens, so compressing them over https gives nothing away.
            compression.EnableForHttps = true;
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
            compression.MimeTypes = ["text/html", "application/xml", "text/plain", "text/csv", "image/svg+xml", "application/json", "application/geo+json"];
        });
        // A page is compressed once and then served many times.
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Optimal);
        services.Configure<GzipCompressionProviderOptions>(o => o.Level = CompressionLevel.Optimal);
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: ["ready"]);
        services.AddExceptionHandler(options =>
        {
            options.ExceptionHandlingPath = "/fout/500";
            options.StatusCodeSelector = Unavailable.StatusOf;
            // An outage is one line per request; its stack trace tells nothing.
            options.SuppressDiagnosticsCallback = c => Unavailable.StatusOf(c.Exception) == StatusCodes.Status503ServiceUnavailable;
            options.CreateScopeForErrors = true;
        });
        if (!builder.Environment.IsDevelopment()) services.AddHsts(hsts => { hsts.MaxAge = TimeSpan.FromDays(365); hsts.IncludeSubDomains = true; });
    }

    public static void UsePortal(this WebApplication app)
    {
        app.UseProxies();
        app.UseRequestLogging();
        if (!app.Environment.IsDevelopment()) app.UseHsts();
        if (app.Services.GetRequiredService<MapSettings>().Background is { } background)
        {
            app.UseWhen(c => IsMap(c.Request.Path), map => map.UseSecurityHeaders(SecurityHeaders.ReadingWithTilesFrom(background.Origin)));
            app.UseWhen(c => !IsMap(c.Request.Path) && !c.IsWorking(), other => other.UseSecurityHeaders(SecurityHeaders.Reading));
        }
        else app.UseWhen(c => !c.IsWorking(), reading => reading.UseSecurityHeaders(SecurityHeaders.Reading));
        app.UseWhen(c => c.IsWorking(), working => working.UseSecurityHeaders(SecurityHeaders.Working));
        app.UseMiddleware<ReadingRequest>();
        app.UseMiddleware<WorkingRequest>();
        app.UseExceptionHandler();
        app.UseStatusCodePagesWithReExecute("/fout/{0}", createScopeForStatusCodePages: true);
        // What went wrong with a posted form is told on a page that is only read.
        app.UseWhen(c => c.Request.Path.StartsWithSegments("/fout", StringComparison.Ordinal), error => error.Use((context, next) =>
        {
            context.Request.Method = HttpMethods.Get;
            return next(context);
        }));
        app.UseRouting();
        app.UseRateLimiter();
        app.UseOutputCache();
        // Pages with tokens of a person are not compressed: their length could be made to tell.
        app.UseWhen(c => !c.IsWorking(), reading => reading.UseResponseCompression());
        app.UseAuthentication();
        app.UseMiddleware<SecondFactorFirst>();
        app.UseAuthorization();
        app.UseAntiforgery();
        // Without this a component answers with a bare sentence.
        app.Use((context, next) =>
        {
            if (!context.IsWorking() || context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false }) return next(context);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        });

        if (string.IsNullOrEmpty(app.Configuration["Portal:SecurityContact"]))
            app.Logger.LogWarning("Set Portal__SecurityContact: without it there is no /.well-known/security.txt");

        app.WarnAboutMail();

        app.MapStaticAssets();
        app.MapHealth();
        app.MapWellKnown();
        app.MapMap();
        app.MapPermanentAddresses();
        app.MapSuggestions();
        app.MapDownloads();
        app.MapReports();
        app.MapActionFile();
        app.MapLocalPost();
        app.MapSignIn();
        app.MapWorkingDownloads();
        app.MapPreviews();
        app.MapRazorComponents<Reading.App>().CacheOutput(ReadingCachePolicy.Name);
        app.MapRazorComponents<Working.App>().AddInteractiveServerRenderMode(circuits => circuits.ContentSecurityFrameAncestorsPolicy = null);
    }

    /// <summary>As routing sees it: whatever the case, with or without a slash at the end.</summary>
    private static bool IsMap(PathString path) => path.Value!.TrimEnd('/') is var page && (page.Equals("/kaart", StringComparison.OrdinalIgnoreCase) || page.Equals("/en/kaart", StringComparison.OrdinalIgnoreCase));

    /// <exception cref="StartRefusedException">It is half configured, or not an address of tiles.</exception>
    private static BackgroundMap? Background(string? url, string? attribution)
    {
        if (string.IsNullOrEmpty(url) && string.IsNullOrEmpty(attribution)) return null;
        if (string.IsNullOrEmpty(url) || !BackgroundMap.IsUsable(url)) throw new StartRefusedException("Portal__BackgroundMap__Url must be an https address with {z}, {x} and {y}.");
        return string.IsNullOrEmpty(attribution) ? throw new StartRefusedException("Set Portal__BackgroundMap__Attribution: a background map is shown with its maker.") : new BackgroundMap(url, attribution);
    }
}
