using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Assay.Server.Tests.Samples;

/// <summary>A sample service in which faults may be brought about, and whose users are in two halves.</summary>
public sealed class FaultyRagService : IAsyncLifetime
{
    private readonly string catalog = Directory.CreateTempSubdirectory("assay-faults-").FullName;

    public StartedRagService Service { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(catalog, "flags"));
        const string Half = "name: rag_plus_plus\ndefault: off\nwhenOff: off\nrollout: { on: 50 }\n";
        await File.WriteAllTextAsync(Path.Combine(catalog, "flags", "rag_plus_plus.yaml"), Half, TestContext.Current.CancellationToken);
        Service.Settings["Faults__Enabled"] = "true";
        Service.Settings["ASSAY__EXPERIMENTATION__CATALOG"] = catalog;
        await Service.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        Directory.Delete(catalog, recursive: true);
    }
}

/// <summary>Faults that a rehearsal brings about in the sample service while it runs: who is hurt, how, and that they end.</summary>
public sealed class FaultInjectionTests(FaultyRagService faulty) : IClassFixture<FaultyRagService>, IAsyncLifetime
{
    private const string Question = "How do I roll back?";

    private readonly StartedRagService service = faulty.Service;

    // Each test begins without the faults of the one before.
    public async ValueTask InitializeAsync() => await service.Client.DeleteAsync("/faults", TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

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
            (await AskAsync($"user-{i}", $"half-{i}")).ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.InternalServerError);
        }

        await StartedRagService.UntilAsync(() => Asked().Count() == 40, () => $"only {Asked().Count()} spans came");
        Asked().Count(s => s.StatusCode == 2).ShouldBeInRange(8, 32);
        Asked().Where(s => (s.StatusCode == 2) != (Variant(s) == "on")).ShouldBeEmpty();

        await service.Client.DeleteAsync("/faults", TestContext.Current.CancellationToken);
        for (var i = 0; i < 10; i++)
        {
            (await AskAsync($"user-{i}")).ShouldBe(HttpStatusCode.OK);
        }

        IEnumerable<SentSpan> Asked() =>
            service
                .Receiver.Spans.Where(s => s.Name == "POST /ask" && s.Attributes.GetValueOrDefault("correlation.id") is string id && id.StartsWith("half-"))
                .Take(40);
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
    public async Task A_canary_by_a_flag_is_not_ready_while_control_is()
    {
        await InjectAsync(
            new
            {
                kind = "readiness",
                flag = "rag_plus_plus",
                variant = "on",
            }
        );
        (await GetAsync("/readyz?flag=rag_plus_plus&variant=on")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await GetAsync("/readyz?flag=rag_plus_plus&variant=off")).ShouldBe(HttpStatusCode.OK);
        (await GetAsync("/readyz?flag=another&variant=on")).ShouldBe(HttpStatusCode.OK);
        (await GetAsync("/readyz")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await GetAsync("/readyz?flag=rag_plus_plus")).ShouldBe(HttpStatusCode.BadRequest);
        // A fault that is everybody's is the canary's too.
        await InjectAsync(new { kind = "readiness" });
        (await GetAsync("/readyz?flag=rag_plus_plus&variant=off")).ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Who_asks_is_told_which_variant_a_question_had_when_it_fails_too()
    {
        var on = await FirstToldAsync("on");
        (await TellAsync(await FirstToldAsync("off"))).ShouldBe((HttpStatusCode.OK, "off"));
        await InjectAsync(
            new
            {
                kind = "errors",
                flag = "rag_plus_plus",
                variant = "on",
            }
        );
        (await TellAsync(on)).ShouldBe((HttpStatusCode.InternalServerError, "on"));
        (await TellAsync(on, asked: false)).ShouldBe((HttpStatusCode.InternalServerError, null));
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
    public async Task Questions_of_the_hurt_wait_and_those_of_others_do_not()
    {
        await InjectAsync(
            new
            {
                kind = "errors",
                flag = "rag_plus_plus",
                variant = "on",
            }
        );
        var (hurt, well) = (await FirstWhoGetsAsync(HttpStatusCode.InternalServerError), await FirstWhoGetsAsync(HttpStatusCode.OK));
        await service.Client.DeleteAsync("/faults", TestContext.Current.CancellationToken);
        await InjectAsync(
            new
            {
                kind = "latency",
                ms = 10_000,
                flag = "rag_plus_plus",
                variant = "on",
            }
        );
        using var enough = new CancellationTokenSource();
        var waiting = AskAsync(hurt, stop: enough);
        (await AskAsync(well)).ShouldBe(HttpStatusCode.OK);
        waiting.IsCompleted.ShouldBeFalse();
        await enough.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task The_newer_fault_of_a_kind_wins_and_others_stand_beside_it()
    {
        await InjectAsync(new { kind = "latency", ms = 300 });
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

    private async Task InjectAsync(object fault)
    {
        var (answer, json) = await service.PostAsync("/faults", fault);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, json.ToString());
    }

    private async Task<string> FirstWhoGetsAsync(HttpStatusCode status)
    {
        for (var i = 0; i < 100; i++)
        {
            if (await AskAsync($"user-{i}") == status)
            {
                return $"user-{i}";
            }
        }

        throw new InvalidOperationException($"Nobody got {status}.");
    }

    private async Task<string> FirstToldAsync(string variant)
    {
        for (var i = 0; i < 100; i++)
        {
            if ((await TellAsync($"user-{i}")).Variant == variant)
            {
                return $"user-{i}";
            }
        }

        throw new InvalidOperationException($"Nobody has {variant}.");
    }

    private async Task<(HttpStatusCode Status, string? Variant)> TellAsync(string user, bool asked = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ask") { Content = JsonContent.Create(new { question = Question }) };
        request.Headers.Add("X-User", user);
        if (asked)
        {
            request.Headers.Add("X-Tell-Flag", "rag_plus_plus");
        }

        using var answer = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, answer.Headers.TryGetValues("X-Flag-Variant", out var told) ? told.Single() : null);
    }

    private async Task<HttpStatusCode> AskAsync(string user, string? correlation = null, CancellationTokenSource? stop = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ask") { Content = JsonContent.Create(new { question = Question }) };
        request.Headers.Add("X-User", user);
        if (correlation is not null)
        {
            request.Headers.Add("X-Correlation-ID", correlation);
        }

        using var answer = await service.Client.SendAsync(request, stop?.Token ?? TestContext.Current.CancellationToken);
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
