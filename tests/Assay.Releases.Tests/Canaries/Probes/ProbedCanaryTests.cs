using Assay.Releases.Canaries;
using Assay.Releases.Canaries.Judging;
using Assay.Releases.Canaries.Probes;
using Assay.Releases.Ledger;

namespace Assay.Releases.Tests.Canaries.Probes;

/// <summary>Canaries that are watched by probes.</summary>
public sealed class ProbedCanaryTests
{
    private static readonly CanaryPlan Plan = PlanOf("http://127.0.0.1:1/readyz");

    private static CanaryPlan PlanOf(string url, string more = "") =>
        MadeCanary.Plan(MadeCanary.Yaml + $"\n    - {{ name: ready, probe: {{ url: \"{url}\", every: 100ms, timeout: 20s }}{more} }}\n");

    [Fact]
    public void A_probe_that_fails_rolls_back_at_that_look()
    {
        var decision = Decide(Plan, new ProbeReading(IsWell: false, "It failed 3 times."));
        decision.Action.ShouldBe(CanaryAction.RollBack, decision.Reason);
        decision.Reason.ShouldBe("Rolled back. ready: It failed 3 times.");
        decision.Judgements.Of("ready").Verdict.ShouldBe(MetricVerdict.Fail);
    }

    [Fact]
    public void A_probe_that_answers_well_lets_a_proven_step_go_on()
    {
        var decision = Decide(Plan, new ProbeReading(IsWell: true, "It answered 200."));
        decision.Action.ShouldBe(CanaryAction.Advance, decision.Reason);
        var ready = decision.Judgements.Of("ready");
        (ready.Verdict, ready.Reason, ready.Control, ready.Difference, ready.CanaryCount).ShouldBe((MetricVerdict.Pass, "It answered 200.", null, null, 0));
    }

    [Fact]
    public void A_signal_that_fails_rolls_back_and_one_for_information_is_told()
    {
        var bad = new ProbeReading(IsWell: false, "It failed.");
        Decide(PlanOf("http://127.0.0.1:1/", ", role: signal"), bad).Action.ShouldBe(CanaryAction.RollBack);
        var told = Decide(PlanOf("http://127.0.0.1:1/", ", role: info"), bad);
        told.Action.ShouldBe(CanaryAction.Advance);
        told.Judgements.Of("ready").Verdict.ShouldBe(MetricVerdict.Fail);
    }

    [Fact]
    public void A_probe_that_was_not_asked_holds()
    {
        var decision = Decide(Plan, probe: null);
        (decision.Action, decision.Verdict).ShouldBe((CanaryAction.Hold, Verdict.NoData));
        decision.Judgements.Of("ready").Reason.ShouldBe("It was not asked: the source did not answer for it.");
        Should
            .Throw<AssayException>(() => CanaryDecider.Promote(Plan, MadeCanary.OnStep(Plan), Reading(Plan, probe: null), MadeCanary.Late(Plan), "ann", "r"))
            .Message.ShouldContain("'ready' is missing");
    }

    [Fact]
    public void Nobody_promotes_past_a_probe_that_fails() =>
        Should
            .Throw<AssayException>(() =>
                CanaryDecider.Promote(Plan, MadeCanary.OnStep(Plan), Reading(Plan, new ProbeReading(false, "It failed.")), MadeCanary.Late(Plan), "ann", "r")
            )
            .Message.ShouldContain("'ready' is broken");

    [Fact]
    public void Probes_take_nothing_of_the_alpha_of_the_others()
    {
        var plain = MadeCanary.Plan();
        var reading = MadeCanary.Healthy(plain, 2_000);
        var beside = CanaryJudge.Of(Plan, 0, Reading(Plan, new ProbeReading(true, "well"), 2_000)).Where(j => j.Metric != "ready").ToList();
        var alone = CanaryJudge.Of(plain, 0, reading);
        beside.Select(j => (j.Metric, j.Verdict, j.Low, j.High, j.Visible)).ShouldBe(alone.Select(j => (j.Metric, j.Verdict, j.Low, j.High, j.Visible)));
    }

    [Fact]
    public void Probes_alone_wait_for_time_and_requests()
    {
        var plan = MadeCanary.Plan(OnlyProbe);
        var well = new ProbeReading(true, "well");
        CanaryReading Of(long requests) => new(requests * 19, requests, [new MetricReading("ready", null, null) { Probe = well }]);
        var early = CanaryDecider.Decide(plan, MadeCanary.OnStep(plan), Of(200), MadeCanary.After(plan, TimeSpan.FromMinutes(3)));
        (early.Action, early.Reason).ShouldBe((CanaryAction.Hold, "Held. The step takes 5m at least; 2m are left."));
        var few = CanaryDecider.Decide(plan, MadeCanary.OnStep(plan), Of(199), MadeCanary.Late(plan));
        few.Reason.ShouldBe("Held. The canary has 199 requests; the step needs 200.");
        (few.Next.Requests, few.Look!.Requests).ShouldBe((199, 199));
        CanaryDecider.Decide(plan, MadeCanary.OnStep(plan), Of(200), MadeCanary.Late(plan)).Action.ShouldBe(CanaryAction.Advance);
    }

    [Fact]
    public async Task A_service_that_is_not_ready_any_more_loses_its_canary_at_that_look()
    {
        var isReady = true;
        await using var service = await ProbedService.StartAsync(ProbedService.Status(_ => isReady ? 200 : 503));
        using var world = new CanaryWorld { WithProbes = true };
        world.Reads = (plan, _) => MadeCanary.Healthy(plan);
        var plan = PlanOf(service.Address + "/readyz");
        await world.Controller().StartAsync(plan, "abc1234", forced: null, "ann", CancellationToken.None);
        world.Time.Pass(TimeSpan.FromMinutes(1));
        var held = await world.LookAsync();
        (held.Phase, held.Judgements.Of("ready").Verdict, service.Asked).ShouldBe((CanaryPhase.Running, MetricVerdict.Pass, 1));

        isReady = false;
        world.Time.Pass(TimeSpan.FromMinutes(1));
        var back = await world.LookAsync();
        back.Phase.ShouldBe(CanaryPhase.RolledBack);
        back.Reason.ShouldBe($"Rolled back. ready: {service.Address}/readyz failed 3 times in a row, and the last time it answered 503.");
        service.Asked.ShouldBe(4);
        world.Split.History.ShouldBe([5, 0]);
        world
            .Ledger.Links.Select(l => l.Entry.Kind)
            .Where(k => k != LedgerKind.Evidence)
            .ShouldBe([LedgerKind.CanaryStarted, LedgerKind.Step, LedgerKind.Look, LedgerKind.Look, LedgerKind.RolledBack]);
        var looks = await new CanaryBook(world.Documents).LooksAsync(world.Release, 100, CancellationToken.None);
        looks.Select(l => (l.Metrics.Of("ready").Verdict, l.Requests)).ShouldBe([(MetricVerdict.Pass, 20_000), (MetricVerdict.Fail, 20_000)]);
    }

    [Fact]
    public async Task Probes_are_asked_while_the_other_figures_cannot_be_read()
    {
        await using var service = await ProbedService.StartAsync(ProbedService.Status(_ => 503));
        using var http = ProbeAsker.NewClient();
        var metrics = new ProbedMetrics(new Away(), new ProbeAsker(http, TimeProvider.System));
        var plan = PlanOf(service.Address + "/readyz");
        var reading = await metrics.ReadAsync(plan, MadeCanary.Noon, MadeCanary.Noon, TestContext.Current.CancellationToken);
        reading.Metrics.Select(m => m.Metric).ShouldBe(plan.Metrics.Select(m => m.Name));
        var judged = CanaryJudge.Of(plan, 0, reading);
        judged.Of("ready").Verdict.ShouldBe(MetricVerdict.Fail);
        judged.Of("errors").Reason.ShouldBe("It could not be read: The disk is full.");
    }

    [Fact]
    public void The_file_of_a_running_canary_keeps_its_probe()
    {
        var plan = MadeCanary.Plan(OnlyProbe.Replace("readyz\"", "metrics\", metric: up, labels: { job: rag }, failures: 2, every: 250ms"));
        var state = MadeCanary.OnStep(plan);
        var json = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(state, CanaryJson.Default.CanaryState);
        var probe = System.Text.Json.JsonSerializer.Deserialize(json, CanaryJson.Default.CanaryState)!.Plan().Metrics.Single().Probe.ShouldNotBeNull();
        (probe.Url.ToString(), probe.Sample, probe.Labels["job"]).ShouldBe(("http://127.0.0.1:1/metrics", "up", "rag"));
        probe.Times.ShouldBe(new ProbeTimes(2, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(2)));
    }

    // The canary of other tests, watched by a probe alone.
    private static readonly string OnlyProbe =
        MadeCanary.Yaml[..MadeCanary.Yaml.IndexOf("    - {", StringComparison.Ordinal)]
        + "    - { name: ready, probe: { url: \"http://127.0.0.1:1/readyz\" } }";

    private static CanaryDecision Decide(CanaryPlan plan, ProbeReading? probe) =>
        CanaryDecider.Decide(plan, MadeCanary.OnStep(plan), Reading(plan, probe), MadeCanary.Late(plan));

    private static CanaryReading Reading(CanaryPlan plan, ProbeReading? probe, long canary = 20_000) =>
        MadeCanary.Healthy(plan, canary, (m, r) => m.Probe is null ? r : new MetricReading(m.Name, null, null) { Probe = probe });

    private sealed class Away : ICanaryMetrics
    {
        public Task<CanaryReading> ReadAsync(CanaryPlan plan, DateTimeOffset stepSince, DateTimeOffset now, CancellationToken cancellationToken) =>
            throw new IOException("The disk is full.");
    }
}
