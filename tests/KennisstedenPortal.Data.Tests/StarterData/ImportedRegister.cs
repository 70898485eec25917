using System.Text.Json;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Indicators;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.StarterData;

/// <summary>The shipped starter data as they stand in the database, whole, for tests that only read.</summary>
public sealed class ImportedRegister(TestServer server) : IAsyncLifetime
{
    private readonly Dictionary<(string File, string Id), RegisterObject> _byKey = [];
    private readonly Dictionary<(string File, string Id), Guid> _sources = [];
    private readonly Dictionary<string, string[]> _names = new(StringComparer.Ordinal);
    private TestDatabase? _database;
    private PortalDbContext? _db;

    public TestDatabase Database => _database!;
    public PortalDbContext Db => _db!;
    public IReadOnlyList<RegisterObject> Objects { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        _database = await server.FilledAsync();
        _db = _database.CreateDbContext();
        _db.ChangeTracker.AutoDetectChangesEnabled = false;
        // Loaded into one context, everything finds what it belongs to.
        await _db.Set<Area>().LoadAsync();
        await _db.Set<MunicipalityNeighbour>().LoadAsync();
        await _db.Set<AreaMember>().LoadAsync();
        await _db.Set<Source>().LoadAsync();
        await _db.Set<SourceKey>().LoadAsync();
        await _db.Set<Taxonomy>().LoadAsync();
        await _db.Set<Theme>().LoadAsync();
        await _db.Set<RegisterObject>().LoadAsync();
        await _db.Set<ObjectLocation>().LoadAsync();
        await _db.Set<ExternalKey>().LoadAsync();
        await _db.Set<FieldProvenance>().LoadAsync();
        await _db.Set<Relation>().LoadAsync();
        await _db.Set<Specialisation>().LoadAsync();
        await _db.Set<Indicator>().LoadAsync();
        await _db.Set<Observation>().LoadAsync();
        await _db.Set<DocumentClaim>().LoadAsync();
        await _db.Set<AgendaElement>().LoadAsync();
        await _db.Set<ElementObject>().LoadAsync();
        await _db.Set<Milestone>().LoadAsync();
        await _db.Set<ObjectElement>().LoadAsync();
        await _db.Set<Citation>().LoadAsync();

        Objects = [.. _db.Objects.Local];
        foreach (var item in Objects)
            foreach (var key in item.ExternalKeys) _byKey.TryAdd((key.Scheme, key.Value), item);
        foreach (var source in _db.Sources.Local)
            foreach (var key in source.Keys) _sources[(key.File, key.Value)] = source.Id;
        foreach (var name in Starter.Items("organisation-names.json", "names")) _names[name.Text("name")!] = name.Texts("organisations");
    }

    public async ValueTask DisposeAsync()
    {
        if (_db is not null) await _db.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
    }

    public T Find<T>(string file, string id) where T : RegisterObject => (T)_byKey[(file, id)];

    public City City(string municipality) => Objects.OfType<City>().Single(c => c.MunicipalityCode == municipality);

    public Guid SourceId(string file, string id) => _sources[(file, id)];

    /// <summary>The sources by which ids of a file are known, in a fixed order and each once.</summary>
    public Guid[] SourceIds(string file, IEnumerable<string> ids) => [.. ids.Select(id => SourceId(file, id)).Distinct().Order()];

    /// <summary>The organisations that a name in the files stands for, according to the reviewed list of names.</summary>
    public IEnumerable<Guid> Named(string? name)
    {
        foreach (var id in name is null ? [] : _names[name])
            yield return (_byKey.GetValueOrDefault(("organisation-names.json", id)) ?? _byKey[("institutions.json", id)]).Id;
    }
}

/// <summary>Tests that read the same imported register.</summary>
[CollectionDefinition]
public sealed class ImportedRegisterGroup : ICollectionFixture<ImportedRegister>;

/// <summary>Gathers what a file says and the database does not, so that one run names all of it.</summary>
internal sealed class Comparison
{
    private readonly List<string> _differences = [];
    private int _compared;

    public void Same<T>(string record, string fact, T? file, T? database)
    {
        _compared++;
        if (!EqualityComparer<T>.Default.Equals(file, database)) _differences.Add($"{record} · {fact}: file {Show(file)}, database {Show(database)}");
    }

    /// <summary>The same members; order does not matter.</summary>
    public void SameSet<T>(string record, string fact, IEnumerable<T> file, IEnumerable<T> database)
    {
        _compared++;
        var (said, stored) = (file.ToHashSet(), database.ToHashSet());
        if (!said.SetEquals(stored)) _differences.Add($"{record} · {fact}: missing {string.Join(", ", said.Except(stored))}; surplus {string.Join(", ", stored.Except(said))}");
    }

    public void SameList(string record, string fact, IEnumerable<string> file, IEnumerable<string> database) =>
        Same(record, fact, JsonSerializer.Serialize(file), JsonSerializer.Serialize(database));

    public void Holds(string record, string fact, bool holds) => Same(record, fact, true, holds);

    public void Verify(int atLeast)
    {
        _differences.Should().BeEmpty();
        _compared.Should().BeGreaterThanOrEqualTo(atLeast, "else nothing was compared");
    }

    private static string Show<T>(T? value) => value is null ? "null" : $"'{value}'";
}
