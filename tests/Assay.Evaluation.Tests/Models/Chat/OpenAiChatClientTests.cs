using System.Text.Json;
using Assay.Models;
using Assay.Models.Chat;
using Assay.Prices;
using Microsoft.Extensions.AI;

namespace Assay.Evaluation.Tests.Models.Chat;

public sealed class OpenAiChatClientTests
{
    private static readonly ChatMessage[] Question = [new(ChatRole.System, "Коротко."), new(ChatRole.User, "Как откатить \"релиз\"?")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_request_is_what_the_interface_documents()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(Fixtures.Completion));
        using var clients = new ModelClients(new ModelSettings());
        using var schema = JsonDocument.Parse("""{"type":"object","properties":{"score":{"type":"number"}}}""");
        var options = new ChatOptions
        {
            Temperature = 0,
            TopP = 0.9f,
            Seed = 7,
            MaxOutputTokens = 64,
            StopSequences = ["END"],
            ResponseFormat = ChatResponseFormat.ForJsonSchema(schema.RootElement, "score"),
        };
        await clients.Chat(Fixtures.To(server)).GetResponseAsync(Question, options, Token);
        var seen = server.Seen.ShouldHaveSingleItem();
        seen.Path.ShouldBe("/v1/chat/completions");
        seen.Authorization.ShouldBe("Bearer " + Fixtures.Key);
        seen.Body.ShouldBe(
            """{"model":"glass-1","messages":[{"role":"system","content":"Коротко."},{"role":"user","content":"Как откатить \"релиз\"?"}],"temperature":0,"top_p":0.9,"max_tokens":64,"seed":7,"stop":["END"],"response_format":{"type":"json_schema","json_schema":{"name":"score","schema":{"type":"object","properties":{"score":{"type":"number"}}}}}}"""
        );
    }

    [Fact]
    public async Task The_answer_tells_text_model_reason_and_tokens_by_kind()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(Fixtures.Completion));
        using var clients = new ModelClients(new ModelSettings());
        var response = await clients.Chat(Fixtures.To(server)).GetResponseAsync(Question, cancellationToken: Token);
        response.Text.ShouldBe("Откатите релиз.");
        response.ModelId.ShouldBe("glass-1-2026-01-31");
        response.ResponseId.ShouldBe("chatcmpl-7");
        response.FinishReason.ShouldBe(ChatFinishReason.Stop);
        response.CreatedAt.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1760000000));
        response.Usage!.TotalTokenCount.ShouldBe(130);
        var facts = response.Facts();
        facts.Tokens.ShouldBe(new TokenUsage(60, 40, 0, 20, 10));
        facts.Model.ShouldBe("glass-1-2026-01-31");
        facts.Attempts.ShouldBe(1);
        facts.FromCache.ShouldBeFalse();
        facts.Cost.ShouldBeNull();
    }

    [Fact]
    public async Task The_cost_is_that_of_the_dated_price_to_the_last_digit()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(Fixtures.Completion));
        var prices = PriceTable.Parse(
            "models:\n  - model: glass-1\n    prices:\n      - { from: 2020-01-01, input: 2, cachedInput: 0.5, output: 8, reasoning: 10 }\n",
            "prices.yaml"
        );
        using var clients = new ModelClients(new ModelSettings { Prices = prices });
        var response = await clients.Chat(Fixtures.To(server)).GetResponseAsync(Question, cancellationToken: Token);
        // 60 × $2 + 40 × $0.5 + 20 × $8 + 10 × $10, each for a million tokens.
        response.Facts().Cost.ShouldBe(Money.OfDollars(0.0004m));
        clients.Used.Cost.ShouldBe(Money.OfDollars(0.0004m));
        clients.Used.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_streaming_request_gets_the_whole_answer()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(Fixtures.Completion));
        using var clients = new ModelClients(new ModelSettings());
        var updates = await clients.Chat(Fixtures.To(server)).GetStreamingResponseAsync(Question, cancellationToken: Token).ToChatResponseAsync(Token);
        updates.Text.ShouldBe("Откатите релиз.");
    }

    [Theory]
    [InlineData("""{"choices":[{"message":{"content":null}}]}""", "")]
    [InlineData("""{"choices":[{"message":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}}]}""", "ab")]
    [InlineData(
        """{"choices":[{"message":{"content":"x"}}],"usage":{"prompt_tokens":5,"completion_tokens":1,"prompt_tokens_details":{"cached_tokens":9}}}""",
        "x"
    )]
    [InlineData("""{"choices":[{"message":{"content":"x"}}],"usage":{"prompt_tokens":-5,"completion_tokens":"many"},"error":null}""", "x")]
    public async Task Odd_but_lawful_answers_are_read_and_contradictory_counts_are_unknown(string body, string text)
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(body));
        using var clients = new ModelClients(new ModelSettings());
        var response = await clients.Chat(Fixtures.To(server)).GetResponseAsync(Question, cancellationToken: Token);
        response.Text.ShouldBe(text);
        response.Facts().Tokens.ShouldBeNull();
    }
}
