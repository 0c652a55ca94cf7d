using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assay.Evaluation.Tests.Models;

/// <summary>A request that the server was sent.</summary>
internal sealed record SeenRequest(string Path, string Body, string? Authorization);

/// <summary>A real HTTP server on a free port that answers as a test says; the last answer is repeated.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> answers = new();
    private Func<HttpContext, Task> last = context => Text(context, 500, "no answer was set");

    private ModelServer(WebApplication app) => this.app = app;

    public Uri Address { get; private set; } = null!;

    public ConcurrentQueue<SeenRequest> Seen { get; } = new();

    public static async Task<ModelServer> StartAsync(params Func<HttpContext, Task>[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new ModelServer(app);
        server.Then(answers);
        app.Run(server.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        server.Address = new Uri(app.Urls.First());
        return server;
    }

    public static Func<HttpContext, Task> Json(string body, int status = 200, params (string Name, string Value)[] headers) =>
        context =>
        {
            foreach (var (name, value) in headers)
            {
                context.Response.Headers[name] = value;
            }

            return Text(context, status, body, "application/json");
        };

    public static Func<HttpContext, Task> Html(string body, int status = 200) => context => Text(context, status, body, "text/html");

    /// <summary>Says nothing until the client goes.</summary>
    public static async Task Hang(HttpContext context)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    /// <summary>Breaks the connection in the middle of the answer.</summary>
    public static async Task Reset(HttpContext context)
    {
        context.Response.ContentLength = 1000;
        await context.Response.WriteAsync("{\"id\":");
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    public void Then(params Func<HttpContext, Task>[] next)
    {
        foreach (var answer in next)
        {
            answers.Enqueue(answer);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    private static Task Text(HttpContext context, int status, string body, string type = "text/plain")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(body);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        context.Request.EnableBuffering();
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8, leaveOpen: true);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        Seen.Enqueue(new SeenRequest(context.Request.Path, body, context.Request.Headers.Authorization));
        if (answers.TryDequeue(out var answer))
        {
            last = answer;
        }

        await last(context);
    }
}
