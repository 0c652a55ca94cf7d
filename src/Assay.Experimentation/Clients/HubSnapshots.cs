using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using Assay.Experimentation.Flags;

namespace Assay.Experimentation.Clients;

/// <summary>The hub's snapshot and the stream that tells of its changes.</summary>
internal sealed class HubSnapshots(HubConnection hub)
{
    /// <summary>A body that did not come whole in this time is given up.</summary>
    private static readonly TimeSpan BodyLimit = TimeSpan.FromSeconds(60);

    /// <summary>What the hub sends now; null when it is what <paramref name="etag"/> names.</summary>
    /// <exception cref="HubFault">The hub cannot be read.</exception>
    public async Task<SentSnapshot?> GetAsync(string? etag, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/snapshot");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (etag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        }

        using var answer = await hub.SendAsync(request, cancellationToken);
        return answer.StatusCode == HttpStatusCode.NotModified
            ? null
            : new SentSnapshot(await ReadAsync(answer.Content, cancellationToken), answer.Headers.ETag?.ToString());
    }

    /// <summary>Opens the stream of changes.</summary>
    /// <exception cref="HubFault">The hub has none, or cannot be read.</exception>
    public async Task<ChangeStream> FollowAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/snapshot/stream");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        var answer = await hub.SendAsync(request, cancellationToken);
        if (answer.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            answer.Dispose();
            throw new HubFault("its stream of changes is no event stream");
        }

        return new ChangeStream(answer, PipeReader.Create(await answer.Content.ReadAsStreamAsync(cancellationToken)), hub.Time);
    }

    private async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(BodyLimit, hub.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var body = new MemoryStream();
            await using var stream = await content.ReadAsStreamAsync(both.Token);
            var buffer = new byte[64 << 10];
            int read;
            while ((read = await stream.ReadAsync(buffer, both.Token)) > 0)
            {
                body.Write(buffer, 0, read);
                if (body.Length > Snapshot.MaxBytes)
                {
                    throw new HubFault($"its snapshot has more than {Snapshot.MaxBytes} bytes");
                }
            }

            return body.ToArray();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            throw new HubFault($"its snapshot broke off: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HubFault($"its snapshot did not come within {BodyLimit.TotalSeconds:0} s", e);
        }
    }
}

/// <summary>A snapshot as the hub sent it.</summary>
/// <param name="Json">Its bytes.</param>
/// <param name="ETag">What names this state; null when the hub gave none.</param>
internal sealed record SentSnapshot(byte[] Json, string? ETag);
