using System.Text.Json;
using Assay.Experimentation.Clients;
using Assay.Experimentation.Tests.Clients;
using Assay.Stores;

namespace Assay.Experimentation.Tests.Exposures;

/// <summary>Exposures and outcomes of a service, against something that takes them as a hub does over real HTTP.</summary>
public sealed class EventSendingTests : IAsyncLifetime
{
    private const string Experiment = TestSnapshots.Experiment;

    private readonly ScriptedHub hub = new() { Snapshot = TestSnapshots.Json("v1", isOn: true) };

    public async ValueTask InitializeAsync() => await hub.StartAsync();

    public async ValueTask DisposeAsync() => await hub.DisposeAsync();

    private List<JsonElement> Exposures => [.. hub.Batches.SelectMany(b => b.GetProperty("exposures").EnumerateArray())];

    private List<JsonElement> Outcomes => [.. hub.Batches.SelectMany(b => b.GetProperty("outcomes").EnumerateArray())];

    [Fact]
    public async Task A_unit_keeps_its_variant_and_is_exposed_once()
    {
        await using var service = await StartAsync();
        var variant = service.Experiments.Assign(Experiment, "ann@example.org");
        variant.ShouldBeOneOf("control", "treatment");
        for (var i = 0; i < 50; i++)
        {
            service.Experiments.Assign(Experiment, "ann@example.org").ShouldBe(variant);
        }

        service.Experiments.Record(Experiment, "ann@example.org", "latency_ms", 45.25);
        await service.StopAsync();
        var exposure = Exposures.ShouldHaveSingleItem();
        exposure.GetProperty("experiment").GetString().ShouldBe(Experiment);
        exposure.GetProperty("version").GetInt32().ShouldBe(1);
        exposure.GetProperty("variant").GetString().ShouldBe(variant);
        exposure.GetProperty("unitId").GetString().ShouldBe(UnitId.Of("ann@example.org").ToString());
        Outcomes.ShouldHaveSingleItem().GetProperty("value").GetDouble().ShouldBe(45.25);
        hub.Batches.ShouldAllBe(b => !b.GetRawText().Contains("ann"));
        await Eventually.HoldsAsync(() => service.Counted(EventKind.Exposure, EventOutcome.Sent) == 1, "it was not counted");
    }

    [Fact]
    public async Task Looking_exposes_nobody_and_who_takes_no_part_has_no_variant()
    {
        await using var service = await StartAsync();
        service.Experiments.Peek(Experiment, "user-1").ShouldNotBeNull();
        service.Experiments.Assign("unheard_of", "user-1").ShouldBeNull();
        service.Experiments.Assign(Experiment, default).ShouldBeNull();
        await service.StopAsync();
        hub.Batches.ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_version_of_an_experiment_exposes_anew()
    {
        await using var service = await StartAsync();
        service.Experiments.Assign(Experiment, "user-1");
        hub.Publish(TestSnapshots.Json("v2", isOn: true, experimentVersion: 2), "\"2\"");
        await Eventually.HoldsAsync(() => service.Status.Version == "v2", "the snapshot did not come");
        service.Experiments.Assign(Experiment, "user-1");
        await service.StopAsync();
        Exposures.Select(e => e.GetProperty("version").GetInt32()).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task What_was_recorded_while_the_hub_was_down_is_sent_when_it_is_back()
    {
        await using var service = await StartAsync();
        await hub.DieAsync();
        for (var i = 0; i < 2_500; i++)
        {
            service.Experiments.Record(Experiment, $"user-{i}", "latency_ms", i);
        }

        await hub.StartAsync();
        await Eventually.HoldsAsync(() => Outcomes.Count >= 2_500, "not all came");
        Outcomes.Select(o => o.GetProperty("value").GetDouble()).ShouldBe(Enumerable.Range(0, 2_500).Select(i => (double)i));
        Outcomes.Select(o => o.GetProperty("key").GetString()).ShouldBeUnique();
    }

    [Fact]
    public async Task A_batch_is_sent_again_with_the_same_keys_until_it_is_taken()
    {
        var answers = new Queue<int>([503, 429, 401, 404, 202]);
        hub.Intake = _ => answers.Dequeue();
        await using var service = await StartAsync();
        service.Experiments.Record(Experiment, "user-1", "latency_ms", 1);
        await Eventually.HoldsAsync(() => !hub.Batches.IsEmpty, "it was not taken");
        Outcomes.ShouldHaveSingleItem();
        hub.Refused.ShouldBe(4);
        // Counted once its answer was read, which is after the hub has it.
        await Eventually.HoldsAsync(() => service.Counted(EventKind.Outcome, EventOutcome.Sent) == 1, "it was not counted");
    }

    [Fact]
    public async Task A_batch_that_the_hub_refuses_is_counted_and_does_not_hold_up_the_next()
    {
        var answers = new Queue<int>([400, 202]);
        hub.Intake = _ => answers.Dequeue();
        await using var service = await StartAsync();
        service.Experiments.Record(Experiment, "user-1", "latency_ms", 1);
        await Eventually.HoldsAsync(() => service.Counted(EventKind.Outcome, EventOutcome.Refused) == 1, "it was not refused");
        service.Experiments.Record(Experiment, "user-1", "latency_ms", 2);
        await Eventually.HoldsAsync(() => !hub.Batches.IsEmpty, "the next was not taken");
    }

    [Fact]
    public async Task Beyond_its_bound_the_buffer_loses_and_counts_and_an_exposure_that_was_lost_is_tried_again()
    {
        hub.Intake = _ => 503;
        await using var service = await StartAsync(buffer: 10);
        for (var i = 0; i < 2_000; i++)
        {
            service.Experiments.Record(Experiment, "user-1", "latency_ms", i);
        }

        // At most one batch is on its way and ten wait.
        service.Counted(EventKind.Outcome, EventOutcome.BufferFull).ShouldBeGreaterThanOrEqualTo(2_000 - 1_000 - 10);
        service.Experiments.Assign(Experiment, "user-2");
        var lost = service.Counted(EventKind.Exposure, EventOutcome.BufferFull);
        hub.Intake = _ => 202;
        await Eventually.HoldsAsync(
            () =>
            {
                service.Experiments.Assign(Experiment, "user-2");
                return Exposures.Count > 0;
            },
            $"the exposure that was lost {lost} times never came"
        );
        await service.StopAsync();
        Exposures.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_end_of_the_service_does_not_wait_for_a_hub_that_is_down()
    {
        await using var service = await StartAsync();
        await hub.DieAsync();
        service.Experiments.Record(Experiment, "user-1", "latency_ms", 1);
        await service.StopAsync();
        service.Counted(EventKind.Outcome, EventOutcome.LostAtEnd).ShouldBe(1);
        service.Experiments.Record(Experiment, "user-1", "latency_ms", 2);
        service.Counted(EventKind.Outcome, EventOutcome.BufferFull).ShouldBe(1);
    }

    [Fact]
    public async Task A_value_that_is_not_finite_is_sent_as_what_it_is_and_a_name_that_is_none_is_refused()
    {
        await using var service = await StartAsync();
        service.Experiments.Record(Experiment, "user-1", "score", double.NaN);
        service.Experiments.Record(Experiment, "user-1", "score", double.NegativeInfinity);
        service.Experiments.Record(Experiment, "user-1", "half\ud800", 1);
        service.Experiments.Record(Experiment, "user-1", "line\nbreak", 1);
        service.Experiments.Record(Experiment, "user-1", null!, 1);
        service.Experiments.Record(Experiment, "user-1", "", 1);
        service.Experiments.Record(Experiment, "user-1", new string('m', 1_000), 1);
        service.Experiments.Record(Experiment, default, "score", 1);
        await service.StopAsync();
        Outcomes.Select(o => o.GetProperty("value").GetString()).ShouldBe(["NaN", "-Infinity"]);
        service.Counted(EventKind.Outcome, EventOutcome.Refused).ShouldBe(6);
        service.Experiments.Assign(null!, "user-1").ShouldBeNull();
    }

    [Fact]
    public async Task A_unit_of_any_script_and_length_is_assigned_and_sent_as_a_number()
    {
        await using var service = await StartAsync();
        string[] keys = [new('я', 1 << 20), "用户-17", "👩‍👩‍👧", "\ud800", "\0\n\t", " "];
        keys.ShouldAllBe(key => service.Experiments.Assign(Experiment, key) != null);
        await service.StopAsync();
        Exposures.Select(e => e.GetProperty("unitId").GetString()).ShouldBe(keys.Select(k => UnitId.Of(k).ToString()));
    }

    [Fact]
    public async Task Who_was_exposed_already_is_assigned_without_allocation()
    {
        await using var service = await StartAsync();
        var experiments = service.Experiments;
        AssignAgain();
        var before = GC.GetAllocatedBytesForCurrentThread();
        AssignAgain();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void AssignAgain()
        {
            for (var i = 0; i < 1_000; i++)
            {
                experiments.Assign(Experiment, "user-1");
                experiments.Assign(Experiment, "user-2");
            }
        }
    }

    private async Task<FlaggedService> StartAsync(int buffer = 10_000)
    {
        var service = await FlaggedService.StartAsync(o => (o.Hub, o.EventBuffer) = (hub.Address, buffer));
        await Eventually.HoldsAsync(() => service.Status.Version == "v1", "there is no snapshot");
        return service;
    }
}
