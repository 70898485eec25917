using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Reading.Shared;

/// <summary>The colour class of a kind; always used with its word.</summary>
public static class KindStyle
{
    public static string Of(string kindCode) => kindCode switch
    {
        "city" => "k-city",
        "campus" => "k-campus",
        "innovation-district" => "k-district",
        "rd-concentration" => "k-rd",
        "facility" => "k-facility",
        "programme" => "k-theme",
        "action" => "k-action",
        "document" => "k-document",
        "meeting" => "k-meeting",
        _ => "k-organisation",
    };

    public static string Of(RegisterObject item) => Of(KindRegistry.Of(item).Code);
}
