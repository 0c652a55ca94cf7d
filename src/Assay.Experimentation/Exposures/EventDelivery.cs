using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Assay.Experimentation.Clients;

namespace Assay.Experimentation.Exposures;

/// <summary>Brings batches to the hub, one request for each.</summary>
internal sealed class EventDelivery(HubConnection hub, EventMessage message)
{
    /// <summary>The most of an answer that is read; the hub's are below 2 KiB.</summary>
    private const int MaxAnswerBytes = 16 << 10;

    /// <summary>Sends a batch and says what became of it. Sending it again is harmless: the hub counts each event once.</summary>
    public async Task<DeliveryReport> SendAsync(IReadOnlyList<WaitingEvent> batch, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/experiment-events") { Content = new ByteArrayContent(message.Of(batch)) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Content.Headers.ContentEncoding.Add("gzip");
            using var answer = await hub.SendAsync(request, cancellationToken);
            return await ReadAsync(answer.Content, cancellationToken);
        }
        catch (HubFault fault)
        {
            return new DeliveryReport(IsFinal(fault.Status) ? Delivery.Refused : Delivery.Later) { Problem = fault.Message, RetryAfter = fault.RetryAfter };
        }
    }

    /// <summary>The hub takes what it can of a batch and says how many events it did not. An answer that cannot be read says nothing.</summary>
    private static async Task<DeliveryReport> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            await content.LoadIntoBufferAsync(MaxAnswerBytes, cancellationToken);
            using var json = JsonDocument.Parse(await content.ReadAsByteArrayAsync(cancellationToken));
            var rejected = json.RootElement.GetProperty("rejected").GetInt32();
            var faults = json.RootElement.TryGetProperty("faults", out var told) ? told.EnumerateArray().FirstOrDefault().ToString() : "";
            return new DeliveryReport(Delivery.Taken) { Rejected = rejected, Problem = faults };
        }
        catch (Exception e)
            when (e is HttpRequestException or IOException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return new DeliveryReport(Delivery.Taken);
        }
    }

    /// <summary>Whether the batch itself is refused. A wrong token, or a hub that has no such address yet, can be mended while the batch waits.</summary>
    private static bool IsFinal(HttpStatusCode? status) =>
        status
            is HttpStatusCode.BadRequest
                or HttpStatusCode.RequestEntityTooLarge
                or HttpStatusCode.UnsupportedMediaType
                or HttpStatusCode.UnprocessableEntity;
}

/// <summary>What became of a batch.</summary>
internal enum Delivery
{
    /// <summary>The hub has it.</summary>
    Taken,

    /// <summary>The hub takes nothing for now.</summary>
    Later,

    /// <summary>Sending it again is of no use.</summary>
    Refused,
}

/// <summary>What became of a batch, and why.</summary>
/// <param name="Delivery">What became of it.</param>
internal sealed record DeliveryReport(Delivery Delivery)
{
    /// <summary>Why it was not taken, or why some of it was not; in words.</summary>
    public string Problem { get; init; } = "";

    /// <summary>Events of a batch that was taken which the hub could not use.</summary>
    public int Rejected { get; init; }

    /// <summary>How long the hub wants to be left alone; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
