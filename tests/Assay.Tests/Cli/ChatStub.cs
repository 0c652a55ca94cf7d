using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assay.Tests.Cli;

/// <summary>What the stub answers to one request: a status and a body, or a completion with that text.</summary>
internal sealed record ChatReply(string Text, int Status = 200, string? Body = null);

/// <summary>A real HTTP server on a free port that speaks OpenAI's chat completions (platform.openai.com/docs/api-reference/chat) and answers as a test says.</summary>
internal sealed class ChatStub : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Func<string, ChatReply> reply;
    private int inFlight;

    private ChatStub(WebApplication app, Func<string, ChatReply> reply) => (this.app, this.reply) = (app, reply);

    public string Endpoint => app.Urls.Single() + "/v1";

    /// <summary>The messages of every request, joined.</summary>
    public ConcurrentQueue<string> Seen { get; } = new();

    public int MostInFlight { get; private set; }

    /// <summary>The only key that it takes; null for any.</summary>
    public string? Key { get; set; }

    /// <param name="reply">From the messages, joined by line ends, to the answer.</param>
    public static async Task<ChatStub> StartAsync(Func<string, ChatReply> reply)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        var stub = new ChatStub(app, reply);
        app.MapPost("/v1/chat/completions", stub.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return stub;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        MostInFlight = Math.Max(MostInFlight, Interlocked.Increment(ref inFlight));
        var request = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var messages = string.Join('\n', request!["messages"]!.AsArray().Select(message => (string)message!["content"]!));
        Seen.Enqueue(messages);
        var answer =
            Key is null || context.Request.Headers.Authorization == $"Bearer {Key}"
                ? reply(messages)
                : new ChatReply("", 401, """{"error":{"message":"No."}}""");
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        Interlocked.Decrement(ref inFlight);
        await context.Response.WriteAsync(answer.Body ?? Completion(answer.Text, (string)request["model"]!, messages));
    }

    private static string Completion(string text, string model, string asked) =>
        JsonSerializer.Serialize(
            new
            {
                id = "chatcmpl-1",
                @object = "chat.completion",
                created = 1,
                model,
                choices = new[]
                {
                    new
                    {
                        index = 0,
                        finish_reason = "stop",
                        message = new { role = "assistant", content = text },
                    },
                },
                usage = new
                {
                    prompt_tokens = asked.Length / 4,
                    completion_tokens = text.Length / 4,
                    total_tokens = (asked.Length / 4) + (text.Length / 4),
                },
            }
        );
}
