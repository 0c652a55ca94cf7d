using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assay.Tests.Cli.Evaluating;

/// <summary>
/// A server that answers chat completions as OpenAI's does, each after the same time and the same request always the same: an answer, or a judgement where
/// the request speaks of a rubric or asks for JSON. <c>GET /stats</c> says what it was asked, <c>POST /reset</c> forgets that.
/// </summary>
internal sealed class StubModel : IAsyncDisposable
{
    private static readonly string[] SignsOfJudging = ["rubric", "Rubric", "\"json_schema\""];
    private static readonly SearchValues<string> Judging = SearchValues.Create(SignsOfJudging, StringComparison.Ordinal);

    private readonly WebApplication app;
    private readonly FixedDelay delay = new();
    private readonly TimeProvider time = TimeProvider.System;

    private StubModel(WebApplication app, TimeSpan latency) => (this.app, Latency) = (app, latency);

    /// <summary>Where chat completions are asked for, less <c>/chat/completions</c>.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>From a request to its answer.</summary>
    public TimeSpan Latency { get; set; }

    public StubCounts Counts { get; } = new();

    /// <param name="latency">From a request to its answer.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<StubModel> StartAsync(TimeSpan latency, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        var stub = new StubModel(app, latency);
        app.Run(stub.ServeAsync);
        await app.StartAsync(cancellationToken);
        stub.Address = new Uri(new Uri(app.Urls.First()), "/v1");
        return stub;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
        delay.Dispose();
    }

    private Task ServeAsync(HttpContext context) =>
        context.Request.Path.Value switch
        {
            "/stats" => WriteAsync(context.Response, JsonSerializer.SerializeToUtf8Bytes(Counts.Stats())),
            "/reset" => ResetAsync(context),
            _ => AnswerAsync(context),
        };

    private Task ResetAsync(HttpContext context)
    {
        Latency = double.TryParse(context.Request.Query["latency"], CultureInfo.InvariantCulture, out var ms) ? TimeSpan.FromMilliseconds(ms) : Latency;
        Counts.Reset();
        return WriteAsync(context.Response, "{}"u8.ToArray());
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var began = time.GetTimestamp();
        Counts.Began(began);
        try
        {
            var body = await ReadAsync(context.Request.BodyReader, context.RequestAborted);
            var answer = Answer(body);
            await delay.WaitAsync(began, Latency);
            await WriteAsync(context.Response, answer);
        }
        finally
        {
            Counts.Ended(began);
        }
    }

    private byte[] Answer(byte[] body)
    {
        var digest = SHA256.HashData(body);
        var name = Convert.ToHexStringLower(digest);
        var text = Encoding.UTF8.GetString(body);
        var isJudgement = text.AsSpan().ContainsAny(Judging);
        Counts.Read(digest, isJudgement);
        // 0.60 to 0.99.
        var score = 60 + (((digest[0] << 8) + digest[1]) % 40);
        var content = isJudgement
            ? $$"""{\"reason\":\"said by a stub\",\"pass\":true,\"score\":0.{{score}}}"""
            : $"Stub answer {name[..12]}: the release is safe because every gate is green.";
        var (input, output) = ((text.Length + 3) / 4, (content.Length + 3) / 4);
        return Encoding.UTF8.GetBytes(
            $$$"""{"id":"chatcmpl-{{{name[..16]}}}","object":"chat.completion","created":1700000000,"model":"stub","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"{{{content}}}"}}],"usage":{"prompt_tokens":{{{input}}},"completion_tokens":{{{output}}},"total_tokens":{{{input + output}}}}}"""
        );
    }

    private static async Task<byte[]> ReadAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static async Task WriteAsync(HttpResponse response, byte[] body)
    {
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body);
    }
}
