namespace Assay.Server.Tests.Decisions;

public sealed class DecisionsTests(RunningHub hub) : IClassFixture<RunningHub>
{
    private const string Path = "/api/v1/decisions";
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Fact]
    public async Task A_decision_is_kept_with_its_inputs_and_found_by_its_trace()
    {
        var made = await Answered.PostJsonAsync(
            hub.Admin,
            Path,
            $$"""
            {"by":"canary gate","subject":"release 7","choice":"roll back","verdict":"fail","reason":"p95 rose by 40 %",
             "inputs":[{"name":"latency_p95_ms","value":"812","source":"/api/v1/slos"}],"trace_id":"{{Trace.ToUpperInvariant()}}","span_id":"00f067aa0ba902b7"}
            """
        );
        made.Status.ShouldBe(201, made.Text);
        var id = made.Json.GetProperty("id").GetString()!;
        made.Headers["location"].ShouldBe($"{Path}/{id}");

        var found = (await Answered.GetAsync(hub.Client, $"{Path}/{id}")).Json;
        found.GetProperty("verdict").GetString().ShouldBe("fail");
        found.GetProperty("recorded_by").GetString().ShouldBe("token admin");
        found.GetProperty("trace_id").GetString().ShouldBe(Trace);
        found.GetProperty("inputs")[0].GetProperty("value").GetString().ShouldBe("812");

        await Answered.PostJsonAsync(hub.Admin, Path, """{"by":"a","subject":"s","choice":"c","reason":"r"}""");
        var ofTrace = (await Answered.GetAsync(hub.Client, $"{Path}?trace_id={Trace}")).Json.GetProperty("decisions");
        ofTrace.GetArrayLength().ShouldBe(1);
        ofTrace[0].GetProperty("id").GetString().ShouldBe(id);
        (await Answered.GetAsync(hub.Client, Path)).Json.GetProperty("decisions").GetArrayLength().ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task A_decision_sent_twice_is_recorded_once_and_another_under_its_key_is_refused()
    {
        const string Sent = """{"by":"gate","subject":"twice","choice":"go","reason":"r","key":"run-1"}""";
        (await Answered.PostJsonAsync(hub.Admin, Path, Sent)).Status.ShouldBe(201);
        (await Answered.PostJsonAsync(hub.Admin, Path, Sent)).Status.ShouldBe(200);
        (await Answered.PostJsonAsync(hub.Admin, Path, Sent.Replace("go", "stop"))).ShouldBeProblem(409);
    }

    [Theory]
    [InlineData("""{"by":"","subject":"s","choice":"c","reason":"r"}""", "by")]
    [InlineData("""{"by":"b","subject":"s","choice":"c","reason":"r","trace_id":"xyz"}""", "trace_id")]
    [InlineData("""{"by":"b","subject":"s","choice":"c","reason":"r","verdict":"maybe"}""", "verdict")]
    [InlineData("""{"by":"b","subject":"s","choice":"c","reason":"r","key":"a b"}""", "key")]
    [InlineData("""{"by":"b","subject":"s","choice":"c","reason":"r","inputs":[{"name":"n"}]}""", "inputs")]
    public async Task A_bad_decision_says_what_to_mend(string json, string says) =>
        (await Answered.PostJsonAsync(hub.Admin, Path, json)).ShouldBeProblem(400).Text.ShouldContain(says);

    [Fact]
    public async Task A_decision_that_is_not_there_is_a_problem() => (await Answered.GetAsync(hub.Client, Path + "/none-x")).ShouldBeProblem(404);
}
