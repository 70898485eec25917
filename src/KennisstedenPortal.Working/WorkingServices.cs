using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Working.Shared;
using KennisstedenPortal.Working.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
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
        services.AddAuthorizationCore(o =>
        {
            foreach (var right in Enum.GetValues<Right>()) o.AddPolicy(right.ToString(), p => p.RequireAuthenticatedUser().AddRequirements(new RightRequirement(right)));
        });
        services.AddSingleton<IAuthorizationHandler, RightHandler>();
        services.AddSingleton<PeopleQuery>();
        services.AddSingleton<PeopleWriter>();
        services.AddSingleton<InvitationWriter>();
        services.AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
        services.AddSingleton<CodeSteps>();
        services.AddScoped<OwnAccount>().AddScoped<PasswordSignIn>().AddScoped<PasswordRecovery>().AddScoped<SecondFactor>();
        services.AddSingleton<RecoveryRequests>().AddHostedService(p => p.GetRequiredService<RecoveryRequests>());
        return services;
    }
}
