namespace Assay.Server.Tests.Pages;

/// <summary>What tests of pages rely on: faults of a page are found, and those of one page are not taken for the next one's.</summary>
public sealed class VisitedPageTests(PagesFixture pages)
{
    private const string Spoil = """
        () => {
          const main = document.querySelector('main');
          const image = new Image(20, 20);
          const text = document.createElement('p');
          text.textContent = 'pale';
          text.style.color = '#eee';
          text.style.background = '#fff';
          main.append(image, text);
          console.error('broken');
        }
        """;

    [Fact]
    public async Task Faults_of_a_page_are_found_and_are_gone_with_it()
    {
        var hub = await pages.Empty;
        await using (var spoilt = await pages.LookAsync(hub, "/", Look.Desktop))
        {
            await spoilt.Page.EvaluateAsync(Spoil);
            var faults = await spoilt.AxeAsync();
            faults.ShouldContain(f => f.StartsWith("image-alt: <img", StringComparison.Ordinal));
            faults.ShouldContain(f => f.StartsWith("color-contrast: <p", StringComparison.Ordinal));
            spoilt.Complaints.ShouldContain("broken");

            await spoilt.GoAsync(new Uri(hub.Addresses.Pages, "/"));
            spoilt.Complaints.ShouldBeEmpty();
            (await spoilt.AxeAsync()).ShouldBeEmpty();

            await spoilt.GoAsync(new Uri(hub.Addresses.Pages, "/nothing"));
            spoilt.Complaints.ShouldContain(c => c.Contains("a status of 404", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(1440, "dark")]
    [InlineData(390, "light")]
    public async Task A_tab_that_was_used_has_the_look_that_is_asked_for(int width, string theme)
    {
        var hub = await pages.Empty;
        await using (await pages.LookAsync(hub, "/", new Look(820, theme == "dark" ? "light" : "dark", "ru"))) { }

        await using var visit = await pages.LookAsync(hub, "/", new Look(width, theme, "ru"));
        (await visit.Page.EvaluateAsync<int>("() => innerWidth")).ShouldBe(width);
        (await visit.Page.EvaluateAsync<bool>("() => matchMedia('(prefers-color-scheme: dark)').matches")).ShouldBe(theme == "dark");
        (await visit.Page.Locator("html").GetAttributeAsync("lang")).ShouldBe("ru");
    }
}
