namespace Assay.Server.Tests.Pages;

public sealed class EveryPageTests(PagesFixture pages)
{
    public static TheoryData<string, Look> Visits =>
        [
            .. from page in new[]
            {
                "overview",
                "overview-empty",
                "traces",
                "traces-filtered",
                "trace",
                "trace-partial",
                "trace-missing",
                "slos",
                "slo",
                "slo-latency",
                "costs",
            }
            from look in Look.All
            select (page, look),
        ];

    [Theory]
    [MemberData(nameof(Visits))]
    public async Task A_page_is_accessible_fits_its_width_and_complains_of_nothing(string page, Look look)
    {
        var hub = await (page == "overview-empty" ? pages.Empty : pages.Filled);
        await using var visit = await pages.LookAsync(hub, PathOf(page), look);
        await visit.KeepPictureAsync($"{page}-{look}");

        await visit.ShouldBeSoundAsync(page == "trace-missing");
    }

    private string PathOf(string page) =>
        page switch
        {
            "traces" => "/traces",
            "traces-filtered" => "/traces?name=nothing-like-this&status=failed&min=abc",
            "trace" => $"/traces/{pages.Traffic.Shown}",
            "trace-partial" => $"/traces/{pages.Traffic.Partial}",
            "slos" => "/slos",
            "slo" => "/slos/rag-service.availability?range=7d",
            "slo-latency" => "/slos/rag-service.latency-p99?range=24h",
            "costs" => "/costs",
            "trace-missing" => "/traces/00000000000000000000000000000001",
            _ => "/",
        };
}
