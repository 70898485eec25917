using System.Globalization;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Registry;
using Npgsql;
using NpgsqlTypes;

namespace KennisstedenPortal.Benchmarks;

/// <summary>
/// Fills a register that holds the starter data up to a number of objects: the same at every run, spread unevenly over
/// places, cities and themes. Cities are not made up: there are thirteen. One in fifty is a draft that no page may show.
/// </summary>
public static class Generator
{
    private const int Seed = 20_260_101, DraftEvery = 50;
    private static readonly DateTimeOffset Begin = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Kinds by how many there are of each hundred; campuses and organisations first, since others refer to them.</summary>
    private static readonly (string Kind, int Share, string Prefix)[] Kinds =
    [
        ("organisation", 55, "Instituut voor"), ("campus", 6, "Campus"), ("innovation-district", 4, "Innovatiedistrict"), ("rd-concentration", 10, "R&D-centrum"), ("facility", 22, "Testcentrum"), ("programme", 3, "Programma"),
    ];

    private static readonly string[] Names = ["Noord", "Zuid", "Oost", "West", "Delta", "Brug", "Kade", "Vesting", "Linde", "Eik", "Zon", "Ster", "Kroon", "Anker", "Horizon", "Polder", "Veen", "Duin", "Meer", "Gracht"];

    /// <param name="superuser">Of the database: references are not checked while filling.</param>
    /// <param name="total">Objects afterwards, with those of the starter data.</param>
    public static async Task FillAsync(string superuser, int total, Action<int>? progress = null, CancellationToken cancellation = default)
    {
        var settings = new NpgsqlConnectionStringBuilder(superuser) { Pooling = false, Options = "-c session_replication_role=replica" };
        await using var source = NpgsqlDataSource.Create(settings);
        var register = await Register.LoadAsync(source, cancellation);
        var count = total - register.Objects;
        if (count <= 0) return;

        await using var objects = await Copy.BeginAsync(source, "register_object", "id, kind, slug, name, aliases, description, keywords, note, municipality_code, latitude, longitude, location_is_approximate, state, visibility, verification, confirmed_on, review_by, revision, changed_at, phase, facility_sort, access, status, organisation_type, short_name, is_derived, is_nco_member, programme_sort, sector", cancellation);
        await using var relations = await Copy.BeginAsync(source, "relation", "id, kind, from_id, to_id", cancellation);
        await using var specialisations = await Copy.BeginAsync(source, "specialisation", "id, object_id, theme_code, strength", cancellation);
        await using var citations = await Copy.BeginAsync(source, "citation", "id, source_id, object_id, field", cancellation);
        await using var provenance = await Copy.BeginAsync(source, "field_provenance", "object_id, field, verification", cancellation);

        var random = new Random(Seed);
        var words = new Vocabulary();
        var (organisations, campuses) = (new List<Guid>(), new List<Guid>());
        for (var i = 0; i < count; i++)
        {
            if (i % 10_000 == 0) progress?.Invoke(i);
            var (kind, prefix) = KindAt(i);
            var id = Id(random, i);
            var derived = kind == "organisation" && random.Next(3) == 0;
            var (subject, second) = (words.Draw(random), words.Draw(random));
            var name = $"{prefix} {subject}{(second == subject ? "" : $" en {second}")} {Names[words.Skewed(random, Names.Length)]}";
            var (area, city) = register.Place(words, random);
            var keywords = Enumerable.Range(0, 2 + random.Next(3)).Select(_ => words.Draw(random)).Distinct(StringComparer.Ordinal).ToArray();
            var own = !derived && random.Next(2) == 0;
            var day = new DateOnly(2026, 1, 1).AddDays(random.Next(300));
            DateOnly? confirmed = random.Next(4) == 0 ? day : null;
            string Code<T>(int options) where T : struct, Enum => Codes<T>.Code(Codes<T>.All[words.Skewed(random, options)]);

            await objects.RowAsync(cancellation, id, kind, Slug(name, i), name, random.Next(5) == 0 ? new[] { $"{subject} {i}" } : Array.Empty<string>(), derived ? null : Description(words, random), derived ? Array.Empty<string>() : keywords,
                random.Next(10) == 0 ? $"Werkt samen aan {words.Draw(random)}." : null, area.Code, own ? Within(area.Latitude + (random.NextDouble() - 0.5) / 10, 50.75, 53.55) : null, own ? Within(area.Longitude + (random.NextDouble() - 0.5) / 10, 3.35, 7.25) : null, false,
                i % DraftEvery == DraftEvery - 1 ? "draft" : "published", "public", random.Next(3) == 0 ? "source-verified" : "general-knowledge", confirmed, confirmed?.AddMonths(12), 1, Begin.AddSeconds(i * 13L % 40_000_000),
                kind == "campus" ? Code<CampusPhase>(3) : null, kind == "facility" ? Code<FacilitySort>(6) : null, kind == "facility" && random.Next(3) > 0 ? Code<FacilityAccess>(4) : null, kind == "innovation-district" ? Code<DistrictStatus>(2) : null,
                kind == "organisation" ? Code<OrganisationType>(38) : null, kind == "organisation" && random.Next(4) == 0 ? $"{char.ToUpperInvariant(subject[0])}{char.ToUpperInvariant(second[0])}{i.ToString(CultureInfo.InvariantCulture)}" : null, kind == "organisation" ? derived : null,
                kind == "campus" ? false : null, kind == "programme" ? Code<ProgrammeSort>(2) : null, kind == "rd-concentration" ? Code<Sector>(2) : null);

            async Task Relate(string relation, Guid to) => await relations.RowAsync(cancellation, Id(random, i), relation, id, to);
            if (kind != "programme" && city is { } own1 && random.Next(5) > 0) await Relate("belongs-to", own1);
            else if (kind != "programme" && random.Next(3) == 0) await Relate("serves", register.Cities[words.Skewed(random, register.Cities.Count)]);
            if (kind is "facility" or "rd-concentration" && campuses.Count > 0 && random.Next(3) == 0) await Relate("located-on", campuses[random.Next(campuses.Count)]);
            if (organisations.Count > 0 && kind is "facility" or "rd-concentration" or "campus" && random.Next(2) == 0)
                await Relate(kind switch { "facility" => "hosted-by", "campus" => "managed-by", _ => "owned-by" }, organisations[random.Next(organisations.Count)]);
            if (kind == "organisation") organisations.Add(id);
            if (kind == "campus") campuses.Add(id);

            if (!derived)
                foreach (var theme in Enumerable.Range(0, 1 + random.Next(3)).Select(_ => register.Themes[words.Skewed(random, register.Themes.Count)]).Distinct(StringComparer.Ordinal))
                    await specialisations.RowAsync(cancellation, Id(random, i), id, theme, random.Next(4) switch { 0 => "core", 1 => "strong", 2 => "emerging", _ => null });
            await citations.RowAsync(cancellation, Id(random, i), register.Sources[random.Next(register.Sources.Count)], id, null);
            await provenance.RowAsync(cancellation, id, "name", "source-verified");
        }
        foreach (var copy in new[] { objects, relations, specialisations, citations, provenance }) await copy.CompleteAsync(cancellation);
    }

    private static (string Kind, string Prefix) KindAt(int i)
    {
        // 37 and 100 have no common divisor: every hundred holds all kinds, mixed.
        var at = i * 37L % 100;
        foreach (var (kind, share, prefix) in Kinds)
            if ((at -= share) < 0) return (kind, prefix);
        return (Kinds[0].Kind, Kinds[0].Prefix);
    }

    /// <summary>Shaped as the portal makes them: in order of time, the rest by chance.</summary>
    private static Guid Id(Random random, int i)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        var at = Begin.ToUnixTimeMilliseconds() + i;
        for (var b = 0; b < 6; b++) bytes[b] = (byte)(at >> (40 - 8 * b));
        bytes[6] = (byte)(0x70 | bytes[6] & 0x0F);
        bytes[8] = (byte)(0x80 | bytes[8] & 0x3F);
        return new Guid(bytes, bigEndian: true);
    }

    private static string Slug(string name, int i)
    {
        var number = $"-g{i.ToString(CultureInfo.InvariantCulture)}";
        var slug = SlugText.From(name);
        return (slug.Length > SlugText.MaxLength - number.Length ? slug[..(SlugText.MaxLength - number.Length)].TrimEnd('-') : slug) + number;
    }

    private static string Description(Vocabulary words, Random random)
    {
        string Word() => words.Draw(random);
        return $"Onderzoek naar {Word()} en {Word()}, met nadruk op {Word()}. Bedrijven en kennisinstellingen werken hier aan {Word()}, {Word()} en {Word()}. Er is ruimte voor {Word()} en voor proeven met {Word()}.";
    }

    private static double Within(double value, double min, double max) => Math.Clamp(value, min, max);

    private sealed record Area(string Code, double Latitude, double Longitude);

    /// <summary>What there is to refer to.</summary>
    private sealed class Register
    {
        public required int Objects { get; init; }
        public required List<Guid> Cities { get; init; }
        public required List<Guid> Sources { get; init; }
        public required List<string> Themes { get; init; }
        private List<Area> CityAreas { get; init; } = [];
        private List<Area> Others { get; init; } = [];

        /// <summary>Half stands in a kennisstad, the rest all over the country.</summary>
        public (Area Area, Guid? City) Place(Vocabulary words, Random random)
        {
            if (random.Next(2) == 0) return (Others[words.Skewed(random, Others.Count)], null);
            var city = words.Skewed(random, CityAreas.Count);
            return (CityAreas[city], Cities[city]);
        }

        public static async Task<Register> LoadAsync(NpgsqlDataSource source, CancellationToken cancellation)
        {
            async Task<List<T>> Read<T>(string sql, Func<NpgsqlDataReader, T> row)
            {
                await using var command = source.CreateCommand(sql);
                await using var reader = await command.ExecuteReaderAsync(cancellation);
                var rows = new List<T>();
                while (await reader.ReadAsync(cancellation)) rows.Add(row(reader));
                return rows;
            }
            const string Place = "a.code, a.interior_latitude, a.interior_longitude";
            var cities = await Read($"select o.id, {Place} from register_object o join area a on a.code = o.municipality_code where o.kind = 'city' order by o.slug", r => (Id: r.GetGuid(0), Area: new Area(r.GetString(1), r.GetDouble(2), r.GetDouble(3))));
            var others = await Read($"select {Place} from area a where a.kind = 'municipality' and a.interior_latitude is not null and a.code not in (select municipality_code from register_object where kind = 'city' and municipality_code is not null) order by md5(a.code)", r => new Area(r.GetString(0), r.GetDouble(1), r.GetDouble(2)));
            return new Register
            {
                Objects = (await Read("select count(*)::int from register_object", r => r.GetInt32(0)))[0],
                Cities = cities.ConvertAll(c => c.Id),
                CityAreas = cities.ConvertAll(c => c.Area),
                Others = others,
                Sources = await Read("select id from source order by locator", r => r.GetGuid(0)),
                Themes = await Read("select code from theme order by md5(code)", r => r.GetString(0)),
            };
        }
    }

    /// <summary>One table being filled, on a connection of its own.</summary>
    private sealed class Copy(NpgsqlConnection connection, NpgsqlBinaryImporter importer) : IAsyncDisposable
    {
        public static async Task<Copy> BeginAsync(NpgsqlDataSource source, string table, string columns, CancellationToken cancellation)
        {
            var connection = await source.OpenConnectionAsync(cancellation);
            var importer = await connection.BeginBinaryImportAsync($"copy {table} ({columns}) from stdin (format binary)", cancellation);
            importer.Timeout = TimeSpan.FromMinutes(30);
            return new Copy(connection, importer);
        }

        public async Task RowAsync(CancellationToken cancellation, params object?[] values)
        {
            await importer.StartRowAsync(cancellation);
            foreach (var value in values)
            {
                if (value is null) await importer.WriteNullAsync(cancellation);
                else if (value is string text) await importer.WriteAsync(text, NpgsqlDbType.Text, cancellation);
                else await WriteAsync(value, cancellation);
            }
        }

        public async Task CompleteAsync(CancellationToken cancellation) => await importer.CompleteAsync(cancellation);

        public async ValueTask DisposeAsync()
        {
            await importer.DisposeAsync();
            await connection.DisposeAsync();
        }

        private Task WriteAsync(object value, CancellationToken cancellation) => value switch
        {
            Guid v => importer.WriteAsync(v, cancellation),
            int v => importer.WriteAsync(v, cancellation),
            double v => importer.WriteAsync(v, cancellation),
            bool v => importer.WriteAsync(v, cancellation),
            DateOnly v => importer.WriteAsync(v, cancellation),
            DateTimeOffset v => importer.WriteAsync(v, cancellation),
            string[] v => importer.WriteAsync(v, cancellation),
            _ => throw new ArgumentException($"No column holds a {value.GetType()}.", nameof(value)),
        };
    }
}
