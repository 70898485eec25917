using System.Globalization;

namespace KennisstedenPortal.Domain;

/// <summary>The portal's own place and language, whatever the machine is set to.</summary>
public static class Dutch
{
    /// <summary>The time of the Netherlands, summer and winter.</summary>
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    /// <summary>Alphabetical order as in a Dutch index; the database sorts names with the same rules.</summary>
    public static StringComparer Alphabet { get; } = StringComparer.Create(CultureInfo.GetCultureInfo("nl-NL"), ignoreCase: true);

    /// <summary>The day it is in the Netherlands: freshness changes at midnight there.</summary>
    public static DateOnly Today(this TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return Day(time.GetUtcNow());
    }

    /// <summary>The day in the Netherlands of a moment.</summary>
    public static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(Local(at).DateTime);

    /// <summary>The last moment of a day in the Netherlands, to the microsecond that the database keeps.</summary>
    public static DateTimeOffset EndOf(DateOnly day)
    {
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight)).ToUniversalTime().AddMicroseconds(-1);
    }

    /// <summary>Day and time of a moment in the Netherlands, as people there write it.</summary>
    public static string Moment(DateTimeOffset at, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return Local(at).ToString(culture.TwoLetterISOLanguageName == "nl" ? "d MMMM yyyy, HH.mm 'uur'" : "d MMMM yyyy, HH:mm", culture);
    }

    /// <summary>A moment as the clock in the Netherlands shows it.</summary>
    public static DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);
}
