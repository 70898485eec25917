using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Domain.Tests.Registry;

public sealed class FreshnessRuleTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly DateOnly LastYear = new(2025, 11, 23);

    [Fact]
    public void Of_NeverConfirmed_IsUnconfirmed()
    {
        FreshnessRule.Of(null, null, Today).Should().Be(Freshness.Unconfirmed);
        FreshnessRule.Of(null, Today.AddDays(1), Today).Should().Be(Freshness.Unconfirmed);
    }

    [Theory]
    [InlineData(-1, Freshness.Due)]
    [InlineData(0, Freshness.Current)]
    [InlineData(1, Freshness.Current)]
    public void Of_Confirmed_IsCurrentUntilAndOnTheReviewDate(int daysUntilReview, Freshness freshness) =>
        FreshnessRule.Of(LastYear, Today.AddDays(daysUntilReview), Today).Should().Be(freshness);

    [Fact]
    public void FreshnessOn_Object_FollowsItsOwnDates()
    {
        var campus = new Campus { Id = Guid.NewGuid(), Slug = "a", Name = "A", ConfirmedOn = LastYear, ReviewBy = Today };

        campus.FreshnessOn(Today).Should().Be(Freshness.Current);
        campus.FreshnessOn(Today.AddDays(1)).Should().Be(Freshness.Due);
    }
}
