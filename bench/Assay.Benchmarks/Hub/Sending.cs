using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace Assay.Benchmarks.Hub;

/// <summary>Four senders, each with one request on its way at a time, as exporters of four processes would be.</summary>
internal sealed class Sending(Consignment load, Uri address) : IDisposable
{
    private const int Senders = 4;
    private static readonly MediaTypeHeaderValue Protobuf = new("application/x-protobuf");

    private readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(60) };
    private readonly List<double> waits = [];
    private int next = -1;
    private int acknowledged;
    private int putOff;

    // The request and the moment of the acknowledgement that came last.
    private volatile Acknowledgement? last;

    /// <summary>Spans that were acknowledged.</summary>
    public long Spans => (long)Volatile.Read(ref acknowledged) * RequestTemplate.Spans;

    /// <summary>Traces that were acknowledged; each has one request.</summary>
    public long Traces => (long)Volatile.Read(ref acknowledged) * RequestTemplate.Traces;

    /// <summary>Answers that asked to come again later.</summary>
    public int PutOff => putOff;

    /// <summary>From the first request to the last acknowledgement.</summary>
    public TimeSpan Took { get; private set; }

    public Acknowledgement? Last => last;

    /// <summary>How long each acknowledgement took in milliseconds, the shortest first.</summary>
    public IReadOnlyList<double> Waits
    {
        get
        {
            lock (waits)
            {
                return [.. waits.Order()];
            }
        }
    }

    /// <summary>Sends until the time is over or nothing is left.</summary>
    public async Task RunAsync(TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(() => SendAsync(clock, time))));
        Took = clock.Elapsed;
    }

    public void Dispose() => client.Dispose();

    private async Task SendAsync(Stopwatch clock, TimeSpan time)
    {
        var own = new List<double>();
        while (clock.Elapsed < time && Interlocked.Increment(ref next) is var request && request < load.Count)
        {
            var started = Stopwatch.GetTimestamp();
            await SendAsync(request);
            own.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            Interlocked.Increment(ref acknowledged);
            last = new Acknowledgement(load.LastTrace(request), Stopwatch.GetTimestamp());
        }

        lock (waits)
        {
            waits.AddRange(own);
        }
    }

    private async Task SendAsync(int request)
    {
        while (true)
        {
            using var body = new ByteArrayContent(load.Body(request));
            body.Headers.ContentType = Protobuf;
            body.Headers.ContentEncoding.Add("gzip");
            using var answer = await client.PostAsync(address, body);
            if (answer.StatusCode == HttpStatusCode.OK && answer.Content.Headers.ContentLength == 0)
            {
                return;
            }

            if (answer.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
            {
                var text = await answer.Content.ReadAsStringAsync();
                throw AssayException.Infrastructure($"The hub answered {(int)answer.StatusCode}: {text}", "See logs/hub.log in its data folder.");
            }

            Interlocked.Increment(ref putOff);
            await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
        }
    }
}

/// <summary>A request that was acknowledged.</summary>
/// <param name="LastTrace">The id of its last trace.</param>
/// <param name="At">When, as a stopwatch's timestamp.</param>
internal sealed record Acknowledgement(string LastTrace, long At);
