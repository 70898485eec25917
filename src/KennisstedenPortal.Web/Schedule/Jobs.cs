using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Mail;
using KennisstedenPortal.Data.People;
using Quartz;

namespace KennisstedenPortal.Web.Schedule;

/// <summary>The daily mail with what happened.</summary>
[DisallowConcurrentExecution]
internal sealed class SummaryJob(SummaryMails mails) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await mails.SendAsync(cancellationToken);
}

/// <summary>The monthly question whether things are still right.</summary>
[DisallowConcurrentExecution]
internal sealed class ReviewJob(ReviewReminder reminder) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await reminder.SendAsync(cancellationToken);
}

/// <summary>The reminders of days in the agenda.</summary>
[DisallowConcurrentExecution]
internal sealed class DeadlinesJob(DeadlineReminders reminders) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await reminders.SendAsync(cancellationToken);
}

/// <summary>Texts of sent mails, expired links and invitations, drafts of long ago.</summary>
[DisallowConcurrentExecution]
internal sealed class CleaningJob(Cleaning cleaning) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await cleaning.RunAsync(cancellationToken);
}
