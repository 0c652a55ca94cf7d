using Assay.Server.Intake.Wire;
using Assay.Stores;

namespace Assay.Server.Tests.Intake;

public sealed class SpanReaderTests
{
    private static readonly byte[] Parent = Convert.FromHexString("00f067aa0ba902b7");

    [Fact]
    public void A_span_without_parent_is_a_request() => Reading.Span().IsRequest.ShouldBeTrue();

    [Fact]
    public void A_span_with_a_local_parent_is_none() => Reading.Span(s => s.Bytes(SpanTag.ParentSpanId, Parent)).IsRequest.ShouldBeFalse();

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void A_server_and_a_consumer_take_requests_whatever_their_parent(int kind) =>
        Reading.Span(s => s.Bytes(SpanTag.ParentSpanId, Parent), kind: (ulong)kind).IsRequest.ShouldBeTrue();

    [Theory]
    [InlineData(0x301u, true)] // known, remote
    [InlineData(0x101u, false)] // known, local
    [InlineData(0x201u, false)] // not known: the bit for remote says nothing
    public void The_flags_say_whether_the_parent_is_remote(uint flags, bool isRequest) =>
        Reading.Span(s => s.Bytes(SpanTag.ParentSpanId, Parent).Fixed32(SpanTag.Flags, flags)).IsRequest.ShouldBe(isRequest);

    [Fact]
    public void A_parent_of_zeros_is_no_parent()
    {
        var span = Reading.Span(s => s.Bytes(SpanTag.ParentSpanId, new byte[8]));
        span.Parent.IsPresent.ShouldBeFalse();
        span.IsRequest.ShouldBeTrue();
    }

    [Theory]
    [InlineData("work", 1, null, null, SpanCategory.Internal)]
    [InlineData("work", 0, null, null, SpanCategory.Internal)]
    [InlineData("GET /x", 2, null, null, SpanCategory.Server)]
    [InlineData("orders process", 5, null, null, SpanCategory.Server)]
    [InlineData("GET", 3, null, null, SpanCategory.Client)]
    [InlineData("orders send", 4, null, null, SpanCategory.Client)]
    [InlineData("rag.dense", 1, null, null, SpanCategory.Retrieval)]
    [InlineData("chat small", 3, "gen_ai.operation.name", "chat", SpanCategory.Model)]
    [InlineData("text_completion small", 3, "gen_ai.operation.name", "text_completion", SpanCategory.Model)]
    [InlineData("embeddings small", 3, "gen_ai.operation.name", "embeddings", SpanCategory.Model)]
    [InlineData("generate_content small", 3, "gen_ai.operation.name", "generate_content", SpanCategory.Model)]
    [InlineData("rerank small", 3, "gen_ai.operation.name", "rerank", SpanCategory.Model)]
    [InlineData("execute_tool", 1, "gen_ai.operation.name", "execute_tool", SpanCategory.Tool)]
    [InlineData("retrieval", 3, "gen_ai.operation.name", "retrieval", SpanCategory.Retrieval)]
    [InlineData("invoke_agent", 1, "gen_ai.operation.name", "invoke_agent", SpanCategory.Internal)]
    [InlineData("query", 3, "db.system.name", "qdrant", SpanCategory.Retrieval)]
    [InlineData("query", 3, "db.system", "Pinecone", SpanCategory.Retrieval)]
    [InlineData("SELECT", 3, "db.system.name", "postgresql", SpanCategory.Client)]
    [InlineData("ChatOpenAI", 1, "openinference.span.kind", "LLM", SpanCategory.Model)]
    [InlineData("search", 1, "openinference.span.kind", "RETRIEVER", SpanCategory.Retrieval)]
    [InlineData("lookup.tool", 1, "traceloop.span.kind", "tool", SpanCategory.Tool)]
    public void Its_category_follows_what_it_does(string name, int kind, string? key, string? value, object category) =>
        Reading.Span(s => s.Attributes(SpanTag.Attributes, key is null ? [] : [(key, value!)]), name, (ulong)kind).Category.ShouldBe((SpanCategory)category);

    [Fact]
    public void A_tool_is_called_by_its_name() =>
        Reading
            .Span(s => s.Attributes(SpanTag.Attributes, ("gen_ai.operation.name", "execute_tool"), ("gen_ai.tool.name", "lookup")), "anything")
            .Name.ShouldBe("execute_tool lookup");

    [Fact]
    public void The_variant_names_every_flag_in_order_of_the_flag()
    {
        var span = Reading.Span(s =>
            s.Attributes(SpanTag.Attributes, ("feature_flag.key", "rerank"), ("feature_flag.result.variant", "on"))
                .Event("feature_flag.evaluation", ("feature_flag.key", "prompt"), ("feature_flag.result.variant", "short"))
                .Event("feature_flag", ("feature_flag.key", "cache"), ("feature_flag.variant", "off"))
                .Event("feature_flag.evaluation", ("feature_flag.key", "prompt"), ("feature_flag.result.variant", "long"))
                .Event("feature_flag.evaluation", ("feature_flag.key", "unnamed"))
                .Event("something", ("feature_flag.key", "other"), ("feature_flag.result.variant", "x"))
        );
        span.Variant.ShouldBe("cache=off,prompt=long,rerank=on");
    }

    [Fact]
    public void Without_flags_there_is_no_variant() => Reading.Span().Variant.ShouldBe("");

    [Fact]
    public void The_prompt_is_ours_else_the_one_of_the_conventions()
    {
        Reading.Span(s => s.Attributes(SpanTag.Attributes, ("assay.prompt", "answer@3"), ("gen_ai.prompt.name", "x"))).Prompt.ShouldBe("answer@3");
        Reading.Span(s => s.Attributes(SpanTag.Attributes, ("gen_ai.prompt.name", "answer"))).Prompt.ShouldBe("answer");
        Reading.Span(s => s.Attributes(SpanTag.Attributes, ("gen_ai.prompt.name", "answer"), ("gen_ai.prompt.version", "2"))).Prompt.ShouldBe("answer@2");
    }

    [Theory]
    [InlineData("order-7:a.b_c", "order-7:a.b_c")]
    [InlineData("not valid", "")]
    [InlineData("", "")]
    public void A_correlation_id_is_taken_when_it_is_one(string id, string expected) =>
        Reading.Span(s => s.Attributes(SpanTag.Attributes, ("correlation.id", id))).CorrelationId.ShouldBe(expected);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void It_failed_when_its_status_is_error(int code, bool failed) =>
        Reading.Span(s => s.Message(SpanTag.Status, m => m.Varint(StatusTag.Code, (ulong)code))).Failed.ShouldBe(failed);

    [Fact]
    public void An_end_before_its_begin_is_no_duration_and_counted()
    {
        var delivery = Reading.Read(OtlpMessage.Request([OtlpMessage.SpanWith(s => s.Fixed64(SpanTag.End, 5))]));
        delivery.Spans[0].DurationNanos.ShouldBe(0);
        delivery.Spans[0].StartNanos.ShouldBe(1_767_225_600_000_000_000);
        delivery.Tally.NegativeDurations.ShouldBe(1);
    }

    [Theory]
    [InlineData(0UL, 0UL, Reading.ArrivalNanos)]
    [InlineData(ulong.MaxValue, 0UL, Reading.ArrivalNanos)]
    [InlineData(0UL, 7UL, 7L)]
    [InlineData(7UL, 0UL, 7L)]
    public void A_time_that_is_missing_is_counted(ulong start, ulong end, long at)
    {
        var delivery = Reading.Read(OtlpMessage.Request([OtlpMessage.SpanWith(s => s.Fixed64(SpanTag.Start, start).Fixed64(SpanTag.End, end))]));
        delivery.Spans[0].StartNanos.ShouldBe(at);
        delivery.Spans[0].DurationNanos.ShouldBe(0);
        delivery.Tally.TimesMissing.ShouldBe(1);
    }

    [Theory]
    [InlineData("00", "b7ad6b7169203331", "a trace id has 1 bytes")]
    [InlineData("0af7651916cd43dd8448eb211c80319c", "", "a span id has 0 bytes")]
    [InlineData("0af7651916cd43dd8448eb211c80319c", "0000000000000000", "a span id is all zeros")]
    [InlineData("00000000000000000000000000000000", "b7ad6b7169203331", "a trace id is all zeros")]
    public void A_span_with_a_wrong_id_is_rejected_and_the_reason_kept(string trace, string span, string reason)
    {
        var delivery = Reading.Read(OtlpMessage.Request([OtlpMessage.SpanWith(trace: trace, span: span), OtlpMessage.SpanWith()]));
        delivery.Spans.Count.ShouldBe(1);
        delivery.Tally.Rejected.ShouldBe(1);
        delivery.Tally.FirstProblem.ShouldContain(reason);
    }

    [Fact]
    public void More_items_than_the_bound_are_rejected()
    {
        var one = OtlpMessage.SpanWith();
        var delivery = Reading.Read(OtlpMessage.Request(Enumerable.Repeat(one, 10_003)));
        delivery.Spans.Count.ShouldBe(10_000);
        delivery.Tally.Rejected.ShouldBe(3);
        delivery.Tally.FirstProblem.ShouldContain("10000");
    }

    [Fact]
    public void Names_and_sources_are_held_once()
    {
        var delivery = Reading.Read(OtlpMessage.Request([OtlpMessage.SpanWith(), OtlpMessage.SpanWith(span: "00000000000000ff")]));
        delivery.Spans[0].Name.ShouldBeSameAs(delivery.Spans[1].Name);
        delivery.Spans[0].Source.ShouldBeSameAs(delivery.Spans[1].Source);
    }

    [Fact]
    public void A_resource_is_found_also_behind_its_scopes()
    {
        var scope = new OtlpMessage().Bytes(ScopeGroupTag.Items, OtlpMessage.SpanWith()).Written;
        var request = new OtlpMessage()
            .Message(
                ExportTag.Resources,
                r =>
                    r.Bytes(ResourceGroupTag.Scopes, scope)
                        .Message(
                            ResourceGroupTag.Resource,
                            m => m.Attributes(ResourceTag.Attributes, ("service.name", "late"), ("deployment.environment", "test"))
                        )
            )
            .Written;
        var source = Reading.Read(request).Spans.ShouldHaveSingleItem().Source;
        source.Service.ShouldBe("late");
        source.Environment.ShouldBe("test");
    }

    [Fact]
    public void A_service_without_a_name_is_unknown() => Reading.Span().Source.Service.ShouldBe("unknown_service");

    [Fact]
    public void A_span_that_holds_nothing_to_take_out_is_not_copied()
    {
        var request = OtlpMessage.Request([OtlpMessage.SpanWith(s => s.Attributes(SpanTag.Attributes, ("a", "b")))]);
        var body = Reading.Read(request).Spans[0].Body;
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(body, out var array).ShouldBeTrue();
        array.Array.ShouldBeSameAs(request);
    }

    [Fact]
    public void A_stage_says_whether_it_fell_back_and_why()
    {
        Fallback().ShouldBeNull();
        Fallback(false).ShouldBe("");
        Fallback(true, "model_timeout").ShouldBe("model_timeout");
        Fallback(true).ShouldBe("unknown");
        Fallback(null, "model_timeout").ShouldBe("model_timeout");
        // What did not fall back has no reason, whatever stands beside it.
        Fallback(false, "none").ShouldBe("");

        static string? Fallback(bool? used = null, string? reason = null) =>
            Reading
                .Span(s =>
                    s.Attributes(
                        SpanTag.Attributes,
                        [
                            .. used is { } flag ? [("fallback_used", (object)flag)] : Array.Empty<(string, object)>(),
                            .. reason is null ? [] : new (string, object)[] { ("fallback_reason", reason) },
                        ]
                    )
                )
                .Fallback;
    }
}
