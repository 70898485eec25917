using System.Collections.Concurrent;
using KennisstedenPortal.Data;
using KennisstedenPortal.Domain.Registry;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KennisstedenPortal.BrowserTests;

/// <summary>What an open form weighs on the server. It runs alone: other tests use the same memory.</summary>
[CollectionDefinition(nameof(CircuitWeightTests), DisableParallelization = true)]
[Collection(nameof(CircuitWeightTests))]
public sealed class CircuitWeightTests(BrowserSite site, ITestOutputHelper output)
{
    private const int Few = 5, Many = 15;
    private const double MostMegabytes = 1.5;
    /// <summary>Path of the page, of the object with the longest or shortest snapshot.</summary>
    private const string ByLength = "select o.kind || '/' || o.slug from revision r join register_object o on o.id = r.object_id and o.revision = r.number order by length(r.snapshot::text) {0} limit 1";

    [Theory]
    [InlineData("the biggest object, every part open", "desc", true)]
    [InlineData("the smallest object, as it opens", "asc", false)]
    public async Task Circuit_WithAFormBeingFilledIn_StaysLight(string what, string order, bool opensParts)
    {
        var (database, circuits) = (await site.DatabaseAsync(), new Circuits());
        var contexts = new WatchedContexts(database);
        await using var portal = PortalUnderTest.Start(database, services: s =>
        {
            s.Replace(ServiceDescriptor.Singleton<IDbContextFactory<PortalDbContext>>(contexts));
            s.AddSingleton<CircuitHandler>(circuits);
        });
        var parts = (await database.ScalarAsync<string>(ByLength.Replace("{0}", order, StringComparison.Ordinal))).Split('/');
        var form = $"/bewerken/{KindRegistry.OfCode(parts[0]).Path}/{parts[1]}";
        await using var visit = await site.VisitAsync(portal);
        await visit.Page.GotoAsync("/inloggen?terug=/werkplek");
        await visit.Page.Locator("button[value=secretariaat]").ClickAsync();
        // What the first few bring along is loaded once for all; what each of the others adds is its own. What
        // the tests before this one left behind may go at any moment, and the browser's client and the pools of the framework may
        // take more just then. So of the ten, those count that added something, and of these the lower quartile.
        await OpenAsync(Few);
        var (before, added) = (await HeapAsync(), new List<double>());
        for (var forms = Few + 1; forms <= Many; forms++)
        {
            await OpenAsync(forms);
            var now = await HeapAsync();
            added.Add((now - before) / (1024.0 * 1024));
            before = now;
        }
        var grown = added.Where(a => a > 0).Order().ToList();
        grown.Count.Should().BeGreaterThanOrEqualTo(added.Count / 2, "most forms add something");
        var each = grown[grown.Count / 4];
        circuits.Open.Should().Be(Many, "they were open all the time");
        output.WriteLine($"{form}, {what}: {each:0.000} MB per circuit, of {string.Join(", ", added.Select(a => $"{a:0.000}"))}");
        each.Should().BeLessThan(MostMegabytes);

        async Task OpenAsync(int forms)
        {
            while (circuits.Open < forms) await FillInAsync(circuits.Open == 0 ? visit.Page : await visit.Page.Context.NewPageAsync(), form, opensParts);
            circuits.Open.Should().Be(forms);
            await Poll.UntilAsync(() => Task.FromResult(Collected() && contexts.Alive == 0), "no open form holds a context, or anything that one tracks");
        }
    }

    private static async Task FillInAsync(IPage tab, string form, bool opensParts)
    {
        await tab.GotoAsync(form);
        await Expect(tab.Locator(".save-bar")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        if (opensParts)
        {
            const string closed = ".edit-section > h2 > button[aria-expanded=false]";
            await tab.Locator(closed).EvaluateAllAsync<int>("buttons => buttons.map(b => b.click()).length");
            await Expect(tab.Locator(closed)).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        }
        await tab.Locator("textarea").First.FillAsync("Wat iemand typt.");
        await Expect(tab.Locator(".draft-status, .notice-warn h2").Filter(new() { HasTextRegex = new("bewaard om|ander venster") }).First).ToBeVisibleAsync(new() { Timeout = 60_000 });
    }

    /// <summary>Bytes in use after a full collection, once that is the same twice.</summary>
    private static async Task<long> HeapAsync()
    {
        const long still = 64 * 1024;
        var (last, now) = (0L, long.MaxValue);
        await Poll.UntilAsync(() =>
        {
            Collected();
            (last, now) = (now, GC.GetTotalMemory(forceFullCollection: false));
            return Task.FromResult(Math.Abs(now - last) < still);
        }, "the memory in use is steady");
        return now;
    }

    private static bool Collected()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        return true;
    }

    private sealed class Circuits : CircuitHandler
    {
        private int _open;

        public int Open => Volatile.Read(ref _open);

        public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _open);
            return Task.CompletedTask;
        }

        public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
        {
            Interlocked.Decrement(ref _open);
            return Task.CompletedTask;
        }
    }

    private sealed class WatchedContexts(TestDatabase database) : IDbContextFactory<PortalDbContext>
    {
        private readonly ConcurrentBag<WeakReference> _made = [];

        public int Alive => _made.Count(m => m.IsAlive);

        public PortalDbContext CreateDbContext()
        {
            var context = database.CreateDbContext();
            _made.Add(new WeakReference(context));
            return context;
        }
    }
}
