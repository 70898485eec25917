namespace KennisstedenPortal.Web.Tests.Working;

/// <summary>The answer to a request for a new password comes before anybody looks whether there is an account.</summary>
public sealed class RecoveryTimingTests(Site site)
{
    private const string Email = "anna@enschede.example";

    [Fact]
    public async Task Recovery_WhileNobodyCanLookUpAccounts_AnswersAllTheSameAndMailsAfterwards()
    {
        await using var own = await site.OwnAsync();
        await own.PersonAsync(Email);
        using var person = new Person(own.Portal.BaseAddress);
        await using (var held = await own.Database.Source.OpenConnectionAsync())
        await using (var transaction = await held.BeginTransactionAsync())
        {
            await using var hold = held.CreateCommand();
            hold.CommandText = "lock table account in access exclusive mode";
            await hold.ExecuteNonQueryAsync();

            foreach (var email in new[] { Email, "niemand@enschede.example" })
                using (var answer = await person.PostAsync("/wachtwoord", "recover", ("email", email))) (await answer.Content.ReadAsStringAsync()).Should().Contain("Kijk in uw mail");
        }

        await own.MailAsync(Email, "Kies een nieuw wachtwoord");
        (await own.SubjectsAsync("niemand@enschede.example")).Should().BeEmpty();
    }
}
