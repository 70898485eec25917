using KennisstedenPortal.Data.Mail;

namespace KennisstedenPortal.Data.People;

/// <summary>The mails about accounts, in the language of the person. Plain text; a name never becomes part of an address.</summary>
public static class PeopleMails
{
    public static OutboxMail Invitation(Invitation invitation, string organisation, string link, DateTimeOffset now) => invitation.Language == "en"
        ? New(invitation.Email, "en", "Your invitation to the Kennisstedenportaal", $"""
            Dear {invitation.Name},

            You are invited to keep data in the Kennisstedenportaal, for {organisation}.

            Open this address and choose how you want to sign in:

            {link}

            The invitation is valid for {InvitationWriter.ValidDays} days and works once. If you did not expect this, you need not do anything.
            """, now)
        : New(invitation.Email, "nl", "Uw uitnodiging voor het Kennisstedenportaal", $"""
            Beste {invitation.Name},

            U bent uitgenodigd om gegevens bij te houden in het Kennisstedenportaal, namens {organisation}.

            Open dit adres en kies hoe u wilt inloggen:

            {link}

            De uitnodiging is {InvitationWriter.ValidDays} dagen geldig en werkt één keer. Verwachtte u dit bericht niet? Dan hoeft u niets te doen.
            """, now);

    public static OutboxMail Recovery(Account account, string link, DateTimeOffset now) => account.Language == "en"
        ? New(account.Email!, "en", "Choose a new password", $"""
            Dear {account.Name},

            Somebody asked for a new password for your account in the Kennisstedenportaal. Choose it at this address:

            {link}

            The address works once and for one hour. If you did not ask for it, you need not do anything: your password stays as it is.
            """, now)
        : New(account.Email!, "nl", "Kies een nieuw wachtwoord", $"""
            Beste {account.Name},

            Iemand vroeg een nieuw wachtwoord voor uw account in het Kennisstedenportaal. Kies het op dit adres:

            {link}

            Het adres werkt één keer en is een uur geldig. Vroeg u hier niet om? Dan hoeft u niets te doen: uw wachtwoord blijft zoals het is.
            """, now);

    public static OutboxMail PasswordChanged(Account account, DateTimeOffset now) => account.Language == "en"
        ? New(account.Email!, "en", "Your password was changed", $"""
            Dear {account.Name},

            The password of your account in the Kennisstedenportaal was changed. Was that not you? Tell the administrator of the portal at once.
            """, now)
        : New(account.Email!, "nl", "Uw wachtwoord is gewijzigd", $"""
            Beste {account.Name},

            Het wachtwoord van uw account in het Kennisstedenportaal is gewijzigd. Was u dat niet? Meld het meteen aan de beheerder van het portaal.
            """, now);

    private static OutboxMail New(string recipient, string language, string subject, string body, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Recipient = recipient, Subject = subject, Body = body, Language = language, CreatedAt = now, DueAt = now };
}
