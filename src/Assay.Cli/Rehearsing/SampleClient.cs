using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Assay.Releases.Canaries.Probes;
using Assay.Releases.Rehearsals;

namespace Assay.Cli.Rehearsing;

/// <summary>The sample service as its users meet it, and the door by which faults come.</summary>
internal sealed class SampleClient : IDisposable
{
    /// <summary>Who waits longer for an answer is hurt.</summary>
    public static readonly TimeSpan SlowestWell = TimeSpan.FromSeconds(1);

    private const string User = "X-User";
    private const string TellFlag = "X-Tell-Flag";
    private const string FlagVariant = "X-Flag-Variant";

    // A parent that was not sampled, by W3C Trace Context.
    private const string Untraced = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

    // A fault makes a question wait at most ten seconds.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TimeProvider time;

    // No propagator: users' programs are not traced.
    private readonly HttpClient http;

    public SampleClient(Uri address, TimeProvider time)
    {
        this.time = time;
        Address = address;
        http = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = address, Timeout = Limit };
    }

    /// <summary>Where it is.</summary>
    public Uri Address { get; }

    /// <summary>A user asks a question.</summary>
    public Task<AnsweredQuestion> AskAsync(string user, string question, CancellationToken cancellationToken) =>
        AskAsync(user, question, isTraced: true, cancellationToken);

    /// <summary>A question of which the hub hears nothing: its caller decides that it is not traced.</summary>
    public Task<AnsweredQuestion> AskUnseenAsync(string user, string question, CancellationToken cancellationToken) =>
        AskAsync(user, question, isTraced: false, cancellationToken);

    /// <summary>Brings a fault about.</summary>
    /// <exception cref="AssayException">The service refuses it (exit code 4).</exception>
    public async Task InjectAsync(RehearsalFault fault, CancellationToken cancellationToken)
    {
        using var answer = await TryAsync(
            () => http.PostAsJsonAsync("/faults", fault, RehearsalJson.Default.RehearsalFault, cancellationToken),
            cancellationToken
        );
        if (!answer.IsSuccessStatusCode)
        {
            throw AssayException.Infrastructure(
                $"The sample service refuses the fault: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}",
                "Let --service name the sample service of this version of assay."
            );
        }
    }

    /// <summary>The memory of its process, in bytes, as its metrics tell it.</summary>
    /// <exception cref="AssayException">They do not (exit code 4).</exception>
    public async Task<long> MemoryAsync(CancellationToken cancellationToken)
    {
        using var answer = await TryAsync(() => http.GetAsync(new Uri("/metrics", UriKind.Relative), cancellationToken), cancellationToken);
        var page = await answer.Content.ReadAsStringAsync(cancellationToken);
        var sample = PageSample.Find(page, RehearsalStage.MemoryMetric, new Dictionary<string, string>(StringComparer.Ordinal));
        return sample.Value is { } bytes
            ? (long)bytes
            : throw AssayException.Infrastructure(
                $"The sample service does not tell its memory: {sample.Problem}.",
                "Let --service name the sample service of this version of assay."
            );
    }

    public void Dispose() => http.Dispose();

    private async Task<AnsweredQuestion> AskAsync(string user, string question, bool isTraced, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/ask")
            {
                Content = new StringContent(JsonSerializer.Serialize(new { question }), Encoding.UTF8, "application/json"),
            };
            request.Headers.Add(User, user);
            request.Headers.Add(TellFlag, RehearsalStage.Flag);
            if (!isTraced)
            {
                request.Headers.Add("traceparent", Untraced);
            }

            using var answer = await http.SendAsync(request, cancellationToken);
            bool? isCandidate = answer.Headers.TryGetValues(FlagVariant, out var told) ? told.Contains(RehearsalStage.Variant) : null;
            return new AnsweredQuestion(isCandidate, answer.IsSuccessStatusCode && time.GetElapsedTime(started) <= SlowestWell);
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new AnsweredQuestion(IsCandidate: null, IsWell: false);
        }
    }

    private async Task<HttpResponseMessage> TryAsync(Func<Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        try
        {
            return await send();
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw AssayException.Infrastructure($"The sample service at {Address} does not answer: {e.Message}", "Run it again; with --keep its log stays.", e);
        }
    }
}

/// <summary>A question that was answered, or was not.</summary>
/// <param name="IsCandidate">Whether the candidate answered; null when nobody did.</param>
/// <param name="IsWell">Whether the answer came, and in time.</param>
internal sealed record AnsweredQuestion(bool? IsCandidate, bool IsWell);
