using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.Mail;

/// <summary>Full addresses for mails, which have no request to follow.</summary>
/// <param name="Base">Scheme and host under which people know the portal, without a slash at the end.</param>
public sealed record PortalLinks(string Base)
{
    /// <summary>The same places in a language.</summary>
    public PortalLinks In(string language) => language == "en" ? new(Base + "/en") : this;

    public string Workplace => $"{Base}/werkplek";
    public string ProposalPage(Guid id) => $"{Base}/voorstellen/{id}";
    /// <summary>The permanent address of an object, which survives a rename.</summary>
    public string ObjectPage(ObjectKind kind, Guid id) => $"{Base}/id/{kind.Code}/{id}";
    public string UpdatePage(string secret) => $"{Base}/melden/{secret}";
    public string BriefingPage(string secret) => $"{Base}/inzien/{secret}";
    public string ConfirmPage(string secret) => $"{Base}/bevestigen/{secret}";
}
