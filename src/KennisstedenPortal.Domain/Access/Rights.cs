namespace KennisstedenPortal.Domain.Access;

/// <summary>Something a writer or a page asks leave for.</summary>
public enum Right
{
    [Label("Lezen wat voor partners is", "Read what is for partners")] ReadPartners,
    [Label("Lezen wat voor het secretariaat is", "Read what is for the secretariat")] ReadSecretariat,
    [Label("Een wijziging voorstellen", "Propose a change")] Propose,
    [Label("Wijzigen", "Edit")] Edit,
    [Label("Een voorstel beoordelen", "Decide on a proposal")] Decide,
    [Label("Bevestigen dat het nog klopt", "Confirm that it is still right")] Confirm,
    [Label("Archiveren en terugzetten", "Archive and restore")] Archive,
    [Label("De beheerder van een gegeven aanwijzen", "Assign the steward of an object")] AssignSteward,
    [Label("De agenda voeren", "Run the agenda")] RunAgenda,
    [Label("Mensen en rollen beheren", "Manage people and roles")] ManagePeople,
    [Label("Instellingen wijzigen", "Change settings")] ManageSettings,
}

/// <summary>How far a right goes for a role.</summary>
public enum Reach
{
    [Label("nee", "no")] None,
    /// <summary>Only for the object of the role's scope, and what that object stewards.</summary>
    [Label("eigen", "own")] Own,
    [Label("alles", "all")] All,
}

/// <summary>What rights on an object depend on: its identity and who keeps it (product rule 2).</summary>
/// <param name="StewardId">The city, campus or organisation that keeps it; null is the secretariat.</param>
public sealed record Resource(Guid Id, Guid? StewardId);

/// <summary>The actor lacks a right. The page says so in a sentence; nothing was changed.</summary>
public sealed class NotAllowedException(Right right) : Exception($"The actor has no right to {right}.")
{
    public Right Right { get; } = right;
}

/// <summary>
/// The one table of rights. Pages ask it what to offer, writers ask it again before they change anything; hiding a button
/// protects nothing. An administrator manages people and settings, and edits nothing: nobody approves their own.
/// </summary>
public static class Rights
{
    private static readonly Dictionary<(Right, Role), Reach> Table = Build();

    public static Reach ReachOf(Right right, Role role) => Table.GetValueOrDefault((right, role));

    /// <summary>The furthest that any role of the actor reaches.</summary>
    public static Reach ReachOf(Actor actor, Right right)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Grants.Select(g => ReachOf(right, g.Role)).DefaultIfEmpty().Max();
    }

    /// <summary>Without a resource: whether the actor has the right for anything at all.</summary>
    public static bool Allows(Actor actor, Right right, Resource? resource = null)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Grants.Any(g => ReachOf(right, g.Role) switch
        {
            Reach.All => true,
            Reach.Own => resource is not { } r || g.ScopeId is { } scope && (r.Id == scope || r.StewardId == scope),
            _ => false,
        });
    }

    /// <exception cref="NotAllowedException">The actor has no such right.</exception>
    public static void Demand(Actor actor, Right right, Resource? resource = null)
    {
        if (!Allows(actor, right, resource)) throw new NotAllowedException(right);
    }

    /// <summary>Whether the actor may add an object of the kind, kept by that steward. An editor adds only to what is their own.</summary>
    public static bool AllowsAdding(Actor actor, string kindCode, Guid? stewardId)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Grants.Any(g => g.Role switch
        {
            Role.Secretariat => true,
            Role.MunicipalEditor => stewardId == g.ScopeId && kindCode is not ("city" or "programme" or "action" or "document" or "meeting"),
            Role.CampusEditor => stewardId == g.ScopeId && kindCode is "facility",
            _ => false,
        });
    }

    private static Dictionary<(Right, Role), Reach> Build()
    {
        var table = new Dictionary<(Right, Role), Reach>();
        void Give(Reach reach, Right right, params Role[] roles)
        {
            foreach (var role in roles) table[(right, role)] = reach;
        }
        Role[] everybody = Enum.GetValues<Role>(), editors = [Role.MunicipalEditor, Role.CampusEditor, Role.PartnerEditor];
        Give(Reach.All, Right.ReadPartners, everybody);
        Give(Reach.All, Right.Propose, everybody);
        Give(Reach.All, Right.ReadSecretariat, Role.Secretariat);
        Give(Reach.Own, Right.ReadSecretariat, editors);
        foreach (var right in new[] { Right.Edit, Right.Decide, Right.Confirm, Right.Archive })
        {
            Give(Reach.All, right, Role.Secretariat);
            Give(Reach.Own, right, editors);
        }
        Give(Reach.All, Right.AssignSteward, Role.Secretariat);
        Give(Reach.All, Right.RunAgenda, Role.Secretariat);
        Give(Reach.All, Right.ManagePeople, Role.Administrator);
        Give(Reach.All, Right.ManageSettings, Role.Administrator);
        return table;
    }
}
