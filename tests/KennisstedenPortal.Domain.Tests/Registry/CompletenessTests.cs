using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Domain.Tests.Registry;

public sealed class CompletenessTests
{
    public static TheoryData<string> Kinds => [.. KindRegistry.All.Select(k => k.Code)];

    [Theory, MemberData(nameof(Kinds))]
    public void Parts_OfEveryKind_AreKnownFieldsAndSectionsWithAReason(string code)
    {
        var kind = KindRegistry.OfCode(code);
        var parts = ProfileParts.Of(kind);

        parts.Should().HaveCountGreaterThan(3).And.HaveCountLessThan(31).And.OnlyHaveUniqueItems(p => p.Code);
        parts.Where(p => !p.Code.Contains('/', StringComparison.Ordinal)).Should().OnlyContain(p => kind.FieldsByName.ContainsKey(p.Code));
        parts.Should().OnlyContain(p => p.Why.Nl.EndsWith('.') && p.Why.En.EndsWith('.') && p.Why.Nl.Length > 25 && p.Why.Nl != p.Why.En && p.Label.Nl.Length > 0);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Of_AnyMask_CountsEachPartOnce(string code)
    {
        var kind = KindRegistry.OfCode(code);
        var parts = ProfileParts.Of(kind);
        Gen.Int[0, (1 << parts.Count) - 1].Sample(mask =>
        {
            var complete = Completeness.Of(kind, mask);
            complete.Filled.Should().Be(ProfileParts.Count(mask));
            (complete.Filled + complete.Missing.Count).Should().Be(complete.Total).And.Be(parts.Count);
            complete.Missing.Should().Equal(parts.Where(complete.Missing.Contains), "in the order of the table");
        }, iter: 200);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Of_OnePartMore_CountsOneMore(string code)
    {
        var kind = KindRegistry.OfCode(code);
        var parts = ProfileParts.Of(kind);
        Gen.Select(Gen.Int[0, (1 << parts.Count) - 1], Gen.Int[0, parts.Count - 1]).Sample((mask, part) =>
        {
            var (without, with) = (Completeness.Of(kind, mask & ~(1 << part)), Completeness.Of(kind, mask | 1 << part));
            with.Filled.Should().Be(without.Filled + 1);
            without.Missing.Except(with.Missing).Should().ContainSingle().Which.Should().Be(parts[part]);
        }, iter: 200);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Of_EmptyObject_MissesEverything(string code)
    {
        var kind = KindRegistry.OfCode(code);
        var complete = Completeness.Of(kind.Create(Guid.NewGuid(), "a", "A"));

        complete.Filled.Should().Be(0);
        complete.Missing.Should().Equal(ProfileParts.Of(kind));
    }

    [Fact]
    public void Of_ObjectWithSomeParts_MissesTheOthers()
    {
        var campus = new Campus { Id = Guid.NewGuid(), Slug = "a", Name = "A", Description = "Een campus.", Phase = CampusPhase.Growth, Latitude = 52, Longitude = 6 };
        campus.Relations.Add(new Relation { Id = Guid.NewGuid(), Kind = RelationKind.BelongsTo, FromId = campus.Id, ToId = Guid.NewGuid() });

        Completeness.Of(campus).Missing.Select(p => p.Code).Should().Equal("website", "municipality", "theme/", "observation/", "citation/", "relation/managed-by", "confirmedOn");
        ProfileParts.Mask.Compile()(campus).Should().Be(ProfileParts.MaskOf(campus), "one query asks for all kinds");
    }
}
