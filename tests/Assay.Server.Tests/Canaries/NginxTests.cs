using System.Globalization;
using Assay.Releases.Canaries.Splits;
using Assay.Releases.Files;
using Assay.Server.Tests.Slos;

namespace Assay.Server.Tests.Canaries;

/// <summary>Weighted upstreams in a real nginx.</summary>
public sealed class NginxTests
{
    [Fact]
    public async Task Requests_follow_the_share_at_every_step_and_after_a_rollback()
    {
        using var folder = new TempFolder();
        var (port, control, canary) = (FreePort.Next(), FreePort.Next(), FreePort.Next());
        var conf = folder.File("nginx.conf");
        await File.WriteAllTextAsync(
            conf,
            $$"""
            daemon off;
            pid {{folder.File("pid")}};
            error_log {{folder.File("error.log")}};
            events { }
            http {
              access_log off;
              include {{folder.File("upstreams.conf")}};
              server { listen 127.0.0.1:{{control}}; location / { return 200 "control"; } }
              server { listen 127.0.0.1:{{canary}}; location / { return 200 "canary"; } }
              server { listen 127.0.0.1:{{port}}; location / { proxy_pass http://shop; } }
            }
            """,
            TestContext.Current.CancellationToken
        );
        var entry = new UpstreamsEntry
        {
            File = folder.File("upstreams.conf"),
            Name = "shop",
            Control = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{control}"),
            Canary = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{canary}"),
            Reload = ["nginx", "-c", conf, "-p", folder.Path, "-e", folder.File("error.log"), "-s", "reload"],
        };
        await File.WriteAllTextAsync(entry.File, UpstreamsSplit.Text(entry, 0), TestContext.Current.CancellationToken);
        using var nginx = InstalledProgram.Start("nginx", "-c", conf, "-p", folder.Path, "-e", folder.File("error.log"));
        // Its worker would outlive a master that is killed.
        await using var stop = new StoppedNginx([.. entry.Reload.SkipLast(1), "stop"]);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = Patience.Longest };
        await Eventually.GetAsync(() => SharesAsync(http), n => n == 0, "nginx does not answer: " + nginx.Said);

        var split = new UpstreamsSplit(entry, TimeProvider.System);
        foreach (var (percent, expected) in ((decimal, int)[])[(25, 25), (50, 50), (100, 100), (0, 0)])
        {
            await split.SetAsync(percent, "r", TestContext.Current.CancellationToken);
            (await split.ReadAsync(TestContext.Current.CancellationToken)).ShouldBe(percent);
            // Old workers finish what they have.
            await Eventually.GetAsync(() => SharesAsync(http), n => n == expected, $"{percent} % is not the share of requests");
        }
    }

    /// <summary>How many of a hundred requests the canary answers; -1 when nobody does.</summary>
    private static async Task<int> SharesAsync(HttpClient http)
    {
        try
        {
            var found = 0;
            for (var i = 0; i < 100; i++)
            {
                found += await http.GetStringAsync("/", TestContext.Current.CancellationToken) == "canary" ? 1 : 0;
            }

            return found;
        }
        catch (HttpRequestException)
        {
            return -1;
        }
    }

    private sealed class StoppedNginx(IReadOnlyList<string> command) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await SplitCommand.RunAsync(command, TimeProvider.System, CancellationToken.None);
    }
}
