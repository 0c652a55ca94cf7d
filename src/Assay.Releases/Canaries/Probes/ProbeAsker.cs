using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Assay.Experimentation.Analysis;

namespace Assay.Releases.Canaries.Probes;

/// <summary>Asks probes: again after each failure, until an answer is good or as many as the file allows have failed.</summary>
/// <param name="http">A client that follows no redirects and keeps no cookies; the time limit is the probe's.</param>
/// <param name="time">The clock.</param>
internal sealed class ProbeAsker(HttpClient http, TimeProvider time)
{
    // A page of a process has some hundred KiB; more is not read.
    private const int MostBytes = 1 << 20;

    /// <summary>A client for probes: what a health check asks is the thing itself, now, and by no other way.</summary>
    public static HttpClient NewClient() =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };

    /// <summary>What a metric's probe says now.</summary>
    public async Task<ProbeReading> AskAsync(CanaryMetric metric, CancellationToken cancellationToken)
    {
        var probe = metric.Probe!;
        var problems = new List<string>();
        while (true)
        {
            var answer = (await AskOnceAsync(probe, cancellationToken)).Within(metric);
            if (answer.Problem is null)
            {
                return new ProbeReading(IsWell: true, Well(metric, answer, problems)) { Value = answer.Value };
            }

            problems.Add(answer.Problem);
            if (problems.Count >= probe.Times.Failures)
            {
                return new ProbeReading(IsWell: false, Failed(probe, problems)) { Value = answer.Value };
            }

            await Task.Delay(probe.Times.Every, time, cancellationToken);
        }
    }

    private async Task<ProbeAnswer> AskOnceAsync(Probe probe, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(probe.Times.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            using var request = RequestOf(probe);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var status = (int)answer.StatusCode;
            return !answer.IsSuccessStatusCode ? ProbeAnswer.Bad($"it answered {StatusText(status)}") with { Status = status }
                : probe.Sample is null ? new ProbeAnswer(Problem: null) { Status = status }
                : await SampleAsync(probe, answer, either.Token) with { Status = status };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ProbeAnswer.Bad(string.Create(CultureInfo.InvariantCulture, $"it did not answer within {probe.Times.Timeout.TotalSeconds:0.###} s"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return ProbeAnswer.Bad($"it did not answer: {e.Message}");
        }
    }

    private static HttpRequestMessage RequestOf(Probe probe)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, probe.Url);
        // A connection that was open before says nothing of a service that takes no new ones.
        request.Headers.ConnectionClose = true;
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("assay-probe", productVersion: null));
        if (probe.Url.UserInfo is { Length: > 0 } user)
        {
            var given = Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(user)));
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", given);
        }

        return request;
    }

    private static async Task<ProbeAnswer> SampleAsync(Probe probe, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MostBytes + 1);
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
            var read = await stream.ReadAtLeastAsync(buffer.AsMemory(0, MostBytes + 1), MostBytes + 1, throwOnEndOfStream: false, cancellationToken);
            // The line in which the page is cut off may be half a number.
            var isCut = read > MostBytes;
            var length = isCut ? Math.Max(0, buffer.AsSpan(0, MostBytes).LastIndexOf((byte)'\n')) : read;
            var found = PageSample.Find(Encoding.UTF8.GetString(buffer, 0, length), probe.Sample!, probe.Labels);
            return isCut && found.Problem is { } problem ? found with { Problem = problem + " within its first MiB" } : found;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string Well(CanaryMetric metric, ProbeAnswer answer, List<string> problems)
    {
        var probe = metric.Probe!;
        var figure = answer.Value is { } value ? $"{probe.Sample} is {FigureText.Of(value, metric.Unit)}{Limit(metric)}: " : "";
        var before = problems.Count == 0 ? "" : $", after {FigureText.Counted(problems.Count, "failure")}: {problems[^1]}";
        return $"{figure}{probe.Told} answered {answer.Status}{before}.";
    }

    private static string Limit(CanaryMetric metric) =>
        metric.Limit is { } limit ? $", {(metric.IsLowerBetter ? "at most" : "at least")} {FigureText.Of(limit, metric.Unit)} is well" : "";

    private static string Failed(Probe probe, List<string> problems) =>
        problems.Count == 1
            ? $"{probe.Told} failed: {problems[0]}."
            : $"{probe.Told} failed {problems.Count} times in a row, and the last time {problems[^1]}.";

    private static string StatusText(int status) =>
        status is >= 300 and < 400
            ? string.Create(CultureInfo.InvariantCulture, $"{status}, and redirects are not followed")
            : status.ToString(CultureInfo.InvariantCulture);
}
