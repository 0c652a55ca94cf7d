using System.Text;
using Assay.Releases.Canaries.Probes;
using Microsoft.AspNetCore.Http;

namespace Assay.Releases.Tests.Canaries.Probes;

/// <summary>Probes asked over real HTTP.</summary>
public sealed class ProbeAskerTests
{
    private const string Memory = "metric: process_memory_usage_bytes";

    [Fact]
    public async Task One_good_answer_passes()
    {
        await using var service = await ProbedService.StartAsync();
        var reading = await AskAsync(service, "/readyz");
        reading.IsWell.ShouldBeTrue(reading.Text);
        reading.Text.ShouldBe($"{service.Address}/readyz answered 200.");
        service.Asked.ShouldBe(1);
        service.Headers.Connection.ToString().ShouldBe("close", "a connection that was open before proves nothing");
    }

    [Fact]
    public async Task A_failure_is_asked_again_and_a_later_good_answer_passes()
    {
        await using var service = await ProbedService.StartAsync(ProbedService.Status(n => n < 3 ? 503 : 204));
        var reading = await AskAsync(service, "/readyz");
        reading.IsWell.ShouldBeTrue(reading.Text);
        reading.Text.ShouldBe($"{service.Address}/readyz answered 204, after 2 failures: it answered 503.");
        service.Asked.ShouldBe(3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task As_many_failures_in_a_row_as_the_file_says_fail(int failures)
    {
        await using var service = await ProbedService.StartAsync(ProbedService.Status(_ => 503));
        var reading = await AskAsync(service, "/readyz", $"failures: {failures}");
        reading.IsWell.ShouldBeFalse();
        reading.Text.ShouldBe(
            failures == 1
                ? $"{service.Address}/readyz failed: it answered 503."
                : $"{service.Address}/readyz failed {failures} times in a row, and the last time it answered 503."
        );
        service.Asked.ShouldBe(failures);
    }

    [Fact]
    public async Task Nobody_there_is_a_failure()
    {
        var service = await ProbedService.StartAsync();
        var address = service.Address;
        await service.DisposeAsync();
        var reading = await AskAsync(address + "/readyz", "failures: 2");
        reading.IsWell.ShouldBeFalse();
        reading.Text.ShouldStartWith($"{address}/readyz failed 2 times in a row, and the last time it did not answer: ");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_hangs_is_a_failure(bool withHeaders)
    {
        await using var service = await ProbedService.StartAsync();
        service.Answers = async (context, _) =>
        {
            if (withHeaders)
            {
                await context.Response.WriteAsync("process_memory_usage_bytes ");
                await context.Response.Body.FlushAsync();
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, service.Ending);
        };
        var reading = await AskAsync(service, "/metrics", $"{Memory}, failures: 2, timeout: 150ms");
        reading.IsWell.ShouldBeFalse();
        reading.Text.ShouldEndWith("it did not answer within 0.15 s.");
        service.Asked.ShouldBe(2);
    }

    [Fact]
    public async Task A_redirect_is_a_failure_and_is_not_followed()
    {
        await using var service = await ProbedService.StartAsync(
            (context, _) =>
            {
                context.Response.Redirect("/well");
                return Task.CompletedTask;
            }
        );
        var reading = await AskAsync(service, "/readyz", "failures: 1");
        reading.Text.ShouldBe($"{service.Address}/readyz failed: it answered 302, and redirects are not followed.");
        service.Asked.ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_a_failure()
    {
        await using var service = await ProbedService.StartAsync(
            (context, _) =>
            {
                context.Abort();
                return Task.CompletedTask;
            }
        );
        (await AskAsync(service, "/readyz")).IsWell.ShouldBeFalse();
        service.Asked.ShouldBe(3);
    }

    [Fact]
    public async Task The_value_of_a_sample_is_read_and_held_against_the_limit()
    {
        await using var service = await ProbedService.StartAsync(
            ProbedService.Page(n => $"# TYPE process_memory_usage_bytes gauge\nprocess_memory_usage_bytes {n * 200}\n")
        );
        var well = await AskAsync(service, "/metrics", Memory, "limit: 500, unit: bytes");
        (well.IsWell, well.Value).ShouldBe((true, 200.0));
        well.Text.ShouldBe($"process_memory_usage_bytes is 200 bytes, at most 500 bytes is well: {service.Address}/metrics answered 200.");
        // 400 is well; 600, 800 and 1,000 are not.
        (await AskAsync(service, "/metrics", Memory, "limit: 500")).IsWell.ShouldBeTrue();
        var full = await AskAsync(service, "/metrics", Memory, "limit: 500, unit: bytes");
        (full.IsWell, full.Value).ShouldBe((false, 1_000.0));
        full.Text.ShouldEndWith("and the last time process_memory_usage_bytes is 1,000 bytes, above its limit of 500 bytes.");
        service.Asked.ShouldBe(5);
    }

    [Fact]
    public async Task Where_higher_is_better_the_limit_is_below()
    {
        await using var service = await ProbedService.StartAsync(ProbedService.Page(_ => "free_slots 3"));
        (await AskAsync(service, "/metrics", "metric: free_slots", "better: higher, limit: 3")).IsWell.ShouldBeTrue();
        var few = await AskAsync(service, "/metrics", "metric: free_slots, failures: 1", "better: higher, limit: 4");
        few.Text.ShouldEndWith("free_slots is 3.00, below its limit of 4.00.");
    }

    [Theory]
    [InlineData("other 1", "the page has no process_memory_usage_bytes")]
    [InlineData("process_memory_usage_bytes_max 1", "the page has no process_memory_usage_bytes")]
    [InlineData("process_memory_usage_bytes much", "process_memory_usage_bytes is 'much', which is no number")]
    [InlineData("process_memory_usage_bytes NaN", "which is no number")]
    [InlineData("process_memory_usage_bytes +Inf", "which is no number")]
    [InlineData("process_memory_usage_bytes", "the page has no process_memory_usage_bytes")]
    [InlineData("process_memory_usage_bytes{a=\"1\"} 1\nprocess_memory_usage_bytes{a=\"2\"} 2", "2 times, and labels do not say which one")]
    [InlineData("<html>sign in</html>", "the page has no process_memory_usage_bytes")]
    [InlineData("", "the page has no process_memory_usage_bytes")]
    public async Task A_sample_that_is_no_single_number_is_a_failure(string page, string says)
    {
        await using var service = await ProbedService.StartAsync(ProbedService.Page(_ => page));
        var reading = await AskAsync(service, "/metrics", Memory + ", failures: 2");
        (reading.IsWell, reading.Value).ShouldBe((false, null));
        reading.Text.ShouldContain(says);
        service.Asked.ShouldBe(2);
    }

    [Fact]
    public async Task Of_a_huge_page_the_first_MiB_is_read()
    {
        var filler = new StringBuilder();
        for (var i = 0; filler.Length < 3 << 20; i++)
        {
            filler.Append("filler{n=\"").Append(i).Append("\"} 1\n");
        }

        await using var service = await ProbedService.StartAsync(
            ProbedService.Page(n => n == 1 ? "process_memory_usage_bytes 7\n" + filler : filler + "process_memory_usage_bytes 7\n")
        );
        (await AskAsync(service, "/metrics", Memory)).Value.ShouldBe(7);
        var late = await AskAsync(service, "/metrics", Memory + ", failures: 1");
        late.IsWell.ShouldBeFalse();
        late.Text.ShouldContain("the page has no process_memory_usage_bytes within its first MiB");
    }

    [Fact]
    public async Task A_body_without_an_end_is_not_read_where_the_status_decides()
    {
        await using var service = await ProbedService.StartAsync();
        service.Answers = async (context, _) =>
        {
            while (!context.RequestAborted.IsCancellationRequested && !service.Ending.IsCancellationRequested)
            {
                await context.Response.WriteAsync("more and more ");
            }
        };
        (await AskAsync(service, "/readyz")).IsWell.ShouldBeTrue();
    }

    [Fact]
    public async Task Who_asks_and_what_for_is_sent_and_never_told()
    {
        await using var service = await ProbedService.StartAsync(
            (context, _) =>
            {
                context.Response.StatusCode = context.Request.QueryString.Value == "?key=hidden" ? 503 : 500;
                return Task.CompletedTask;
            }
        );
        var reading = await AskAsync(service.Address.Replace("http://", "http://ann:se%3Acret@") + "/readyz?key=hidden", "failures: 1");
        reading.Text.ShouldBe($"{service.Address}/readyz?… failed: it answered 503.");
        service.Headers.Authorization.ToString().ShouldBe("Basic " + Convert.ToBase64String("ann:se:cret"u8));
    }

    [Fact]
    public async Task Who_gives_up_is_no_failure_of_the_service()
    {
        using var asking = new CancellationTokenSource();
        await using var service = await ProbedService.StartAsync();
        service.Answers = async (context, _) =>
        {
            await asking.CancelAsync();
            context.Response.StatusCode = 503;
        };
        await Should.ThrowAsync<OperationCanceledException>(() => AskAsync(service.Address + "/readyz", "", "", asking.Token));
    }

    private static Task<ProbeReading> AskAsync(ProbedService service, string path, string probe = "", string beside = "") =>
        AskAsync(service.Address + path, probe, beside, TestContext.Current.CancellationToken);

    private static Task<ProbeReading> AskAsync(string url, string probe) => AskAsync(url, probe, "", TestContext.Current.CancellationToken);

    private static async Task<ProbeReading> AskAsync(string url, string probe, string beside, CancellationToken cancellationToken)
    {
        using var http = ProbeAsker.NewClient();
        // No answer that is meant to come is late, however busy the machine is.
        var more = (probe.Length > 0 ? ", " + probe : "") + (probe.Contains("timeout") ? "" : ", timeout: 17s");
        var plan = MadeCanary.Plan(
            MadeCanary.Yaml + $"\n    - {{ name: asked, probe: {{ url: \"{url}\", every: 100ms{more} }}{(beside.Length > 0 ? ", " + beside : "")} }}\n"
        );
        return await new ProbeAsker(http, TimeProvider.System).AskAsync(plan.Metrics.Single(m => m.Probe is not null), cancellationToken);
    }
}
