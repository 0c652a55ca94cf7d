using Assay.Catalogs;
using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Datasets;
using Assay.Evaluation.Gates;
using Assay.Evaluation.Judges.Calibrations;
using Assay.Evaluation.Prompts;
using Assay.Releases.Files;
using Assay.Releases.Gates;

namespace Assay.Server.Releases;

/// <summary>What the benchmarks of a release measure, as the catalog has them now: a run must have measured the same.</summary>
internal static class BenchmarkSubjects
{
    /// <summary>Of every benchmark that a release file needs, by name.</summary>
    /// <exception cref="AssayException">The catalog does not have one, or it is wrong (exit code 2).</exception>
    public static IReadOnlyDictionary<string, BenchmarkSubject> Read(ReleaseFile release, string catalog)
    {
        var needs = release.Gate.Evidence.Where(n => n.Benchmark is not null).ToList();
        if (needs.Count == 0)
        {
            return new Dictionary<string, BenchmarkSubject>(StringComparer.Ordinal);
        }

        var prompts = PromptCatalog
            .Load(Path.Combine(catalog, PromptCatalog.FolderName))
            .Prompts.ToDictionary(p => p.Id, p => p.ContentHash, StringComparer.Ordinal);
        var calibrated = Calibrated(catalog);
        return needs.ToDictionary(n => n.Benchmark!, n => Read(n, catalog, prompts, calibrated), StringComparer.Ordinal);
    }

    private static BenchmarkSubject Read(NeedEntry need, string catalog, Dictionary<string, string> prompts, IReadOnlyDictionary<string, string> calibrated)
    {
        var file = Find(need, catalog);
        var dataset = Dataset.Open(Path.Combine(Path.GetDirectoryName(file.Place.Path) ?? "", file.Dataset));
        return new BenchmarkSubject
        {
            DatasetHash = dataset.Identity.Hash,
            TargetPrompt = file.Target is { Offline: null, Prompt: { } prompt } ? prompt : null,
            Prompts = prompts,
            Gates = [.. file.Gates.Select(gate => GateName(gate, file))],
            Judges = file.Metrics.Where(m => m.Judge is not null).ToDictionary(m => m.ShownName, m => m.Judge!, StringComparer.Ordinal),
            Calibrated = calibrated,
        };
    }

    private static BenchmarkFile Find(NeedEntry need, string catalog)
    {
        try
        {
            return BenchmarkCatalog.Find(need.Benchmark!, catalog);
        }
        catch (AssayException e) when (e.ExitCode == ExitCode.WrongUsage && need.Place != CatalogPlace.Nowhere)
        {
            throw AssayException.Usage($"{need.Place}: {e.Message}", e.Fix, e);
        }
    }

    private static string GateName(Assay.Evaluation.Gates.GateEntry gate, BenchmarkFile file)
    {
        var metric = gate.Metric ?? "";
        var isMeasured = metric == Gate.TargetName || file.Metrics.Exists(m => m.ShownName == metric);
        return $"{(isMeasured ? metric : GateNames.Resource(metric))} {gate.Statistic ?? "mean"}";
    }

    private static Dictionary<string, string> Calibrated(string catalog) =>
        StoredCalibration
            .All(Path.Combine(catalog, StoredCalibration.FolderName))
            .GroupBy(c => c.Report.Judge)
            .ToDictionary(g => g.Key, g => g.Last().Report.Fingerprint, StringComparer.Ordinal);
}
