using System.Globalization;
using System.Text;
using Assay.Cli;

namespace Assay.Server.Tests.Canaries;

/// <summary>A hub with a flag, a release file and, through OTLP, the requests of a service.</summary>
internal sealed class CanaryPlace : IAsyncDisposable
{
    public const string Flag = """
        name: new_search
        description: The search that is to go out.
        default: "off"
        whenOff: "off"
        """;

    /// <summary>Looks so seldom that a test looks itself.</summary>
    public const string Release = """
        name: shop
        service: shop
        gate:
          evidence: [{ benchmark: handbook }]
        canary:
          split: { flag: new_search }
          steps: [25, 100]
          lookEvery: 1h
          minTime: 1s
          minRequests: 100
          longestHold: 2h
          watch:
            - { name: errors, read: errors, kind: rate, margin: 0.02, limit: 0.5 }
            - { name: latency, read: latency, kind: p95, relativeMargin: 0.5, unit: ms }
        """;

    private int traces;

    private CanaryPlace(string folder) => Folder = folder;

    public string Folder { get; }

    public RunningHub? Hub { get; private set; }

    public static async Task<CanaryPlace> OpenAsync(string release = Release, string flag = Flag, bool withHub = true)
    {
        var place = new CanaryPlace(Directory.CreateTempSubdirectory("assay-canary-hub-").FullName);
        place.Write("flags/flags.yaml", flag);
        place.Write("releases/shop.yaml", release);
        if (withHub)
        {
            await place.StartAsync();
        }

        return place;
    }

    public async Task StartAsync(TimeProvider? time = null) => Hub = await RunningHub.StartAsync(folder: Folder, time: time);

    public async Task StopAsync()
    {
        await Hub!.DisposeAsync();
        Hub = null;
    }

    public void Write(string name, string text)
    {
        var path = Path.Combine(Folder, "catalog", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Requests as an OpenTelemetry SDK sends them, each of which asked the flag.</summary>
    public Task SendAsync(string variant, int requests, int failed, int milliseconds = 100) => SendAsync(Hub!.Otlp, variant, requests, failed, milliseconds);

    /// <summary>The same to a hub elsewhere.</summary>
    public async Task SendAsync(HttpClient otlp, string variant, int requests, int failed, int milliseconds = 100)
    {
        const int Batch = 500;
        for (var sent = 0; sent < requests; sent += Batch)
        {
            var n = Math.Min(Batch, requests - sent);
            var bad = (int)((long)failed * (sent + n) / requests) - (int)((long)failed * sent / requests);
            using var content = new StringContent(Spans(variant, n, bad, milliseconds), Encoding.UTF8, "application/json");
            using var answer = await otlp.PostAsync(new Uri("/v1/traces", UriKind.Relative), content, TestContext.Current.CancellationToken);
            ((int)answer.StatusCode).ShouldBe(200);
        }
    }

    /// <summary>A command of <c>assay</c> on this folder.</summary>
    public async Task<(int Code, string Out, string Error)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await CommandLine.RunAsync(
            [.. args, "--data", Folder],
            new CommandSurroundings(output, error, new Dictionary<string, string>(), TimeProvider.System, IsTerminal: false)
        );
        return (code, output.ToString(), error.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        if (Hub is not null)
        {
            await Hub.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private string Spans(string variant, int requests, int failed, int milliseconds)
    {
        var end = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        var spans = new StringBuilder();
        for (var i = 0; i < requests; i++)
        {
            // Durations spread by a fifth, so that quantiles are of many values.
            var duration = (long)(milliseconds * 1_000_000L * (0.9 + (0.2 * (i % 100) / 100)));
            spans
                .Append(i == 0 ? "" : ",")
                .Append(
                    CultureInfo.InvariantCulture,
                    $$$"""
                    {"traceId":"{{{++traces:x32}}}","spanId":"0000000000000001","name":"POST /ask","kind":2,"startTimeUnixNano":"{{{end
                        - duration}}}","endTimeUnixNano":"{{{end}}}",
                    """
                )
                .Append(i < failed ? "\"status\":{\"code\":2}," : "")
                .Append(
                    CultureInfo.InvariantCulture,
                    $$$"""
                    "events":[{"timeUnixNano":"{{{end
                        - duration}}}","name":"feature_flag.evaluation","attributes":[{"key":"feature_flag.key","value":{"stringValue":"new_search"}},{"key":"feature_flag.result.variant","value":{"stringValue":"{{{variant}}}"}}]}]}
                    """
                );
        }

        return """{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},"scopeSpans":[{"spans":["""
            + spans
            + "]}]}]}";
    }
}
