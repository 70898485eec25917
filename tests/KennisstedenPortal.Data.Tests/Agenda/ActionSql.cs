namespace KennisstedenPortal.Data.Tests.Agenda;

/// <summary>Changes to actions that no writer would make: an example becomes real.</summary>
internal static class ActionSql
{
    public static string Real(string slug) => $"update agenda_action set is_example = false, verification = 'general-knowledge' where lower(code) = '{slug}';";

    public static string Status(string slug, string code) => $"update agenda_action set status = '{code}' where lower(code) = '{slug}';";

    /// <summary>Takes its links to elements of a kind away.</summary>
    public static string Unlink(string slug, string kind) =>
        $"delete from agenda_action_element l using agenda_action a, agenda_element e where a.id = l.action_id and e.id = l.element_id and lower(a.code) = '{slug}' and e.kind = '{kind}';";
}
