using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Tests.Samples;

/// <summary>A real server on a free port that speaks as text-embeddings-inference does: vectors of words, and an order by length. It can be told to fail.</summary>
internal sealed class FakeRetrievalModels : IAsyncDisposable
{
    private const int Dimensions = 64;

    private readonly WebApplication app;

    private FakeRetrievalModels(WebApplication app) => this.app = app;

    public string Address { get; private set; } = "";

    /// <summary>Whether every call is refused from now on.</summary>
    public bool Fails { get; set; }

    public static async Task<FakeRetrievalModels> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        var models = new FakeRetrievalModels(app);
        app.Run(models.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        models.Address = app.Urls.First();
        return models;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (Fails)
        {
            context.Response.StatusCode = 500;
            // Longer than any budget: it is not asked again.
            context.Response.Headers.RetryAfter = "3600";
            return;
        }

        var body = (await JsonNode.ParseAsync(context.Request.Body))!;
        context.Response.ContentType = "application/json";
        // Shapes: text-embeddings-inference, POST /embed and POST /rerank.
        await context.Response.WriteAsync(
            context.Request.Path == "/embed"
                ? JsonSerializer.Serialize(Texts(body["inputs"]!).Select(Vector))
                : JsonSerializer.Serialize(Texts(body["texts"]!).Select((text, i) => new { index = i, score = 1.0 / text.Length }))
        );
    }

    private static IEnumerable<string> Texts(JsonNode node) => node is JsonArray many ? many.Select(t => (string)t!) : [(string)node!];

    private static float[] Vector(string text)
    {
        var vector = new float[Dimensions];
        foreach (var word in text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            vector[Encoding.UTF8.GetBytes(word).Sum(b => b) % Dimensions]++;
        }

        return vector;
    }
}
