using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.BrowserTests;

/// <summary>Every text on the form of a campus and of a city, filled with what hurts: it is told, the page goes on, the draft is kept.</summary>
public sealed class HostileFormTests(BrowserSite site)
{
    private const string Campus = "/bewerken/campussen/kennispark-twente";
    private const int FewestFields = 40;

    /// <summary>As JavaScript writes them: half a character does not come through in any other way.</summary>
    private static readonly string[] Texts = ["'x'.repeat(1048576)", "'😀\\n'.repeat(300000)", "'<script>alert(1)</script>'", "'javascript:alert(1)'", "'a\\0b'", "'gnp.\\u202Eexe'", "'a\\uD800b'", "'\\uDC00'", "'\\u200B\\u2060'", "'👩🏽‍🔬'", "'9999-12-31'", "'999 -999'"];

    [Theory]
    [InlineData(Campus)]
    [InlineData("/bewerken/kennissteden/enschede")]
    public async Task EveryText_WithAnythingHostile_IsToldWhereItStandsAndNothingIsLost(string address)
    {
        await using var portal = await site.OwnAsync();
        await using var visit = await OpenAsync(portal, address);
        var page = visit.Page;
        page.Dialog += (_, question) => _ = question.AcceptAsync();
        var revisions = await portal.Database.ScalarAsync<long>("select count(*) from revision");
        await UnfoldAsync(page);
        foreach (var text in Texts)
        {
            var filled = await page.EvaluateAsync<int>($$"""
                () => {
                    const text = {{text}};
                    const fields = [...document.querySelectorAll(".edit-page input:not([type]), .edit-page input[type=text], .edit-page textarea")];
                    for (const field of fields) {
                        field.value = text;
                        for (const kind of ["input", "change", "focusout"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
                    }
                    return fields.length;
                }
                """);
            filled.Should().BeGreaterThan(FewestFields);
            await page.GetByRole(AriaRole.Button, new() { Name = "Bekijk en sla op" }).ClickAsync();

            await Expect(page.Locator("[tabindex='-1']:has(> .error-summary)")).ToBeFocusedAsync();
            (await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.error-summary a')].filter(a => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).map(a => a.textContent)")).Should().BeEmpty($"each sentence about {text} leads to where it was given");
            (await page.Locator(".edit-page .error").CountAsync()).Should().BePositive(text);
            await Expect(page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
        }
        await page.GetByLabel("Beschrijving").FillAsync("Het formulier leeft nog.");
        await KeptAsync(portal, "description", "Het formulier leeft nog.");
        visit.Complaints.Should().BeEmpty();

        await page.EvaluateAsync("() => document.querySelectorAll('[data-unsaved]').forEach(e => e.removeAttribute('data-unsaved'))");
        await page.ReloadAsync();
        await Expect(page.GetByText("U gaat verder met uw concept")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Beschrijving")).ToHaveValueAsync("Het formulier leeft nog.");
        (await portal.Database.ScalarAsync<long>("select count(*) from revision")).Should().Be(revisions);
    }

    /// <summary>Whoever takes the limits off the page sends more than the connection takes. It breaks, comes back, and nothing that was kept is lost.</summary>
    [Fact]
    public async Task Message_BeyondWhatTheConnectionTakes_LosesNoDraftAndTheFormGoesOn()
    {
        await using var portal = await site.OwnAsync();
        await using var visit = await OpenAsync(portal, Campus);
        var page = visit.Page;
        await page.GetByLabel("Beschrijving").FillAsync("Voor de storm.");
        await KeptAsync(portal, "description", "Voor de storm.");

        await page.EvaluateAsync("""
            () => {
                const field = document.getElementById("veld-note");
                field.removeAttribute("maxlength");
                field.value = "x".repeat(1048576);
                field.dispatchEvent(new Event("input", { bubbles: true }));
            }
            """);
        await Expect(page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        await Expect(page.Locator("#components-reconnect-modal")).ToBeHiddenAsync(new() { Timeout = 60_000 });
        await Expect(page.Locator(".save-bar")).ToBeVisibleAsync();
        await page.Locator("#veld-note").FillAsync("Na de storm.");
        await KeptAsync(portal, "note", "Na de storm.");
        await KeptAsync(portal, "description", "Voor de storm.");
    }

    /// <summary>Opens every part of the form and adds one of everything, so that every field there is stands on the page.</summary>
    private static async Task UnfoldAsync(IPage page)
    {
        var isCity = await page.Locator("#swot-kop").CountAsync() > 0;
        foreach (var part in await page.Locator(".edit-section h2 button[aria-expanded=false]").ElementHandlesAsync()) await part.ClickAsync();
        await page.Locator("#thema-erbij").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.Locator(".choose-and-add:has(#thema-erbij) button").ClickAsync();
        await page.Locator("#relatie-soort").SelectOptionAsync(isCity ? "naar-belongs-to" : "naar-located-on");
        await page.Locator("#relatie-met").FillAsync("mesa");
        await page.Locator(".choices button").First.ClickAsync();
        // The focus moves on to what was added; what is typed before that would land there.
        await Expect(page.Locator("#relaties-deel .edit-item :focus")).ToHaveCountAsync(1);
        await page.Locator("#cijfer-erbij").FillAsync("banen");
        await page.Locator(".choices button").First.ClickAsync();
        if (isCity) await page.GetByRole(AriaRole.Button, new() { Name = "Punt toevoegen" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Wat wij bieden toevoegen" }).ClickAsync();
        await Expect(page.Locator(".edit-item > .sub-form")).ToHaveCountAsync(isCity ? 5 : 4);
        foreach (var evidence in await page.Locator(".evidence-toggle").ElementHandlesAsync()) await evidence.ClickAsync();
        await Expect(page.Locator(".evidence > .sub-form")).ToHaveCountAsync(await page.Locator(".evidence-toggle").CountAsync());
        var sources = page.GetByRole(AriaRole.Button, new() { Name = "Staat de bron er niet bij? Voeg die toe" });
        for (var left = await sources.CountAsync(); left > 0; left--)
        {
            await sources.First.ClickAsync();
            await Expect(sources).ToHaveCountAsync(left - 1);
        }
    }

    private static Task KeptAsync(PortalUnderTest portal, string path, string text) => Poll.UntilAsync(async () =>
    {
        await using var db = portal.Database.CreateDbContext();
        return await db.Drafts.Select(d => d.Changes).SingleOrDefaultAsync() is { } changes && Json.Text(ChangeSet.Parse(changes)[path]) == text;
    }, $"the draft holds {text}");

    private Task<Visit> OpenAsync(PortalUnderTest portal, string address) => EditTests.OpenAsync(site, portal, "secretariaat", address);
}
