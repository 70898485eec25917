using System.Collections;
using System.Reflection;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Domain.Tests.Registry;

/// <summary>Demands that every kind of object is complete in the one list of kinds.</summary>
public sealed class KindRegistryTests
{
    /// <summary>Identity, address and bookkeeping; the two halves of the point are read by the field of the place.</summary>
    private static readonly string[] NotFields =
    [
        nameof(RegisterObject.Id), nameof(RegisterObject.Slug), nameof(RegisterObject.Latitude), nameof(RegisterObject.Longitude),
        nameof(RegisterObject.LocationIsApproximate), nameof(RegisterObject.Revision), nameof(RegisterObject.ChangedAt),
    ];

    private static IEnumerable<Type> Subclasses => typeof(RegisterObject).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(RegisterObject)) && !t.IsAbstract);

    public static TheoryData<string> Kinds => [.. KindRegistry.All.Select(k => k.Code)];

    public static TheoryData<string, string> Scalars
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var type in Subclasses)
                foreach (var property in type.GetProperties().Where(IsScalar)) data.Add(type.Name, property.Name);
            return data;
        }
    }

    [Fact]
    public void All_EverySubclass_IsListedExactlyOnce() => KindRegistry.All.Select(k => k.Type).Should().BeEquivalentTo(Subclasses);

    [Fact]
    public void All_CodesAndPaths_AreUniqueAndCanStandInAddresses()
    {
        KindRegistry.All.Select(k => k.Code).Should().OnlyHaveUniqueItems().And.OnlyContain(c => SlugText.IsValid(c));
        KindRegistry.All.Select(k => k.Path).Should().OnlyHaveUniqueItems();
        KindRegistry.All.SelectMany(k => k.Path.Split('/')).Should().OnlyContain(p => SlugText.IsValid(p));
        KindRegistry.All.Select(k => k.Segment).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void OfCode_Kind_IsFoundByEachOfItsNames(string code)
    {
        var kind = KindRegistry.OfCode(code);

        KindRegistry.FindByCode(code).Should().BeSameAs(kind);
        KindRegistry.FindByPath(kind.Path).Should().BeSameAs(kind);
        KindRegistry.FindBySegment(kind.Segment).Should().BeSameAs(kind);
        KindRegistry.Of(Make(kind.Type)).Should().BeSameAs(kind);
    }

    [Fact]
    public void Find_UnknownName_IsNull()
    {
        KindRegistry.FindByCode("kelder").Should().BeNull();
        KindRegistry.FindByCode(null).Should().BeNull();
        KindRegistry.FindByPath("kelders").Should().BeNull();
        KindRegistry.FindByPath(null).Should().BeNull();
        KindRegistry.FindByPath("acties").Should().BeNull("its path has two parts");
        KindRegistry.FindBySegment("kelders").Should().BeNull();
        KindRegistry.FindBySegment(null).Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fields_Kind_AreNamedOnceAndLabelledInBothLanguages(string code)
    {
        var kind = KindRegistry.OfCode(code);

        kind.Fields.Select(f => f.Name).Should().OnlyHaveUniqueItems();
        kind.Fields.Select(f => f.Name).Should().AllSatisfy(name => name.Should().MatchRegex("^[a-z][A-Za-z]*$"));
        kind.Fields.Select(f => f.Label).Concat([kind.Singular, kind.Plural]).Concat(kind.Fields.Where(f => f.Help is not null).Select(f => f.Help!.Value))
            .Should().AllSatisfy(text => string.IsNullOrWhiteSpace(text.Nl).Should().Be(string.IsNullOrWhiteSpace(text.En)).And.BeFalse());
        kind.FieldsByName.Should().HaveCount(kind.Fields.Count);
        kind.ReviewEvery.Should().BePositive();
    }

    [Theory]
    [MemberData(nameof(Scalars))]
    public void Fields_EveryScalarOfAKind_IsReadByOneField(string type, string property)
    {
        var kind = KindRegistry.All.Single(k => k.Type.Name == type);
        var (before, after) = (Make(kind.Type), Make(kind.Type));
        var changed = kind.Type.GetProperty(property)!;

        changed.SetValue(after, Other(changed, changed.GetValue(before)));

        kind.Fields.Where(f => !Same(f.Read(before), f.Read(after))).Should().ContainSingle($"{type}.{property} belongs in history, export and provenance");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fields_PlaceOnTheMap_ReadsPointAndPrecision(string code)
    {
        var kind = KindRegistry.OfCode(code);
        var field = kind.FieldsByName["location"];
        object? Read(double? latitude, double? longitude, bool approximate)
        {
            var item = Make(kind.Type);
            (item.Latitude, item.Longitude, item.LocationIsApproximate) = (latitude, longitude, approximate);
            return field.Read(item);
        }

        Read(null, null, false).Should().BeNull();
        new[] { Read(52, 5, false), Read(52.1, 5, false), Read(52, 5.1, false), Read(52, 5, true) }.Should().OnlyHaveUniqueItems().And.NotContainNulls();
    }

    [Fact]
    public void Allows_EveryRelation_HasARuleBetweenKindsThatExist()
    {
        RelationKinds.All.Keys.Should().BeEquivalentTo(Enum.GetValues<RelationKind>());
        RelationKinds.All.Should().AllSatisfy(p =>
        {
            p.Value.Kind.Should().Be(p.Key);
            p.Value.Inverse.Nl.Should().NotBeNullOrWhiteSpace();
            p.Value.Inverse.En.Should().NotBeNullOrWhiteSpace();
            p.Value.From.Should().NotBeEmpty().And.BeSubsetOf(Subclasses);
            p.Value.To.Should().NotBeEmpty().And.BeSubsetOf(Subclasses);
        });
    }

    [Fact]
    public void Allows_Kinds_FollowsTheRule()
    {
        RelationKinds.Allows(RelationKind.LocatedOn, typeof(Facility), typeof(Campus)).Should().BeTrue();
        RelationKinds.Allows(RelationKind.LocatedOn, typeof(Campus), typeof(Facility)).Should().BeFalse();
        RelationKinds.Allows(RelationKind.BelongsTo, typeof(Campus), typeof(Campus)).Should().BeFalse();
    }

    private static bool IsScalar(PropertyInfo property) =>
        property.CanWrite && !NotFields.Contains(property.Name) && !typeof(RegisterObject).IsAssignableFrom(property.PropertyType)
        && (property.PropertyType.Namespace == "System" || property.PropertyType.IsEnum || property.PropertyType == typeof(List<string>));

    private static RegisterObject Make(Type type)
    {
        var item = (RegisterObject)Activator.CreateInstance(type)!;
        (item.Slug, item.Name) = ("een", "Een");
        return item;
    }

    private static object Other(PropertyInfo property, object? present) => (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) switch
    {
        var t when t == typeof(string) => $"{present} anders",
        var t when t == typeof(List<string>) => new List<string> { "anders" },
        var t when t == typeof(bool) => !(bool)(present ?? false),
        var t when t == typeof(int) => (int)(present ?? 0) + 1,
        var t when t == typeof(decimal) => (decimal)(present ?? 0m) + 1.5m,
        var t when t == typeof(Guid) => Guid.NewGuid(),
        var t when t == typeof(DateOnly) => new DateOnly(2026, 11, 23),
        var t when t.IsEnum => Enum.GetValues(t).Cast<object>().First(v => !v.Equals(present)),
        var t => throw new NotSupportedException($"Teach this test another value of {t.Name} ({property.Name})."),
    };

    private static bool Same(object? a, object? b) =>
        a is IEnumerable one and not string && b is IEnumerable other and not string ? one.Cast<object>().SequenceEqual(other.Cast<object>()) : Equals(a, b);
}
