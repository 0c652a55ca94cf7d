using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assay.Releases.Tests.Canaries.Probes;

/// <summary>A service on a free port that answers as a test says.</summary>
internal sealed class ProbedService : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly CancellationTokenSource ending = new();
    private int asked;

    private ProbedService(WebApplication app) => this.app = app;

    /// <summary>What is answered to the n-th question, from 1.</summary>
    public Func<HttpContext, int, Task> Answers { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>How often it was asked.</summary>
    public int Asked => asked;

    /// <summary>The headers of the last question.</summary>
    public IHeaderDictionary Headers { get; private set; } = new HeaderDictionary();

    public string Address => app.Urls.First();

    /// <summary>Ends when the service does: for answers that never come.</summary>
    public CancellationToken Ending => ending.Token;

    public static async Task<ProbedService> StartAsync(Func<HttpContext, int, Task>? answers = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromMilliseconds(1));
        var app = builder.Build();
        var service = new ProbedService(app);
        service.Answers = answers ?? service.Answers;
        app.Run(service.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return service;
    }

    public static Func<HttpContext, int, Task> Status(Func<int, int> statusOf) =>
        (context, n) =>
        {
            context.Response.StatusCode = statusOf(n);
            return Task.CompletedTask;
        };

    public static Func<HttpContext, int, Task> Page(Func<int, string> textOf) =>
        (context, n) => context.Response.WriteAsync(textOf(n).ReplaceLineEndings("\n"));

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await app.DisposeAsync();
        ending.Dispose();
    }

    private Task AnswerAsync(HttpContext context)
    {
        Headers = new HeaderDictionary(context.Request.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase));
        return Answers(context, Interlocked.Increment(ref asked));
    }
}
