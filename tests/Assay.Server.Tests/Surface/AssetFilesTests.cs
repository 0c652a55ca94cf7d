using System.Net;
using System.Text.RegularExpressions;

namespace Assay.Server.Tests.Surface;

public sealed partial class AssetFilesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_loads_only_files_of_the_hub_and_these_are_kept_for_a_year()
    {
        await using var hub = await RunningHub.StartAsync();
        var addresses = await LoadedAsync(hub);

        addresses.Count.ShouldBeGreaterThanOrEqualTo(3);
        foreach (var address in addresses)
        {
            address.ShouldStartWith("/assets/");
            using var answer = await hub.Client.GetAsync(address, Stop);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Headers.CacheControl!.ToString().ShouldContain("immutable");
        }
    }

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    [InlineData("identity", null)]
    public async Task A_file_comes_in_the_best_encoding_that_the_browser_takes(string accepted, string? used)
    {
        await using var hub = await RunningHub.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, (await LoadedAsync(hub))[0]);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);

        using var answer = await hub.Client.SendAsync(request, Stop);

        answer.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(used);
    }

    [Fact]
    public async Task A_file_of_another_version_is_not_found()
    {
        await using var hub = await RunningHub.StartAsync();

        using var answer = await hub.Client.GetAsync("/assets/0000000000000000/assay.css", Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<IReadOnlyList<string>> LoadedAsync(RunningHub hub)
    {
        var page = await hub.Client.GetStringAsync("/", Stop);
        return [.. Address().Matches(page).Select(m => m.Groups["address"].Value)];
    }

    [GeneratedRegex("(src|href)=\"(?<address>[^\"#]*\\.(css|js|svg))\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();
}
