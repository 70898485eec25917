using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Data.People;
using Npgsql;
using Quartz;

namespace KennisstedenPortal.Web.Schedule;

internal static class ScheduleServices
{
    /// <summary>Of all instances on a database; stands in its tables.</summary>
    private const string Name = "portal";

    public static void AddSchedule(this WebApplicationBuilder builder, bool works)
    {
        var services = builder.Services;
        services.AddSingleton<AccessLinkWriter>().AddSingleton<ConfirmWriter>().AddSingleton<ConfirmByLinkWriter>().AddSingleton<ConfirmLinkQuery>();
        services.AddSingleton<SummaryMails>().AddSingleton<ReviewReminder>().AddSingleton<Cleaning>().AddSingleton<DeadlineReminders>();
        if (!works) return;
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(options => options.InstanceName = Name);
            // The database may be away when the portal starts; a hosted service of our own waits for it.
            quartz.UseDefaultThreadPool(DailyJob.All.Count);
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(source => source.DataSourceFactory = provider => provider.GetRequiredService<NpgsqlDataSource>());
                store.UseClustering();
                store.ConfigureStore(options => options.StoreJobDataAsStrings = true);
            });
        });
        services.AddHostedService<ScheduleService>();
    }
}
