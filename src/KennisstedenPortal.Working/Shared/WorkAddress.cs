using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Working.Shared;

/// <summary>Where pages of one feature stand, for links from another.</summary>
public static class WorkAddress
{
    /// <summary>The form of an object.</summary>
    public static string Edit(ObjectKind kind, string slug) => $"/bewerken/{kind.Segment}/{slug}";
    /// <summary>The form of a new object, with the identity it gets.</summary>
    public static string Add(ObjectKind kind, Guid id) => $"/toevoegen/{kind.Segment}/{id}";
    /// <summary>The way to the form of something new, which gives it its identity.</summary>
    public static string Add(ObjectKind kind) => $"/toevoegen/{kind.Segment}";
    /// <summary>Who changed what, and putting older values back.</summary>
    public static string History(ObjectKind kind, string slug) => $"/geschiedenis/{kind.Segment}/{slug}";
    /// <summary>What the public page becomes by the draft of a form or by a proposal.</summary>
    public static string Preview(string of) => of + "/voorbeeld";
    public static string Proposal(Guid id) => $"/voorstellen/{id}";
    /// <summary>The page of an object as everybody reads it.</summary>
    public static string Public(ObjectKind kind, string slug) => $"/{kind.Path}/{slug}";
}
