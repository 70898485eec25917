namespace KennisstedenPortal.Data.StarterData;

/// <summary>
/// What the last import wrote into one row. A later import changes a value only while it still equals this, so that it
/// never overwrites people's work.
/// </summary>
public sealed class ImportedRow
{
    /// <summary>Table of the row.</summary>
    public required string Entity { get; init; }
    /// <summary>What the row is in the starter files, for example <c>facility:samxl</c>.</summary>
    public required string Key { get; init; }
    /// <summary>Identity given to the row, where it has one.</summary>
    public Guid? RowId { get; init; }
    /// <summary>Values of the primary key, joined; finds the row again.</summary>
    public required string Identity { get; init; }
    /// <summary>JSON object of property name and value.</summary>
    public required string Values { get; set; }
}

/// <summary>One import that took place, with its report.</summary>
public sealed class ImportRun
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Report { get; init; }
}
