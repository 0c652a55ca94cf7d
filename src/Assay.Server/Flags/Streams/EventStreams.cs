using Assay.Server.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Hosting;

namespace Assay.Server.Flags.Streams;

/// <summary>The streams that are open: a bounded number, each of a reader that takes what it is sent.</summary>
internal sealed class EventStreams(SnapshotFeed feed, FlagMeter meter, HubOptions options, TimeProvider time, IHostApplicationLifetime hub)
{
    /// <summary>How long a reader may take over one event before it is dropped.</summary>
    public static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(10);

    private static readonly Problem Full = new(
        StatusCodes.Status503ServiceUnavailable,
        "Too many event streams are open.",
        "Come again later, and ask for /api/v1/snapshot with If-None-Match until then."
    );

    private int open;

    /// <summary>How many are open.</summary>
    public int Open => Volatile.Read(ref open);

    /// <summary>Serves one reader until it goes or the hub stops.</summary>
    public async Task ServeAsync(HttpContext context, Func<SnapshotMoment, byte[]> words)
    {
        if (Interlocked.Increment(ref open) > options.MostEventStreams)
        {
            Interlocked.Decrement(ref open);
            meter.StreamClosed("refused");
            context.Response.Headers.RetryAfter = "5";
            await context.AnswerAsync(Full);
            return;
        }

        meter.StreamsOpen(Open);
        try
        {
            meter.StreamClosed(await RunAsync(context, words));
        }
        finally
        {
            Interlocked.Decrement(ref open);
            meter.StreamsOpen(Open);
        }
    }

    private async Task<string> RunAsync(HttpContext context, Func<SnapshotMoment, byte[]> words)
    {
        Prepare(context);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, hub.ApplicationStopping);
        var writer = new EventWriter(context.Response.BodyWriter, words, SlowAfter, time);
        try
        {
            var has = context.Request.Headers["Last-Event-ID"].ToString();
            await writer.RunAsync(feed, has.Length == 0 ? null : has, ending.Token);
            return "client";
        }
        catch (SlowReaderException)
        {
            context.Abort();
            return "slow";
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return hub.ApplicationStopping.IsCancellationRequested ? "hub" : "client";
        }
    }

    private static void Prepare(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        // Proxies that collect answers would hold events back.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        // Slow readers are found, and counted, by the writer.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }
}
