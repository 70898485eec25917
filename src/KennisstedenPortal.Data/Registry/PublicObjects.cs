using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.Registry;

/// <summary>What anybody may read: published and public (product rule 2 and 11). Every reading query starts here.</summary>
public static class PublicObjects
{
    public static IQueryable<RegisterObject> Public(this IQueryable<RegisterObject> objects) =>
        objects.Where(o => o.State == ObjectState.Published && o.Visibility == Visibility.Public);

    public static bool IsPublic(this RegisterObject item) => item is { State: ObjectState.Published, Visibility: Visibility.Public };

    /// <summary>What was public and was archived without being hidden may still be named, as archived, by what refers to it.</summary>
    public static IQueryable<RegisterObject> Nameable(this IQueryable<RegisterObject> objects) => objects.Where(o => o.Visibility == Visibility.Public && o.State != ObjectState.Draft);

    /// <inheritdoc cref="Nameable"/>
    internal static string NameableSql(string alias) => $"{alias}.state <> '{Codes<ObjectState>.Code(ObjectState.Draft)}' and {alias}.visibility = '{Codes<Visibility>.Code(Visibility.Public)}'";

    /// <summary>What is public, as a condition on <c>register_object</c> under this alias.</summary>
    internal static string Sql(string alias) => $"{alias}.state = '{Codes<ObjectState>.Code(ObjectState.Published)}' and {alias}.visibility = '{Codes<Visibility>.Code(Visibility.Public)}'";
}
