using Assay.Evaluation.Targets;
using Assay.Models.Calls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assay.Evaluation.Tests.Targets;

public sealed class TargetTests : IDisposable
{
    private static readonly AnswerShape Service = new("answer.text") { Contexts = "passages[].text", RetrievedIds = "passages[].document" };
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Recorded_answers_come_back_with_all_that_was_recorded()
    {
        var target = RecordedTarget.Open(
            folder.Write("out.jsonl", """{"id":"1","answer":"да","model":"m","retrieved_ids":["d1"],"contexts":["c"],"latency_ms":12.5,"cost_usd":0.001}""")
        );
        var answer = await target.AnswerAsync(new Case("1", "x"), 0, TestContext.Current.CancellationToken);
        answer.ShouldSatisfyAllConditions(
            a => a.Text.ShouldBe("да"),
            a => a.Model.ShouldBe("m"),
            a => a.RetrievedIds.ShouldBe(["d1"]),
            a => a.LatencyMs.ShouldBe(12.5),
            a => a.Cost!.Value.Dollars.ShouldBe(0.001m)
        );
        await FaultAsync(target, new Case("2", "x"), ModelFault.NotCached, "no answer to case '2'");
    }

    [Fact]
    public async Task A_recording_may_begin_with_a_byte_order_mark()
    {
        var target = RecordedTarget.Open(folder.Write("out.jsonl", "\uFEFF{\"id\":\"1\",\"answer\":\"a\"}"));
        (await target.AnswerAsync(new Case("1", "x"), 0, TestContext.Current.CancellationToken)).Text.ShouldBe("a");
    }

    [Theory]
    [InlineData("{\"id\":\"1\"}", ":1:")]
    [InlineData("{\"id\":\"1\",\"answer\":\"a\"}\nprose", ":2:")]
    [InlineData("{\"id\":\"1\",\"answer\":\"a\"}\n{\"id\":\"1\",\"answer\":\"b\"}", "already")]
    [InlineData("{\"id\":\"1\",\"answer\":\"a\",\"contexts\":[null]}", ":1: The line has a null")]
    [InlineData("{\"id\":\"1\",\"answer\":\"a\",\"retrieved_ids\":[\"d\",null]}", ":1: The line has a null")]
    [InlineData("", "holds no answer")]
    public void A_wrong_recording_is_named(string text, string problem) =>
        Should.Throw<AssayException>(() => RecordedTarget.Open(folder.Write("out.jsonl", text))).Message.ShouldContain(problem);

    [Fact]
    public async Task A_process_reads_the_case_and_its_output_is_the_answer()
    {
        var target = Process(null, "sh", "-c", "printf 'got '; cat");
        var answer = await target.AnswerAsync(new Case("1", "кавычка \" и\nстрока"), 0, TestContext.Current.CancellationToken);
        answer.Text.ShouldBe("""got {"id":"1","input":"кавычка \" и\nстрока"}""");
    }

    [Fact]
    public async Task A_process_may_answer_in_JSON()
    {
        var target = Process(Service, "sh", "-c", """echo '{"answer":{"text":"42"},"passages":[{"document":"a","text":"p"},{"document":"a","text":"q"}]}'""");
        var answer = await target.AnswerAsync(new Case("1", "x"), 0, TestContext.Current.CancellationToken);
        answer.Text.ShouldBe("42");
        answer.Contexts.ShouldBe(["p", "q"]);
        answer.RetrievedIds.ShouldBe(["a"]);
    }

    [Fact]
    public async Task A_process_that_fails_hangs_or_floods_is_a_fault_of_the_case()
    {
        await FaultAsync(Process(null, "sh", "-c", "echo no disk >&2; exit 3"), new Case("1", "x"), ModelFault.Unavailable, "exit code 3: no disk");
        await FaultAsync(
            new ProcessTarget(["sleep", "600"], null, TimeSpan.FromSeconds(2), TimeProvider.System),
            new Case("1", "x"),
            ModelFault.TimedOut,
            "within 2 s"
        );
        await FaultAsync(Process(null, "sh", "-c", "yes"), new Case("1", "x"), ModelFault.Malformed, "more than 16 MiB");
        await FaultAsync(Process(Service, "echo", "prose"), new Case("1", "x"), ModelFault.Malformed, "no JSON: prose");
        await Should.ThrowAsync<AssayException>(async () => await Process(null, "no-such-program").AnswerAsync(new Case("1", "x"), 0, default));
    }

    [Fact]
    public async Task An_endpoint_gets_the_filled_template_and_its_answer_is_read()
    {
        string? seen = null;
        await using var server = await StartAsync(async context =>
        {
            seen = await new StreamReader(context.Request.Body).ReadToEndAsync();
            await context.Response.WriteAsync("""{"answer":{"text":"ok"},"passages":[{"document":"d1","text":"p"}]}""");
        });
        var answer = await Http(server).AnswerAsync(new Case("1", "a \"quoted\"\nquestion"), 0, TestContext.Current.CancellationToken);
        seen.ShouldBe("""{"question":"a \u0022quoted\u0022\nquestion","top":5}""");
        answer.Text.ShouldBe("ok");
        answer.RetrievedIds.ShouldBe(["d1"]);
    }

    [Theory]
    [InlineData(401, ModelFault.Refused)]
    [InlineData(403, ModelFault.Refused)]
    [InlineData(429, ModelFault.RateLimited)]
    [InlineData(400, ModelFault.Rejected)]
    [InlineData(503, ModelFault.Unavailable)]
    public async Task What_an_endpoint_answers_decides_the_fault(int status, ModelFault fault)
    {
        await using var server = await StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync("because\r\nof this");
        });
        await FaultAsync(Http(server), new Case("1", "x"), fault, $"answered {status}: because  of this");
    }

    [Fact]
    public async Task An_endpoint_that_hangs_or_is_gone_is_a_fault_of_the_case()
    {
        var server = await StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await FaultAsync(Http(server, TimeSpan.FromSeconds(1)), new Case("1", "x"), ModelFault.TimedOut, "within 1 s");
        var patient = Http(server);
        await server.DisposeAsync();
        await FaultAsync(patient, new Case("1", "x"), ModelFault.Unavailable, "cannot be reached");
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_a_fault_of_the_case()
    {
        // Who ends with fewer bytes than announced has its connection closed by the server, after what was written.
        await using var server = await StartAsync(BeginAsync);
        await FaultAsync(Http(server), new Case("1", "x"), ModelFault.Unavailable, "broke off its answer");
    }

    [Fact]
    public async Task An_answer_that_stalls_is_a_fault_of_the_case()
    {
        await using var server = await StartAsync(async context =>
        {
            await BeginAsync(context);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await FaultAsync(Http(server, TimeSpan.FromSeconds(1)), new Case("1", "x"), ModelFault.TimedOut, "within 1 s");
    }

    [Fact]
    public void A_template_that_is_no_JSON_is_refused() =>
        Should
            .Throw<AssayException>(() =>
                new HttpTarget(new HttpClient(), new Uri("http://127.0.0.1/"), "{question: {{input}}}", Service, () => { }, TimeProvider.System)
            )
            .Message.ShouldContain("no JSON");

    private static ProcessTarget Process(AnswerShape? shape, params string[] command) => new(command, shape, Patience.Longest, TimeProvider.System);

    private static HttpTarget Http(WebApplication server, TimeSpan? timeout = null) =>
        new(
            new HttpClient { Timeout = timeout ?? Patience.Longest },
            new Uri(server.Urls.Single() + "/ask"),
            """{"question": "{{input}}", "top": 5}""",
            Service,
            () => { },
            TimeProvider.System
        );

    private static async Task BeginAsync(HttpContext context)
    {
        context.Response.ContentLength = 1000;
        await context.Response.WriteAsync("{\"answer\":");
        await context.Response.Body.FlushAsync();
    }

    private static async Task<WebApplication> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.Run(answer);
        await server.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    private static async Task FaultAsync(ITarget target, Case asked, ModelFault fault, string problem)
    {
        var thrown = await Should.ThrowAsync<ModelCallException>(async () => await target.AnswerAsync(asked, 0, TestContext.Current.CancellationToken));
        thrown.Fault.ShouldBe(fault);
        thrown.Message.ShouldContain(problem);
    }
}
