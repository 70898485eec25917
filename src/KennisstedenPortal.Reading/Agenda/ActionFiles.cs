using KennisstedenPortal.Data.Agenda;
using KennisstedenPortal.Data.Export;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;

namespace KennisstedenPortal.Reading.Agenda;

/// <summary>The table of actions as a file for Excel, with what its page shows.</summary>
public static class ActionFiles
{
    /// <summary>Address of the file in Dutch; the English one stands under <c>/en</c>.</summary>
    public const string Path = ActionView.TablePath + ".xlsx";
    /// <summary>Actions in one file; the file says when there are more.</summary>
    public const int Most = 5000;

    /// <param name="hasMore">There are more than the file holds.</param>
    /// <param name="filters">The filters in words.</param>
    /// <param name="host">Scheme, host and language of the portal, without a slash at the end.</param>
    /// <param name="address">Of the page with the same filters.</param>
    public static Task<byte[]> ExcelAsync(IReadOnlyList<ActionRow> rows, bool hasMore, IReadOnlyList<string> filters, string host, string address, DateOnly today, string language, CancellationToken cancellation)
    {
        string Say(string nl, string en) => new Text(nl, en).In(language);
        string YesNo(bool yes) => yes ? Say("ja", "yes") : Say("nee", "no");
        var about = new List<IReadOnlyList<object?>> { new object?[] { Say("Bron", "Source"), Say("Kennisstedenportaal, de acties van de verbindingsagenda", "Kennisstedenportaal, the actions of the agenda") }, new object?[] { Say("Stand op", "As it stood on"), today }, new object?[] { Say("Adres", "Address"), address }, new object?[] { Say("Filters", "Filters"), filters.Count == 0 ? Say("geen: alle acties", "none: all actions") : string.Join(", ", filters) } };
        if (hasMore) about.Add([Say("Let op", "Please note"), Say($"Dit bestand houdt alleen de eerste {Most} acties. Kies filters om de andere te krijgen.", $"This file holds only the first {Most} actions. Choose filters to get the others.")]);
        if (rows.Any(r => r.IsExample)) about.Add([Say("Let op", "Please note"), Say("Voorbeelden zijn verzonnen. Tel ze niet mee: de kolom ‘Voorbeeld’ zegt welke het zijn.", "Examples are invented. Do not count them: the column ‘Example’ says which they are.")]);
        return Workbook.OfAsync(
        [
            new(Say("Acties", "Actions"), [Say("Code", "Code"), Say("Titel", "Title"), Say("Voorbeeld", "Example"), Say("Status", "Status"), Say("Hoe het gaat", "How it is going"), Say("Laatst gemeld", "Last reported"), Say("Te laat", "Late"), Say("Wat te laat is", "What is late"), Say("Eigenaar", "Owner"), Say("Begin", "Start"), Say("Einde", "End"), Say("Mijlpalen", "Milestones"), Say("Waarvan afgerond", "Of which completed"), Say("Volgende mijlpaal", "Next milestone"), Say("Uiterlijk", "Due"), Say("Bewijs ontbreekt", "Evidence is missing"), Say("Adres", "Address")],
                rows.Select(r => (IReadOnlyList<object?>)[r.Code, r.Name, YesNo(r.IsExample), Codes<ActionStatus>.Label(r.Status).In(language), ActionFlow.IsClosed(r.Status) ? null : r.Health.Light is { } light ? Codes<TrafficLight>.Label(light).In(language) : Say("Onbekend", "Unknown"), r.LastOn, YesNo(r.Health.IsLate), r.Late(d => d.ToString(Say("d-M-yyyy", "d MMM yyyy"), System.Globalization.CultureInfo.InvariantCulture))?.In(language),
                    r.Owner?.Name ?? (r.HasOwner ? Say("niet openbaar", "not public") : Say("nog niemand", "nobody yet")), r.StartsOn, r.EndsOn, r.Milestones, r.Completed, r.Next, r.NextOn, YesNo(r.Health.LacksEvidence), $"{host}{ActionView.TablePath}/{r.Slug}"])),
            new(Say("Over dit bestand", "About this file"), [Say("Over", "About"), Say("Wat", "What")], about),
        ], cancellation);
    }

    public static string FileName(DateOnly today, string language) => $"{(language == "en" ? "actions" : "acties")}-{DayText.Iso(today)}.xlsx";
}
