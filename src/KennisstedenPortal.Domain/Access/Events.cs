namespace KennisstedenPortal.Domain.Access;

/// <summary>What somebody may do with a link in a mail, without signing in.</summary>
public enum LinkPurpose
{
    /// <summary>Confirm that objects are still right, or leave a proposal.</summary>
    [Label("bevestigen", "confirm")] Confirm,
    /// <summary>Give an update on an action.</summary>
    [Label("voortgang melden", "give an update")] Update,
    /// <summary>Read a briefing.</summary>
    [Label("lezen", "read")] Read,
}

/// <summary>What the audit of rights and sign-in tells.</summary>
public enum RightsEventSort
{
    [Label("uitgenodigd", "invited")] Invited,
    [Label("uitnodiging ingetrokken", "invitation revoked")] InvitationRevoked,
    [Label("uitnodiging aangenomen", "invitation accepted")] InvitationAccepted,
    [Label("rol gegeven", "role granted")] RoleGranted,
    [Label("rol ontnomen", "role withdrawn")] RoleWithdrawn,
    [Label("organisatie gewijzigd", "organisation changed")] OrganisationChanged,
    [Label("account gesloten", "account closed")] Disabled,
    [Label("account geopend", "account opened")] Enabled,
    [Label("persoon vergeten", "person forgotten")] Forgotten,
    [Label("wachtwoord gewijzigd", "password changed")] PasswordChanged,
    [Label("tweede factor aangezet", "second factor enabled")] SecondFactorEnabled,
    [Label("tweede factor uitgezet", "second factor reset")] SecondFactorReset,
    [Label("nieuwe herstelcodes gemaakt", "recovery codes renewed")] RecoveryCodesRenewed,
    [Label("geblokkeerd na foute pogingen", "locked after failed attempts")] LockedOut,
    [Label("ingelogd", "signed in")] SignedIn,
    [Label("uitgelogd", "signed out")] SignedOut,
    [Label("overal uitgelogd", "signed out everywhere")] SessionsEnded,
    [Label("link verstuurd", "link sent")] LinkSent,
    [Label("link gebruikt", "link used")] LinkUsed,
    [Label("link ingetrokken", "link revoked")] LinkRevoked,
    [Label("instelling gewijzigd", "setting changed")] SettingChanged,
}

/// <summary>What a person is told about.</summary>
public enum NoticeSort
{
    [Label("Nieuw voorstel", "New proposal")] ProposalMade,
    [Label("Uw voorstel is overgenomen", "Your proposal was accepted")] ProposalAccepted,
    [Label("Uw voorstel is afgewezen", "Your proposal was rejected")] ProposalRejected,
    [Label("Relatie gemeld", "Relation reported")] RelationReported,
    [Label("Relatie bevestigd", "Relation confirmed")] RelationConfirmed,
    [Label("Relatie tegengesproken", "Relation disputed")] RelationDisputed,
    [Label("Gewijzigd door een ander", "Changed by somebody else")] Changed,
    [Label("Opnieuw te bevestigen", "To be confirmed again")] ReviewDue,
    [Label("Moet binnen twee weken klaar zijn", "Due within two weeks")] DeadlineNear,
    [Label("Moet nu klaar zijn", "Due now")] DeadlineToday,
    [Label("Een week te laat of meer", "A week late or more")] DeadlinePassed,
    [Label("Het secretariaat vraagt hoe het gaat", "The secretariat asks how it is going")] UpdateAsked,
}
