using System.Collections.Concurrent;
using System.Net.ServerSentEvents;

namespace Assay.Server.Tests.Flags;

/// <summary>A client of a stream: a connection of its own, and what it heard.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    private readonly HttpClient client;
    private readonly HttpResponseMessage answer;
    private readonly Task reading;
    private readonly CancellationTokenSource ending = new();

    private EventReader(HttpClient client, HttpResponseMessage answer)
    {
        (this.client, this.answer) = (client, answer);
        reading = ReadAsync();
    }

    /// <summary>Ids of the events in the order in which they came.</summary>
    public ConcurrentQueue<string> Versions { get; } = new();

    /// <summary>Types and data of the events.</summary>
    public ConcurrentQueue<(string Type, string Data)> Events { get; } = new();

    /// <summary>Whether the other side ended the stream.</summary>
    public bool Ended => reading.IsCompleted;

    public static async Task<EventReader> OpenAsync(RunningHub hub, string path = "/api/v1/snapshot/stream", string? lastEventId = null)
    {
        var client = new HttpClient { BaseAddress = hub.Addresses.Pages };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(200);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new EventReader(client, answer);
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await reading;
        answer.Dispose();
        client.Dispose();
        ending.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(ending.Token);
            await foreach (var item in SseParser.Create(stream).EnumerateAsync(ending.Token))
            {
                Events.Enqueue((item.EventType, item.Data));
                Versions.Enqueue(item.EventId ?? "");
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
        {
            // The test is done, or the hub is.
        }
    }
}
