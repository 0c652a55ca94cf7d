using Assay.Rag;
using Assay.Rag.Gpu;
using Assay.Rag.Judgements;
using Assay.Rag.Settings;
using Assay.Telemetry;

namespace Assay.Benchmarks.Quality;

/// <summary>nDCG@10 of the default configuration on the open collections and on the bundled handbook, before and after reranking.</summary>
internal static class QualityBench
{
    private static readonly (string Folder, string Name, bool Residual, double? Goal)[] Open =
    [
        ("ir-cranfield", "Cranfield, residual", true, 0.47),
        ("ir-vaswani", "Vaswani", false, 0.442),
        ("ir-xquad-ru", "XQuAD-ru", false, 0.963),
        ("ir-news-ru", "news-ru", false, 0.924),
        ("ir-xquad-en", "XQuAD-en", false, null),
    ];

    public static async Task<BenchResult> RunAsync(TextWriter output)
    {
        var figures = new List<Figure>();
        var notes = new List<string>();
        var root = RepositoryRoot.Find();
        foreach (var (folder, name, residual, goal) in Open)
        {
            var data = Path.Combine(root, "..", "shared", "data", folder);
            if (!Directory.Exists(data))
            {
                notes.Add($"{name} is skipped: there is no ../shared/data/{folder} beside the repository root.");
                continue;
            }

            figures.Add(await MeasureAsync(name, Path.Combine(data, "corpus.jsonl"), data, residual, goal));
        }

        var handbook = Path.Combine(root, "samples", "handbook");
        figures.Add(await MeasureAsync("bundled handbook", Path.Combine(handbook, "docs"), handbook, residual: false, goal: null));
        foreach (var figure in figures)
        {
            output.WriteLine($"{figure.What}: {string.Join(", ", figure.Readings.Select(r => $"{r.Who} {r.Value:0.0000}"))}");
        }

        return new BenchResult("quality", figures, notes);
    }

    private static async Task<Figure> MeasureAsync(string name, string corpus, string judged, bool residual, double? goal)
    {
        var folder = Directory.CreateTempSubdirectory("assay-bench-").FullName;
        try
        {
            using var telemetry = new RagTelemetry(TelemetryRegistry.Default, TimeProvider.System);
            using var lease = new GpuLease();
            var settings = ResolvedSettings.Resolve(configuration: null, new Dictionary<string, string>(), []);
            var pipeline = new RagPipeline(settings, telemetry, new GpuTelemetry(new GpuProbe(), lease), _ => { }, Environment.ProcessorCount);
            var request = new EvaluationRequest(
                [corpus],
                Query.ReadAll(Path.Combine(judged, "queries.jsonl")),
                Qrels.Read(Path.Combine(judged, "qrels.tsv")),
                residual,
                RunOut: null
            );
            var report = await new CollectionEvaluator(pipeline, settings, telemetry).EvaluateAsync(request, folder, CancellationToken.None);
            return new Figure(
                $"nDCG@10 ({name}), {report.ScoredQueries} queries",
                "",
                [new Reading("default configuration", report.Metrics.Ndcg10), new Reading("fused order, before reranking", report.Fused!.Ndcg10)],
                goal is { } limit ? Goal.AtLeast($"≥ {limit}", report.Metrics.Ndcg10, limit, "") : null
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
