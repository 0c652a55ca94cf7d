using Assay.Evaluation.Summaries;
using Assay.Statistics.Corrections;

namespace Assay.Evaluation.Comparing;

/// <summary>Which case of one run is which of the other.</summary>
internal static class Pairing
{
    public static RunComparison Compare(ComparedRun baseline, ComparedRun candidate, bool commonCases)
    {
        var pairs = Pairs(baseline, candidate, commonCases);
        var (compared, uncompared) = (new List<MetricComparison>(), new List<UncomparedMetric>());
        foreach (var metric in candidate.Summary.Metrics)
        {
            if (Lack(metric, baseline.Summary) is { } reason)
            {
                uncompared.Add(new UncomparedMetric(metric.Name, reason));
            }
            else
            {
                compared.Add(new PairedMetric(metric, baseline, candidate, pairs).Compare());
            }
        }

        return new RunComparison(
            baseline.Summary,
            candidate.Summary,
            pairs.Count,
            baseline.Summary.Plan.Content.Dataset.Cases - pairs.Count,
            candidate.Summary.Plan.Content.Dataset.Cases - pairs.Count,
            Corrected(compared),
            uncompared
        );
    }

    private static List<CasePair> Pairs(ComparedRun baseline, ComparedRun candidate, bool commonCases)
    {
        var (ours, theirs) = (candidate.Summary.Plan.Content.Dataset, baseline.Summary.Plan.Content.Dataset);
        if (ours.Hash == theirs.Hash)
        {
            return [.. Enumerable.Range(0, ours.Cases).Select(i => new CasePair(i, i))];
        }

        if (!commonCases)
        {
            throw AssayException.Usage(
                $"The runs asked different cases: {theirs.Name} {theirs.Hash[..12]} and {ours.Name} {ours.Hash[..12]}.",
                "Run both on one dataset, or compare the cases that both hold with --common-cases."
            );
        }

        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < baseline.Ids.Length; i++)
        {
            if (baseline.Ids[i] is { } id)
            {
                places.TryAdd(id, i);
            }
        }

        var pairs = new List<CasePair>();
        for (var i = 0; i < candidate.Ids.Length; i++)
        {
            if (candidate.Ids[i] is { } id && places.TryGetValue(id, out var place))
            {
                pairs.Add(new CasePair(place, i));
            }
        }

        return pairs.Count > 0 ? pairs : throw AssayException.Usage($"{theirs.Name} and {ours.Name} share no id.", "Compare runs on the same cases.");
    }

    private static string? Lack(MetricSummary metric, RunSummary baseline) =>
        baseline.Metrics.FirstOrDefault(m => m.Name == metric.Name) is not { } other ? "the baseline does not have it"
        : other.Fingerprint != metric.Fingerprint ? "another judge or another metric measured the baseline"
        : null;

    private static MetricComparison[] Corrected(List<MetricComparison> metrics)
    {
        var tested = metrics.Where(m => m.Difference.AsComputed?.P is not null).ToList();
        var corrected = MultipleTesting.Adjust(tested.Select(m => m.Difference.AsComputed!.P!.Value.Value).ToArray(), Correction.Holm);
        return [.. metrics.Select(m => tested.IndexOf(m) is var at and >= 0 ? m with { CorrectedP = corrected[at] } : m)];
    }
}

/// <summary>The places of one case in both runs.</summary>
internal readonly record struct CasePair(int Baseline, int Candidate);
