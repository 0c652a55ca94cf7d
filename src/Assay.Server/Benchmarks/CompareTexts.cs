using Assay.Evaluation.Comparing;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Benchmarks;

/// <summary>The sentences of two runs compared.</summary>
internal static class CompareTexts
{
    /// <summary>What became of a metric. A difference that is not shown may be there all the same: nothing says that chance explains it.</summary>
    public static string Headline(MetricComparison? metric, Reader reader)
    {
        if (metric is null)
        {
            return reader.Say("No metric can be compared", "Ни одну метрику нельзя сравнить");
        }

        var (found, name) = (metric.Difference.AsComputed, metric.Name);
        var difference = MetricFigures.Difference(found?.Estimate ?? metric.CandidateMean - metric.BaselineMean, metric.Unit, reader.Figures);
        return metric.Change switch
        {
            Change.Better => reader.Say($"{name} is better: {difference}", $"{name} лучше: {difference}"),
            Change.Worse => reader.Say($"{name} is worse: {difference}", $"{name} хуже: {difference}"),
            _ when MetricFigures.DifferenceInterval(found?.Interval, metric.Unit, reader.Figures).Length == 0 => reader.Say(
                $"{name}: {difference}; too little to tell",
                $"{name}: {difference}; для вывода данных мало"
            ),
            _ => reader.Say(
                $"{name}: {difference}; no difference is shown, all metrics taken together",
                $"{name}: {difference}; с учётом всех метрик различие не показано"
            ),
        };
    }
}
