using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Tests.Slos;

/// <summary>Takes POSTs on a free port of 127.0.0.1.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication host;
    private int failures;

    private WebhookReceiver(int failures)
    {
        this.failures = failures;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        host = builder.Build();
        host.MapPost("/hook", TakeAsync);
    }

    /// <summary>What was taken: the signature and the body.</summary>
    public ConcurrentQueue<(string Signature, byte[] Body)> Taken { get; } = new();

    public Uri Address => new(new Uri(host.Urls.First()), "/hook");

    /// <summary>Starts; the first few messages are answered with 503.</summary>
    public static async Task<WebhookReceiver> StartAsync(int failures = 0)
    {
        var receiver = new WebhookReceiver(failures);
        await receiver.host.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        if (Interlocked.Decrement(ref failures) >= 0)
        {
            return Results.StatusCode(503);
        }

        Taken.Enqueue((request.Headers["X-Assay-Signature"].ToString(), body.ToArray()));
        return Results.Ok();
    }
}
