using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests;

/// <summary>Those who change things in tests, and the objects they change.</summary>
internal static class People
{
    public static Actor Editor { get; } = new(Guid.Parse("0199a000-0000-7000-8000-000000000001"), "Anna de Vries", "Gemeente Delft");

    public static Actor Colleague { get; } = new(Guid.Parse("0199a000-0000-7000-8000-000000000002"), "Bram Jansen", "Gemeente Leiden");

    public static Actor Secretariat { get; } = new(Guid.Parse("0199a000-0000-7000-8000-000000000003"), "Secretariaat", "NKN") { Grants = [new Grant(Role.Secretariat)] };

    public static async Task<T> BySlugAsync<T>(this PortalDbContext db, string slug) where T : RegisterObject =>
        await db.Objects.OfType<T>().SingleAsync(o => o.Slug == slug);

    /// <summary>Changes one object as an editor does, in a context of its own.</summary>
    public static async Task ChangeAsync<T>(this TestDatabase database, string slug, Action<T> change) where T : RegisterObject
    {
        await using var db = database.CreateDbContext();
        change(await db.BySlugAsync<T>(slug));
        await db.SaveAsync(Editor, "Verbetering");
    }

    /// <summary>An object of the register that nobody knew yet.</summary>
    public static Facility NewFacility(string slug, string? name = null) =>
        new() { Id = Guid.CreateVersion7(), Slug = slug, Name = name ?? slug, Sort = FacilitySort.Fieldlab };
}
