using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Assay.Server.Tests.Pages;

/// <summary>How a page is looked at.</summary>
/// <param name="Width">The window's width, px.</param>
/// <param name="Theme">light or dark.</param>
/// <param name="Language">en or ru.</param>
public sealed record Look(int Width, string Theme, string Language)
{
    /// <summary>Wide and narrow, light and dark, both languages: each with each of the others at least once.</summary>
    public static readonly IReadOnlyList<Look> All = [new(1440, "light", "en"), new(1440, "dark", "ru"), new(390, "light", "ru"), new(390, "dark", "en")];

    /// <summary>Those, and the width of a tablet: for a page whose parts move between wide and narrow.</summary>
    public static readonly IReadOnlyList<Look> AllWidths = [.. All, new(820, "light", "ru"), new(820, "dark", "en")];

    /// <summary>For a state of a page that is looked at in every way in another state: each width, theme and language once.</summary>
    public static readonly IReadOnlyList<Look> Twice = [All[1], new(390, "light", "en")];

    public static readonly Look Desktop = All[0];

    /// <summary>Pages in every way, and other states of them twice.</summary>
    public static TheoryData<string, Look> Visits(IEnumerable<string> pages, IEnumerable<string> states) =>
        [.. from page in pages from look in AllWidths select (page, look), .. from page in states from look in Twice select (page, look)];

    public int Height => Width > 800 ? 900 : 844;

    public ColorScheme Scheme => Theme == "dark" ? ColorScheme.Dark : ColorScheme.Light;

    public override string ToString() => $"{Width}-{Theme}-{Language}";
}

/// <summary>A page open in the browser, with everything that it complained about.</summary>
internal sealed class VisitedPage : IAsyncDisposable
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private readonly IBrowserContext context;
    private readonly bool script;
    private readonly List<string> complaints = [];
    private bool isLeaving;

    private VisitedPage(IBrowserContext context, IPage page, bool script)
    {
        this.context = context;
        this.script = script;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        page.FrameNavigated += (_, frame) =>
        {
            if (isLeaving && frame == page.MainFrame)
            {
                // What the page before complained about, as long as it was there, is not this one's.
                isLeaving = false;
                complaints.Clear();
            }
        };
        page.SetDefaultTimeout((float)Patience.Longest.TotalMilliseconds);
    }

    public IPage Page { get; }

    /// <summary>Who takes the tab when the test has done with it; null closes it.</summary>
    public Action<VisitedPage>? Left { get; set; }

    /// <summary>Errors and warnings of the console; a violation of the content security policy is one.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    /// <summary>A page in a browser context of its own, which knows nothing yet.</summary>
    public static async Task<VisitedPage> OpenAsync(IBrowser browser, Uri root, string path, Look look, bool script = true)
    {
        var visited = await BlankAsync(browser, look, script);
        await visited.GoAsync(new Uri(root, path));
        return visited;
    }

    public static async Task<VisitedPage> BlankAsync(IBrowser browser, Look look, bool script)
    {
        var context = await browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = look.Width, Height = look.Height },
                ColorScheme = look.Scheme,
                Locale = look.Language == "ru" ? "ru-RU" : "en-GB",
                JavaScriptEnabled = script,
            }
        );
        return new VisitedPage(context, await context.NewPageAsync(), script);
    }

    /// <summary>Goes on with another width or theme; the language is the browser context's for ever.</summary>
    public async Task LookAsAsync(Look look)
    {
        await Page.SetViewportSizeAsync(look.Width, look.Height);
        await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = look.Scheme });
    }

    /// <summary>Opens an address in place of what is shown; done when the page and its charts are.</summary>
    public async Task GoAsync(Uri address)
    {
        isLeaving = true;
        var answer = await Page.GotoAsync(address.AbsoluteUri, new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        if (answer is { Ok: false })
        {
            complaints.Add($"the server responded with a status of {answer.Status}");
        }

        await SettledAsync();
    }

    /// <summary>Waits until the page that a click or a key led to is there with its charts: the browser shows a new page before it has read all of it.</summary>
    public async Task SettledAsync()
    {
        await Page.WaitForLoadStateAsync(LoadState.Load);
        if (script)
        {
            await Page.WaitForFunctionAsync("() => [...document.querySelectorAll('figure.chart')].every(f => f.matches('.drawn, .failed'))");
        }
    }

    /// <summary>Follows a link by the key Enter. A browser with too much to do may lose a key, which is pressed again then, as a person would.</summary>
    public async Task FollowAsync(ILocator link, string address)
    {
        const int Presses = 4;
        for (var press = 1; ; press++)
        {
            await link.FocusAsync();
            await Page.Keyboard.PressAsync("Enter");
            try
            {
                await Page.WaitForURLAsync(address, new PageWaitForURLOptions { Timeout = 60_000 });
                return;
            }
            catch (TimeoutException) when (press < Presses) { }
        }
    }

    /// <summary>What axe finds, one line for each element. What passed is not told: it is a hundred times as much.</summary>
    public async Task<IReadOnlyList<string>> AxeAsync()
    {
        Page.Frames.Count.ShouldBe(1, "axe looks at the page alone, not at frames within it");
        await Page.EvaluateAsync($"() => {Axe}");
        return await Page.EvaluateAsync<string[]>(
            "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html}`))"
        );
    }

    /// <summary>How far the page can be scrolled sideways, px.</summary>
    public Task<int> OverflowAsync() => Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>That axe finds nothing, that it fits its width and complains of nothing, and that it has a title and one heading.</summary>
    /// <param name="isMissing">Whether it is the page of something that is not there, which the browser tells in its console.</param>
    public async Task ShouldBeSoundAsync(bool isMissing = false)
    {
        (await AxeAsync()).ShouldBeEmpty();
        (await OverflowAsync()).ShouldBe(0);
        Complaints.Where(c => !isMissing || !c.Contains("404")).ShouldBeEmpty();
        (await Page.TitleAsync()).ShouldEndWith("· Assay");
        (await Page.Locator("h1").CountAsync()).ShouldBe(1);
    }

    /// <summary>Keeps a picture where the variable ASSAY_SHOTS says, if it does.</summary>
    public async Task KeepPictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("ASSAY_SHOTS") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Left is { } left)
        {
            left(this);
            return;
        }

        await context.DisposeAsync();
    }
}
