using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using Microsoft.AspNetCore.Authorization;

namespace KennisstedenPortal.Working.Shared;

/// <summary>A page for who has a right, for anything at all: <c>[Authorize(Policy = nameof(Right.ManagePeople))]</c>. Writers ask again, with the resource.</summary>
public sealed record RightRequirement(Right Right) : IAuthorizationRequirement;

/// <summary>Asks the database, at each request and when a circuit opens a page.</summary>
public sealed class RightHandler(ActorQuery actors) : AuthorizationHandler<RightRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, RightRequirement requirement)
    {
        if (WorkingComponent.AccountIdOf(context.User) is { } id && await actors.FindAsync(id) is { } actor && Rights.Allows(actor, requirement.Right)) context.Succeed(requirement);
    }
}
