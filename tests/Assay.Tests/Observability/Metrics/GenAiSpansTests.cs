using System.Diagnostics;
using Assay.Observability.Metrics;
using Assay.Prices;
using Assay.Telemetry;

namespace Assay.Tests.Observability.Metrics;

[Collection(AloneInProcess.Name)]
public sealed class GenAiSpansTests
{
    [Fact]
    public void A_call_says_what_it_used_in_the_words_of_the_conventions()
    {
        using var heard = new HeardSpans(GenAiSpans.Name);
        using var spans = new GenAiSpans();
        Activity span;
        using (var call = spans.StartChat("gpt-5-mini", "openai"))
        {
            span = call.Activity!;
            call.AskedBy("answer", "3");
            call.Attempt(2);
            call.Answered("gpt-5-mini-2026-01");
            call.Used(new TokenUsage(Input: 100, CachedInput: 20, CacheWrite: 5, Output: 40, Reasoning: 10));
            call.Finished("stop");
        }

        span.DisplayName.ShouldBe("chat gpt-5-mini");
        span.Kind.ShouldBe(ActivityKind.Client);
        var tags = span.TagObjects.ToDictionary();
        tags["gen_ai.operation.name"].ShouldBe("chat");
        tags["gen_ai.provider.name"].ShouldBe("openai");
        tags["gen_ai.request.model"].ShouldBe("gpt-5-mini");
        tags["gen_ai.response.model"].ShouldBe("gpt-5-mini-2026-01");
        // Cached and written tokens are part of the input, reasoning is part of the output.
        tags["gen_ai.usage.input_tokens"].ShouldBe(125L);
        tags["gen_ai.usage.cache_read.input_tokens"].ShouldBe(20L);
        tags["gen_ai.usage.cache_creation.input_tokens"].ShouldBe(5L);
        tags["gen_ai.usage.output_tokens"].ShouldBe(50L);
        tags["gen_ai.usage.reasoning.output_tokens"].ShouldBe(10L);
        tags["gen_ai.response.finish_reasons"].ShouldBe(new[] { "stop" });
        tags["assay.prompt"].ShouldBe("answer@3");
        tags["assay.attempt"].ShouldBe(2);
        tags.Keys.ShouldAllBe(k => !k.Contains("message") && !k.Contains("content"));
    }

    [Fact]
    public void Every_name_that_is_sent_is_one_that_the_hub_reads()
    {
        string[] beside = ["gen_ai.response.finish_reasons", "assay.prompt", "assay.score.kind", "error.type"];
        var read = GenAiNames.All.Select(n => n.Key).Concat(beside).ToHashSet();
        typeof(GenAiAttributes).GetFields().Select(f => (string)f.GetRawConstantValue()!).Where(n => !read.Contains(n)).ShouldBeEmpty();
    }

    [Fact]
    public void A_cache_hit_is_marked() => Marked(call => call.CameFromCache(), "assay.cache.hit").ShouldBe(true);

    [Fact]
    public void A_call_that_fails_says_why()
    {
        using var heard = new HeardSpans(GenAiSpans.Name);
        using var spans = new GenAiSpans();
        using var call = spans.StartEmbeddings("embed-1", "offline");
        call.Fail(new TimeoutException("no answer within 10 s"));
        call.Activity!.DisplayName.ShouldBe("embeddings embed-1");
        call.Activity.Kind.ShouldBe(ActivityKind.Internal);
        call.Activity.Status.ShouldBe(ActivityStatusCode.Error);
        call.Activity.GetTagItem("error.type").ShouldBe("System.TimeoutException");
    }

    [Fact]
    public async Task A_tool_is_timed_and_what_it_throws_fails_its_span()
    {
        using var heard = new HeardSpans(GenAiSpans.Name, "Assay.Tests.Tools");
        using var source = new ActivitySource("Assay.Tests.Tools");
        using var spans = new GenAiSpans();
        using var request = source.StartActivity("request")!;
        spans.Tool("clock", () => 12).ShouldBe(12);
        (await spans.ToolAsync("sum", () => Task.FromResult(3))).ShouldBe(3);
        await Should.ThrowAsync<FormatException>(() => spans.ToolAsync<int>("parse", () => throw new FormatException("bad")));

        var tools = heard.In(request.TraceId);
        tools.Select(t => t.DisplayName).ShouldBe(["execute_tool clock", "execute_tool sum", "execute_tool parse"]);
        tools.Select(t => t.GetTagItem("gen_ai.tool.name")).ShouldBe(["clock", "sum", "parse"]);
        tools.Select(t => t.Status).ShouldBe([ActivityStatusCode.Unset, ActivityStatusCode.Unset, ActivityStatusCode.Error]);
        tools[2].GetTagItem("error.type").ShouldBe("System.FormatException");
    }

    private static object? Marked(Action<ModelCallSpan> mark, string attribute)
    {
        using var heard = new HeardSpans(GenAiSpans.Name);
        using var spans = new GenAiSpans();
        using var call = spans.StartChat("m", "offline");
        mark(call);
        return call.Activity!.GetTagItem(attribute);
    }
}
