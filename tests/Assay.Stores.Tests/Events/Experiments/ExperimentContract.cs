using static Assay.Stores.Tests.Events.Experiments.UnitSample;

namespace Assay.Stores.Tests.Events.Experiments;

/// <summary>What every event store promises of exposures and outcomes.</summary>
public abstract partial class ExperimentContract : IAsyncLifetime
{
    private protected OpenedStore Opened { get; private set; } = null!;

    private protected IEventStore Store => Opened.Events;

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Opened = await OpenAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Opened.DisposeAsync();
    }

    /// <summary>An empty store whose clock stands at <see cref="Sample.Noon"/>.</summary>
    private protected abstract Task<OpenedStore> OpenAsync();

    private protected Task<AppendReport> Append(params object[] events) =>
        Store.AppendAsync(new EventBatch { Exposures = [.. events.OfType<ExposureEvent>()], Outcomes = [.. events.OfType<OutcomeEvent>()] }, Cancel);

    private protected Task<ExperimentSums> Sums(ExperimentQuery? query = null) => Store.SumExperimentAsync(query ?? Question, Cancel);

    [Fact]
    public async Task An_experiment_that_was_never_seen_has_no_variants()
    {
        await Append(Exposed(1, "a"));
        var sums = await Sums(Question with { Experiment = "other" });
        (sums.Variants.Count, sums.InSeveral, sums.OutcomesWithoutExposure, sums.First, sums.Last, sums.ByDay.Count).ShouldBe((0, 0L, 0L, null, null, 0));
    }

    [Fact]
    public async Task Units_are_summed_by_variant_with_those_that_had_no_outcome()
    {
        await Append(
            Exposed(1, "a"),
            Exposed(2, "a", 1),
            Exposed(3, "b", 24 * 60),
            Measured(1, "ms", 10, 1),
            Measured(1, "ms", 30, 2),
            Measured(1, "tokens", 0, 2),
            Measured(3, "ms", 7, 24 * 60)
        );

        var sums = await Sums();
        sums.Variants.Select(v => (v.Variant, v.Units)).ShouldBe([("a", 2L), ("b", 1L)]);
        var ms = sums.Variants[0].Metrics[0];
        (ms.Metric, ms.Outcomes, ms.Positive, ms.NotFinite).ShouldBe(("ms", 2L, 1L, 0L));
        (ms.UnitMeans.Count, ms.UnitMeans.Mean).ShouldBe((1L, 20.0));
        (ms.Ratio.Count, ms.Ratio.X.Mean, ms.Ratio.Y.Mean, ms.Ratio.CoMoment!.Value).ShouldBe((2L, 20.0, 1.0, 40.0));
        (ms.Covariate.Count, ms.Covariate.X.Max, ms.Covariate.Y.Mean).ShouldBe((2L, 0.0, 20.0));
        var tokens = sums.Variants[0].Metrics[1];
        (tokens.Outcomes, tokens.Positive, tokens.UnitMeans.Count).ShouldBe((1L, 0L, 1L));
        (sums.First, sums.Last).ShouldBe((At(0), At(24 * 60)));
        sums.ByDay.ShouldBe([new ExposedUnits(new DateOnly(2026, 5, 1), "a", 2), new ExposedUnits(new DateOnly(2026, 5, 2), "b", 1)]);
    }

    [Fact]
    public async Task An_exposure_counts_once_and_its_earliest_time_also_when_that_arrives_last()
    {
        await Append(Exposed(1, "a", 100), Exposed(1, "a", 90), Measured(1, "ms", 5, 60));
        (await Sums()).Variants.Single().Metrics[0].Outcomes.ShouldBe(0);
        await Append(Exposed(1, "a", 50));
        await Opened.RestartAsync(Cancel);
        await Append(Exposed(1, "a", 70));

        var sums = await Sums();
        (sums.Variants.Single().Units, sums.First, sums.InSeveral).ShouldBe((1L, At(50), 0L));
        sums.Variants.Single().Metrics[0].Outcomes.ShouldBe(1);
    }

    [Fact]
    public async Task An_outcome_counts_once_by_its_key_and_the_earliest_counts()
    {
        var one = Measured(1, "ms", 5, 10);
        var first = await Append(Exposed(1, "a"), one, one);
        (first.New.Count, first.Duplicates).ShouldBe((2, 1));
        var again = await Append(one, Exposed(1, "a"));
        (again.New.Count, again.Duplicates).ShouldBe((0, 2));
        await Opened.RestartAsync(Cancel);
        await Append(one with { Value = 100, TimeNanos = Nanos(20) }, one with { Value = 50, TimeNanos = Nanos(5) }, one with { Unit = 2 });

        var sums = await Sums();
        (sums.Variants[0].Metrics[0].Outcomes, sums.Variants[0].Metrics[0].Ratio.X.Mean).ShouldBe((1L, 50.0));
        sums.OutcomesWithoutExposure.ShouldBe(1);
    }

    [Fact]
    public async Task Outcomes_count_at_both_ends_of_their_window_and_later_ones_are_counted_as_too_late()
    {
        await Append(
            Exposed(1, "a", 1000),
            Measured(1, "ms", 1, 1000),
            Measured(1, "ms", 2, 1060),
            Measured(1, "ms", 4, 1060) with
            {
                TimeNanos = Nanos(1060) + 1,
            },
            Measured(1, "unasked", 4, 2000)
        );
        var sums = await Sums();
        (sums.OutcomesTooLate, sums.Variants[0].Metrics[0].Outcomes, sums.Variants[0].Metrics[0].Ratio.X.Mean).ShouldBe((2L, 2L, 3.0));
    }

    [Fact]
    public async Task What_lies_before_the_exposure_is_the_covariate_within_its_window()
    {
        await Append(
            Exposed(1, "a", 1000),
            Measured(1, "ms", 1, 999),
            Measured(1, "ms", 2, 970),
            Measured(1, "ms", 4, 969),
            Measured(1, "ms", 8, 1001),
            Measured(1, "ms", double.NaN, 998)
        );
        var ms = (await Sums()).Variants[0].Metrics[0];
        (ms.Covariate.X.Mean, ms.Covariate.Y.Mean, ms.Outcomes, ms.NotFinite).ShouldBe((3.0, 8.0, 1L, 0L));
        ms = (await Sums(Question with { PreExposure = TimeSpan.Zero })).Variants[0].Metrics[0];
        (ms.Covariate.X.Mean, ms.Covariate.Y.Mean).ShouldBe((0.0, 8.0));
    }

    [Fact]
    public async Task Means_before_and_after_are_paired_for_the_units_that_have_both()
    {
        await Append(
            Exposed(1, "a", 1000),
            Measured(1, "ms", 10, 980),
            Measured(1, "ms", 30, 990),
            Measured(1, "ms", double.NaN, 995),
            Measured(1, "ms", 5, 1001),
            Measured(1, "ms", 8, 1002),
            Exposed(2, "a", 1000),
            Measured(2, "ms", 3, 1001),
            Exposed(3, "a", 1000),
            Measured(3, "ms", 7, 999),
            Exposed(4, "a", 1000),
            Measured(4, "ms", 40, 999),
            Measured(4, "ms", 1, 1001),
            Exposed(5, "a", 1000),
            Measured(5, "ms", 40, 960),
            Measured(5, "ms", 1, 1001)
        );
        var ms = (await Sums()).Variants.Single().Metrics[0];
        (ms.UnitMeans.Count, ms.MeanCovariate.Count).ShouldBe((4L, 2L));
        (ms.MeanCovariate.X.Mean, ms.MeanCovariate.Y.Mean, ms.MeanCovariate.CoMoment!.Value).ShouldBe((30.0, 3.75, -55.0));
        (await Sums(Question with { PreExposure = TimeSpan.Zero })).Variants.Single().Metrics[0].MeanCovariate.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_unit_in_several_variants_is_counted_and_in_nothing_else()
    {
        await Append(Exposed(1, "a"), Exposed(1, "b", 500), Measured(1, "ms", 1, 1), Measured(1, "ms", 1, 5000), Exposed(2, "b"));
        var sums = await Sums();
        (sums.InSeveral, sums.OutcomesTooLate, sums.OutcomesWithoutExposure).ShouldBe((1L, 0L, 0L));
        sums.Variants.Select(v => (v.Variant, v.Units)).ShouldBe([("b", 1L)]);
        sums.ByDay.Sum(d => d.Units).ShouldBe(1);
    }

    [Fact]
    public async Task Every_64_bits_are_a_unit_of_their_own()
    {
        long[] units =
        [
            .. Enumerable.Range(0, 16).SelectMany(i => new[] { -1L, 0, 1 }, (i, off) => unchecked(long.MinValue + (i * (1L << 60)) + off)).Distinct(),
        ];
        await Append([.. units.Select(u => Exposed(u, "a")), .. units.Select(u => Measured(u, "ms", 1, 1))]);
        await Append([.. units.Select(u => Measured(u, "ms", 2, 1))]);
        var ms = (await Sums()).Variants.Single().Metrics[0];
        (ms.Ratio.Count, ms.Outcomes, ms.Ratio.X.Min, ms.Ratio.X.Max).ShouldBe((units.Length, 2L * units.Length, 3.0, 3.0));
    }

    [Fact]
    public async Task Another_version_is_another_experiment_and_outcomes_without_exposure_are_counted()
    {
        await Append(
            Exposed(1, "a"),
            Exposed(1, "b") with
            {
                Version = 2,
            },
            Exposed(2, "b") with
            {
                Version = 2,
            },
            Measured(1, "ms", 1, 1),
            Measured(2, "ms", 1, 1)
        );
        var sums = await Sums();
        (sums.InSeveral, sums.OutcomesWithoutExposure, sums.Variants.Single().Variant).ShouldBe((0L, 1L, "a"));
        (await Sums(Question with { Version = 2 })).Variants.Single().Units.ShouldBe(2);
        (await Sums(Question with { Version = 3 })).OutcomesWithoutExposure.ShouldBe(2);
    }

    [Fact]
    public async Task Values_that_are_not_finite_are_counted_and_in_no_sum()
    {
        await Append(
            Exposed(1, "a"),
            Exposed(2, "a"),
            Measured(1, "ms", double.NaN, 1),
            Measured(1, "ms", double.PositiveInfinity, 2),
            Measured(1, "ms", 6, 3),
            Measured(2, "ms", double.NegativeInfinity, 3)
        );
        var ms = (await Sums()).Variants.Single().Metrics[0];
        (ms.Outcomes, ms.NotFinite, ms.Positive, ms.UnitMeans.Count, ms.UnitMeans.Mean).ShouldBe((4L, 3L, 1L, 1L, 6.0));
        (ms.Ratio.X.Mean, ms.Ratio.Y.Mean, ms.Ratio.NotFinite, ms.Values!.Count).ShouldBe((3.0, 0.5, 0L, 1L));
    }

    [Fact]
    public async Task A_past_look_sees_what_happened_before_it()
    {
        await Append(Exposed(1, "a", 0), Exposed(2, "a", 10), Measured(1, "ms", 1, 5), Measured(1, "ms", 2, 10), Exposed(1, "b", 20));
        var past = await Sums(Question with { Before = At(10) });
        (past.InSeveral, past.Variants.Single().Units, past.Variants.Single().Metrics[0].Outcomes, past.Last).ShouldBe((0L, 1L, 1L, At(0)));
        (await Sums()).InSeveral.ShouldBe(1);
    }

    [Fact]
    public async Task A_ratio_has_the_sum_of_its_denominator_in_the_same_window()
    {
        await Append(
            Exposed(1, "a"),
            Exposed(2, "a"),
            Measured(1, "cost", 3, 1),
            Measured(1, "requests", 4, 1),
            Measured(1, "requests", 2, 2),
            Measured(1, "requests", 100, 61),
            Measured(2, "requests", 1, 1)
        );
        var query = Question with { Metrics = [new ExperimentMetricQuery("cost") { Denominator = "requests" }, new ExperimentMetricQuery("requests")] };
        var (cost, requests) = (await Sums(query)).Variants.Single().Metrics is [var c, var r] ? (c, r) : default;
        (cost.Ratio.X.Mean, cost.Ratio.Y.Mean, cost.Ratio.CoMoment!.Value, cost.Values).ShouldBe((1.5, 3.5, 7.5, null));
        (requests.Ratio.X.Mean, requests.Ratio.Y.Mean).ShouldBe((3.5, 1.5));
    }

    [Fact]
    public async Task Questions_that_are_not_well_formed_are_refused()
    {
        foreach (
            var query in (ExperimentQuery[])
                [
                    Question with
                    {
                        Attribution = TimeSpan.FromTicks(-1),
                    },
                    Question with
                    {
                        PreExposure = TimeSpan.FromTicks(-1),
                    },
                    Question with
                    {
                        Metrics = [.. Enumerable.Range(0, ExperimentQuery.MostMetrics + 1).Select(i => new ExperimentMetricQuery($"m{i}"))],
                    },
                ]
        )
        {
            (await Should.ThrowAsync<AssayException>(() => Sums(query))).ExitCode.ShouldBe(ExitCode.WrongUsage);
        }
    }

    [Fact]
    public async Task An_event_that_no_store_could_keep_refuses_its_batch()
    {
        foreach (
            var wrong in (object[])
                [
                    Exposed(1, ""),
                    Exposed(1, "a") with
                    {
                        Experiment = new string('e', 129),
                    },
                    Exposed(1, "a") with
                    {
                        TimeNanos = -1,
                    },
                    Measured(1, "", 1, 1),
                    Measured(1, "ms", 1, 1) with
                    {
                        Key = "",
                    },
                    Measured(1, "ms", 1, 1) with
                    {
                        TimeNanos = -1,
                    },
                ]
        )
        {
            (await Should.ThrowAsync<AssayException>(() => Append(Exposed(2, "a"), wrong))).ExitCode.ShouldBe(ExitCode.WrongUsage);
        }

        (await Sums()).Variants.ShouldBeEmpty();
    }

    [Fact]
    public async Task Exposures_and_outcomes_leave_the_store_only_in_sums()
    {
        var report = await Append(Exposed(1, "a"), Measured(1, "ms", 1, 1));
        (await Store.ReadSinceAsync(0, 100, Cancel)).Events.Count.ShouldBe(0);
        report.New.Count.ShouldBe(2);
        var size = await Store.MeasureAsync(Cancel);
        (size.Exposures, size.Outcomes, size.Oldest).ShouldBe((1L, 1L, At(0)));
    }
}
