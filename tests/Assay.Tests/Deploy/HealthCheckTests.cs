using System.Diagnostics;
using Assay.Tests.Tidy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assay.Tests.Deploy;

/// <summary>The health check of the images, against a real server.</summary>
public sealed class HealthCheckTests
{
    [Theory]
    [InlineData(200, 0)]
    [InlineData(503, 1)]
    public async Task A_container_is_healthy_when_its_service_says_so(int status, int exitCode)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapGet("/healthz", () => Results.StatusCode(status));
        await app.StartAsync(TestContext.Current.CancellationToken);
        var address = new Uri(app.Urls.First());
        var port = address.Port;
        // The first answer of a server is slow; the check waits for two seconds.
        using var client = new HttpClient();
        (await client.GetAsync(new Uri(address, "/healthz"), TestContext.Current.CancellationToken)).Dispose();
        (await CheckAsync(port)).ShouldBe(exitCode);
        await app.StopAsync(TestContext.Current.CancellationToken);
        (await CheckAsync(port)).ShouldBe(1);
    }

    private static async Task<int> CheckAsync(int port)
    {
        var start = new ProcessStartInfo("bash", [Repository.FullPath("deploy/image/health.sh")]) { UseShellExecute = false, RedirectStandardError = true };
        start.Environment["HEALTH_PORT"] = $"{port}";
        using var check = Process.Start(start)!;
        await check.WaitForExitAsync(TestContext.Current.CancellationToken);
        return check.ExitCode;
    }
}
