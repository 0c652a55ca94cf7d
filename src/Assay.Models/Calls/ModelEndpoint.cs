using System.Buffers;
using System.Net;
using System.Net.Http.Headers;

namespace Assay.Models.Calls;

/// <summary>One address that is posted to: sends a request and reads the whole answer, within its bound.</summary>
internal sealed class ModelEndpoint(HttpMessageInvoker http, Uri address, string? key, int maxBodyBytes, TimeProvider time)
{
    private const int FirstBuffer = 16 << 10;
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly string? authorization = string.IsNullOrEmpty(key) ? null : "Bearer " + key;

    public Uri Address => address;

    public string? Key => key;

    public int MaxBodyBytes => maxBodyBytes;

    /// <summary>Host and port, for people.</summary>
    public string Host { get; } = address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <exception cref="AnswerTooLongException">The answer is longer than the bound.</exception>
    /// <exception cref="InvalidDataException">The answer is not packed as it says.</exception>
    /// <exception cref="HttpRequestException">The endpoint cannot be reached, or breaks off.</exception>
    public async Task<HttpAnswer> SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = Json;
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await http.SendAsync(request, cancellationToken);
        var answer = await ReadAsync(response.Content, cancellationToken);
        return new HttpAnswer(response.StatusCode, answer, RetryAfterOf(response), RequestId(response.Headers));
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.OK ? null : RetryAfter.Read(response.Headers, time.GetUtcNow());

    // OpenAI and most compatible servers; Azure calls it apim-request-id.
    private static string RequestId(HttpResponseHeaders headers) =>
        headers.NonValidated.TryGetValues("x-request-id", out var id) || headers.NonValidated.TryGetValues("apim-request-id", out id) ? id.ToString() : "";

    private async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > maxBodyBytes)
        {
            throw new AnswerTooLongException();
        }

        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(maxBodyBytes, content.Headers.ContentLength ?? FirstBuffer) + 1);
        try
        {
            var count = 0;
            for (int read; (read = await ReadAsync(stream, buffer.AsMemory(count), cancellationToken)) > 0; )
            {
                count += read;
                if (count > maxBodyBytes)
                {
                    throw new AnswerTooLongException();
                }

                if (count == buffer.Length)
                {
                    buffer = Grown(buffer);
                }
            }

            return buffer.AsSpan(0, count).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async ValueTask<int> ReadAsync(Stream stream, Memory<byte> into, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(into, cancellationToken);
        }
        catch (InvalidOperationException e)
        {
            // How Brotli's stream says what that of gzip says with the other exception.
            throw new InvalidDataException(e.Message, e);
        }
    }

    private static byte[] Grown(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }
}

/// <summary>An answer is longer than allowed.</summary>
internal sealed class AnswerTooLongException : Exception;
