using System.Text;
using Assay.Prices;
using Assay.Telemetry;

namespace Assay.Tests.Telemetry;

public sealed class GenAiCallTests
{
    private static readonly Dictionary<string, object> Chat = new()
    {
        ["gen_ai.operation.name"] = "chat",
        ["gen_ai.provider.name"] = "openai",
        ["gen_ai.request.model"] = "fox-4",
        ["gen_ai.response.model"] = "fox-4-2026-01-31",
        ["gen_ai.usage.input_tokens"] = 1_000L,
        ["gen_ai.usage.output_tokens"] = 500L,
    };

    [Fact]
    public void A_call_has_the_model_that_answered_and_its_tokens()
    {
        var call = Read(Chat);
        call.IsModelCall.ShouldBeTrue();
        call.Model.ShouldBe("fox-4-2026-01-31");
        call.Provider.ShouldBe("openai");
        call.Tokens.ShouldBe(new TokenUsage(1_000, 0, 0, 500, 0));
    }

    [Fact]
    public void The_model_asked_for_stands_in_where_none_answered() => Read(Without("gen_ai.response.model")).Model.ShouldBe("fox-4");

    [Fact]
    public void Cached_tokens_and_cache_writes_are_taken_out_of_the_input_that_includes_them() =>
        Read(With("gen_ai.usage.cache_read.input_tokens", 600L, "gen_ai.usage.cache_write.input_tokens", 300L))
            .Tokens.ShouldBe(new TokenUsage(100, 600, 300, 500, 0));

    [Fact]
    public void Reasoning_is_taken_out_of_the_output_that_includes_it() =>
        Read(With("gen_ai.usage.reasoning.output_tokens", 450L)).Tokens.ShouldBe(new TokenUsage(1_000, 0, 0, 50, 450));

    [Fact]
    public void A_call_costs_the_same_however_its_provider_splits_the_tokens()
    {
        var table = PriceTable.Parse("models: [{ model: fox-4, prices: [{ from: 2026-01-01, input: 2, cachedInput: 0.5, output: 8 }] }]", "p.yaml");
        var tokens = Read(With("gen_ai.usage.cache_read.input_tokens", 600L, "gen_ai.usage.reasoning.output_tokens", 450L)).Tokens;
        var at = (new DateTime(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks * 100;
        table
            .Price(new ModelCall("fox-4", "", tokens, false, false, at))
            .Cost.ShouldBe(Money.OfDollars((400 * 2m / 1e6m) + (600 * 0.5m / 1e6m) + (500 * 8m / 1e6m)));
    }

    [Theory]
    [InlineData("gen_ai.usage.cache_creation.input_tokens")]
    [InlineData("gen_ai.usage.cache_write.input_tokens")]
    [InlineData("gen_ai.usage.cache_creation_input_tokens")]
    public void Both_profiles_and_older_names_of_a_cache_write_are_read(string name) =>
        Read(With(name, 300L)).Tokens.ShouldBe(new TokenUsage(700, 0, 300, 500, 0));

    [Fact]
    public void The_first_names_of_the_conventions_are_read()
    {
        var call = Read(
            new()
            {
                ["gen_ai.system"] = "anthropic",
                ["gen_ai.request.model"] = "fox-1",
                ["gen_ai.usage.prompt_tokens"] = 12L,
                ["gen_ai.usage.completion_tokens"] = 3L,
            }
        );
        call.IsModelCall.ShouldBeTrue();
        call.Provider.ShouldBe("anthropic");
        call.Tokens.ShouldBe(new TokenUsage(12, 0, 0, 3, 0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_two_names_of_one_count_are_sent_the_one_in_force_is_read_once(bool isOldFirst)
    {
        var both = With("gen_ai.usage.prompt_tokens", 900L, "gen_ai.system", "old");
        Read(isOldFirst ? new(both.Reverse()) : both)
            .ShouldSatisfyAllConditions(c => c.Tokens!.Value.Input.ShouldBe(1_000), c => c.Provider.ShouldBe("openai"));
    }

    [Fact]
    public void Counts_written_as_text_or_as_a_number_are_counts() =>
        Read(With("gen_ai.usage.input_tokens", "1000", "gen_ai.usage.output_tokens", 500.0)).Tokens.ShouldBe(new TokenUsage(1_000, 0, 0, 500, 0));

    [Theory]
    [InlineData("gen_ai.usage.cache_read.input_tokens", 1_001L, TokenFault.CacheExceedsInput)]
    [InlineData("gen_ai.usage.reasoning.output_tokens", 501L, TokenFault.ReasoningExceedsOutput)]
    [InlineData("gen_ai.usage.input_tokens", -1L, TokenFault.NotACount)]
    [InlineData("gen_ai.usage.cache_read.input_tokens", -1L, TokenFault.NotACount)]
    [InlineData("gen_ai.usage.output_tokens", "many", TokenFault.NotACount)]
    [InlineData("gen_ai.usage.output_tokens", 1.5, TokenFault.NotACount)]
    [InlineData("gen_ai.usage.output_tokens", true, TokenFault.NotACount)]
    [InlineData("gen_ai.usage.output_tokens", long.MaxValue, TokenFault.NotACount)]
    [InlineData("gen_ai.usage.cache_write.input_tokens", long.MaxValue, TokenFault.NotACount)]
    [InlineData("gen_ai.usage.output_tokens", double.NaN, TokenFault.NotACount)]
    public void Counts_that_contradict_each_other_are_flagged_and_unknown(string name, object value, TokenFault fault)
    {
        var call = Read(With(name, value));
        call.Fault.ShouldBe(fault);
        call.Tokens.ShouldBeNull();
        call.IsModelCall.ShouldBeTrue();
    }

    [Theory]
    [InlineData("gen_ai.usage.input_tokens")]
    [InlineData("gen_ai.usage.output_tokens")]
    public void A_chat_without_one_of_its_counts_is_unknown(string name) => Read(Without(name)).Fault.ShouldBe(TokenFault.Missing);

    [Fact]
    public void Embeddings_have_no_output() =>
        Read(
            new()
            {
                ["gen_ai.operation.name"] = "embeddings",
                ["gen_ai.request.model"] = "e",
                ["gen_ai.usage.input_tokens"] = 9L,
            }
        )
            .Tokens.ShouldBe(new TokenUsage(9, 0, 0, 0, 0));

    [Theory]
    [InlineData("http.request.resend_count", 1L, true)]
    [InlineData("http.request.resend_count", 0L, false)]
    [InlineData("assay.attempt", 2L, true)]
    [InlineData("assay.attempt", 1L, false)]
    public void A_call_that_was_sent_again_is_a_retry(string name, long value, bool isRetry) => Read(With(name, value)).IsRetry.ShouldBe(isRetry);

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData("true", true)]
    public void An_answer_from_the_callers_cache_is_a_hit(object value, bool isHit) => Read(With("assay.cache.hit", value)).IsCacheHit.ShouldBe(isHit);

    [Theory]
    [InlineData("invoke_agent", false, false)]
    [InlineData("retrieval", false, false)]
    [InlineData("execute_tool", false, true)]
    [InlineData("rerank", true, false)]
    [InlineData("generate_content", true, false)]
    [InlineData("text_completion", true, false)]
    public void Tokens_of_an_agent_are_not_counted_beside_those_of_its_calls(string operation, bool isModelCall, bool isToolCall)
    {
        var call = Read(With("gen_ai.operation.name", operation));
        call.IsModelCall.ShouldBe(isModelCall);
        call.IsToolCall.ShouldBe(isToolCall);
    }

    [Fact]
    public void A_span_that_calls_no_model_is_none() =>
        Read(new() { ["http.request.method"] = "POST", ["gen_ai.unheard.of"] = 1L }).IsModelCall.ShouldBeFalse();

    [Fact]
    public void Names_of_a_tool_and_a_prompt_are_read()
    {
        var call = default(GenAiCall);
        call.Read("gen_ai.tool.name"u8, AttributeValue.OfText("search"u8)).ShouldBeTrue();
        call.Read("gen_ai.prompt.name"u8, AttributeValue.OfText("answer"u8)).ShouldBeTrue();
        call.Read("gen_ai.prompt.version"u8, AttributeValue.OfText("3"u8)).ShouldBeTrue();
        call.Read("gen_ai.prompt"u8, AttributeValue.OfText("secret"u8)).ShouldBeFalse();
        (Encoding.UTF8.GetString(call.ToolName), Encoding.UTF8.GetString(call.PromptName), Encoding.UTF8.GetString(call.PromptVersion)).ShouldBe(
            ("search", "answer", "3")
        );
    }

    [Fact]
    public void Each_profile_has_its_name()
    {
        GenAiNames.Of(GenAiField.CacheWriteTokens, GenAiProfile.V1_41).ShouldBe("gen_ai.usage.cache_creation.input_tokens");
        GenAiNames.Of(GenAiField.CacheWriteTokens, GenAiProfile.Latest).ShouldBe("gen_ai.usage.cache_write.input_tokens");
        GenAiNames.Of(GenAiField.Provider, GenAiProfile.V1_41).ShouldBe("gen_ai.provider.name");
    }

    [Fact]
    public void A_key_is_listed_once_and_found_again()
    {
        GenAiNames.All.Select(n => n.Key).ShouldBeUnique();
        foreach (var name in GenAiNames.All)
        {
            GenAiNames.Find(Encoding.UTF8.GetBytes(name.Key), out var rank).ShouldBe(name.Field);
            rank.ShouldBe(name.Rank);
        }
    }

    [Fact]
    public void Reading_a_span_allocates_nothing()
    {
        ReadOnce();
        var before = GC.GetAllocatedBytesForCurrentThread();
        ReadOnce();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static void ReadOnce()
    {
        var call = default(GenAiCall);
        call.Read("gen_ai.operation.name"u8, AttributeValue.OfText("chat"u8));
        call.Read("gen_ai.request.model"u8, AttributeValue.OfText("fox-4"u8));
        call.Read("gen_ai.usage.input_tokens"u8, AttributeValue.OfInteger(10));
        call.Read("gen_ai.usage.output_tokens"u8, AttributeValue.OfNumber(5));
        call.Read("http.route"u8, AttributeValue.OfText("/ask"u8));
        _ = call.Tokens;
    }

    private static Dictionary<string, object> With(params object[] pairs)
    {
        var changed = new Dictionary<string, object>(Chat);
        foreach (var pair in pairs.Chunk(2))
        {
            changed[(string)pair[0]] = pair[1];
        }

        return changed;
    }

    private static Dictionary<string, object> Without(string name) => new(Chat.Where(pair => pair.Key != name));

    private static ReadCall Read(Dictionary<string, object> attributes)
    {
        var call = default(GenAiCall);
        foreach (var (key, value) in attributes)
        {
            call.Read(
                Encoding.UTF8.GetBytes(key),
                value switch
                {
                    string text => AttributeValue.OfText(Encoding.UTF8.GetBytes(text)),
                    bool flag => AttributeValue.OfFlag(flag),
                    double number => AttributeValue.OfNumber(number),
                    _ => AttributeValue.OfInteger((long)value),
                }
            );
        }

        var (model, provider) = (Encoding.UTF8.GetString(call.Model), Encoding.UTF8.GetString(call.Provider));
        return new ReadCall(call.IsModelCall, call.IsToolCall, model, provider, call.Tokens, call.Fault, call.IsRetry, call.IsCacheHit);
    }

    private sealed record ReadCall(
        bool IsModelCall,
        bool IsToolCall,
        string Model,
        string Provider,
        TokenUsage? Tokens,
        TokenFault Fault,
        bool IsRetry,
        bool IsCacheHit
    );
}
