using System.Net;

namespace Assay.Server.Tests.Hosting;

public sealed class HubTests(RunningHub hub) : IClassFixture<RunningHub>
{
    [Fact]
    public async Task It_listens_on_three_ports_of_loopback()
    {
        var addresses = new[] { hub.Addresses.Pages, hub.Addresses.OtlpHttp, hub.Addresses.OtlpGrpc };
        addresses.ShouldAllBe(a => a.Host == "127.0.0.1");
        addresses.Select(a => a.Port).ShouldBeUnique();
        using var answer = await hub.Client.GetAsync(new Uri("/nothing", UriKind.Relative), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
