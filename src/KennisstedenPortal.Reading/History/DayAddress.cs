using System.Globalization;
using KennisstedenPortal.Domain;
using Microsoft.AspNetCore.Http;

namespace KennisstedenPortal.Reading.History;

/// <summary>Days and versions in addresses: <c>?op=</c> on the page of an object, <c>?van=&amp;tot=</c>, <c>?versie=</c> and <c>?voor=</c> on its history.</summary>
public static class DayAddress
{
    public const string On = "op", From = "van", To = "tot", Number = "versie", Before = "voor";
    /// <summary>Last segment of the address of a history.</summary>
    public const string History = "geschiedenis";

    public static string Write(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A day that has been, or the sentence that says why it is none.</summary>
    public static DateOnly? Read(IQueryCollection query, string key, DateOnly today, out Text? problem)
    {
        problem = null;
        if (query[key] is [{ } text] && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            if (day <= today) return day;
            problem = new("Deze dag moet nog komen. Kies vandaag of een dag daarvoor.", "This day is yet to come. Choose today or a day before.");
        }
        else problem = new("Dit is geen datum die wij kunnen lezen. Schrijf jaar, maand en dag, bijvoorbeeld 2026-11-01.", "We cannot read this as a date. Write year, month and day, for example 2026-11-01.");
        return null;
    }

    /// <summary>The number of a version.</summary>
    public static int? ReadNumber(IQueryCollection query, string key) =>
        query[key] is [{ Length: <= 9 } text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
