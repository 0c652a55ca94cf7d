using System.Globalization;
using System.Net.Http.Json;
using Assay.Observability.Prometheus;
using Assay.Server.Tests.Canaries;

namespace Assay.Server.Tests.Samples;

/// <summary>A canary that asks the real sample service whether it is ready and how much memory it has: what breaks while requests look well is found, and rolled back.</summary>
public sealed class ProbedSampleTests(FaultyRagService faulty) : IClassFixture<FaultyRagService>, IAsyncLifetime
{
    private const string Memory = "process_memory_usage_bytes";
    private const long MegaByte = 1_000_000;

    private readonly StartedRagService service = faulty.Service;

    // Each test begins without the faults of the one before.
    public async ValueTask InitializeAsync() => await service.Client.DeleteAsync("/faults", TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_service_that_is_not_ready_any_more_is_rolled_back_at_that_look()
    {
        await using var place = await StartAsync($"{{ name: ready, probe: {{ url: \"{service.Client.BaseAddress}readyz\", every: 100ms, timeout: 20s }} }}");
        var held = await place.RunAsync("canary", "check", "shop");
        held.Code.ShouldBe(3, held.Out);
        held.Out.ShouldContain("+ ready (guardrail): pass.");

        await InjectAsync(new { kind = "readiness" });
        var back = await place.RunAsync("canary", "check", "shop");
        back.Code.ShouldBe(1, back.Out);
        back.Out.ShouldContain("! ready (guardrail): fail.");
        string.Join(' ', back.Out.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
            .ShouldContain("failed 3 times in a row, and the last time it answered 503");
        (await place.RunAsync("canary", "status", "shop")).Out.ShouldContain("is rolled back at 0 %");
        (await place.RunAsync("flag", "history", "new_search")).Out.ShouldContain("assay canary");
        var page = await Answered.GetAsync(place.Hub!.Client, "/releases/shop@1.9.0", ("Accept-Language", "en"));
        page.Text.ShouldContain("The probe ready fails.");
    }

    [Fact]
    public async Task A_service_whose_memory_grows_beyond_its_limit_is_rolled_back_at_that_look()
    {
        var before = await MemoryAsync();
        before.ShouldBeInRange(20 * MegaByte, 2_000 * MegaByte);
        await using var place = await StartAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{{ name: memory, probe: {{ url: \"{service.Client.BaseAddress}metrics\", metric: {Memory}, failures: 2, every: 100ms, timeout: 20s }}, limit: {before + (100 * MegaByte)}, unit: bytes }}"
            )
        );
        var held = await place.RunAsync("canary", "check", "shop");
        held.Code.ShouldBe(3, held.Out);
        held.Out.ShouldContain("+ memory (guardrail): pass.");

        await InjectAsync(new { kind = "memory", mega_bytes = 64 });
        for (var i = 0; i < 3; i++)
        {
            (await service.PostAsync("/ask", new { question = "How do I roll back?" })).Answer.IsSuccessStatusCode.ShouldBeTrue();
        }

        (await MemoryAsync()).ShouldBeGreaterThan(before + (100 * MegaByte));
        var back = await place.RunAsync("canary", "check", "shop");
        back.Code.ShouldBe(1, back.Out);
        back.Out.ShouldContain("! memory (guardrail): fail.");
        var status = await Answered.GetAsync(place.Hub!.Client, "/api/v1/canaries/shop");
        var memory = status.Json.GetProperty("metrics").EnumerateArray().Single(m => m.GetProperty("metric").GetString() == "memory");
        memory.GetProperty("canary").GetDouble().ShouldBeGreaterThan(memory.GetProperty("limit").GetDouble());
    }

    private static async Task<CanaryPlace> StartAsync(string probe)
    {
        var place = await CanaryPlace.OpenAsync(CanaryPlace.Release + $"\n    - {probe}\n");
        var started = await place.RunAsync("canary", "start", "shop", "--version", "1.9.0", "--force", "a test");
        started.Code.ShouldBe(0, started.Error);
        return place;
    }

    private async Task InjectAsync(object fault)
    {
        using var answer = await service.Client.PostAsJsonAsync("/faults", fault, TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue();
    }

    private async Task<long> MemoryAsync()
    {
        var page = PrometheusText.Parse(await service.Client.GetByteArrayAsync("/metrics", TestContext.Current.CancellationToken));
        return (long)page.Families.Single(f => f.Name == Memory).Samples.Single().Value;
    }
}
