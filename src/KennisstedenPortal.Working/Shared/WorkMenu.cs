using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;

namespace KennisstedenPortal.Working.Shared;

/// <summary>A place in the menu of the working pages.</summary>
public sealed record WorkPlace(string Path, Text Label, Func<Actor, bool> IsFor);

/// <summary>The menu of the working pages. It only hides; each page and writer asks for itself whether somebody may.</summary>
public static class WorkMenu
{
    private static readonly WorkPlace[] Places =
    [
        new("/werkplek", new("Werkplek", "Workplace"), _ => true),
        new("/werkplek/bord", new("Bord", "Board"), actor => Rights.Allows(actor, Right.Propose)),
        new("/werkplek/sturen", new("Sturing", "Steering"), actor => Rights.Allows(actor, Right.RunAgenda)),
        new(Meetings.MeetingAddress.List, new("Overleggen", "Meetings"), actor => Rights.Allows(actor, Right.ReadPartners)),
        new("/werkplek/partners", new("Partners", "Partners"), actor => Rights.Allows(actor, Right.ReadPartners)),
        new("/voorstellen", new("Voorstellen", "Proposals"), actor => Rights.Allows(actor, Right.Propose)),
        new("/beheer/actualiteit", new("Actualiteit", "How current"), actor => Rights.Allows(actor, Right.Confirm)),
        new("/beheer/edities", new("Edities", "Editions"), actor => Rights.Allows(actor, Right.RunAgenda)),
        new("/beheer", new("Beheer", "Administration"), actor => Rights.Allows(actor, Right.ManagePeople)),
    ];

    public static IEnumerable<WorkPlace> For(Actor actor) => Places.Where(p => p.IsFor(actor));

    /// <summary>The place that a page belongs to: of places within each other the innermost.</summary>
    public static WorkPlace? At(Actor actor, string page) => For(actor).Where(p => page == p.Path || page.StartsWith(p.Path + "/", StringComparison.Ordinal)).MaxBy(p => p.Path.Length);
}
