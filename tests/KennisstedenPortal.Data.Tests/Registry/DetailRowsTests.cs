using System.Collections;
using System.Globalization;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace KennisstedenPortal.Data.Tests.Registry;

/// <summary>The statement of a detail page gives every column that Entity Framework gives, for every object of the shipped data.</summary>
public sealed class DetailRowsTests(FilledDatabase filled) : IClassFixture<FilledDatabase>
{
    private static readonly string[] Paths =
    [
        "Municipality", "Steward", "OtherLocations.Municipality", "Provenance", "ExternalKeys", "Citations.Source", "Specialisations.Theme.Taxonomy", "Specialisations.Citations.Source",
        "Relations.To", "Relations.Citations.Source", "InverseRelations.From.Municipality", "Observations.Indicator", "Observations.Source",
        "Swot.Evidence.Subject", "Swot.Evidence.Observation.Indicator", "Swot.Evidence.Source", "Exchanges.Theme",
    ];

    [Fact]
    public async Task Run_EveryPublicObject_IsWhatIncludeGives()
    {
        await using var db = filled.Database.CreateDbContext();
        var expected = await Paths.Aggregate(db.Objects.AsNoTracking().AsSplitQuery().Public(), (query, path) => query.Include(path)).ToListAsync();
        expected.Should().HaveCountGreaterThan(500);

        foreach (var item in expected)
        {
            var detail = (await new DetailQuery(filled.Database, filled.Database.Source).RunAsync(KindRegistry.Of(item), item.Slug, default)).Detail!;
            Lines(db.Model, detail.Item, "").Should().Equal(Lines(db.Model, item, ""), item.Slug);
        }
    }

    [Fact]
    public void Paths_EveryNavigationOfAnObject_IsCompared()
    {
        using var db = filled.Database.CreateDbContext();

        db.Model.FindEntityType(typeof(RegisterObject))!.GetNavigations().Select(n => n.Name).Should().BeSubsetOf(Paths.Select(p => p.Split('.')[0]));
    }

    /// <summary>Every column of an entity and of what hangs on it, a line each; of another object, what stands on the page. A boundary is not asked for, nor what belongs to a city.</summary>
    internal static IEnumerable<string> Lines(IModel model, object entity, string path)
    {
        var type = model.FindEntityType(entity.GetType())!;
        yield return $"{path} is a {type.ShortName()}";
        foreach (var property in type.GetProperties().Where(p => !p.IsShadowProperty() && p.Name != nameof(Area.Boundary) && (path.Length == 0 || entity is not RegisterObject || IsShownElsewhere(p))))
            yield return $"{path}.{property.Name} = {Value(property.PropertyInfo!.GetValue(entity))}";
        foreach (var navigation in type.GetNavigations().OrderBy(n => n.Name, StringComparer.Ordinal))
        {
            var next = path.Length == 0 ? navigation.Name : $"{path}.{navigation.Name}";
            if (!Paths.Any(p => p == next || p.StartsWith(next + ".", StringComparison.Ordinal))) continue;
            if (entity is City && navigation.Name == nameof(RegisterObject.InverseRelations)) continue;
            var value = navigation.PropertyInfo!.GetValue(entity);
            var many = navigation.IsCollection ? ((IEnumerable)value!).Cast<object>() : value is null ? [] : [value];
            foreach (var line in many.Where(IsShown).SelectMany(o => Lines(model, o, next)).Order(StringComparer.Ordinal)) yield return line;
        }

        bool IsShown(object o) => o switch
        {
            Relation r => (path.Length == 0 && r.FromId == ((RegisterObject)entity).Id ? r.To : r.From)!.IsPublic(),
            RegisterObject other => other.IsPublic(),
            SwotItem s => s.Visibility == Visibility.Public,
            SwotEvidence e => e.Subject?.IsPublic() != false,
            Exchange e => e.Visibility == Visibility.Public,
            _ => true,
        };
    }

    /// <summary>What stands of an object on the page of another: its name and address, its place, its sort, and what a line about it says.</summary>
    private static bool IsShownElsewhere(IProperty column) => Elsewhere.Contains(column.Name, StringComparer.Ordinal) || column.DeclaringType.ClrType != typeof(RegisterObject) && (Nullable.GetUnderlyingType(column.ClrType) ?? column.ClrType).IsEnum;

    private static readonly string[] Elsewhere = ["Id", "Slug", "Name", "Keywords", "MunicipalityCode", "Latitude", "Longitude", "ShortName", "HasFourEyes"];

    private static string? Value(object? value) => value switch
    {
        DateTimeOffset at => at.ToString("O", CultureInfo.InvariantCulture),
        IEnumerable<string> list => string.Join('|', list),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString(),
    };
}
