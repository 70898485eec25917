using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.People;

/// <summary>
/// A knowledge city and its municipality are two things in the register, and one to the people of the municipality: an action
/// may be owned by either. Whoever belongs to the municipality and edits its city gets the role for both, so that both can be
/// seen and withdrawn.
/// </summary>
internal static class MunicipalRoles
{
    /// <summary>These roles, and that of partner editor for the person's own municipality when they edit its city.</summary>
    /// <param name="organisationId">Where the person works.</param>
    public static async Task<IReadOnlyList<Grant>> WithOwnAsync(PortalDbContext db, Guid organisationId, IReadOnlyList<Grant> grants, CancellationToken cancellation)
    {
        var cities = grants.Where(g => g.Role == Role.MunicipalEditor).Select(g => g.ScopeId).OfType<Guid>().ToArray();
        if (cities.Length == 0) return grants;
        var isOwn = await db.Objects.OfType<Organisation>().AnyAsync(o => o.Id == organisationId && o.Type == OrganisationType.Municipality && o.State != ObjectState.Archived
            && db.Objects.OfType<City>().Any(c => cities.Contains(c.Id) && c.MunicipalityCode != null && c.MunicipalityCode == o.MunicipalityCode), cancellation);
        var own = new Grant(Role.PartnerEditor, organisationId);
        return isOwn && !grants.Contains(own) ? [.. grants, own] : grants;
    }
}
