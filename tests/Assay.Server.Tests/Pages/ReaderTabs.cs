using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Assay.Server.Tests.Pages;

/// <summary>
/// Tabs for tests that only look at pages: as a reader's, who opens one after the other, with what the browser keeps of their files. A new browser context costs
/// several times what a page does. A test that clicks, signs in or has the browser remember something opens one of its own.
/// </summary>
internal sealed class ReaderTabs
{
    // No more in each language than tests look at the same time.
    private readonly ConcurrentDictionary<string, ConcurrentBag<VisitedPage>> resting = new(StringComparer.Ordinal);

    public async Task<VisitedPage> OpenAsync(IBrowser browser, Uri root, string path, Look look)
    {
        var tabs = resting.GetOrAdd(look.Language, _ => []);
        if (!tabs.TryTake(out var tab))
        {
            tab = await VisitedPage.BlankAsync(browser, look, script: true);
            tab.Left = tabs.Add;
        }

        await tab.LookAsAsync(look);
        await tab.GoAsync(new Uri(root, path));
        return tab;
    }
}
