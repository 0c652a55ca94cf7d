using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using RagService.Experimenting;

namespace RagService.Traffic;

/// <summary>Traffic that the service makes for itself, so that there is something to look at; section <c>SampleTraffic</c>.</summary>
internal sealed class TrafficOptions
{
    public const string Section = "SampleTraffic";

    /// <summary>Questions a minute, 0 to 6,000. The default is 0: none.</summary>
    public double PerMinute { get; set; }

    /// <summary>Decides what is asked and when. The default is 42.</summary>
    public int Seed { get; set; } = 42;

    /// <summary>The questions, a JSON object a line. The default is the handbook's.</summary>
    public string Queries { get; set; } = Path.Combine(AppContext.BaseDirectory, "handbook", "queries.jsonl");
}

/// <summary>Asks the service over HTTP as its users would: with pauses, with favourites, now and then badly. Every request is marked.</summary>
internal sealed partial class SampleTraffic(
    TrafficOptions options,
    TrafficRate rate,
    IServer server,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<SampleTraffic> log
) : BackgroundService
{
    /// <summary>Says that a request is sample traffic; its span gets <c>assay.sample_traffic</c>.</summary>
    public const string Header = "X-Assay-Sample-Traffic";

    // Requests of independent users have no memory: a long pause is a second and then another pause, by the rate that is in force then.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);

        // No propagator: users' programs are not traced, and a span of the caller in this service would be counted as a request of it.
        using var handler = new SocketsHttpHandler { ActivityHeadersPropagator = null };
        using var client = new HttpClient(handler) { BaseAddress = Address() };
        client.DefaultRequestHeaders.Add(Header, "1");
        var plan = new TrafficPlan(options.Seed, await ReadAsync(options.Queries, stoppingToken));
        Announce(log, options.PerMinute);
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = plan.NextPause(rate.Present.PerMinute);
            await Task.Delay(pause < LongestPause ? pause : LongestPause, time, stoppingToken);
            if (pause < LongestPause)
            {
                await SendAsync(client, plan.Next(), stoppingToken);
            }
        }
    }

    private async Task SendAsync(HttpClient client, PlannedRequest planned, CancellationToken stop)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/ask") { Content = planned.Content() };
            request.Headers.Add("X-Correlation-ID", planned.Id);
            request.Headers.Add(ExperimentingRoom.UserHeader, planned.User);
            using var answer = await client.SendAsync(request, stop);
            if (planned.Stars is { } stars && answer.IsSuccessStatusCode)
            {
                await RateAsync(client, planned, stars, stop);
            }
        }
        catch (HttpRequestException e)
        {
            NotSent(log, e.Message);
        }
    }

    private static async Task RateAsync(HttpClient client, PlannedRequest planned, int stars, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/rate")
        {
            Content = JsonContent.Create(new { correlation_id = planned.Id, rating = stars }),
        };
        request.Headers.Add(ExperimentingRoom.UserHeader, planned.User);
        using var answer = await client.SendAsync(request, stop);
    }

    private Uri Address() =>
        new(server.Features.Get<IServerAddressesFeature>()!.Addresses.First().Replace("://+", "://127.0.0.1").Replace("://[::]", "://127.0.0.1"));

    private static async Task<List<string>> ReadAsync(string path, CancellationToken stop)
    {
        var lines = await File.ReadAllLinesAsync(path, stop);
        return [.. lines.Where(l => l.Length > 0).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("text").GetString()!)];
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Sample traffic: {PerMinute} questions a minute, made by the service itself")]
    private static partial void Announce(ILogger log, double perMinute);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request of the sample traffic could not be sent: {Problem}")]
    private static partial void NotSent(ILogger log, string problem);
}
