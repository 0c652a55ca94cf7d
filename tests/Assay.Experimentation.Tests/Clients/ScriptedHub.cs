using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assay.Experimentation.Tests.Clients;

/// <summary>What answers as a hub does, over real HTTP, and fails as a test wants: it can die in the middle of its stream and come back on the same port.</summary>
internal sealed class ScriptedHub : IAsyncDisposable
{
    private readonly ConcurrentDictionary<int, Channel<string>> streams = [];
    private WebApplication? app;
    private int streamCount;

    // Where it comes back after it died, and nobody else in between.
    private readonly int port = FreePort.Next();

    public byte[] Snapshot { get; set; } = [];

    public string ETag { get; set; } = "\"1\"";

    /// <summary>What the intake answers; 202 when it takes a batch.</summary>
    public Func<HttpContext, int> Intake { get; set; } = _ => 202;

    /// <summary>Whether there is a stream of changes.</summary>
    public bool HasStream { get; set; } = true;

    public Uri Address => new($"http://127.0.0.1:{port}");

    /// <summary>Batches that were taken.</summary>
    public ConcurrentQueue<JsonElement> Batches { get; } = [];

    /// <summary>Statuses of the answers to questions for the snapshot.</summary>
    public ConcurrentQueue<int> Answers { get; } = [];

    public ConcurrentQueue<string> Tokens { get; } = [];

    public int Refused { get; private set; }

    public int OpenStreams => streams.Count;

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromMilliseconds(1));
        app = builder.Build();
        app.MapGet("/api/v1/snapshot", AnswerAsync);
        app.MapGet("/api/v1/snapshot/stream", StreamAsync);
        app.MapPost("/api/v1/experiment-events", TakeAsync);
        await app.StartAsync();
    }

    /// <summary>Puts a snapshot up and tells every stream.</summary>
    public void Publish(byte[] snapshot, string etag)
    {
        (Snapshot, ETag) = (snapshot, etag);
        Write("event: snapshot\ndata: {\"version\":\"x\"}\n\n");
    }

    /// <summary>Writes to every stream.</summary>
    public void Write(string text)
    {
        foreach (var stream in streams.Values)
        {
            stream.Writer.TryWrite(text);
        }
    }

    /// <summary>Dies without a word: connections break wherever they are.</summary>
    public async Task DieAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
            app = null;
        }
    }

    public async ValueTask DisposeAsync() => await DieAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Tokens.Enqueue(context.Request.Headers.Authorization.ToString());
        context.Response.Headers.ETag = ETag;
        context.Response.StatusCode = context.Request.Headers.IfNoneMatch == ETag ? 304 : 200;
        Answers.Enqueue(context.Response.StatusCode);
        if (context.Response.StatusCode == 200)
        {
            await context.Response.Body.WriteAsync(Snapshot);
        }
    }

    private async Task StreamAsync(HttpContext context)
    {
        if (!HasStream)
        {
            context.Response.StatusCode = 404;
            return;
        }

        var (id, stream) = (Interlocked.Increment(ref streamCount), Channel.CreateUnbounded<string>());
        streams[id] = stream;
        try
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(": hello\n\n");
            await context.Response.Body.FlushAsync();
            await foreach (var text in stream.Reader.ReadAllAsync(context.RequestAborted))
            {
                await context.Response.WriteAsync(text);
                await context.Response.Body.FlushAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The client, or this hub, went away.
        }
        finally
        {
            streams.TryRemove(id, out _);
        }
    }

    private async Task TakeAsync(HttpContext context)
    {
        context.Response.StatusCode = Intake(context);
        if (context.Response.StatusCode != 202)
        {
            Refused++;
            return;
        }

        await using var plain = new GZipStream(context.Request.Body, CompressionMode.Decompress);
        using var json = await JsonDocument.ParseAsync(plain);
        Batches.Enqueue(json.RootElement.Clone());
    }
}
