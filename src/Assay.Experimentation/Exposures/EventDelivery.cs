using System.Net;
using System.Net.Http.Headers;
using Assay.Experimentation.Clients;

namespace Assay.Experimentation.Exposures;

/// <summary>Brings batches to the hub, one request for each.</summary>
internal sealed class EventDelivery(HubConnection hub, EventMessage message)
{
    /// <summary>Sends a batch; null when the hub has it, else why not. Sending it again is harmless: the hub counts each event once.</summary>
    public async Task<DeliveryFault?> SendAsync(IReadOnlyList<WaitingEvent> batch, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/experiment-events") { Content = new ByteArrayContent(message.Of(batch)) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Content.Headers.ContentEncoding.Add("gzip");
            using var answer = await hub.SendAsync(request, cancellationToken);
            return null;
        }
        catch (HubFault fault)
        {
            return new DeliveryFault(fault.Message, IsFinal(fault.Status), fault.RetryAfter);
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

/// <summary>Why the hub does not have a batch.</summary>
/// <param name="Problem">In words.</param>
/// <param name="IsFinal">Whether sending it again is of no use.</param>
/// <param name="RetryAfter">How long the hub wants to be left alone, if it said.</param>
internal sealed record DeliveryFault(string Problem, bool IsFinal, TimeSpan? RetryAfter);
