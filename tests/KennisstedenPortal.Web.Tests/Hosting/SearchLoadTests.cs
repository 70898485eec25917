using KennisstedenPortal.Data.Search;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace KennisstedenPortal.Web.Tests.Hosting;

/// <summary>More is asked of search than it can do.</summary>
public sealed class SearchLoadTests(Site site)
{
    [Fact]
    public async Task Search_WithoutAPlace_IsSaidInStyleAndTheRestGoesOn()
    {
        using var room = new SearchRoom(1, TimeSpan.Zero);
        await using var own = await site.OwnAsync(services: s => s.Replace(ServiceDescriptor.Singleton(room)));
        string[] addresses = ["/zoeken?q=lab", "/faciliteiten?q=lab", "/faciliteiten?stad=delft", "/kaart?q=lab", "/kaart/objecten.json?q=lab", "/kaart/beeld.svg?q=lab", "/agenda/voortgang", "/agenda/voortgang.docx", "/agenda/voortgang/bestuur/delft", "/agenda/toezeggingen/halfjaar"];

        using (await room.EnterAsync(default))
        {
            foreach (var (prefix, words) in new[] { ("", "Het is even te druk"), ("/en", "It is too busy right now") })
                foreach (var address in addresses)
                {
                    using var answer = await own.Client.GetAsync(prefix + address);

                    answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable, address);
                    answer.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(10));
                    Html.Headings1(await answer.Content.ReadAsStringAsync()).Should().Equal(words);
                }
            foreach (var other in new[] { "/", "/faciliteiten/samxl", "/kennissteden/delft", "/zoeken/suggesties?q=lab" })
                (await own.Client.GetAsync(other)).StatusCode.Should().Be(HttpStatusCode.OK, other);
        }

        foreach (var address in addresses) (await own.Client.GetAsync(address)).StatusCode.Should().Be(HttpStatusCode.OK, address);
    }

    [Fact]
    public async Task List_ThatTheDatabaseGivesUp_SaysSo()
    {
        await using var own = await site.OwnAsync();
        await own.Client.GetStringAsync("/over");
        await using var source = NpgsqlDataSource.Create(own.Database.Owner);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("lock table search_entry in access exclusive mode", connection)) await hold.ExecuteNonQueryAsync();

        foreach (var answer in await Task.WhenAll(own.Client.GetAsync("/faciliteiten?q=lab"), own.Client.GetAsync("/faciliteiten")))
        {
            using (answer)
            {
                answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
                Html.Text(await answer.Content.ReadAsStringAsync()).Should().Contain("Deze zoekvraag duurt te lang").And.Contain("Faciliteiten");
            }
        }
    }

    [Fact]
    public async Task Report_ThatTheDatabaseGivesUp_SaysSo()
    {
        await using var own = await site.OwnAsync();
        await own.Client.GetStringAsync("/over");
        await using var source = NpgsqlDataSource.Create(own.Database.Owner);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("lock table action_state, commitment in access exclusive mode", connection)) await hold.ExecuteNonQueryAsync();

        foreach (var answer in await Task.WhenAll(own.Client.GetAsync("/agenda/voortgang"), own.Client.GetAsync("/agenda/voortgang/bestuur/delft"), own.Client.GetAsync("/agenda/toezeggingen/halfjaar")))
        {
            using (answer)
            {
                answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
                Html.Headings1(await answer.Content.ReadAsStringAsync()).Should().Equal("Het is even te druk");
            }
        }
    }
}
