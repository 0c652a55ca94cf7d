using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Assay.Server.Tests.Samples;

/// <summary>Faults that a rehearsal brings about in the sample service while it runs: who is hurt, how, and that they end.</summary>
public sealed class FaultInjectionTests : IAsyncLifetime
{
    private const string Question = "How do I roll back?";

    private readonly string catalog = Directory.CreateTempSubdirectory("assay-faults-").FullName;
    private readonly StartedRagService service = new();

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(catalog, "flags"));
        const string Half = "name: rag_plus_plus\ndefault: off\nwhenOff: off\nrollout: { on: 50 }\n";
        await File.WriteAllTextAsync(Path.Combine(catalog, "flags", "rag_plus_plus.yaml"), Half, TestContext.Current.CancellationToken);
        service.Settings["Faults__Enabled"] = "true";
        service.Settings["ASSAY__EXPERIMENTATION__CATALOG"] = catalog;
        // An answer that is remembered is a fault that is not met: nothing is.
        service.Settings["RagService__CachedAnswers"] = "0";
        await service.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        Directory.Delete(catalog, recursive: true);
    }

    [Fact]
    public async Task Only_users_with_the_variant_are_hurt_so_that_a_canary_is_bad_while_control_is_well()
    {
        await InjectAsync(
            new
            {
                kind = "errors",
                flag = "rag_plus_plus",
                variant = "on",
            }
        );
        for (var i = 0; i < 40; i++)
        {
            (await AskAsync($"user-{i}")).ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.InternalServerError);
        }

        await StartedRagService.UntilAsync(() => Asked().Count() == 40, () => $"only {Asked().Count()} spans came");
        Asked().Count(s => s.StatusCode == 2).ShouldBeInRange(8, 32);
        Asked().Where(s => (s.StatusCode == 2) != (Variant(s) == "on")).ShouldBeEmpty();

        await service.Client.DeleteAsync("/faults", TestContext.Current.CancellationToken);
        for (var i = 0; i < 10; i++)
        {
            (await AskAsync($"user-{i}")).ShouldBe(HttpStatusCode.OK);
        }

        IEnumerable<SentSpan> Asked() => service.Receiver.Spans.Where(s => s.Name == "POST /ask");
        static string? Variant(SentSpan span) =>
            span.Events.First(e => e.Name == "feature_flag.evaluation" && "rag_plus_plus".Equals(e.Attributes["feature_flag.key"])).Attributes[
                "feature_flag.result.variant"
            ] as string;
    }

    [Fact]
    public async Task A_service_that_is_not_ready_says_so_and_answers_nobody()
    {
        (await GetAsync("/readyz")).ShouldBe(HttpStatusCode.OK);
        await InjectAsync(new { kind = "readiness" });
        (await GetAsync("/readyz")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        // The process is alive all the while: it is taken out of the load balancer, and not restarted.
        (await GetAsync("/healthz")).ShouldBe(HttpStatusCode.OK);
        (await AskAsync("ann")).ShouldBe(HttpStatusCode.InternalServerError);
    }

    [Fact]
    public async Task Memory_that_leaks_is_bounded_ends_in_failures_and_is_given_back()
    {
        await InjectAsync(new { kind = "memory", mega_bytes = 64 });
        for (var i = 0; i < 3; i++)
        {
            (await AskAsync("ann")).ShouldBe(HttpStatusCode.OK);
        }

        (await AskAsync("ann")).ShouldBe(HttpStatusCode.InternalServerError);
        (await HeldAsync()).ShouldBe(192);
        await service.Client.DeleteAsync("/faults", TestContext.Current.CancellationToken);
        (await HeldAsync()).ShouldBe(0);
        (await AskAsync("ann")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_fault_ends_by_itself()
    {
        await InjectAsync(
            new
            {
                kind = "dependency",
                ms = 0,
                seconds = 1,
            }
        );
        (await AskAsync("ann")).ShouldBe(HttpStatusCode.InternalServerError);
        for (var asked = 0; await AskAsync("ann") != HttpStatusCode.OK; asked++)
        {
            asked.ShouldBeLessThan(500, "the fault does not end");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        (await ShownAsync()).GetProperty("faults").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Questions_wait_while_latency_is_asked_for()
    {
        await InjectAsync(new { kind = "latency", ms = 300 });
        (await AskAsync("ann")).ShouldBe(HttpStatusCode.OK);
        await StartedRagService.UntilAsync(() => service.Receiver.Spans.Any(s => s.Name == "POST /ask"), () => "no span of the request");
        // The newer fault of a kind wins, and others stand beside it.
        await InjectAsync(new { kind = "latency", ms = 0 });
        await InjectAsync(new { kind = "errors", percent = 50 });
        var faults = (await ShownAsync()).GetProperty("faults").EnumerateArray().ToList();
        faults.Select(f => f.GetProperty("kind").GetString()).ShouldBe(["latency", "errors"], ignoreOrder: true);
        faults.Single(f => f.GetProperty("kind").GetString() == "latency").GetProperty("ms").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_fault_that_cannot_be_brought_about_is_refused_with_its_fix()
    {
        foreach (
            var (body, fix) in ((string, string)[])
                [
                    ("""{"kind": "meteor"}""", "Give a kind"),
                    ("{}", "Give a kind"),
                    ("""{"kind": "errors", "seconds": 3601}""", "an hour"),
                    ("""{"kind": "errors", "seconds": 0}""", "an hour"),
                    ("""{"kind": "errors", "percent": 0}""", "percentage"),
                    ("""{"kind": "latency", "ms": 60000}""", "milliseconds"),
                    ("""{"kind": "memory", "mega_bytes": 1000}""", "mega_bytes"),
                    ("""{"kind": "errors", "flag": "rag_plus_plus"}""", "variant"),
                ]
        )
        {
            var (answer, json) = await service.PostAsync("/faults", body);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, body);
            json.GetProperty("detail").GetString()!.ShouldContain(fix);
        }
    }

    [Fact]
    public async Task Whoever_comes_through_a_proxy_may_not()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/faults") { Content = JsonContent.Create(new { kind = "errors" }) };
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        using var answer = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await AskAsync("ann")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nobody_may_where_settings_do_not_allow_it()
    {
        await using var plain = new StartedRagService();
        await plain.InitializeAsync();
        var (answer, _) = await plain.PostAsync("/faults", new { kind = "errors" });
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task InjectAsync(object fault)
    {
        var (answer, json) = await service.PostAsync("/faults", fault);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, json.ToString());
    }

    private async Task<HttpStatusCode> AskAsync(string user)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ask") { Content = JsonContent.Create(new { question = Question }) };
        request.Headers.Add("X-User", user);
        using var answer = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode> GetAsync(string path)
    {
        using var answer = await service.Client.GetAsync(path, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private async Task<JsonElement> ShownAsync() => await service.Client.GetFromJsonAsync<JsonElement>("/faults", TestContext.Current.CancellationToken);

    private async Task<int> HeldAsync() => (await ShownAsync()).GetProperty("held_mega_bytes").GetInt32();
}
