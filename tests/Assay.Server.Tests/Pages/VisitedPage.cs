using Deque.AxeCore.Playwright;
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

    public override string ToString() => $"{Width}-{Theme}-{Language}";
}

/// <summary>A page open in the browser, with everything that it complained about.</summary>
internal sealed class VisitedPage : IAsyncDisposable
{
    /// <summary>Waits end after this; none is expected to come near.</summary>
    private const float PatienceMs = 20_000;

    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];

    private VisitedPage(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        page.SetDefaultTimeout(PatienceMs);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console; a violation of the content security policy is one.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    public static async Task<VisitedPage> OpenAsync(IBrowser browser, Uri root, string path, Look look, bool script = true)
    {
        var context = await browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = look.Width, Height = look.Width > 800 ? 900 : 844 },
                ColorScheme = look.Theme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
                Locale = look.Language == "ru" ? "ru-RU" : "en-GB",
                JavaScriptEnabled = script,
            }
        );
        var visited = new VisitedPage(context, await context.NewPageAsync());
        await visited.Page.GotoAsync(new Uri(root, path).AbsoluteUri, new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        if (script)
        {
            await visited.Page.WaitForFunctionAsync("() => [...document.querySelectorAll('figure.chart')].every(f => f.matches('.drawn, .failed'))");
        }

        return visited;
    }

    /// <summary>What axe finds, one line for each element.</summary>
    public async Task<IReadOnlyList<string>> AxeAsync()
    {
        var result = await Page.RunAxe();
        return [.. result.Violations.SelectMany(v => v.Nodes.Select(n => $"{v.Id}: {n.Html}"))];
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

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
