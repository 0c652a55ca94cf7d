using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Gates.Learning;
using Assay.Evaluation.Running;

namespace Assay.Cli.Evaluating;

/// <summary>What is kept of a blessed run so that limits can be learned from it, or why nothing can be.</summary>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Run">The run in numbers; null when its gates cannot be decided any more.</param>
/// <param name="Lack">Why not.</param>
internal sealed record BlessingRecord(string Benchmark, BlessedRun? Run, string? Lack)
{
    /// <summary>Decides the gates of a run once more, as the catalog has them now.</summary>
    public static BlessingRecord Of(RunFolder folder, string catalog, string by, DateTimeOffset now)
    {
        try
        {
            var file = BenchmarkCatalog.Find(RunSettings.Read(folder).Benchmark, catalog);
            var outcome = EvalDecision.Of(RunEnd.Finished, folder, file.Gates, file.Name, catalog);
            return new(file.Name, BlessedRun.Of(outcome.Verdict, by, now), Lack: null);
        }
        catch (AssayException e)
        {
            return new("", Run: null, e.Message);
        }
    }

    /// <summary>Adds it to the history of its benchmark. A blessing holds without it; what is missing is said.</summary>
    /// <exception cref="AssayException">The history cannot be read (exit code 2) or written (4).</exception>
    public async Task KeepAsync(string catalog, TextWriter error)
    {
        if (Run is null)
        {
            await error.WriteLineAsync($"note: no limit will be learned from this run: {Lack}");
            return;
        }

        BlessedHistory.Add(BlessedHistory.PathOf(catalog, Benchmark), Run);
    }
}
