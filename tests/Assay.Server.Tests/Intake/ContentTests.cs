using System.Text;
using Assay.Server.Intake;
using Assay.Server.Intake.Details;
using Assay.Server.Intake.Wire;

namespace Assay.Server.Tests.Intake;

public sealed class ContentTests
{
    private const string Said = "what a person wrote";

    [Theory]
    [InlineData("gen_ai.input.messages")]
    [InlineData("gen_ai.output.messages")]
    [InlineData("gen_ai.system_instructions")]
    [InlineData("gen_ai.prompt")]
    [InlineData("gen_ai.prompt.0.content")]
    [InlineData("gen_ai.completion.0.content")]
    [InlineData("gen_ai.tool.call.arguments")]
    [InlineData("gen_ai.tool.call.result")]
    [InlineData("gen_ai.retrieval.documents")]
    [InlineData("llm.input_messages.0.message.content")]
    [InlineData("llm.output_messages.0.message.content")]
    [InlineData("input.value")]
    [InlineData("output.value")]
    [InlineData("retrieval.documents.0.document.content")]
    [InlineData("traceloop.entity.input")]
    [InlineData("traceloop.entity.output")]
    public void Content_is_left_out_and_counted(string key)
    {
        var delivery = Read(s => s.Attributes(SpanTag.Attributes, ("kept", "yes"), (key, Said), ("also", 1)));
        var details = OtlpSpanDetails.Read(delivery.Spans[0].Body);
        details.Attributes.Select(a => a.Key).ShouldBe(["kept", "also"]);
        Encoding.UTF8.GetString(delivery.Spans[0].Body.Span).ShouldNotContain(Said);
        delivery.Tally.ContentDropped.ShouldBe(1);
    }

    [Theory]
    [InlineData("gen_ai.prompt.name")]
    [InlineData("gen_ai.prompt.version")]
    [InlineData("gen_ai.usage.completion_tokens")]
    [InlineData("gen_ai.request.model")]
    [InlineData("input.mime_type")]
    public void What_is_about_content_is_kept(string key)
    {
        var delivery = Read(s => s.Attributes(SpanTag.Attributes, (key, "x")));
        OtlpSpanDetails.Read(delivery.Spans[0].Body).Attributes.ShouldHaveSingleItem().Key.ShouldBe(key);
    }

    [Fact]
    public void Events_that_are_content_go_and_others_lose_only_their_content()
    {
        var delivery = Read(s =>
            s.Event("gen_ai.user.message", ("content", Said))
                .Event("gen_ai.content.prompt", ("gen_ai.prompt", Said))
                .Event("gen_ai.client.inference.operation.details", ("gen_ai.input.messages", Said), ("gen_ai.usage.input_tokens", 3))
        );
        var only = OtlpSpanDetails.Read(delivery.Spans[0].Body).Events.ShouldHaveSingleItem();
        only.Attributes.ShouldHaveSingleItem().Text.ShouldBe("3");
        only.TimeNanos.ShouldBe(1_767_225_600_500_000_000);
        delivery.Tally.ContentDropped.ShouldBe(3);
    }

    [Fact]
    public void Who_opts_in_keeps_content_redacted()
    {
        var delivery = Read(
            s => s.Attributes(SpanTag.Attributes, ("input.value", "mail ann@example.org")).Event("gen_ai.choice", ("message", "hi")),
            keepContent: true
        );
        var details = OtlpSpanDetails.Read(delivery.Spans[0].Body);
        details.Attributes.ShouldHaveSingleItem().Text.ShouldBe("mail [email]");
        details.Events.ShouldHaveSingleItem().Name.ShouldBe("gen_ai.choice");
        delivery.Tally.ContentDropped.ShouldBe(0);
    }

    [Fact]
    public void Personal_data_and_secrets_are_taken_out_wherever_they_stand()
    {
        var secret = "sk-abcdefghijklmnop1234";
        var delivery = Read(s =>
            s.Attributes(
                    SpanTag.Attributes,
                    ("plain", "nothing"),
                    ("text", $"with {secret}"),
                    ("list", new object[] { "a", $"b {secret}", 3 }),
                    ("map", new (string, object)[] { ("inner", new object[] { secret }), ("password", "hunter2") }),
                    ("http.request.header.authorization", "short"),
                    ("db.password", "hunter2"),
                    ("password", 7)
                )
                .Event("exception", ("exception.message", $"no {secret}"))
                .Message(SpanTag.Links, l => l.Bytes(LinkTag.TraceId, new byte[16]).Attributes(LinkTag.Attributes, ("why", secret)))
                .Message(SpanTag.Status, m => m.Text(StatusTag.Message, $"bad {secret}").Varint(StatusTag.Code, 2))
        );
        var span = delivery.Spans[0];
        var stored = Encoding.UTF8.GetString(span.Body.Span);
        stored.ShouldNotContain(secret);
        stored.ShouldNotContain("hunter2");
        span.Failed.ShouldBeTrue();
        var details = OtlpSpanDetails.Read(span.Body);
        details
            .Attributes.Select(a => (a.Key, a.Text))
            .ShouldBe([
                ("plain", "nothing"),
                ("text", "with [key]"),
                ("list", """["a", "b [key]", 3]"""),
                ("map", """{inner: ["[key]"], password: "[secret]"}"""),
                ("http.request.header.authorization", "[secret]"),
                ("db.password", "[secret]"),
                ("password", "7"),
            ]);
        details.Events[0].Attributes[0].Text.ShouldBe("no [key]");
        details.Links[0].Attributes[0].Text.ShouldBe("[key]");
        details.StatusMessage.ShouldBe("bad [key]");
        delivery.Tally.Redacted.ShouldBe(9);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("list")]
    [InlineData("map")]
    [InlineData("bytes")]
    public void A_secret_is_taken_out_whatever_its_shape(string shape)
    {
        object value = shape switch
        {
            "text" => "hunter2",
            "list" => new object[] { "hunter2", 7 },
            "map" => new (string, object)[] { ("value", "hunter2") },
            _ => "hunter2"u8.ToArray(),
        };
        var delivery = Read(s =>
            s.Attributes(SpanTag.Attributes, ("http.request.header.api-key", value), ("map", new (string, object)[] { ("token", value), ("n", 1) }))
                .Event("exception", ("password", value))
                .Message(SpanTag.Links, l => l.Attributes(LinkTag.Attributes, ("authorization", value)))
        );
        Encoding.UTF8.GetString(delivery.Spans[0].Body.Span).ShouldNotContain("hunter2");
        var details = OtlpSpanDetails.Read(delivery.Spans[0].Body);
        details.Attributes.Select(a => a.Text).ShouldBe(["[secret]", """{token: "[secret]", n: 1}"""]);
        details.Events[0].Attributes[0].Text.ShouldBe("[secret]");
        details.Links[0].Attributes[0].Text.ShouldBe("[secret]");
        delivery.Tally.Redacted.ShouldBe(4);

        var resource = Reading.Read(OtlpMessage.Request([OtlpMessage.SpanWith()], ("db.password", value))).Spans[0].Source.Resource;
        OtlpResource.Read(resource).ShouldHaveSingleItem().Text.ShouldBe("[secret]");
    }

    [Fact]
    public void The_name_of_an_event_is_redacted_in_a_span_that_is_clean_otherwise()
    {
        var delivery = Read(s => s.Event("mail to ann@example.org").Event("cache.miss"));
        OtlpSpanDetails.Read(delivery.Spans[0].Body).Events.Select(e => e.Name).ShouldBe(["mail to [email]", "cache.miss"]);
        delivery.Tally.Redacted.ShouldBe(1);
    }

    [Fact]
    public void A_long_value_is_cut_at_a_whole_character_and_counted()
    {
        var delivery = Read(s => s.Attributes(SpanTag.Attributes, ("long", "x" + new string('ж', 10_000)), ("bytes", new byte[20_000])));
        var attributes = OtlpSpanDetails.Read(delivery.Spans[0].Body).Attributes;
        attributes[0].Text.ShouldBe("x" + new string('ж', 8191));
        attributes[1].Text.ShouldContain("(16384 bytes)");
        delivery.Tally.Truncated.ShouldBe(2);
    }

    [Fact]
    public void A_long_list_loses_its_end()
    {
        var delivery = Read(s => s.Attributes(SpanTag.Attributes, ("list", Enumerable.Repeat<object>(new string('y', 1000), 40).ToArray())));
        OtlpSpanDetails.Read(delivery.Spans[0].Body).Attributes[0].Text.Length.ShouldBeInRange(15_000, 16_500);
        delivery.Tally.Truncated.ShouldBe(1);
    }

    [Fact]
    public void Values_nested_too_deep_lose_their_depth()
    {
        object value = "deep";
        for (var i = 0; i < 1000; i++)
        {
            value = new object[] { value };
        }

        var delivery = Read(s => s.Attributes(SpanTag.Attributes, ("nested", value)));
        var text = OtlpSpanDetails.Read(delivery.Spans[0].Body).Attributes[0].Text;
        text.Count(c => c == '[').ShouldBe(IntakeLimits.Depth);
        delivery.Tally.Truncated.ShouldBe(1);
    }

    [Fact]
    public void More_attributes_than_the_bound_are_left_out()
    {
        var many = Enumerable.Range(0, 200).Select(i => ($"k{i}", (object)i)).ToArray();
        var delivery = Read(s => s.Attributes(SpanTag.Attributes, many));
        OtlpSpanDetails.Read(delivery.Spans[0].Body).Attributes.Count.ShouldBe(IntakeLimits.Attributes);
        delivery.Tally.AttributesDropped.ShouldBe(200 - IntakeLimits.Attributes);
    }

    [Fact]
    public void A_long_name_is_cut()
    {
        var delivery = Reading.Read(OtlpMessage.Request([OtlpMessage.SpanWith(name: new string('n', 400))]));
        delivery.Spans[0].Name.Length.ShouldBe(IntakeLimits.NameChars);
        OtlpSpanDetails.Read(delivery.Spans[0].Body).Name.Length.ShouldBe(IntakeLimits.NameChars);
    }

    [Fact]
    public void A_resource_is_redacted_too()
    {
        var delivery = Reading.Read(OtlpMessage.Request([OtlpMessage.SpanWith()], ("service.name", "s"), ("process.command", "run password=abc")));
        OtlpResource.Read(delivery.Spans[0].Source.Resource).Select(a => a.Text).ShouldBe(["s", "run password=[secret]"]);
    }

    [Fact]
    public void Fields_of_later_versions_stay()
    {
        const uint Unknown = (99 << 3) | WireType.Bytes;
        var delivery = Read(s => s.Text(Unknown, "from the future").Attributes(SpanTag.Attributes, ("input.value", Said)));
        Encoding.UTF8.GetString(Fields.Last(delivery.Spans[0].Body.Span, Unknown)).ShouldBe("from the future");
    }

    private static Delivery Read(Action<OtlpMessage> more, bool keepContent = false) =>
        Reading.Read(OtlpMessage.Request([OtlpMessage.SpanWith(more)]), keepContent: keepContent);
}
