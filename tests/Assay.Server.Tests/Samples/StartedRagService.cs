using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Assay.Server.Tests.Samples;

/// <summary>The sample service as a process of its own, on a free port, sending to a receiver of the test.</summary>
public sealed partial class StartedRagService : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("assay-rag-service-").FullName;
    private OtlpReceiver? receiver;
    private Process? process;

    /// <summary>Settings beyond those of the test; the names of environment variables.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    public HttpClient Client { get; } = new(new SocketsHttpHandler { ActivityHeadersPropagator = null });

    internal OtlpReceiver Receiver => receiver!;

    public async ValueTask InitializeAsync()
    {
        receiver = await OtlpReceiver.StartAsync();
        process = Start();
        Client.BaseAddress = new Uri(await AddressAsync(process));
    }

    internal async Task<(HttpResponseMessage Answer, JsonElement Json)> PostAsync(string path, object body, string? correlation = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = body is string text ? new StringContent(text, null, "application/json") : JsonContent.Create(body),
        };
        if (correlation is not null)
        {
            request.Headers.Add("X-Correlation-ID", correlation);
        }

        var answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var json = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer, json.Length == 0 ? default : JsonDocument.Parse(json).RootElement);
    }

    /// <summary>All spans of the trace once the last of them, the request's, has come and is followed by what satisfies.</summary>
    internal async Task<List<SentSpan>> TraceAsync(string traceId, Func<List<SentSpan>, bool> isWhole)
    {
        List<SentSpan> spans = [];
        await UntilAsync(
            () => isWhole(spans = [.. Receiver.Spans.Where(s => s.TraceId == traceId)]),
            () => $"Trace {traceId} has only {string.Join(", ", spans.Select(s => s.Name))}"
        );
        return spans;
    }

    internal static async Task UntilAsync(Func<bool> condition, Func<string> otherwise)
    {
        var deadline = TimeProvider.System.GetUtcNow() + Patience.Longest;
        while (!condition())
        {
            (TimeProvider.System.GetUtcNow() < deadline).ShouldBeTrue(otherwise());
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (process is not null)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        if (receiver is not null)
        {
            await receiver.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "RagService.dll"), "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver!.Address;
        // No hub of somebody else: nothing listens on the port of discard.
        start.Environment["ASSAY__EXPERIMENTATION__HUB"] = "http://127.0.0.1:9";
        foreach (var (name, value) in Settings)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static async Task<string> AddressAsync(Process process)
    {
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience.Longest) is { } line)
        {
            said.Add(line);
            if (Listening().Match(line) is { Success: true } match)
            {
                // A pipe that nobody reads would stop the service when it is full.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
                return match.Groups["address"].Value;
            }
        }

        throw new InvalidOperationException($"The service did not start: {string.Join('\n', said)}{await process.StandardError.ReadToEndAsync()}");
    }

    [GeneratedRegex(@"Now listening on: (?<address>http://\S+)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Listening();
}
