using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Assay.Evaluation.Datasets;
using Assay.Models.Calls;

namespace Assay.Evaluation.Targets;

/// <summary>An HTTP endpoint that answers a case: a request with a JSON body made from a template, and a JSON answer read by <see cref="AnswerShape"/>.</summary>
public sealed class HttpTarget : ITarget
{
    private const int MaxBytes = 16 << 20;

    private readonly HttpClient http;
    private readonly Uri address;
    private readonly JsonTemplate request;
    private readonly AnswerShape shape;
    private readonly Action throttled;
    private readonly TimeProvider time;

    /// <param name="http">Its time-out is the call's, to the end of the body; the target does not dispose of it.</param>
    /// <param name="address">Where to post.</param>
    /// <param name="request">The body, JSON with places such as <c>{{input}}</c> inside its strings.</param>
    /// <param name="shape">How to read the answer.</param>
    /// <param name="throttled">Hears of every 429.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="AssayException">The template is no JSON (exit code 2).</exception>
    public HttpTarget(HttpClient http, Uri address, string request, AnswerShape shape, Action throttled, TimeProvider time)
    {
        (this.http, this.address, this.shape, this.throttled, this.time) = (http, address, shape, throttled, time);
        this.request = JsonTemplate.Parse(request);
        Fingerprint = Hash.Of("http", address.GetLeftPart(UriPartial.Path), request, shape.ToString());
    }

    /// <inheritdoc/>
    public string Name => $"POST {address.GetLeftPart(UriPartial.Path)}";

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public async ValueTask<Answer> AnswerAsync(Case asked, int repeat, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        using var message = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(request.Fill(CaseFields.Of(asked))) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        var body = await SendAsync(message, cancellationToken);
        return shape.Read(body, Name) with { LatencyMs = time.GetElapsedTime(began).TotalMilliseconds };
    }

    private async Task<string> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        // The client's own time-out ends with the headers; a body may stall as well.
        using var limit = new CancellationTokenSource(http.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var body = await ReadAsync(response, either.Token);
            return response.IsSuccessStatusCode ? body : throw Refusal(response.StatusCode, body);
        }
        catch (HttpRequestException e)
        {
            throw new ModelCallException(ModelFault.Unavailable, $"{Name} cannot be reached: {e.Message}", inner: e);
        }
        catch (IOException e)
        {
            throw new ModelCallException(ModelFault.Unavailable, $"{Name} broke off its answer: {e.Message}", inner: e);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ModelCallException(ModelFault.TimedOut, $"{Name} gave no answer within {http.Timeout.TotalSeconds:0.#} s.");
        }
    }

    private async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var all = new MemoryStream();
        var buffer = new byte[16 << 10];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0; )
        {
            all.Write(buffer, 0, read);
            if (all.Length > MaxBytes)
            {
                throw new ModelCallException(ModelFault.Malformed, $"{Name} answered with more than {MaxBytes >> 20} MiB.");
            }
        }

        return Encoding.UTF8.GetString(all.GetBuffer(), 0, (int)all.Length);
    }

    private ModelCallException Refusal(HttpStatusCode status, string body)
    {
        if (status == HttpStatusCode.TooManyRequests)
        {
            throttled();
        }

        var fault = status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ModelFault.Refused,
            HttpStatusCode.TooManyRequests => ModelFault.RateLimited,
            >= HttpStatusCode.InternalServerError => ModelFault.Unavailable,
            _ => ModelFault.Rejected,
        };
        return new ModelCallException(fault, $"{Name} answered {(int)status}: {Excerpt.Line(body)}");
    }
}
