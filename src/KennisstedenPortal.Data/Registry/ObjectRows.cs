using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace KennisstedenPortal.Data.Registry;

/// <summary>
/// An object with all its rows as one JSON value, written by PostgreSQL: one round trip instead of one for each collection.
/// Rows are taken whole (<c>t.*</c>) and read by the columns of the model, so a new column follows by itself; only of another
/// object that it names it takes no more than pages show (<see cref="Named"/>). A new navigation needs its place in
/// <see cref="SqlOf"/>, under its name in snake case.
/// </summary>
internal sealed class ObjectRows
{
    /// <summary>What is shown of an object on the page of another: beside these its sort, which every kind has under its own name.</summary>
    private static readonly string[] Named = [nameof(RegisterObject.Id), nameof(RegisterObject.Slug), nameof(RegisterObject.Name), nameof(RegisterObject.Keywords), nameof(RegisterObject.MunicipalityCode), nameof(RegisterObject.Latitude), nameof(RegisterObject.Longitude), nameof(RegisterObject.Verification), nameof(RegisterObject.State), nameof(Organisation.ShortName), nameof(City.HasFourEyes), nameof(Meeting.HeldOn)];

    private static ObjectRows? _rows;
    private readonly JsonSerializerOptions _json;
    private readonly string _ofCity, _ofAction, _ofDocument, _ofMeeting, _ofOther;

    private ObjectRows(IModel model)
    {
        // The boundary of a municipality is heavy, and maps take it from elsewhere.
        var area = string.Join(", ", model.FindEntityType(typeof(Area))!.GetProperties().Where(p => p.Name != nameof(Area.Boundary)).Select(p => $"a.{p.GetColumnName()}"));
        string Municipality(string code) => $"(select row_to_json(x) from (select {area} from area a where a.code = {code}) x) as municipality";
        var named = model.FindEntityType(typeof(RegisterObject))!.GetDerivedTypesInclusive().SelectMany(t => t.GetDeclaredProperties())
            .Where(IsNamed)
            .Select(p => p.GetColumnName()).Distinct(StringComparer.Ordinal);
        var typed = $"select row_to_json(x) from (select t.kind as \"$type\", {string.Join(", ", named.Select(c => "t." + c))}";
        const string Source = "(select row_to_json(s) from source s where s.id = c.source_id) as source";
        var open = Codes<Visibility>.Code(Visibility.Public);
        static string Many(string name, string rows, string by = "id") => $"(select coalesce(json_agg(x order by x.{by}), '[]') from ({rows}) x) as {name}";
        static string Citations(string owner, string id) => Many("citations", $"select c.*, {Source} from citation c where c.{owner} = {id}");

        string Public(string name, string id) => $"({typed} from register_object t where t.id = {id} and {PublicObjects.Sql("t")}) x) as {name}";
        var agenda = $"""
            {Many("elements", "select e.*, (select row_to_json(x) from agenda_element x where x.code = e.element_code) as element from object_element e where e.object_id = o.id", "element_code")},
            {Many("commitments", $"""
                select c.*, ({typed}) x) as party, {Public("carried_out_in", "c.carried_out_in_id")} from commitment c join register_object t on t.id = c.party_id where c.object_id = o.id and {PublicObjects.NameableSql("t")}
                """)},
            """;
        var action = $"""
            {agenda}
            {Many("milestones", $"""
                select m.*, ({typed} from register_object t where t.id = m.evidence_object_id and {PublicObjects.Sql("t")}) x) as evidence_object from milestone m where m.action_id = o.id
                """)},
            {Many("carried_out", $"""
                select c.*, ({typed}) x) as holder, ({typed} from register_object t where t.id = c.party_id and {PublicObjects.NameableSql("t")}) x) as party from commitment c join register_object t on t.id = c.object_id
                where c.carried_out_in_id = o.id and {PublicObjects.Sql("t")} and exists (select 1 from register_object p where p.id = c.party_id and {PublicObjects.NameableSql("p")})
                order by c.id limit {ObjectDetail.MostCarriedOut}
                """)},
            {Many("points", $"""
                select p.*, ({typed}) x) as meeting, {Public("party", "p.party_id")} from agenda_point p join register_object t on t.id = p.meeting_id
                where p.action_id = o.id and {PublicObjects.Sql("t")} order by t.held_on desc nulls last, p.number limit {ObjectDetail.MostPoints}
                """)},
            {Many("updates", $"""
                select u.*, ({typed} from register_object t where t.id = u.on_behalf_of_id and {PublicObjects.Sql("t")}) x) as on_behalf_of
                from progress_update u where u.action_id = o.id and u.visibility = '{open}' order by u.at desc limit {ObjectDetail.MostUpdates}
                """)},
            """;
        var meeting = $"""
            {agenda}
            {Many("points", $"select p.*, {Public("action", "p.action_id")}, {Public("party", "p.party_id")} from agenda_point p where p.meeting_id = o.id", "number")},
            """;

        string Sql(bool isCity, string own = "") => $"""
            with o as materialized (select o.* from register_object o where o.kind = $1 and o.slug = $2 and {PublicObjects.Sql("o")})
            select (select row_to_json(o)::text from (select o.kind as "$type", o.*,
                    {Municipality("o.municipality_code")},
                    ({typed} from register_object t where t.id = o.steward_id and {PublicObjects.Sql("t")}) x) as steward,
                    {Many("other_locations", $"select l.*, {Municipality("l.municipality_code")} from object_location l where l.object_id = o.id", "municipality_code")},
                    {Many("provenance", "select p.* from field_provenance p where p.object_id = o.id", "field")},
                    {Many("external_keys", "select k.* from external_key k where k.object_id = o.id", "scheme, x.value")},
                    {Citations("object_id", "o.id")},
                    {Many("specialisations", $"""
                        select s.*, {Citations("specialisation_id", "s.id")},
                            (select row_to_json(x) from (select t.*, (select row_to_json(y) from taxonomy y where y.code = t.taxonomy_code) as taxonomy from theme t where t.code = s.theme_code) x) as theme
                        from specialisation s where s.object_id = o.id
                        """)},
                    {Many("relations", $"""
                        select r.*, {Citations("relation_id", "r.id")}, ({typed}) x) as "to"
                        from relation r join register_object t on t.id = r.to_id where r.from_id = o.id and {PublicObjects.Sql("t")}
                        """)},
                    {(isCity ? "" : Many("inverse_relations", $"""
                        select r.*, ({typed}, {Municipality("t.municipality_code")}) x) as "from"
                        from relation r join register_object t on t.id = r.from_id where r.to_id = o.id and {PublicObjects.Sql("t")}
                        order by r.id limit {ObjectDetail.MostInverse + 1}
                        """) + ",")}
                    {Many("observations", """
                        select v.*, (select row_to_json(i) from indicator i where i.code = v.indicator_code) as indicator, (select row_to_json(s) from source s where s.id = v.source_id) as source
                        from observation v where v.object_id = o.id
                        """)},
                    {(!isCity ? "" : Many("swot", $"""
                        select s.*, {Many("evidence", $"""
                            select e.*, ({typed} from register_object t where t.id = e.subject_id) x) as subject, (select row_to_json(c) from source c where c.id = e.source_id) as source,
                                (select row_to_json(x) from (select v.*, (select row_to_json(i) from indicator i where i.code = v.indicator_code) as indicator from observation v where v.id = e.observation_id) x) as observation
                            from swot_evidence e where e.item_id = s.id
                                and (e.subject_id is null or exists (select 1 from register_object t where t.id = e.subject_id and {PublicObjects.Sql("t")}))
                                and (e.observation_id is null or exists (select 1 from observation v left join register_object t on t.id = v.object_id where v.id = e.observation_id and (v.object_id is null or {PublicObjects.Sql("t")})))
                            """)}
                        from swot_item s where s.object_id = o.id and s.visibility = '{open}'
                        """) + ",")}
                    {own}
                    {Many("exchanges", $"""
                        select e.*, (select row_to_json(t) from theme t where t.code = e.theme_code) as theme from exchange e where e.object_id = o.id and e.visibility = '{open}'
                        """)}
                from o) o),
                (select p.name from o join area m on m.code = o.municipality_code join area p on p.code = m.parent_code),
                (select w.name from o join area w on w.code = o.working_area_code),
                (select t.slug from former_slug f join register_object t on t.id = f.object_id where f.kind = $1 and f.slug = $2 and {PublicObjects.Sql("t")})
            """;
        // Only a city has a SWOT, and its page tells what belongs to it within a bound; only an action has milestones: planning for what never comes costs each page.
        (_ofCity, _ofAction, _ofDocument, _ofMeeting, _ofOther) = (Sql(isCity: true), Sql(isCity: false, action), Sql(isCity: false, agenda), Sql(isCity: false, meeting), Sql(isCity: false));
        _json = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Converters = { new CodeJson(), new UtcJson() },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { type => Map(model, type) } },
        };
    }

    /// <summary>Whether a column of an object stands on the pages of others.</summary>
    private static bool IsNamed(IReadOnlyProperty column) => Named.Contains(column.Name, StringComparer.Ordinal)
        || column.DeclaringType.ClrType != typeof(RegisterObject) && (Nullable.GetUnderlyingType(column.ClrType) ?? column.ClrType).IsEnum;

    /// <summary>By kind ($1) and slug ($2): the public object as JSON, the names of its province and working area, and where a former slug moved to.</summary>
    public string SqlOf(ObjectKind kind) => kind.Type == typeof(City) ? _ofCity : kind.Type == typeof(AgendaAction) ? _ofAction : kind.Type == typeof(PolicyDocument) ? _ofDocument : kind.Type == typeof(Meeting) ? _ofMeeting : _ofOther;

    /// <summary>The model is the same for every context of a process.</summary>
    public static ObjectRows Of(IDbContextFactory<PortalDbContext> contexts) => LazyInitializer.EnsureInitialized(ref _rows, () =>
    {
        using var db = contexts.CreateDbContext();
        return new ObjectRows(db.Model);
    });

    public RegisterObject Read(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<RegisterObject>(json, _json)!;

    private static void Map(IModel model, JsonTypeInfo type)
    {
        if (model.FindEntityType(type.Type) is not { } entity) return;
        if (type.Type == typeof(RegisterObject) || type.Type == typeof(AgendaObject))
        {
            type.PolymorphismOptions = new JsonPolymorphismOptions();
            foreach (var kind in KindRegistry.All.Where(k => k.Type.IsSubclassOf(type.Type))) type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(kind.Type, kind.Code));
        }
        foreach (var property in type.Properties.ToList())
        {
            var name = ((MemberInfo)property.AttributeProvider!).Name;
            if (entity.FindProperty(name) is { } column) property.Name = column.GetColumnName();
            else if (entity.FindNavigation(name) is not { } navigation) type.Properties.Remove(property);
            else if (navigation.IsCollection) property.ObjectCreationHandling = JsonObjectCreationHandling.Populate;
        }
    }

    /// <summary>Enums by their codes, as <see cref="Vocabularies"/> stores them.</summary>
    private sealed class CodeJson : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) => (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

        private sealed class Of<T> : JsonConverter<T> where T : struct, Enum
        {
            public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Codes<T>.Parse(reader.GetString()!);
            public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => throw new NotSupportedException();
        }
    }

    /// <summary>PostgreSQL writes instants in the time zone of its session.</summary>
    private sealed class UtcJson : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset().ToUniversalTime();
        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => throw new NotSupportedException();
    }
}
