namespace KennisstedenPortal.Domain.Agenda;

/// <summary>
/// A progress report that was frozen: its data and the rules by which they were counted never change, so that it can be
/// cited. It names no persons. The database refuses to change or delete it.
/// </summary>
public sealed class Edition
{
    public const int TitleMaxLength = 200, HashLength = 64;

    public required Guid Id { get; init; }
    /// <summary>Year in which it was made, and its number in that year: together its name, 2026-1.</summary>
    public required int Year { get; init; }
    public required int Number { get; init; }
    public required string Title { get; init; }
    /// <summary>The state of the agenda at this moment.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>What changed after this moment is told.</summary>
    public required DateTimeOffset Since { get; init; }
    /// <summary>JSON of the whole report, as the database writes it.</summary>
    public required string Data { get; init; }
    /// <summary>Version of the rules of the report.</summary>
    public required int RulesVersion { get; init; }
    /// <summary>SHA-256 of the data in UTF-8, in lower-case hexadecimal digits.</summary>
    public required string Hash { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    /// <summary>Name of the organisation that made it, at that moment.</summary>
    public required string Organisation { get; init; }
    public EditionWithdrawal? Withdrawal { get; init; }

    /// <summary>By which it is cited and found.</summary>
    public string Name => $"{Year}-{Number}";
}

/// <summary>An edition does not hold any more. Its text stays to be read.</summary>
public sealed class EditionWithdrawal
{
    public const int ReasonMaxLength = 1000;

    public required Guid EditionId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Reason { get; init; }
    /// <summary>Name of the organisation that withdrew it, at that moment.</summary>
    public required string Organisation { get; init; }
}
