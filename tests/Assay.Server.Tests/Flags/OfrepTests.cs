using System.Globalization;
using System.Text;
using Assay.Flags;

namespace Assay.Server.Tests.Flags;

public sealed class OfrepTests
{
    private const string Bulk = "/ofrep/v1/evaluate/flags";
    private const string User = """{"context": {"targetingKey": "user-1"}}""";

    [Fact]
    public async Task A_flag_is_told_with_value_reason_variant_and_plain_metadata()
    {
        await using var hub = await FlagHub.StartAsync();
        var text = await FlagHub.EvaluateAsync(hub, "answer_style");
        text.Status.ShouldBe(200);
        text.ContentType.ShouldBe("application/json");
        text.Json.GetProperty("key").GetString().ShouldBe("answer_style");
        text.Json.GetProperty("value").GetProperty("sentences").GetInt32().ShouldBe(2);
        text.Json.GetProperty("variant").GetString().ShouldBe("short");
        text.Json.GetProperty("reason").GetString().ShouldBe("STATIC");
        text.Json.GetProperty("metadata").GetProperty("version").GetInt64().ShouldBe(0);

        var rule = (await FlagHub.EvaluateAsync(hub, "rag_plus_plus", """{"targetingKey": "user-1", "group": ["staff", "other"]}""")).Json;
        rule.GetProperty("reason").GetString().ShouldBe("TARGETING_MATCH");
        rule.GetProperty("metadata").GetProperty("rule").GetString().ShouldBe("testers");
        (await FlagHub.EvaluateAsync(hub, "reranker_model")).Json.GetProperty("reason").GetString().ShouldBe("SPLIT");
        (await FlagHub.EvaluateAsync(hub, "off_in_file")).Json.GetProperty("reason").GetString().ShouldBe("DISABLED");
    }

    [Theory]
    [InlineData("{bad", "PARSE_ERROR")]
    [InlineData("", "PARSE_ERROR")]
    [InlineData("[]", "INVALID_CONTEXT")]
    [InlineData("{}", "INVALID_CONTEXT")]
    [InlineData("""{"context": 7}""", "INVALID_CONTEXT")]
    [InlineData("""{"context": null}""", "INVALID_CONTEXT")]
    [InlineData("""{"context": {}}""", "TARGETING_KEY_MISSING")]
    [InlineData("""{"context": {"targetingKey": ""}}""", "TARGETING_KEY_MISSING")]
    [InlineData("""{"context": {"targetingKey": null}}""", "TARGETING_KEY_MISSING")]
    [InlineData("""{"context": {"targetingKey": 17}}""", "INVALID_CONTEXT")]
    [InlineData("""{"context": {"targetingKey": "\ud800"}}""", "INVALID_CONTEXT")]
    [InlineData("""{"context": {"targetingKey": "u", "a": "\udc00x"}}""", "INVALID_CONTEXT")]
    public async Task What_cannot_be_evaluated_is_told_with_the_code_of_the_protocol(string body, string code)
    {
        await using var hub = await FlagHub.StartAsync();
        foreach (var path in (string[])[Bulk, Bulk + "/top_k"])
        {
            var refused = await Answered.PostJsonAsync(hub.Client, path, body);
            refused.Status.ShouldBe(400, refused.Text);
            refused.ContentType.ShouldBe("application/json");
            refused.Json.GetProperty("errorCode").GetString().ShouldBe(code);
            refused.Json.GetProperty("errorDetails").GetString().ShouldNotBeNullOrWhiteSpace();
        }

        (await Answered.PostJsonAsync(hub.Client, Bulk + "/top_k", body)).Json.GetProperty("key").GetString().ShouldBe("top_k");
    }

    [Fact]
    public async Task A_flag_that_does_not_exist_is_named()
    {
        await using var hub = await FlagHub.StartAsync();
        var missing = await FlagHub.EvaluateAsync(hub, "no%20such%F0%9F%99%82");
        missing.Status.ShouldBe(404);
        missing.Json.GetProperty("key").GetString().ShouldBe("no such🙂");
        missing.Json.GetProperty("errorCode").GetString().ShouldBe("FLAG_NOT_FOUND");
    }

    [Fact]
    public async Task All_flags_are_told_at_once_and_not_again_while_they_are_the_same_for_the_unit()
    {
        await using var hub = await FlagHub.StartAsync();
        var first = await Answered.PostJsonAsync(hub.Client, Bulk, User);
        first.Status.ShouldBe(200);
        first
            .Json.GetProperty("flags")
            .EnumerateArray()
            .Select(f => f.GetProperty("key").GetString())
            .ShouldBe(["always_on", "answer_style", "off_in_file", "rag_plus_plus", "reranker_model", "top_k"]);
        first.Json.GetProperty("metadata").GetProperty("version").GetString().ShouldNotBeNullOrEmpty();
        first.Json.GetProperty("eventStreams")[0].GetProperty("endpoint").GetProperty("requestUri").GetString().ShouldBe("/ofrep/v1/events");

        var tag = first.Headers["etag"];
        var same = await Answered.PostJsonAsync(hub.Client, Bulk, User, ("If-None-Match", tag));
        (same.Status, same.Text).ShouldBe((304, ""));
        (
            await Answered.PostJsonAsync(hub.Client, Bulk, """{"context": {"targetingKey": "user-1", "group": "staff"}}""", ("If-None-Match", tag))
        ).Status.ShouldBe(200);

        await FlagHub.KillAsync(hub, "always_on");
        var changed = await Answered.PostJsonAsync(hub.Client, Bulk, User, ("If-None-Match", tag));
        changed.Status.ShouldBe(200);
        changed.Headers["etag"].ShouldNotBe(tag);
    }

    [Fact]
    public async Task Reading_is_open_on_loopback_and_a_wrong_token_is_refused()
    {
        await using var hub = await FlagHub.StartAsync();
        (await Answered.PostJsonAsync(hub.Client, Bulk, User)).Status.ShouldBe(200);
        (await Answered.PostJsonAsync(hub.Client, Bulk, User, ("Authorization", "Bearer wrong"))).ShouldBeProblem(401);
        await using var guarded = await RunningHub.StartAsync(o => o.BehindProxy = true);
        (await Answered.PostJsonAsync(guarded.Client, Bulk, User)).ShouldBeProblem(401);
        using var sender = await FlagHub.WithScopeAsync(guarded, "ingest");
        (await Answered.PostJsonAsync(sender, Bulk, User)).ShouldBeProblem(403);
        using var reader = await FlagHub.WithScopeAsync(guarded, "read");
        (await Answered.PostJsonAsync(reader, Bulk, User)).Status.ShouldBe(200);
        // Asking is no write: it is in no audit log.
        (await Answered.GetAsync(hub.Admin, "/api/v1/audit"))
            .Json.GetProperty("records")
            .GetArrayLength()
            .ShouldBe(0);
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_when_to_come_again()
    {
        await using var hub = await RunningHub.StartAsync(o => o.EvaluationsPerMinute = 3);
        for (var i = 0; i < 3; i++)
        {
            (await FlagHub.EvaluateAsync(hub, "none")).Status.ShouldBe(404);
        }

        var refused = (await FlagHub.EvaluateAsync(hub, "none")).ShouldBeProblem(429);
        int.Parse(refused.Headers["retry-after"], CultureInfo.InvariantCulture).ShouldBeInRange(1, 60);
        (await Answered.PostJsonAsync(hub.Admin, Bulk, User)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Sections_lists_and_what_no_rule_can_ask_about_are_read_from_a_context()
    {
        await using var hub = await FlagHub.StartAsync(
            """
            name: by_place
            rules:
              - if: [{ attribute: place.country.code, operator: equals, values: [NL] }, { attribute: tags, operator: in, values: ["7"] }, { attribute: age, operator: atLeast, values: [18] }]
                serve: "on"
            """
        );
        const string Context =
            """{"targetingKey": "ж-日本-🙂", "place": {"country": {"code": "NL", "none": null}}, "tags": ["a", 7, true, {"deep": 1}], "age": 18, "nothing": null}""";
        (await FlagHub.EvaluateAsync(hub, "by_place", Context)).Json.GetProperty("value").GetBoolean().ShouldBeTrue();
        (await FlagHub.EvaluateAsync(hub, "by_place", """{"targetingKey": "u", "place": {"country": {"code": "DE"}}}"""))
            .Json.GetProperty("value")
            .GetBoolean()
            .ShouldBeFalse();
    }

    [Fact]
    public async Task A_context_has_bounds()
    {
        await using var hub = await FlagHub.StartAsync();
        (await Answered.PostJsonAsync(hub.Client, Bulk, $$$"""{"context": {"targetingKey": "u", {{{Attributes(UnitAttributes.Most)}}}}}""")).Status.ShouldBe(
            200
        );
        var many = await Answered.PostJsonAsync(hub.Client, Bulk, $$$"""{"context": {"targetingKey": "u", {{{Attributes(UnitAttributes.Most + 1)}}}}}""");
        (many.Status, many.Json.GetProperty("errorCode").GetString()).ShouldBe((400, "INVALID_CONTEXT"));
        var list = string.Join(',', Enumerable.Range(0, UnitAttribute.MostItems + 1));
        (await Answered.PostJsonAsync(hub.Client, Bulk, $$$"""{"context": {"targetingKey": "u", "l": [{{{list}}}]}}""")).Status.ShouldBe(400);
        var deep = string.Concat(Enumerable.Repeat("""{"a":""", 20)) + "1" + new string('}', 20);
        (await Answered.PostJsonAsync(hub.Client, Bulk, $$$"""{"context": {"targetingKey": "u", "d": {{{deep}}}}}"""))
            .Json.GetProperty("errorCode")
            .GetString()
            .ShouldBe("PARSE_ERROR");
        (await Answered.PostJsonAsync(hub.Client, Bulk, $$$"""{"context": {"targetingKey": "{{{new string('k', 65 << 10)}}}"}}""")).Status.ShouldBe(413);
        // The longest that fits: it counts as far as a key counts.
        (await Answered.PostJsonAsync(hub.Client, Bulk, $$$"""{"context": {"targetingKey": "{{{new string('k', 63 << 10)}}}"}}""")).Status.ShouldBe(200);
        var bytes = new ByteArrayContent([.. Encoding.UTF8.GetBytes("""{"context": {"targetingKey": "x"""), 0xFF, .. Encoding.UTF8.GetBytes("\"}}")]);
        (await Answered.ToAsync(hub.Client, HttpMethod.Post, Bulk, bytes)).Status.ShouldBe(400);

        static string Attributes(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $"\"a{i}\": {i}"));
    }

    [Fact]
    public async Task The_configuration_says_that_asking_again_is_allowed()
    {
        await using var hub = await RunningHub.StartAsync();
        var told = await Answered.GetAsync(hub.Client, "/ofrep/v1/configuration");
        told.Json.GetProperty("name").GetString().ShouldBe("assay");
        told.Json.GetProperty("capabilities").GetProperty("cacheInvalidation").GetProperty("polling").GetProperty("enabled").GetBoolean().ShouldBeTrue();
        (await Answered.GetAsync(hub.Client, "/ofrep/v1/configuration", ("If-None-Match", told.Headers["etag"]))).Status.ShouldBe(304);
    }
}
