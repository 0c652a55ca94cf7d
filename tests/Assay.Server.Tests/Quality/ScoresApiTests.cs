using Assay.Server.Tests.Costs;
using Assay.Server.Tests.Intake;

namespace Assay.Server.Tests.Quality;

public sealed class ScoresApiTests(RunningHub hub) : IClassFixture<RunningHub>
{
    private static int traces;

    [Fact]
    public async Task One_score_and_an_array_of_scores_are_stored_once_each()
    {
        var one = await PostAsync("""{"key": "a1", "name": "relevance", "value": 0.9}""");
        one.Text.ShouldBe("""{"stored":1,"duplicates":0}""");
        var many = await PostAsync("""[{"key": "a1", "name": "relevance", "value": 0.9}, {"key": "a2", "name": "relevance", "value": 0.8}]""");
        many.Text.ShouldBe("""{"stored":1,"duplicates":1}""");
    }

    [Fact]
    public async Task A_score_without_a_key_is_one_for_its_trace_span_kind_and_name()
    {
        var score = """{"trace_id": "000000000000000000000000000000aa", "span_id": "00000000000000bb", "name": "relevance", "value": 1}""";
        (await PostAsync(score)).Text.ShouldBe("""{"stored":1,"duplicates":0}""");
        (await PostAsync(score)).Text.ShouldBe("""{"stored":0,"duplicates":1}""");
        (await PostAsync(score.Replace("relevance", "faithfulness"))).Text.ShouldBe("""{"stored":1,"duplicates":0}""");
    }

    [Fact]
    public async Task A_score_that_comes_with_its_span_and_is_posted_too_counts_once()
    {
        var span = OtlpMessage.SpanWith(
            s => s.Event("gen_ai.evaluation.result", ("gen_ai.evaluation.name", "relevance"), ("gen_ai.evaluation.score.value", 0.75)),
            trace: "000000000000000000000000000000ad"
        );
        using var body = new ByteArrayContent(OtlpMessage.Request([span]));
        body.Headers.ContentType = new("application/x-protobuf");
        using var sent = await hub.Otlp.PostAsync(new Uri("/v1/traces", UriKind.Relative), body, TestContext.Current.CancellationToken);
        sent.EnsureSuccessStatusCode();

        var posted = $$"""{"trace_id": "000000000000000000000000000000ad", "span_id": "{{OtlpMessage.Span}}", "name": "relevance", "value": 0.75}""";
        (await PostAsync(posted)).Text.ShouldBe("""{"stored":0,"duplicates":1}""");
    }

    [Fact]
    public async Task A_fault_is_told_with_its_apostrophes_and_letters_as_they_are()
    {
        var answer = (await PostAsync("""{"key": "x", "name": 7, "value": 1, "оценка": 1}""")).ShouldBeProblem(400);
        answer.Text.ShouldContain("оценка is no field");
        (await Answered.GetAsync(hub.Client, "/api/v1/costs?step=7x")).Text.ShouldContain("'step' is no step: '7x'");
    }

    [Fact]
    public async Task A_score_learns_service_operation_variant_and_prompt_from_its_trace()
    {
        var traffic = new Traffic(hub, Interlocked.Add(ref traces, 1_000));
        var trace = await traffic.RequestAsync(
            new()
            {
                Service = "learned",
                Version = "7",
                Variant = "rerank=on",
                Prompt = "answer@3",
            }
        );
        await PostAsync($$"""{"trace_id": "{{trace}}", "name": "relevance", "value": 0.5, "reason": "mail bob@example.com"}""");

        var stored = (await traffic.Store.GetTraceAsync(trace, TestContext.Current.CancellationToken))!.Scores.ShouldHaveSingleItem();
        stored.Source.ShouldSatisfyAllConditions(s => s.Service.ShouldBe("learned"), s => s.Version.ShouldBe("7"), s => s.Environment.ShouldBe("test"));
        (stored.Operation, stored.Variant, stored.Prompt).ShouldBe(("POST /ask", "rerank=on", "answer@3"));
        stored.Reason.ShouldNotContain("bob@example.com");
    }

    [Fact]
    public async Task What_a_score_says_itself_stands()
    {
        var traffic = new Traffic(hub, Interlocked.Add(ref traces, 1_000));
        var trace = await traffic.RequestAsync(new() { Service = "one", Version = "7" });
        await PostAsync(
            $$"""{"trace_id": "{{trace}}", "service": "judge", "operation": "grade", "name": "relevance", "value": 0.5, "time": "2026-03-01T13:00:00Z"}"""
        );

        var stored = (await traffic.Store.GetTraceAsync(trace, TestContext.Current.CancellationToken))!.Scores.ShouldHaveSingleItem();
        (stored.Source.Service, stored.Source.Version, stored.Operation).ShouldBe(("judge", "", "grade"));
        stored.TimeNanos.ShouldBe(Traffic.Nanos(Traffic.Noon.AddHours(1)));
    }

    [Theory]
    [InlineData("""{"key": "x", "value": 1}""", "name is missing.")]
    [InlineData("""{"name": "a", "value": 1}""", "key and trace_id are missing;")]
    [InlineData("""{"key": "x", "name": "a"}""", "value is missing.")]
    [InlineData("""{"key": "x", "name": "a", "value": "1"}""", "value must be a finite number, true or false.")]
    [InlineData("""{"key": "x", "name": "a", "value": 1e999}""", "value must be a finite number, true or false.")]
    [InlineData("""{"key": "x", "name": "a", "value": 1, "kind": "mood"}""", "kind must be quality, rating or guardrail.")]
    [InlineData("""{"key": "x", "name": "pii", "value": 0.5, "kind": "guardrail"}""", "value of a guardrail must be 1")]
    [InlineData("""{"key": "x", "name": "a", "value": 1, "trace_id": "xyz"}""", "trace_id must be 32 hex digits, not all 0.")]
    [InlineData("""{"key": "x", "name": "a", "value": 1, "span_id": "0000000000000000"}""", "span_id must be 16 hex digits, not all 0.")]
    [InlineData("""{"key": "x", "name": "a", "value": 1, "time": "noon"}""", "time must be ISO 8601")]
    [InlineData("""{"key": "x", "name": "a", "value": 1, "time": "9999-12-31T00:00:00Z"}""", "time is more than an hour ahead of the hub's clock.")]
    [InlineData("""{"key": "x", "name": "a", "value": 1, "time": "2200-01-01T00:00:00Z"}""", "time is more than an hour ahead of the hub's clock.")]
    [InlineData("""{"key": "x", "name": "a", "value": 1, "reason": "cut \ud83d"}""", "reason holds half of a surrogate pair.")]
    [InlineData("""[{"key": "x", "name": "a", "value": 1}, {"key": "y", "name": "\udc4d", "value": 1}]""", "[1].name holds half of a surrogate pair.")]
    [InlineData("""{"\ud83d": 1, "key": "x", "name": "a", "value": 1}""", "The score has a field whose name holds half of a surrogate pair.")]
    [InlineData("""[{"key": "x", "name": "a", "value": 1, "\ud83d": 1}]""", "[0] has a field whose name holds half of a surrogate pair.")]
    [InlineData("""{"key": "x", "name": "a", "value": 1, "scroe": 2}""", "scroe is no field of a score;")]
    [InlineData("""{"key": "x", "name": 7, "value": 1}""", "name must be a text.")]
    [InlineData("""[{"key": "x", "name": "a", "value": 1}, {"key": "y", "name": "a"}, 3]""", "[1].value is missing; [2] is no object.")]
    [InlineData("\"text\"", "The body is neither a score nor an array of scores.")]
    [InlineData("{\"key\": ", "The body is not JSON: line 1, byte 9.")]
    [InlineData("", "The body is not JSON: line 1, byte 1.")]
    [InlineData("[[[[[[]]]]]]", "The body is not JSON:")]
    public async Task A_wrong_field_is_named_and_nothing_is_stored(string body, string title)
    {
        var answer = (await PostAsync(body)).ShouldBeProblem(400);
        answer.Json.GetProperty("title").GetString()!.ShouldStartWith(title);
    }

    [Fact]
    public async Task More_than_a_thousand_scores_are_refused()
    {
        var scores = string.Join(',', Enumerable.Repeat("""{"key": "x", "name": "a", "value": 1}""", 1_001));
        (await PostAsync($"[{scores}]")).ShouldBeProblem(400).Json.GetProperty("title").GetString().ShouldBe("The array has 1001 scores.");
    }

    [Fact]
    public async Task More_than_a_mebibyte_is_refused() => (await PostAsync($"[\"{new string('x', 1 << 20)}\"]")).ShouldBeProblem(413);

    [Fact]
    public async Task A_name_and_a_key_of_the_longest_fit_the_store()
    {
        var (name, key) = (new string('n', 64), new string('k', 128));
        (await PostAsync($$"""{"key": "{{key}}", "name": "{{name}}", "value": 1}""")).Status.ShouldBe(200);
        var made = $$"""{"trace_id": "000000000000000000000000000000ab", "span_id": "00000000000000bb", "kind": "guardrail", "name": "{{name}}", "value": 1}""";
        (await PostAsync(made)).Status.ShouldBe(200);
    }

    private Task<Answered> PostAsync(string json) => Answered.PostJsonAsync(hub.Client, "/api/v1/scores", json);
}
