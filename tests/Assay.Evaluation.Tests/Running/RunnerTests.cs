using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Datasets;
using Assay.Evaluation.Metrics;
using Assay.Evaluation.Running;
using Assay.Evaluation.Targets;
using Assay.Models.Calls;

namespace Assay.Evaluation.Tests.Running;

public sealed class RunnerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_case_is_asked_once_and_read_back_in_the_order_of_the_dataset()
    {
        var target = new EchoTarget();
        var record = await RunAsync(target, cases: 200, repeats: 2, new RunLimits { Concurrency = 16 });

        record.IsFinished.ShouldBeTrue();
        target.Asked.ShouldBe(400);
        record.Outcomes().Select(o => (o.Index, o.Repeat)).ShouldBe(Enumerable.Range(0, 400).Select(i => (i / 2, i % 2)));
        record.Outcomes().ShouldAllBe(o => o.Answer!.Text == $"echo {o.Case.Input} {o.Repeat}");
        record.Outcomes().ShouldAllBe(o => ((Measurement.Value)o.Measurements[0]).Score == o.Answer!.Text.Length);
    }

    [Fact]
    public async Task No_more_than_the_allowed_number_is_in_flight()
    {
        var target = new EchoTarget { Delay = TimeSpan.FromMilliseconds(2) };
        await RunAsync(target, cases: 100, repeats: 1, new RunLimits { Concurrency = 5 });
        target.MostInFlight.ShouldBeInRange(2, 5);
    }

    [Fact]
    public async Task A_case_whose_target_fails_is_counted_and_the_run_goes_on()
    {
        var target = new EchoTarget { Fail = (asked, _) => asked.Id == "c3" ? new ModelCallException(ModelFault.TimedOut, "no answer in 1 s") : null };
        var record = await RunAsync(target, cases: 10, repeats: 1, new RunLimits());

        record.IsFinished.ShouldBeTrue();
        record
            .Outcomes()
            .Single(o => o.TargetFault is not null)
            .ShouldSatisfyAllConditions(
                o => o.Case.Id.ShouldBe("c3"),
                o => o.TargetFault!.Fault.ShouldBe(ModelFault.TimedOut),
                o => o.Measurements.ShouldBeEmpty()
            );
    }

    [Theory]
    [InlineData(false, ModelFault.Malformed, "echo failed: half a character")]
    [InlineData(true, ModelFault.TimedOut, "echo gave up waiting: half a character")]
    public async Task A_case_that_the_target_stumbles_over_is_counted_and_the_run_goes_on(bool byCancelling, ModelFault fault, string message)
    {
        Exception Stumble() => byCancelling ? new TaskCanceledException("half a character") : new InvalidOperationException("half a character");
        var record = await RunAsync(new EchoTarget { Fail = (asked, _) => asked.Id == "c3" ? Stumble() : null }, cases: 10, repeats: 1, new RunLimits());

        record.IsFinished.ShouldBeTrue();
        var told = record.Outcomes().Single(o => o.TargetFault is not null);
        told.Case.Id.ShouldBe("c3");
        told.TargetFault!.ShouldBe(new TargetFault(fault, message));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_fails_in_showing_the_progress_ends_the_run_and_is_told(bool byCancelling)
    {
        // Nobody stopped the run: a wait that ended is a fault like others.
        Exception broken = byCancelling ? new TaskCanceledException("broken") : new InvalidOperationException("broken");
        var told = 0;
        var run = StartAsync(
            new EchoTarget(),
            100,
            1,
            new RunLimits { Concurrency = 1 },
            TestContext.Current.CancellationToken,
            report: _ =>
            {
                if (Interlocked.Increment(ref told) > 10)
                {
                    throw broken;
                }
            }
        );
        (await Should.ThrowAsync<Exception>(() => run.WaitAsync(Patience.Longest))).ShouldBeOfType(broken.GetType());
        using var record = RunRecord.Open(Journal);
        record.Done.ShouldBeInRange(10, 99);
    }

    [Fact]
    public async Task A_refusal_stops_the_run_and_keeps_what_was_done()
    {
        var target = new EchoTarget { Fail = (asked, _) => asked.Id == "c50" ? new ModelCallException(ModelFault.Refused, "401") : null };
        var fault = await Should.ThrowAsync<ModelCallException>(() => RunAsync(target, cases: 100, repeats: 1, new RunLimits { Concurrency = 1 }));

        fault.Fault.ShouldBe(ModelFault.Refused);
        target.Asked.ShouldBe(51);
        using var record = RunRecord.Open(Journal);
        record.Done.ShouldBe(50);
        record.IsFinished.ShouldBeFalse();
    }

    [Fact]
    public async Task A_refusal_lets_what_is_in_flight_end_and_keeps_it()
    {
        var target = new EchoTarget
        {
            Delay = TimeSpan.FromMilliseconds(2),
            Fail = (asked, _) => asked.Id == "c0" ? new ModelCallException(ModelFault.Refused, "401") : null,
        };
        await Should.ThrowAsync<ModelCallException>(() => RunAsync(target, cases: 10_000, repeats: 1, new RunLimits { Concurrency = 4 }));

        using var record = RunRecord.Open(Journal);
        record.Done.ShouldBe(target.Asked - 1);
        target.Asked.ShouldBeLessThan(10_000);
    }

    [Fact]
    public async Task A_spent_budget_ends_the_run_so_that_it_can_be_resumed()
    {
        var broke = new EchoTarget { Fail = (asked, _) => asked.Id == "c20" ? new ModelCallException(ModelFault.OverBudget, "spent") : null };
        (await StartAsync(broke, 40, 1, new RunLimits { Concurrency = 1 }, TestContext.Current.CancellationToken)).ShouldBe(RunEnd.OverBudget);

        var rest = new EchoTarget();
        (await ResumeAsync(rest, 40)).ShouldBe(RunEnd.Finished);
        rest.Asked.ShouldBe(20);
    }

    [Fact]
    public async Task A_stopped_run_loses_nothing_and_its_rest_is_done_by_resuming()
    {
        using var stop = new CancellationTokenSource();
        var first = new EchoTarget { Delay = TimeSpan.FromMilliseconds(1) };
        first.Answering = asked =>
        {
            if (asked == 37)
            {
                stop.Cancel();
            }
        };
        (await StartAsync(first, 300, 1, new RunLimits { Concurrency = 8 }, stop.Token)).ShouldBe(RunEnd.Cancelled);

        var second = new EchoTarget();
        (await ResumeAsync(second, 300)).ShouldBe(RunEnd.Finished);
        (first.Asked + second.Asked).ShouldBe(300);
        using var record = RunRecord.Open(Journal);
        record.Outcomes().Count().ShouldBe(300);
    }

    [Fact]
    public async Task An_answer_whose_measuring_was_interrupted_is_not_asked_again()
    {
        await StartAsync(new EchoTarget(), 3, 1, new RunLimits { Concurrency = 1 }, TestContext.Current.CancellationToken, new ThrowingMetric());
        var second = new EchoTarget();
        (await ResumeAsync(second, 3)).ShouldBe(RunEnd.Finished);
        second.Asked.ShouldBe(2);
    }

    [Fact]
    public async Task A_metric_that_stumbles_is_an_error_of_that_metric()
    {
        var record = await RunAsync(new EchoTarget(), 5, 1, new RunLimits(), new StumblingMetric());
        record.IsFinished.ShouldBeTrue();
        record.Outcomes().ShouldAllBe(o => o.Measurements[0] is Measurement.Error);
    }

    [Fact]
    public async Task A_metric_that_gives_up_waiting_is_an_error_of_that_metric()
    {
        var record = await RunAsync(new EchoTarget(), 5, 1, new RunLimits(), new StumblingMetric { With = new TaskCanceledException("late") });
        record.IsFinished.ShouldBeTrue();
        record.Outcomes().ShouldAllBe(o => o.Measurements[0] is Measurement.Error);
    }

    [Fact]
    public async Task A_torn_record_at_the_end_of_the_journal_costs_that_record_only()
    {
        await StartAsync(new EchoTarget(), 20, 1, new RunLimits { Concurrency = 1 }, TestContext.Current.CancellationToken);
        using (var file = new FileStream(Journal, FileMode.Open))
        {
            file.SetLength(file.Length - 3);
        }

        var again = new EchoTarget();
        (await ResumeAsync(again, 20)).ShouldBe(RunEnd.Finished);
        again.Asked.ShouldBe(0);
        using var record = RunRecord.Open(Journal);
        record.Outcomes().Count().ShouldBe(20);
    }

    private string Journal => folder.File("journal.log");

    private async Task<RunRecord> RunAsync(EchoTarget target, int cases, int repeats, RunLimits limits, IMetric? metric = null)
    {
        (await StartAsync(target, cases, repeats, limits, TestContext.Current.CancellationToken, metric)).ShouldBe(RunEnd.Finished);
        return RunRecord.Open(Journal);
    }

    private async Task<RunEnd> StartAsync(
        EchoTarget target,
        int cases,
        int repeats,
        RunLimits limits,
        CancellationToken cancellationToken,
        IMetric? metric = null,
        Action<RunProgress>? report = null
    )
    {
        metric ??= new LengthMetric();
        var content = new RunContent(
            new DatasetIdentity("made", new string('0', 64), cases, cases, 0),
            target.Name,
            target.Fingerprint,
            [new PlannedMetric(metric.Name, metric.Fingerprint, metric.Scale)],
            repeats,
            1
        );
        await using var journal = await RunJournal.CreateAsync(Journal, new RunPlan("r", "made", DateTimeOffset.UnixEpoch, content));
        // The clock stands: what is in flight when a run is stopped has all the time it needs.
        return await new BenchmarkRunner(target, [metric], limits, new MovedTime()).RunAsync(Cases(cases), journal, report ?? (_ => { }), cancellationToken);
    }

    private async Task<RunEnd> ResumeAsync(EchoTarget target, int cases)
    {
        await using var journal = RunJournal.Open(Journal);
        return await new BenchmarkRunner(target, [new LengthMetric()], new RunLimits(), TimeProvider.System).RunAsync(
            Cases(cases),
            journal,
            _ => { },
            TestContext.Current.CancellationToken
        );
    }

    private static IEnumerable<Case> Cases(int count) => Enumerable.Range(0, count).Select(i => new Case($"c{i}", $"question {i}"));

    private sealed class LengthMetric : IMetric
    {
        public string Name => "length";
        public MetricScale Scale { get; } = new(HigherIsBetter: false, 0, null, "characters");
        public string Fingerprint => "length";

        public ValueTask<Measured> MeasureAsync(Case asked, Answer answer, int repeat, CancellationToken cancellationToken) =>
            ValueTask.FromResult(Measured.Of(new Measurement.Value(answer.Text.Length)));
    }

    private sealed class StumblingMetric : IMetric
    {
        public Exception With { get; init; } = new FormatException("no number");
        public string Name => "stumbling";
        public MetricScale Scale => MetricScale.Share;
        public string Fingerprint => "stumbling";

        public ValueTask<Measured> MeasureAsync(Case asked, Answer answer, int repeat, CancellationToken cancellationToken) => throw With;
    }

    private sealed class ThrowingMetric : IMetric
    {
        public string Name => "length";
        public MetricScale Scale => MetricScale.Share;
        public string Fingerprint => "length";

        public ValueTask<Measured> MeasureAsync(Case asked, Answer answer, int repeat, CancellationToken cancellationToken) =>
            throw new ModelCallException(ModelFault.OverBudget, "the judge's money is spent");
    }

    private sealed class EchoTarget : ITarget
    {
        private int asked;
        private int inFlight;

        public string Name => "echo";
        public string Fingerprint => "echo";
        public TimeSpan Delay { get; init; }
        public Func<Case, int, Exception?>? Fail { get; init; }
        public Action<int>? Answering { get; set; }
        public int Asked => asked;
        public int MostInFlight { get; private set; }

        public async ValueTask<Answer> AnswerAsync(Case asked, int repeat, CancellationToken cancellationToken)
        {
            var now = Interlocked.Increment(ref inFlight);
            lock (this)
            {
                MostInFlight = Math.Max(MostInFlight, now);
            }

            var count = Interlocked.Increment(ref this.asked);
            Answering?.Invoke(count);
            if (Delay > TimeSpan.Zero)
            {
                await Task.Delay(Delay, cancellationToken);
            }

            Interlocked.Decrement(ref inFlight);
            return Fail?.Invoke(asked, repeat) is { } fault ? throw fault : new Answer($"echo {asked.Input} {repeat}", "offline/echo");
        }
    }
}
