using System.Text.RegularExpressions;

namespace KennisstedenPortal.Web.Tests.Working;

/// <summary>Somebody at a browser without script: keeps cookies, posts the forms of a page with their hidden fields.</summary>
public sealed partial class Person : IDisposable
{
    private readonly HttpClient _client;

    public Person(Uri portal) => _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }, disposeHandler: true) { BaseAddress = portal };

    public CookieContainer Cookies { get; } = new();

    public static async Task<Person> SignedInAsync(PortalUnderTest portal, string demo)
    {
        var person = new Person(portal.BaseAddress);
        using var answer = await person.PostAsync("/inloggen", "demo", ("demo", demo));
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        return person;
    }

    /// <summary>Sent with every request from now on.</summary>
    public void Header(string name, string value)
    {
        _client.DefaultRequestHeaders.Remove(name);
        _client.DefaultRequestHeaders.Add(name, value);
    }

    public Task<HttpResponseMessage> GetAsync(string address) => _client.GetAsync(address);

    public async Task<string> ReadAsync(string address) => await _client.GetStringAsync(address);

    /// <summary>Opens the page and posts one of its forms.</summary>
    /// <param name="form">Name of the form; null for one that posts to an address of its own.</param>
    public async Task<HttpResponseMessage> PostAsync(string page, string? form, params (string Name, string Value)[] fields) =>
        await PostToAsync(page, await ReadAsync(page), form, fields);

    public Task<HttpResponseMessage> PostToAsync(string address, string html, string? form, params (string Name, string Value)[] fields)
    {
        var all = fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(KeyValuePair.Create("__RequestVerificationToken", WebUtility.HtmlDecode(Token().Match(html).Groups[1].Value)));
        if (form is not null) all = all.Append(KeyValuePair.Create("_handler", form));
        return SendAsync(address, all);
    }

    public void Dispose() => _client.Dispose();

    /// <summary>As a browser does, the page that says on itself what became of the form is opened; to anywhere else the test goes itself.</summary>
    private async Task<HttpResponseMessage> SendAsync(string address, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        var answer = await _client.PostAsync(address, content);
        if (answer.StatusCode != HttpStatusCode.Redirect || !IsTold(answer)) return answer;
        using (answer) return await _client.GetAsync(answer.Headers.Location);
    }

    private static bool IsTold(HttpResponseMessage answer) => answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(c => c.Contains("-verteld=", StringComparison.Ordinal));

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
