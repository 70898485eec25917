using KennisstedenPortal.Data.People;

namespace KennisstedenPortal.Data.Tests.Accounts;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("vier groene fietsen bij de brug")]
    [InlineData("Kortegolf!Mandarijn7")]
    [InlineData("xk29vb71qpzm")]
    [InlineData("ééń lange zin met accenten")]
    public void Password_LongAndOfOnesOwn_IsAccepted(string password) => PasswordRules.Problem(password, "Anna de Vries", "anna@gemeente.nl", "Gemeente Delft").Should().BeNull();

    [Theory]
    [InlineData("")]
    [InlineData("kort")]
    [InlineData("elf tekens.")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("abcabcabcabcabc")]
    [InlineData("qwertyuiop123456")]
    [InlineData("123456789012")]
    [InlineData("wachtwoord123456")]
    [InlineData("P@ssw0rd2026!")]
    [InlineData("Welkom01Welkom01")]
    [InlineData("Zomer2026Zomer!")]
    [InlineData("kennissteden2026")]
    [InlineData("AnnaVries2026")]
    [InlineData("gemeentedelft1")]
    [InlineData("zyxwvutsrqponml")]
    public void Password_ShortCommonOrOfThePersonItself_IsRefused(string password) => PasswordRules.Problem(password, "Anna de Vries", "anna@gemeente.nl", "Gemeente Delft").Should().NotBeNull();

    [Theory]
    [InlineData("Mailcreated5240")]
    [InlineData("mailcreated5240")]
    [InlineData("gearsofwar2012")]
    public void Password_ThatLeakedElsewhere_IsRefused(string password)
    {
        PasswordRules.Problem(password).Should().BeNull("the rules alone let it pass");
        new PasswordCheck(AppContext.BaseDirectory).Problem(password).Should().NotBeNull();
    }

    [Fact]
    public void List_OfLeakedPasswords_HoldsMoreThanTheThreeThousandMostUsedThatAreLongEnough() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, PasswordCheck.FileName)).Where(p => p.Length >= PasswordRules.MinLength).Take(3001).Should().HaveCount(3001);

    [Fact]
    public void Password_OfOnesOwn_IsOnNoList() => new PasswordCheck(AppContext.BaseDirectory).Problem("vier groene fietsen bij de brug").Should().BeNull();

    [Fact]
    public void Check_WithoutItsList_DoesNotStart() => FluentActions.Invoking(() => new PasswordCheck(Path.GetTempPath())).Should().Throw<FileNotFoundException>();

    [Fact]
    public void Password_OfAThousandWords_IsTooLong() => PasswordRules.Problem(string.Concat(Enumerable.Range(0, 40).Select(i => $"w{i}x"))).Should().NotBeNull();
}
