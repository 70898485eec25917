using System.Text.Json;
using System.Text.Json.Serialization;
using KennisstedenPortal.Data.History;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Indicators;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace KennisstedenPortal.Data.StarterData;

/// <summary>
/// Imports the starter files, all or nothing. Repeatable: a value is changed only while it still equals what the last import
/// wrote; rows and values that people changed are left alone and reported.
/// </summary>
public sealed class StarterImporter(IDbContextFactory<PortalDbContext> contexts, TimeProvider time, RegisterGeneration generation)
{
    private const string Reason = "Import van de startgegevens";
    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Set by the import itself, or part of an address or code that must not change by itself.</summary>
    private static readonly string[] NeverUpdated = [nameof(RegisterObject.Slug), nameof(RegisterObject.Revision), nameof(RegisterObject.ChangedAt), nameof(AgendaElement.Code), "kind"];

    /// <param name="folder">Folder with the files, or null for those that ship with the portal.</param>
    /// <param name="examples">False leaves the invented actions of the agenda out, and archives untouched ones of an earlier import; true brings those back.</param>
    /// <exception cref="StarterDataException">Something is wrong in the files; nothing was written.</exception>
    public async Task<ImportReport> ImportAsync(string? folder = null, bool examples = true, CancellationToken cancellation = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // One import at a time, whichever instance starts it.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('starter-import'))", cancellation);

        var imported = await db.ImportedRows.ToDictionaryAsync(r => (r.Entity, r.Key), cancellation);
        // A source that people typed in is the same source when it is found at the same place.
        var sources = (await db.Sources.Select(s => new { s.Locator, s.Id }).ToListAsync(cancellation)).ToDictionary(s => Source.ContentKey(s.Locator), s => s.Id, StringComparer.Ordinal);
        var rows = StarterMapping.Read(folder ?? StarterFiles.Shipped, examples, (entity, key) => imported.GetValueOrDefault((entity, key))?.RowId
            ?? (entity == "source" && sources.TryGetValue(key, out var known) ? known : null));

        var merge = new Merge(db, imported);
        foreach (var group in rows.ByType) await merge.ApplyAsync(group.Type, group.Rows, cancellation);
        if (merge.Problems.Count > 0) throw new StarterDataException(merge.Problems);
        await merge.RemoveAbandonedAsync(cancellation);

        var report = new ImportReport(merge.Created, merge.Updated, rows.ObjectCounts(), rows.Unresolved, rows.Differences, merge.Kept);
        if (!report.ChangedNothing) db.Add(new ImportRun { Id = Guid.CreateVersion7(), At = time.GetUtcNow(), Report = JsonSerializer.Serialize(report, Json) });
        // Even when no value changes, what the files now say may be new: where people wrote the same.
        await db.SaveAsync(Actor.Import, Reason, cancellation);
        await transaction.CommitAsync(cancellation);
        generation.Advance();
        return report;
    }

    /// <summary>Three-way merge of what the files say, what the last import wrote, and what stands there now.</summary>
    private sealed class Merge(PortalDbContext db, Dictionary<(string, string), ImportedRow> imported)
    {
        private readonly HashSet<(string, string)> _seen = [];
        private readonly HashSet<Guid> _notOurs = [];

        public SortedDictionary<string, int> Created { get; } = new(StringComparer.Ordinal);
        public SortedDictionary<string, int> Updated { get; } = new(StringComparer.Ordinal);
        public List<string> Kept { get; } = [];
        public List<StarterProblem> Problems { get; } = [];

        public async Task ApplyAsync(Type type, IReadOnlyList<StarterRow> rows, CancellationToken cancellation)
        {
            var model = db.Model.FindEntityType(type)!;
            var table = model.GetTableName()!;
            var present = (await Load(type, cancellation)).ToList();
            var uniques = new[] { model.FindPrimaryKey()!.Properties }.Concat(model.GetIndexes().Where(i => i.IsUnique).Select(i => i.Properties)).ToList();
            var lookups = uniques.ConvertAll(properties => present.ToDictionary(e => Identity(e, properties), StringComparer.Ordinal));

            foreach (var row in rows)
            {
                _seen.Add((table, row.Key));
                if (row.Entity is Citation c && (_notOurs.Contains(c.RelationId ?? default) || _notOurs.Contains(c.SpecialisationId ?? default))) continue;
                var was = imported.GetValueOrDefault((table, row.Key));
                if (was is null && row.Entity is RegisterObject numbered && KindRegistry.Of(numbered).NumberedAs is { } prefix) Renumber(numbered, prefix, present);
                var current = lookups.Select((l, i) => l.GetValueOrDefault(Identity(row.Entity, uniques[i]))).FirstOrDefault(e => e is not null);
                var values = Values(row.Entity);
                if (was is null && current is null) Create(row, table, values);
                else if (was is null)
                {
                    // Other rows of the files refer to these by an identity that people's own row does not have.
                    if (row.Entity is RegisterObject) Problems.Add(new StarterProblem(table, row.Key, "mensen hebben dit al zelf ingevoerd; hernoem het in de bestanden of in het register"));
                    NotOurs(row);
                    Kept.Add($"{table} {row.Key}: bestond al en is niet gewijzigd");
                }
                else if (current is null)
                {
                    NotOurs(row);
                    Kept.Add($"{table} {row.Key}: door mensen verwijderd en niet teruggezet");
                }
                else Update(row, table, current, was, values);
            }
        }

        /// <summary>A number that people used meanwhile says nothing of what bears it: the new one gets the next that is free.</summary>
        private static void Renumber(RegisterObject item, string prefix, List<object> present)
        {
            var taken = present.OfType<RegisterObject>().Where(o => o.Id != item.Id && KindRegistry.Of(o) == KindRegistry.Of(item)).Select(o => o.Slug).ToHashSet(StringComparer.Ordinal);
            if (!taken.Contains(item.Slug)) return;
            item.Slug = FormattableString.Invariant($"{prefix}{taken.Max(s => int.Parse(s.AsSpan(prefix.Length), System.Globalization.CultureInfo.InvariantCulture)) + 1:000}");
            present.Add(item);
        }

        /// <summary>Rows that the files no longer hold go, unless people changed them or they are objects of the register. An invented action is archived with all that belongs to it.</summary>
        public async Task RemoveAbandonedAsync(CancellationToken cancellation)
        {
            var abandoned = imported.Where(p => !_seen.Contains(p.Key)).Select(p => p.Value.RowId).OfType<Guid>().ToHashSet();
            var examples = db.ChangeTracker.Entries<AgendaAction>().Select(e => e.Entity.Id).Where(abandoned.Contains).ToArray();
            var worked = await db.Revisions.Where(r => r.UserId != null && examples.Contains(r.ObjectId)).Select(r => r.ObjectId).Distinct().ToListAsync(cancellation);
            var loaded = db.ChangeTracker.Entries().Where(e => e.Entity is not ImportedRow)
                .ToLookup(e => (e.Metadata.GetTableName()!, Identity(e.Entity, e.Metadata.FindPrimaryKey()!.Properties)), e => e);
            // Citations last: those of a relation or specialisation that stays, stay with it.
            foreach (var ((table, key), was) in imported.Where(p => !_seen.Contains(p.Key)).OrderBy(p => p.Key.Item1 == "citation"))
            {
                var current = loaded[(table, was.Identity)].FirstOrDefault();
                if (current?.Entity is AgendaAction { State: not ObjectState.Archived } action && !worked.Contains(action.Id) && JsonEquals(was.Values, Values(action)))
                {
                    action.State = ObjectState.Archived;
                    was.Values = JsonSerializer.Serialize(Values(action));
                    Count(Updated, table);
                }
                if (current is not null && (current.Entity is AgendaAction { State: ObjectState.Archived } || current.Entity is not AgendaAction && TouchedObjects.OwnersOf(current, db).Any(examples.Contains))) continue;
                var untouched = current is not null && JsonEquals(was.Values, Values(current.Entity));
                var ofKept = current?.Entity is Citation c && (_notOurs.Contains(c.RelationId ?? default) || _notOurs.Contains(c.SpecialisationId ?? default));
                if (current is null || !Removable(current.Entity) || !untouched || ofKept)
                {
                    if (current is not null && Id(current.Entity) is { } kept) _notOurs.Add(kept);
                    Kept.Add($"{table} {key}: staat niet meer in de startgegevens en is behouden");
                }
                else
                {
                    db.Remove(current.Entity);
                    db.Remove(was);
                    Count(Updated, table);
                }
            }
        }

        /// <summary>What others may refer to stays; people archive or withdraw it themselves.</summary>
        private static bool Removable(object entity) =>
            entity is not (RegisterObject or Source or Area or Taxonomy or Theme or Indicator or DocumentClaim or AgendaElement);

        /// <summary>Citations of a relation or specialisation that stays people's own are not ours to add.</summary>
        private void NotOurs(StarterRow row)
        {
            if (Id(row.Entity) is { } id) _notOurs.Add(id);
        }

        private void Create(StarterRow row, string table, Dictionary<string, string> values)
        {
            db.Add(row.Entity);
            db.Add(new ImportedRow { Entity = table, Key = row.Key, RowId = Id(row.Entity), Identity = Identity(row.Entity, db.Model.FindEntityType(row.Entity.GetType())!.FindPrimaryKey()!.Properties), Values = JsonSerializer.Serialize(values) });
            Count(Created, table);
        }

        private void Update(StarterRow row, string table, object current, ImportedRow was, Dictionary<string, string> wanted)
        {
            var before = JsonSerializer.Deserialize<Dictionary<string, string>>(was.Values)!;
            var now = Values(current);
            var entry = db.Entry(current);
            var changed = false;
            foreach (var (name, want) in wanted)
            {
                var old = before.GetValueOrDefault(name);
                if (string.Equals(want, old, StringComparison.Ordinal) || NeverUpdated.Contains(name, StringComparer.Ordinal)) continue;
                if (string.Equals(now[name], want, StringComparison.Ordinal)) { before[name] = want; changed = true; continue; }
                if (!Same(entry.Property(name).Metadata, now[name], old))
                {
                    Kept.Add($"{table} {row.Key}: '{name}' is door mensen gewijzigd en behouden");
                    continue;
                }
                var property = entry.Property(name);
                property.CurrentValue = property.Metadata.GetGetter().GetClrValue(row.Entity);
                before[name] = want;
                changed = true;
                Count(Updated, table);
            }
            if (changed) was.Values = JsonSerializer.Serialize(before);
        }

        private Dictionary<string, string> Values(object entity) =>
            db.Model.FindEntityType(entity.GetType())!.GetProperties()
                .Where(p => !p.IsShadowProperty() && !p.IsPrimaryKey() && !NeverUpdated.Contains(p.Name, StringComparer.Ordinal))
                .ToDictionary(p => p.Name, p => JsonSerializer.Serialize(p.GetGetter().GetClrValue(entity), Json), StringComparer.Ordinal);

        private async Task<IEnumerable<object>> Load(Type type, CancellationToken cancellation) =>
            await (Task<IEnumerable<object>>)GetType().GetMethod(nameof(LoadSet), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!
                .MakeGenericMethod(type).Invoke(this, [cancellation])!;

        private async Task<IEnumerable<object>> LoadSet<T>(CancellationToken cancellation) where T : class =>
            await db.Set<T>().ToListAsync(cancellation);

        private static string Identity(object entity, IReadOnlyList<IProperty> properties) =>
            string.Join('|', properties.Select(p => p.IsShadowProperty() ? KindRegistry.Of((RegisterObject)entity).Code : Convert.ToString(p.GetGetter().GetClrValue(entity), System.Globalization.CultureInfo.InvariantCulture)));

        private static Guid? Id(object entity) => entity.GetType().GetProperty("Id")?.GetValue(entity) as Guid?;

        /// <summary>PostgreSQL gives JSON back in another shape than it got it.</summary>
        private static bool Same(IProperty property, string now, string? old) =>
            string.Equals(now, old, StringComparison.Ordinal) || (old is not null && string.Equals(property.GetColumnType(), "jsonb", StringComparison.Ordinal)
                && System.Text.Json.Nodes.JsonNode.DeepEquals(Inner(now), Inner(old)));

        private static System.Text.Json.Nodes.JsonNode? Inner(string value) =>
            JsonSerializer.Deserialize<string>(value) is { } json ? System.Text.Json.Nodes.JsonNode.Parse(json) : null;

        private static bool JsonEquals(string json, Dictionary<string, string> values) =>
            JsonSerializer.Deserialize<Dictionary<string, string>>(json)!.All(p => values.TryGetValue(p.Key, out var v) && string.Equals(v, p.Value, StringComparison.Ordinal));

        private static void Count(SortedDictionary<string, int> counts, string table) => counts[table] = counts.GetValueOrDefault(table) + 1;
    }
}
