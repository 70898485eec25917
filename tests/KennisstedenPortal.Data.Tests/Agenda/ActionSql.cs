using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using Microsoft.EntityFrameworkCore;

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

    /// <summary>What the portal itself may not do: history stays as it is.</summary>
    public static async Task AsOwnerAsync(TestDatabase database, string sql)
    {
        await using var owner = new TestDatabase(database.Owner, database.Owner);
        await owner.ExecuteAsync(sql);
    }

    /// <summary>Days of the first versions.</summary>
    public static async Task<Dictionary<Guid, DateOnly>> MadeAsync(PortalDbContext db) => await db.Revisions.Where(r => r.Number == 1 && db.AgendaActions.Any(a => a.Id == r.ObjectId)).ToDictionaryAsync(r => r.ObjectId, r => Dutch.Day(r.At));

    /// <summary>Every action gets a status, days around today, and its making and updates around the ninetieth day.</summary>
    public static async Task MixAsync(TestDatabase database, Random random)
    {
        await using var db = database.CreateDbContext();
        var (today, now) = (database.Time.Today(), database.Time.GetUtcNow());
        var actions = await db.AgendaActions.AsNoTracking().Select(a => new { a.Id, Milestones = a.Milestones.Select(m => m.Id).ToList() }).ToListAsync();
        string Day(DateOnly day) => $"'{day:yyyy-MM-dd}'";
        var (sql, past) = (new System.Text.StringBuilder(), new System.Text.StringBuilder());
        foreach (var action in actions)
        {
            var status = Codes<ActionStatus>.Code(Codes<ActionStatus>.All[random.Next(7)]);
            var ends = random.Next(3) == 0 ? "null" : Day(today.AddDays(random.Next(-2, 3)));
            sql.Append(System.Globalization.CultureInfo.InvariantCulture, $"update register_object set action_status = '{status}', status_reason = 'Omdat.', starts_on = null, ends_on = {ends}{(random.Next(3) == 0 ? ", steward_id = null" : "")} where id = '{action.Id}';");
            foreach (var milestone in action.Milestones)
            {
                var completed = random.Next(2) == 0;
                sql.Append(System.Globalization.CultureInfo.InvariantCulture, $"update milestone set status = '{(completed ? "completed" : "open")}', closed_on = {(completed ? Day(today) : "null")}, due_on = {(random.Next(4) == 0 ? "null" : Day(today.AddDays(random.Next(-2, 30))))}, evidence_note = {(random.Next(2) == 0 ? "'Gezien'" : "null")}, evidence_url = null, evidence_object_id = null where id = '{milestone}';");
            }
            past.Append(System.Globalization.CultureInfo.InvariantCulture, $"update revision set at = '{now.AddDays(-ActionHealth.SilentAfter + random.Next(-2, 3)).AddHours(random.Next(-23, 24)):O}' where object_id = '{action.Id}' and number = 1;");
            for (var n = random.Next(3); n > 0; n--)
            {
                var at = now.AddDays(-ActionHealth.SilentAfter + random.Next(-2, 3)).AddHours(random.Next(-23, 24));
                sql.Append(System.Globalization.CultureInfo.InvariantCulture, $"insert into progress_update (id, action_id, at, light, text, organisation) values ('{Guid.CreateVersion7()}', '{action.Id}', '{at:O}', '{Codes<TrafficLight>.Code(Codes<TrafficLight>.All[random.Next(3)])}', 'Zo gaat het.', 'Gemeente');");
            }
        }
        await database.ExecuteAsync(sql.ToString());
        await AsOwnerAsync(database, past.ToString());
        await database.RebuildActionsAsync();
    }

    private static string Is(string slug) => $"kind = 'action' and slug = '{slug}'";
}
