using Assay.Server.Tests.Slos;

namespace Assay.Server.Tests.Surface;

public sealed class DataAgeTests
{
    [Fact]
    public async Task The_first_minutes_of_a_hub_are_shown_by_the_minute_until_the_reader_chooses()
    {
        await using var hub = await RunningHub.StartAsync();
        await AskTraffic.SendAsync(hub.Otlp, good: 3, bad: 0);

        (await RangeAsync(hub, "/")).ShouldBe("15m");
        (await RangeAsync(hub, "/traces?range=7d")).ShouldBe("7d");
        (await Answered.GetAsync(hub.Client, "/?range=7d")).Text.ShouldContain("/traces?range=7d");
    }

    [Fact]
    public async Task The_age_of_the_data_is_known_after_a_restart()
    {
        using var folder = new TempFolder();
        await using (var hub = await RunningHub.StartAsync(folder: folder.Path))
        {
            await AskTraffic.SendAsync(hub.Otlp, good: 1, bad: 0);
        }

        var later = new SteppedTime(TimeProvider.System.GetUtcNow().AddMinutes(40));
        await using (var hub = await RunningHub.StartAsync(time: later, folder: folder.Path))
        {
            (await RangeAsync(hub, "/")).ShouldBe("1h");
        }
    }

    /// <summary>The range that a page says is in force.</summary>
    private static async Task<string> RangeAsync(RunningHub hub, string path)
    {
        var page = (await Answered.GetAsync(hub.Client, path)).Text;
        page = page[page.IndexOf("<main", StringComparison.Ordinal)..];
        var link = page[..page.IndexOf("\" aria-current=\"true\"", StringComparison.Ordinal)];
        return link[(link.LastIndexOf("range=", StringComparison.Ordinal) + 6)..];
    }
}
