using System.Security.Cryptography;
using System.Text;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace KennisstedenPortal.Data.Reports;

/// <summary>A report to freeze.</summary>
/// <param name="Id">Made when the form was opened: the same sent twice is frozen once.</param>
/// <param name="On">The state at the end of this day; of today, at this moment.</param>
/// <param name="Since">What changed after the end of this day.</param>
public sealed record EditionInput(Guid Id, string? Title, DateOnly? On, DateOnly? Since);

/// <summary>How freezing or withdrawing ended.</summary>
public abstract record EditionOutcome
{
    private EditionOutcome() { }

    /// <param name="Name">2026-1.</param>
    public sealed record Done(string Name) : EditionOutcome;
    /// <param name="On">What is wrong with the day.</param>
    public sealed record Invalid(Text? Title = null, Text? On = null, Text? Since = null, Text? Reason = null) : EditionOutcome;
    public sealed record NotFound : EditionOutcome;
}

/// <summary>Freezes progress reports, and withdraws what was frozen. For who runs the agenda.</summary>
public sealed class EditionWriter(IDbContextFactory<PortalDbContext> contexts, ProgressReportQuery reports, RegisterGeneration generation, TimeProvider time)
{
    /// <summary>What would be frozen now; nothing is kept.</summary>
    /// <returns>The report and what is wrong: one of the two.</returns>
    /// <exception cref="NotAllowedException">The actor does not run the agenda.</exception>
    public async Task<(ProgressReport? Report, EditionOutcome.Invalid? Problem)> PreviewAsync(EditionInput input, Actor actor, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        Rights.Demand(actor, Right.RunAgenda);
        if (Problem(input) is { } problem) return (null, problem);
        return (await ReadAsync(input, cancellation), null);
    }

    /// <exception cref="NotAllowedException">The actor does not run the agenda.</exception>
    public async Task<EditionOutcome> FreezeAsync(EditionInput input, Actor actor, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        Rights.Demand(actor, Right.RunAgenda);
        if (Problem(input) is { } problem) return problem;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (await FindAsync(db, input.Id, cancellation) is { } known) return known;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Nobody writes meanwhile: what is not in it yet gets a later time. Numbers follow each other without gaps.
        await RegisterLock.TakeAsync(db, alone: true, cancellation);
        if (await FindAsync(db, input.Id, cancellation) is { } meanwhile) return meanwhile;
        var report = await ReadAsync(input, cancellation);
        var made = time.GetUtcNow();
        var year = Dutch.Day(made).Year;
        // The database has its own way of writing JSON; the hash is of that, so that anybody can check it by one statement.
        var data = (await db.Database.SqlQuery<string>($"select {report.ToJson()}::jsonb::text as \"Value\"").ToListAsync(cancellation))[0];
        var edition = new Edition
        {
            Id = input.Id,
            Year = year,
            Number = (await db.Editions.Where(e => e.Year == year).MaxAsync(e => (int?)e.Number, cancellation) ?? 0) + 1,
            Title = InputText.Clean(input.Title)!,
            At = report.At,
            Since = report.Since,
            Data = data,
            RulesVersion = report.Rules,
            Hash = HashOf(data),
            MadeAt = made,
            Organisation = actor.Organisation,
        };
        db.Add(edition);
        await db.SaveAsync(actor, "Editie bevroren", cancellation);
        await transaction.CommitAsync(cancellation);
        generation.Advance();
        return new EditionOutcome.Done(edition.Name);
    }

    /// <summary>Says that an edition does not hold any more; it stays to be read.</summary>
    /// <param name="name">2026-1.</param>
    /// <exception cref="NotAllowedException">The actor does not run the agenda.</exception>
    public async Task<EditionOutcome> WithdrawAsync(string name, string? reason, Actor actor, CancellationToken cancellation = default)
    {
        Rights.Demand(actor, Right.RunAgenda);
        var text = InputText.Clean(reason);
        if (text is null) return new EditionOutcome.Invalid(Reason: new("Schrijf erbij waarom de editie niet meer geldt.", "Write why the edition is no longer valid."));
        if (InputText.Problem(text, EditionWithdrawal.ReasonMaxLength, multiline: true) is { } problem) return new EditionOutcome.Invalid(Reason: problem);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (!EditionQuery.TryName(name, out var year, out var number)) return new EditionOutcome.NotFound();
        var edition = await db.Editions.AsNoTracking().Where(e => e.Year == year && e.Number == number).Select(e => new { e.Id, IsWithdrawn = e.Withdrawal != null }).FirstOrDefaultAsync(cancellation);
        if (edition is null) return new EditionOutcome.NotFound();
        var twice = new EditionOutcome.Invalid(Reason: new("Deze editie is al ingetrokken.", "This edition has been withdrawn already."));
        if (edition.IsWithdrawn) return twice;
        db.Add(new EditionWithdrawal { EditionId = edition.Id, At = time.GetUtcNow(), Reason = text, Organisation = actor.Organisation });
        try
        {
            await db.SaveAsync(actor, "Editie ingetrokken", cancellation);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return twice;
        }
        return new EditionOutcome.Done(name);
    }

    /// <summary>SHA-256 of a text in UTF-8, in lower-case hexadecimal digits.</summary>
    public static string HashOf(string data) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data)));

    private static async Task<EditionOutcome.Done?> FindAsync(PortalDbContext db, Guid id, CancellationToken cancellation) =>
        await db.Editions.AsNoTracking().Where(e => e.Id == id).Select(e => new { e.Year, e.Number }).FirstOrDefaultAsync(cancellation) is { } known ? new EditionOutcome.Done($"{known.Year}-{known.Number}") : null;

    private EditionOutcome.Invalid? Problem(EditionInput input)
    {
        var (title, on, since) = (InputText.Clean(input.Title), ReportDays.Problem(input.On, time.Today()), ReportDays.Problem(input.Since, time.Today()));
        Text? noTitle = title is null ? new("Geef de editie een titel.", "Give the edition a title.") : InputText.Problem(title, Edition.TitleMaxLength);
        if (on is null && since is null && input.Since >= input.On) since = ReportDays.Reversed;
        return noTitle is null && on is null && since is null ? null : new EditionOutcome.Invalid(noTitle, on, since);
    }

    private Task<ProgressReport> ReadAsync(EditionInput input, CancellationToken cancellation) =>
        reports.WholeAsync(new ReportRequest(ReportDays.Moment(input.On!.Value, time), Dutch.EndOf(input.Since!.Value)) { Take = ProgressReportQuery.MostActions }, cancellation);
}

/// <summary>The two days of a report.</summary>
public static class ReportDays
{
    /// <summary>No action can be older; a day before it is a mistake.</summary>
    public static readonly DateOnly First = new(DayText.MinYear, 1, 1);

    public static Text Reversed { get; } = new("De eerste dag ligt niet voor de tweede. Kies een eerdere dag bij ‘sinds’.", "The first day does not lie before the second. Choose an earlier day at ‘since’.");

    /// <summary>Why a day can't be of a report, or null when it can.</summary>
    public static Text? Problem(DateOnly? day, DateOnly today) => day is not { } known ? new("Kies een dag die bestaat, bijvoorbeeld 1-11-2026.", "Choose a day that exists, for example 1-11-2026.")
        : known > today ? new("Deze dag moet nog komen. Kies vandaag of een dag daarvoor.", "This day is yet to come. Choose today or a day before.")
        : known < First ? new($"Kies een dag vanaf {DayText.MinYear}.", $"Choose a day from {DayText.MinYear} on.") : null;

    /// <summary>The end of a day; of today, this moment.</summary>
    public static DateTimeOffset Moment(DateOnly day, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var (end, now) = (Dutch.EndOf(day), time.GetUtcNow());
        // To the microsecond that the database keeps.
        return end < now ? end : new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
    }
}
