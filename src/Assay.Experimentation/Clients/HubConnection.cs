using System.Net;
using System.Net.Http.Headers;
using Assay.Experimentation.Hosting;

namespace Assay.Experimentation.Clients;

/// <summary>Requests to the hub with the token of the settings; every way in which the hub can fail is a <see cref="HubFault"/>.</summary>
internal sealed class HubConnection : IDisposable
{
    /// <summary>A hub that did not begin to answer in this time is taken for one that is down.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    private const int MaxTokenBytes = 16 << 10;

    private readonly ExperimentationOptions options;
    private readonly TimeProvider time;
    private readonly HttpClient http;

    public HubConnection(ExperimentationOptions options, TimeProvider time)
    {
        (this.options, this.time) = (options, time);
        // No redirect: the token goes to the hub alone. No propagator: these calls are no part of any request of the service, and a stream would be
        // a span that never ends. Decompression is asked for as snapshots are repetitive.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            // A proxy of the environment takes no part in what goes to this machine.
            UseProxy = !options.Hub.IsLoopback,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli,
            ConnectTimeout = AnswerLimit,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        http = new HttpClient(handler) { BaseAddress = Rooted(options.Hub), Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The clock of its limits.</summary>
    public TimeProvider Time => time;

    /// <summary>Sends a request and reads the head of its answer.</summary>
    /// <exception cref="HubFault">The hub does not answer, or answers with 400 and above.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AnswerLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (Token() is { } token)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }

            var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            return answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.NotModified ? answer : throw Refusal(answer);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException or FormatException)
        {
            throw new HubFault(e.Message, e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HubFault($"no answer within {AnswerLimit.TotalSeconds:0} s", e);
        }
    }

    public void Dispose() => http.Dispose();

    private string? Token()
    {
        if (options.Token is not null || options.TokenFile is null)
        {
            return options.Token;
        }

        var file = new FileInfo(options.TokenFile);
        return file.Length <= MaxTokenBytes ? File.ReadAllText(file.FullName).Trim() : throw new IOException($"{file.FullName} is too long to be a token");
    }

    private HubFault Refusal(HttpResponseMessage answer)
    {
        using (answer)
        {
            var asked = answer.Headers.RetryAfter;
            return new HubFault($"it answered {(int)answer.StatusCode}")
            {
                Status = answer.StatusCode,
                RetryAfter = asked?.Delta ?? (asked?.Date is { } date ? Positive(date - time.GetUtcNow()) : null),
            };
        }
    }

    private static TimeSpan Positive(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;

    // An address below a path keeps the path: relative addresses are resolved against its last slash.
    private static Uri Rooted(Uri hub) => hub.AbsoluteUri.EndsWith('/') ? hub : new Uri(hub.AbsoluteUri + "/");
}
