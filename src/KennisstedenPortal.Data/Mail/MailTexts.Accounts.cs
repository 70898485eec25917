using KennisstedenPortal.Data.People;

namespace KennisstedenPortal.Data.Mail;

/// <summary>The mails about accounts. What changes how somebody signs in is always told to that person.</summary>
public static partial class MailTexts
{
    public static MailText Invitation(string language, string name, string organisation, string link)
    {
        var t = new Writer(language);
        return t.Begin(name)
            .Line(t.T($"U bent uitgenodigd om gegevens bij te houden in het Kennisstedenportaal, namens {organisation}.", $"You are invited to keep data in the Kennisstedenportaal, for {organisation}."))
            .Line(t.T("Open dit adres en kies hoe u wilt inloggen:", "Open this address and choose how you want to sign in:"))
            .Line(link)
            .Line(t.T($"De uitnodiging is {InvitationWriter.ValidDays} dagen geldig en werkt één keer. Verwachtte u dit bericht niet? Dan hoeft u niets te doen.", $"The invitation is valid for {InvitationWriter.ValidDays} days and works once. If you did not expect this, you need not do anything."))
            .End(t.T("Uw uitnodiging voor het Kennisstedenportaal", "Your invitation to the Kennisstedenportaal"), null);
    }

    public static MailText Recovery(string language, string name, string link)
    {
        var t = new Writer(language);
        return t.Begin(name)
            .Line(t.T("Iemand vroeg een nieuw wachtwoord voor uw account in het Kennisstedenportaal. Kies het op dit adres:", "Somebody asked for a new password for your account in the Kennisstedenportaal. Choose it at this address:"))
            .Line(link)
            .Line(t.T("Het adres werkt één keer en is een uur geldig. Vroeg u hier niet om? Dan hoeft u niets te doen: uw wachtwoord blijft zoals het is.", "The address works once and for one hour. If you did not ask for it, you need not do anything: your password stays as it is."))
            .End(t.T("Kies een nieuw wachtwoord", "Choose a new password"), null);
    }

    public static MailText PasswordChanged(string language, string name) => Changed(language, name, "Uw wachtwoord is gewijzigd", "Your password was changed",
        "Het wachtwoord van uw account in het Kennisstedenportaal is gewijzigd.", "The password of your account in the Kennisstedenportaal was changed.");

    public static MailText SecondFactorEnabled(string language, string name) => Changed(language, name, "Uw tweede factor staat aan", "Your second factor is on",
        "Voor uw account in het Kennisstedenportaal is een tweede factor aangezet: bij het inloggen is nu ook een code uit een app nodig.", "A second factor was set up for your account in the Kennisstedenportaal: signing in now also takes a code from an app.");

    public static MailText SecondFactorReset(string language, string name) => Changed(language, name, "Uw tweede factor is uitgezet", "Your second factor was removed",
        "Een beheerder heeft de tweede factor van uw account in het Kennisstedenportaal uitgezet. Oude codes en herstelcodes werken niet meer.", "An administrator removed the second factor of your account in the Kennisstedenportaal. Old codes and recovery codes no longer work.");

    public static MailText RecoveryCodesRenewed(string language, string name) => Changed(language, name, "U hebt nieuwe herstelcodes", "You have new recovery codes",
        "Voor uw account in het Kennisstedenportaal zijn nieuwe herstelcodes gemaakt. De oude werken niet meer.", "New recovery codes were made for your account in the Kennisstedenportaal. The old ones no longer work.");

    private static MailText Changed(string language, string name, string nlSubject, string enSubject, string nl, string en)
    {
        var t = new Writer(language);
        return t.Begin(name).Line(t.T(nl, en)).Line(t.T("Was u dat niet, of vroeg u er niet om? Meld het meteen aan de beheerder van het portaal.", "Was that not you, or did you not ask for it? Tell the administrator of the portal at once.")).End(t.T(nlSubject, enSubject), null);
    }
}
