using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Provenance;

namespace KennisstedenPortal.Domain.Registry;

/// <summary>Sorts of relation; each reads in both directions (see <see cref="RelationKinds"/>).</summary>
public enum RelationKind
{
    [Label("hoort bij", "belongs to")] BelongsTo,
    [Label("hoort bij de regio van", "belongs to the region of")] Serves,
    [Label("staat op", "is located on")] LocatedOn,
    [Label("is onderdeel van", "is part of")] PartOf,
    [Label("wordt beheerd door", "is managed by")] ManagedBy,
    [Label("wordt aangeboden door", "is hosted by")] HostedBy,
    [Label("valt onder", "is owned by")] OwnedBy,
    [Label("belangrijke instellingen", "has as anchor institution")] AnchoredBy,
    [Label("heeft als partner", "has as partner")] PartneredBy,
    [Label("hangt samen met", "is related to")] RelatedTo,
    [Label("is lid van", "is a member of")] MemberOf,
    [Label("werkt samen in", "works together in")] RepresentedBy,
    [Label("heeft als ontwikkelingsmaatschappij", "has as development company")] DevelopedBy,
    [Label("gaat over", "concerns")] Concerns,
    [Label("heeft als partner in de actie", "has as partner in the action")] CarriedBy,
    [Label("heeft als plaatsvervangend eigenaar", "has as deputy owner")] DeputisedBy,
    [Label("geeft antwoord bij", "answers")] Answers,
    [Label("heeft als deelnemer", "has as participant")] AttendedBy,
}

/// <summary>
/// A relation between two objects, a record of its own: with sort, period, evidence. It belongs to the history of both.
/// </summary>
public sealed class Relation
{
    public const int NoteMaxLength = 1000;

    public required Guid Id { get; init; }
    public required RelationKind Kind { get; init; }
    public required Guid FromId { get; init; }
    public RegisterObject? From { get; init; }
    public required Guid ToId { get; init; }
    public RegisterObject? To { get; init; }
    /// <summary>yyyy, yyyy-mm or yyyy-mm-dd.</summary>
    public string? Since { get; set; }
    public string? Until { get; set; }
    /// <summary>The name or wording in the source from which the relation was read.</summary>
    public string? AsStated { get; set; }
    public string? Note { get; set; }
    /// <summary>Language tag of <see cref="Note"/>; null is Dutch.</summary>
    public string? NoteLanguage { get; set; }
    public Verification? Verification { get; set; }
    /// <summary>The end that reported it, when only one did; null for what came with the register or was entered for both ends.</summary>
    public Guid? ReportedById { get; set; }
    /// <summary>Day on which the other end confirmed what one end reported.</summary>
    public DateOnly? ConfirmedOn { get; set; }
    public ICollection<Citation> Citations { get; } = [];

    /// <summary>Only one end has said so: shown as "gemeld door …" and left out of what is computed.</summary>
    public bool IsUnconfirmed => ReportedById is not null && ConfirmedOn is null;
}

/// <summary>What each sort of relation is called from the other end, and between which kinds it may stand.</summary>
public static class RelationKinds
{
    private static readonly Type[] Places = [typeof(Campus), typeof(InnovationDistrict), typeof(RdConcentration), typeof(Facility), typeof(Organisation)];

    public sealed record Rule(RelationKind Kind, Text Inverse, Type[] From, Type[] To);

    public static IReadOnlyDictionary<RelationKind, Rule> All { get; } = new Rule[]
    {
        new(RelationKind.BelongsTo, new("hoort bij deze stad", "belongs to this city"), Places, [typeof(City)]),
        new(RelationKind.Serves, new("in de regio van deze stad", "in the region of this city"), Places, [typeof(City)]),
        new(RelationKind.LocatedOn, new("staat hier", "located here"), [typeof(Facility), typeof(RdConcentration)], [typeof(Campus), typeof(InnovationDistrict)]),
        new(RelationKind.PartOf, new("bestaat uit", "consists of"), [typeof(Campus), typeof(InnovationDistrict), typeof(Organisation)], [typeof(Campus), typeof(InnovationDistrict), typeof(Organisation)]),
        new(RelationKind.ManagedBy, new("beheert", "manages"), [typeof(Campus)], [typeof(Organisation)]),
        new(RelationKind.HostedBy, new("biedt aan", "hosts"), [typeof(Facility)], [typeof(Organisation)]),
        new(RelationKind.OwnedBy, new("heeft als R&D-concentratie", "owns"), [typeof(RdConcentration)], [typeof(Organisation)]),
        new(RelationKind.AnchoredBy, new("is ankerinstelling van", "is anchor institution of"), [typeof(Campus)], [typeof(Organisation)]),
        new(RelationKind.PartneredBy, new("is partner van", "is partner of"), [typeof(InnovationDistrict), typeof(Facility)], [typeof(Organisation)]),
        new(RelationKind.RelatedTo, new("hangt samen met", "is related to"), [typeof(InnovationDistrict)], [typeof(Campus)]),
        new(RelationKind.MemberOf, new("heeft als lid", "has as member"), [typeof(Organisation)], [typeof(Organisation)]),
        new(RelationKind.RepresentedBy, new("werkt voor", "works for"), [typeof(City)], [typeof(Organisation)]),
        new(RelationKind.DevelopedBy, new("is ontwikkelingsmaatschappij van", "is development company of"), [typeof(City)], [typeof(Organisation)]),
        new(RelationKind.Concerns, new("actie hierover", "action about this"), [typeof(AgendaAction)], [typeof(City), typeof(Programme), .. Places]),
        new(RelationKind.CarriedBy, new("is partner in actie", "is partner in action"), [typeof(AgendaAction)], [typeof(Organisation)]),
        new(RelationKind.Answers, new("antwoord van het Rijk", "answer from the national government"), [typeof(PolicyDocument)], [typeof(AgendaAction)]),
        new(RelationKind.AttendedBy, new("neemt deel aan overleg", "takes part in meeting"), [typeof(Meeting)], [typeof(City), typeof(Organisation)]),
        new(RelationKind.DeputisedBy, new("is plaatsvervangend eigenaar van actie", "is deputy owner of action"), [typeof(AgendaAction)], [typeof(Organisation)]),
    }.ToDictionary(r => r.Kind);

    public static bool Allows(RelationKind kind, Type from, Type to) =>
        All[kind] is var rule && rule.From.Contains(from) && rule.To.Contains(to);
}
