using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Assay.Cli;
using Assay.Embedded;

namespace Assay.Server.Tests.Slos;

/// <summary>A hub in a process of its own, killed at a random moment under traffic.</summary>
public sealed class KilledHubTests
{
    [Fact]
    public async Task After_a_kill_the_counts_are_those_of_the_stored_events()
    {
        using var folder = new TempFolder();
        var random = new Random(3);
        var acknowledged = 0L;
        for (var round = 0; round < 3; round++)
        {
            acknowledged += await SendUntilKilledAsync(folder, TimeSpan.FromMilliseconds(random.Next(500, 4000)));
        }

        acknowledged.ShouldBeGreaterThan(0);
        var stored = await StoredAsync(folder);
        stored.ShouldBeGreaterThanOrEqualTo(acknowledged);
        using var status = await StatusAsync(folder);
        var slo = status.RootElement.GetProperty("slos").EnumerateArray().Single(s => s.GetProperty("name").GetString() == "ask.availability");
        slo.GetProperty("events").GetInt64().ShouldBe(stored);
        slo.GetProperty("bad_events").GetInt64().ShouldBe(stored / 10);
    }

    private static async Task<long> SendUntilKilledAsync(TempFolder folder, TimeSpan until)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, "serve", "--data", folder.Path, "--json"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("--port");
        start.ArgumentList.Add("0");
        start.ArgumentList.Add("--otlp-http-port");
        start.ArgumentList.Add("0");
        start.ArgumentList.Add("--otlp-grpc-port");
        start.ArgumentList.Add("0");
        using var process = Process.Start(start)!;
        try
        {
            using var otlp = new HttpClient { BaseAddress = await OtlpAddressAsync(process) };
            using var timer = new CancellationTokenSource();
            await using var killing = timer.Token.Register(process.Kill);
            return await SendAsync(otlp, () => timer.CancelAfter(until));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>Sends until nobody answers; says when the first batch was acknowledged, from where the time to the kill counts.</summary>
    private static async Task<long> SendAsync(HttpClient otlp, Action begun)
    {
        for (var acknowledged = 0L; ; acknowledged += 100)
        {
            try
            {
                using var content = new StringContent(
                    AskTraffic.Batch("ask", good: 90, bad: 10),
                    Encoding.UTF8,
                    MediaTypeHeaderValue.Parse("application/json")
                );
                using var answer = await otlp.PostAsync(new Uri("/v1/traces", UriKind.Relative), content, TestContext.Current.CancellationToken);
                answer.EnsureSuccessStatusCode();
                if (acknowledged == 0)
                {
                    begun();
                }
            }
            catch (HttpRequestException)
            {
                return acknowledged;
            }
        }
    }

    private static async Task<Uri> OtlpAddressAsync(Process process)
    {
        var text = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            text.AppendLine(line);
            if (line == "}")
            {
                using var ready = JsonDocument.Parse(text.ToString());
                return new Uri(ready.RootElement.GetProperty("otlp_http").GetString()!);
            }
        }

        throw new InvalidOperationException($"The hub did not start: {text} {await process.StandardError.ReadToEndAsync(CancellationToken.None)}");
    }

    private static async Task<long> StoredAsync(TempFolder folder)
    {
        await using var store = await EmbeddedStore.OpenAsync(folder.Path, TimeProvider.System, TestContext.Current.CancellationToken);
        return (await store.Events.MeasureAsync(TestContext.Current.CancellationToken)).Spans;
    }

    private static async Task<JsonDocument> StatusAsync(TempFolder folder)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var surroundings = new CommandSurroundings(output, error, new Dictionary<string, string>(), TimeProvider.System, IsTerminal: false);
        var code = await CommandLine.RunAsync(["slo", "status", "--data", folder.Path, "--catalog", folder.File("none"), "--json"], surroundings);
        code.ShouldBe(1, error.ToString());
        return JsonDocument.Parse(output.ToString());
    }
}
