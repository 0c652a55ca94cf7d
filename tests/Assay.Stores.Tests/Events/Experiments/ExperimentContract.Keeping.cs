using static Assay.Stores.Tests.Events.Experiments.UnitSample;

namespace Assay.Stores.Tests.Events.Experiments;

public abstract partial class ExperimentContract
{
    [Fact]
    public async Task What_is_deleted_is_in_no_sum_and_is_refused_when_it_comes_again()
    {
        for (var unit = 0; unit < 200; unit++)
        {
            await Append(Exposed(unit, "a", unit), Measured(unit, "ms", 1, unit), Measured(unit, "ms", 1, unit + 50));
        }

        (await Store.MeasureAsync(Cancel)).Oldest.ShouldBe(At(0));
        // So little that its room is not worth giving back.
        await Store.DeleteBeforeAsync(At(3), Cancel);
        ((await Sums()).Variants.Single().Units, (await Store.MeasureAsync(Cancel)).Oldest).ShouldBe((197L, At(3)));
        await Store.DeleteBeforeAsync(At(100), Cancel);

        var sums = await Sums();
        (sums.Variants.Single().Units, sums.Variants.Single().Metrics[0].Outcomes, sums.First, sums.KeptFrom).ShouldBe((100L, 200L, At(100), At(100)));
        sums.OutcomesWithoutExposure.ShouldBe(50);
        var size = await Store.MeasureAsync(Cancel);
        (size.Exposures, size.Outcomes, size.Oldest).ShouldBe((100L, 250L, At(100)));
        var late = await Append(Exposed(1, "a", 99), Measured(1, "ms", 1, 99), Exposed(500, "a", 100));
        (late.New.Count, late.Duplicates, late.TooLate.Exposures, late.TooLate.Outcomes).ShouldBe((1, 0, 1, 1));
        (await Append(Exposed(1, "a", 150))).New.Count.ShouldBe(1);
        (await Sums()).Variants.Single().Units.ShouldBe(102);
        (await Store.MeasureAsync(Cancel)).TooLate.ShouldBe(2);
    }

    [Fact]
    public async Task When_all_is_deleted_nothing_is_left_and_names_may_come_again()
    {
        for (var unit = 0; unit < 100; unit++)
        {
            await Append(Exposed(unit, $"v{unit}", unit), Measured(unit, "ms", 1, unit));
        }

        (await Store.DeleteBeforeAsync(At(24 * 60), Cancel)).ShouldBe(200);
        var sums = await Sums();
        (sums.Variants.Count, sums.First, sums.OutcomesWithoutExposure).ShouldBe((0, null, 0L));
        // Nothing that was there came after minute 99.
        sums.KeptFrom!.Value.ShouldBeInRange(At(99), At(24 * 60));
        var size = await Store.MeasureAsync(Cancel);
        (size.Exposures, size.Outcomes, size.Oldest).ShouldBe((0L, 0L, null));
        await Append(Exposed(1, "v1", 30 * 60), Measured(1, "ms", 4, 30 * 60));
        (await Sums()).Variants.Single().Metrics[0].Ratio.X.Mean.ShouldBe(4);
    }

    [Fact]
    public async Task More_names_than_an_experiment_may_have_are_refused_and_counted()
    {
        var outcomes = Enumerable.Range(0, 1_100).Select(i => Measured(1, $"m{i}", 1, 1)).ToArray<object>();
        var report = await Append([Exposed(1, "a"), .. outcomes]);
        (report.New.Exposures.Count, report.New.Outcomes.Count, report.TooManyNames, report.Duplicates).ShouldBe((1, 999, new UnitEvents(0, 101), 0));
        (await Append(Measured(1, "m0", 1, 1), Exposed(1, "a") with { Experiment = "other" })).TooManyNames.Count.ShouldBe(0);
        (await Append(Measured(1, "m0", 1, 1), Exposed(2, "b"))).TooManyNames.ShouldBe(new UnitEvents(1, 0));
        (await Store.MeasureAsync(Cancel)).Outcomes.ShouldBe(1_001);
    }

    [Fact]
    public async Task Each_question_sees_whole_batches_while_others_are_stored()
    {
        const int Batches = 150;
        var storing = Task.Run(
            async () =>
            {
                for (var batch = 0; batch < Batches; batch++)
                {
                    // Units all over the range, each with an outcome in the same batch.
                    var units = Enumerable.Range(0, 8).Select(i => unchecked((long)((ulong)((batch * 8) + i + 1) * 0x9E3779B97F4A7C15UL))).ToList();
                    await Append([.. units.Select(u => Exposed(u, "a")), .. units.Select(u => Measured(u, "ms", 1, 1))]);
                }
            },
            Cancel
        );
        for (var isStoring = true; isStoring; )
        {
            isStoring = !storing.IsCompleted;
            var sums = await Sums();
            var units = sums.Variants.Sum(v => v.Units);
            (units % 8, sums.Variants.Sum(v => v.Metrics[0].Outcomes), sums.OutcomesWithoutExposure).ShouldBe((0L, units, 0L));
        }

        await storing;
        (await Sums()).Variants.Single().Units.ShouldBe(Batches * 8);
    }
}
