using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Working.Shared;
using KennisstedenPortal.Working.SignIn;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using MudBlazor;
using MudBlazor.Services;

namespace KennisstedenPortal.Working;

/// <summary>What the working pages need; the host gives the database, sign-in and mail.</summary>
public static class WorkingServices
{
    public static IServiceCollection AddWorking(this IServiceCollection services)
    {
        services.AddMudServices(mud => mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomCenter);
        services.AddTransient<MudLocalizer, MudTexts>();
        services.AddLocalizationInterceptor(p => new DefaultLocalizationInterceptor(p.GetRequiredService<ILoggerFactory>(), p.GetRequiredService<MudLocalizer>()) { IgnoreDefaultEnglish = true });
        services.AddSingleton<ActorQuery>();
        services.TryAddSingleton<ObjectWriter>();
        services.AddScoped<PasswordSignIn>();
        return services;
    }
}
