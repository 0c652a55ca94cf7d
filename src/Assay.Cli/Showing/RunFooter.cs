using Assay.Rag;
using Assay.Rag.Gpu;
using Assay.Rag.Summaries;

namespace Assay.Cli.Showing;

/// <summary>What a person reads when a run is over.</summary>
internal sealed class RunFooter(RagRun run, EmissionReport emissions, GpuBaseline gpu, int maxBad, bool hasLiveModels)
{
    private const int Width = 80;
    private const int BadShown = 5;

    public async Task WriteAsync(TextWriter output)
    {
        await output.WriteLineAsync();
        await WriteWrappedAsync(
            output,
            $"Indexed {run.Read!.Documents.Count:#,0} documents as {run.ChunkCount:#,0} chunks in {run.IndexElapsed.TotalSeconds:0.00} s ({run.ChunkCount / Math.Max(1e-9, run.IndexElapsed.TotalSeconds):#,0} chunks/s)."
        );
        if (run.Results.Count > 0)
        {
            await WriteWrappedAsync(
                output,
                $"Answered {run.Results.Count:#,0} queries in {run.SearchElapsed.TotalSeconds:0.00} s ({run.Results.Count / Math.Max(1e-9, run.SearchElapsed.TotalSeconds):#,0} queries/s)."
            );
        }

        await WriteWrappedAsync(
            output,
            $"Models: {string.Join(", ", run.Manifest!.Models)}. {(hasLiveModels ? "Those not named offline/ were asked over the network" : "No neural model ran")}: models named offline/ are learned from your documents or made of rules."
        );
        await WriteWrappedAsync(
            output,
            $"Written to {run.Request.Output}: index, exports, traces, log, {ProcessingSummary.FileName}{(run.Results.Count > 0 ? ", run.trec" : "")}."
        );
        await output.WriteLineAsync();
        await output.WriteLineAsync("Metrics emission summary:");
        foreach (var line in emissions.Footer().Append(gpu.Footer))
        {
            await output.WriteLineAsync("  " + line);
        }
    }

    private static async Task WriteWrappedAsync(TextWriter output, string text)
    {
        foreach (var line in PassageView.Wrap(text, Width))
        {
            await output.WriteLineAsync(line);
        }
    }

    /// <summary>What went wrong without ending the run.</summary>
    public async Task WriteNotesAsync(TextWriter error)
    {
        if (gpu.Status is GpuStatus.NearLimit or GpuStatus.ExceededSoftLimit)
        {
            await error.WriteLineAsync($"warning: GPU memory {GpuSoftLimit.Describe(gpu)}; see docs/telemetry/rerank_sparse_signals.md#gpu-soft-limit.");
        }

        var read = run.Read!;
        if (read.Duplicates > 0)
        {
            await error.WriteLineAsync($"note: {read.Duplicates} documents left out: the same content was there already.");
        }

        if (read.SkippedByExtension.Count > 0)
        {
            var kinds = string.Join(
                ", ",
                read.SkippedByExtension.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Value} × {(e.Key.Length == 0 ? "no extension" : e.Key)}")
            );
            await error.WriteLineAsync($"note: files of other kinds passed by: {kinds}.");
        }

        foreach (var bad in read.Bad.Take(BadShown))
        {
            await error.WriteLineAsync($"bad: {bad.Source}{(bad.Line is { } line ? $":{line}" : "")}: {bad.Problem}\n  fix: {bad.Fix}");
        }

        if (read.BadCount > BadShown)
        {
            await error.WriteLineAsync($"bad: and {read.BadCount - BadShown} more; see corpus.bad_documents in {ProcessingSummary.FileName}.");
        }

        if (read.BadCount > maxBad)
        {
            await error.WriteLineAsync($"failed: {read.BadCount} documents could not be read, --max-bad allows {maxBad}. Everything else was indexed.");
        }
    }
}
