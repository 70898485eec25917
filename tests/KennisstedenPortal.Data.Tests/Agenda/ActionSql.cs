namespace KennisstedenPortal.Data.Tests.Agenda;

/// <summary>Changes to actions by plain SQL: an example becomes real.</summary>
internal static class ActionSql
{
    public static string Real(string slug) => $"update register_object set verification = 'general-knowledge' where {Is(slug)};";

    public static string Status(string slug, string code) => $"update register_object set action_status = '{code}', status_reason = 'Omdat.' where {Is(slug)};";

    public static string Indicator(string slug) => $"update register_object set result_indicator = 'Twintig labs delen hun planning.' where {Is(slug)};";

    public static string Hidden(string slug) => $"update register_object set visibility = 'partners' where {Is(slug)};";

    /// <summary>Closes every milestone, with an address as evidence.</summary>
    public static string Proven(string slug) => $"update milestone set status = 'completed', closed_on = due_on, evidence_url = 'https://example.org/bewijs' where action_id = (select id from register_object where {Is(slug)});";

    public static string WithoutMilestones(string slug) => $"delete from milestone where action_id = (select id from register_object where {Is(slug)});";

    /// <summary>Takes its links to elements of a kind away.</summary>
    public static string Unlink(string slug, string kind) =>
        $"delete from object_element l using register_object a, agenda_element e where a.id = l.object_id and e.code = l.element_code and a.kind = 'action' and a.slug = '{slug}' and e.kind = '{kind}';";

    private static string Is(string slug) => $"kind = 'action' and slug = '{slug}'";
}
