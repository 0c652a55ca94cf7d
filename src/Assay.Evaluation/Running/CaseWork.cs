using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Datasets;
using Assay.Evaluation.Metrics;
using Assay.Evaluation.Targets;
using Assay.Models.Calls;

namespace Assay.Evaluation.Running;

/// <summary>One case to work on.</summary>
/// <param name="Case">The case.</param>
/// <param name="Index">Its place in the dataset.</param>
/// <param name="Repeat">Which repeat.</param>
/// <param name="Before">What an earlier start left of it; null for nothing.</param>
internal sealed record WorkItem(Case Case, int Index, int Repeat, PartialCase? Before);

/// <summary>
/// Asks the target and measures the answer. What was paid for is in the journal before the next call is made, so that a crash repeats at most the
/// calls in flight.
/// </summary>
internal sealed class CaseWork(ITarget target, IReadOnlyList<IMetric> metrics, RunJournal journal, RunTally tally, RunTelemetry? telemetry = null)
{
    public async Task RunAsync(WorkItem item, CancellationToken cancellationToken)
    {
        using var span = telemetry?.BeginCase(journal.Plan, item);
        var answer = item.Before?.Answer ?? await AskAsync(item, span?.TraceId.ToHexString(), cancellationToken);
        if (answer is not null)
        {
            await MeasureAsync(item, answer, cancellationToken);
        }

        tally.CaseDone();
        telemetry?.CaseDone(
            span,
            answer is null ? CaseEnd.Failed
                : answer.FromCache ? CaseEnd.Cached
                : CaseEnd.Answered
        );
    }

    private async Task<Answer?> AskAsync(WorkItem item, string? trace, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await SafelyAnswerAsync(item, cancellationToken);
            answer = answer with { TraceId = answer.TraceId ?? trace };
            journal.Append(Line(item) with { Case = CaseExcerpt.Of(item.Case), Answer = answer });
            tally.Paid(answer.FromCache, answer.Cost);
            return answer;
        }
        catch (ModelCallException e) when (!e.StopsWork)
        {
            journal.Append(Line(item) with { Case = CaseExcerpt.Of(item.Case), Fault = new TargetFault(e.Fault, e.Message) });
            tally.TargetFailed();
            return null;
        }
    }

    // One case that the target stumbles over does not end a run either.
    private async ValueTask<Answer> SafelyAnswerAsync(WorkItem item, CancellationToken cancellationToken)
    {
        try
        {
            return await target.AnswerAsync(item.Case, item.Repeat, cancellationToken);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ModelCallException(ModelFault.TimedOut, $"{target.Name} gave up waiting: {e.Message}", inner: e);
        }
        catch (Exception e) when (!IsForTheRun(e, cancellationToken))
        {
            throw new ModelCallException(ModelFault.Malformed, $"{target.Name} failed: {e.Message}", inner: e);
        }
    }

    private async Task MeasureAsync(WorkItem item, Answer answer, CancellationToken cancellationToken)
    {
        var have = item.Before?.Measured.Select(m => m.Metric).ToHashSet() ?? [];
        var unwritten = new List<MeasuredLine>(metrics.Count);
        for (var i = 0; i < metrics.Count; i++)
        {
            if (have.Contains(i))
            {
                continue;
            }

            var measured = await MeasureAsync(metrics[i], item, answer, cancellationToken);
            tally.Paid(measured.Calls);
            unwritten.Add(MeasuredLine.Of(i, measured));
            if (measured.Calls.Count > 0)
            {
                Write(item, unwritten);
            }
        }

        Write(item, unwritten);
    }

    private async Task<Measured> MeasureAsync(IMetric metric, WorkItem item, Answer answer, CancellationToken cancellationToken)
    {
        var measured = await SafelyAsync(metric, item, answer, cancellationToken);
        if (measured.Result is Measurement.Error)
        {
            tally.JudgeFailed();
        }

        telemetry?.Judged(measured);
        return measured;
    }

    // One answer that a metric stumbles over does not end a run; it is counted as an error of that metric.
    private static async Task<Measured> SafelyAsync(IMetric metric, WorkItem item, Answer answer, CancellationToken cancellationToken)
    {
        try
        {
            return await metric.MeasureAsync(item.Case, answer, item.Repeat, cancellationToken);
        }
        catch (ModelCallException e) when (!e.StopsWork)
        {
            return new Measured(new Measurement.Error(e.Message), e.Facts is { } facts ? [facts] : []);
        }
        catch (Exception e) when (!IsForTheRun(e, cancellationToken))
        {
            return Measured.Of(new Measurement.Error($"{metric.Name} failed: {e.Message}"));
        }
    }

    // Waiting that ends although nobody stopped the run is the case's own.
    private static bool IsForTheRun(Exception e, CancellationToken cancellationToken) =>
        e is ModelCallException or AssayException || (e is OperationCanceledException && cancellationToken.IsCancellationRequested);

    private void Write(WorkItem item, List<MeasuredLine> unwritten)
    {
        if (unwritten.Count > 0)
        {
            journal.Append(Line(item) with { Measured = unwritten });
            unwritten.Clear();
        }
    }

    private static JournalLine Line(WorkItem item) => new() { Index = item.Index, Repeat = item.Repeat };
}
