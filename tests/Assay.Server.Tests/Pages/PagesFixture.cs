using Assay.Embedded;
using Assay.Server.Decisions;
using Assay.Server.Tests.Benchmarks;
using Assay.Server.Tests.Pages;
using Assay.Server.Tests.Slos;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(PagesFixture))]

namespace Assay.Server.Tests.Pages;

/// <summary>One hub filled with two days of traffic, one without anything, and one browser for all tests of pages; made when first asked for.</summary>
public sealed class PagesFixture : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("assay-pages-").FullName;
    private readonly Lazy<Task<RunningHub>> filled;
    private readonly Lazy<Task<RunningHub>> empty;
    private readonly Lazy<Task<BrowserInstance>> browser;
    private readonly ReaderTabs tabs = new();

    public PagesFixture()
    {
        filled = new(FillAsync);
        empty = new(() => RunningHub.StartAsync(time: new StandingClock()));
        browser = new(BrowserInstance.StartAsync);
    }

    internal SampleTraffic Traffic { get; } = SampleTraffic.Of(StandingClock.Now);

    public Task<RunningHub> Filled => filled.Value;

    public Task<RunningHub> Empty => empty.Value;

    /// <summary>The browser that all tests share.</summary>
    public async Task<IBrowser> BrowserAsync() => (await browser.Value).Browser;

    /// <summary>A page for a test that only looks at it, in a tab that others have used for the same.</summary>
    internal async Task<VisitedPage> LookAsync(RunningHub hub, string path, Look look) =>
        await tabs.OpenAsync(await BrowserAsync(), hub.Addresses.Pages, path, look);

    /// <summary>Looks at a page of an area: a picture of it is kept where one is wanted, and it must be sound.</summary>
    /// <param name="hub">Whose page; of the page named <c>empty</c> it is the hub without anything.</param>
    /// <param name="area">What the pages are about, for the name of the picture.</param>
    /// <param name="page">Its name; one that ends with <c>missing</c> is that of something that is not there.</param>
    /// <param name="path">Its address.</param>
    /// <param name="look">How it is looked at.</param>
    internal async Task ShouldBeSoundAsync(RunningHub hub, string area, string page, string path, Look look)
    {
        await using var visit = await LookAsync(page == "empty" ? await Empty : hub, path, look);
        await visit.KeepPictureAsync($"{area}-{page}-{look}");
        await visit.ShouldBeSoundAsync(page.EndsWith("missing", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        if (browser.IsValueCreated)
        {
            await (await browser.Value).DisposeAsync();
        }

        foreach (var hub in new[] { filled, empty }.Where(h => h.IsValueCreated))
        {
            await (await hub.Value).DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task<RunningHub> FillAsync()
    {
        await using (var store = await EmbeddedStore.OpenAsync(folder, new StandingClock(), CancellationToken.None))
        {
            foreach (var batch in Traffic.Batches())
            {
                await store.Events.AppendAsync(batch, CancellationToken.None);
            }

            foreach (var decision in Traffic.Decisions())
            {
                await new DecisionLog(store.Documents, new StandingClock()).RecordAsync(decision, "token sample", CancellationToken.None);
            }

            await BenchmarkPagesTests.Sample.StoreAsync(store, Traffic.Shown.ToString());
        }

        var hub = await RunningHub.StartAsync(time: new StandingClock(), folder: folder);
        await CountedAsync(hub);
        return hub;
    }

    /// <summary>Waits until the SLOs have counted what was stored before the hub began.</summary>
    private async Task CountedAsync(RunningHub hub)
    {
        var expected = Traffic.Requests("rag-service");
        await Eventually.GetAsync(
            () => Answered.GetAsync(hub.Client, "/api/v1/slos/rag-service.availability"),
            slo => slo.Status == 200 && slo.Text.Contains($"\"events\":{expected},", StringComparison.Ordinal),
            $"the SLOs have not counted {expected} requests"
        );
    }

    private sealed record BrowserInstance(IPlaywright Playwright, IBrowser Browser) : IAsyncDisposable
    {
        public static async Task<BrowserInstance> StartAsync()
        {
            var playwright = await Microsoft.Playwright.Playwright.CreateAsync();
            var browser = await playwright.Chromium.LaunchAsync(
                new BrowserTypeLaunchOptions
                {
                    ExecutablePath = "/usr/bin/chromium",
                    Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
                    Timeout = (float)Patience.Longest.TotalMilliseconds,
                }
            );
            return new BrowserInstance(playwright, browser);
        }

        public async ValueTask DisposeAsync()
        {
            await Browser.DisposeAsync();
            Playwright.Dispose();
        }
    }
}
