using Assay.Cli.Evaluating;
using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Running;
using Assay.Evaluation.Storing;
using Assay.Releases.Canaries;
using Assay.Releases.Files;
using Assay.Releases.Gates;
using Assay.Server.Releases;

namespace Assay.Cli.Releasing;

/// <summary>Evidence that a command is given: files with a piece a line, and folders of runs.</summary>
/// <param name="release">The release.</param>
/// <param name="benchmarks">What its benchmarks measure.</param>
internal sealed class GivenEvidence(ReleaseFile release, IReadOnlyDictionary<string, BenchmarkSubject> benchmarks)
{
    private const long LargestFile = 16 << 20;

    /// <summary>Reads what was given: <c>PATH</c>, or <c>NAME=PATH</c> where the path alone does not say for which need it is.</summary>
    /// <exception cref="AssayException">A file is no evidence, or nobody can tell for which need it is (exit code 2).</exception>
    public IReadOnlyList<NeededEvidence> Read(IEnumerable<string> given)
    {
        var found = new List<NeededEvidence>();
        foreach (var text in given)
        {
            var evidence = ReadOne(text);
            found.Add(
                found.TrueForAll(f => f.Title != evidence.Title)
                    ? evidence
                    : throw AssayException.Usage($"--evidence: there are two for '{evidence.Title}'.", "Give one file or one run for each need.")
            );
        }

        return found;
    }

    private NeededEvidence ReadOne(string text)
    {
        var split = text.IndexOf('=', StringComparison.Ordinal);
        var isNamed = split > 0 && !File.Exists(text) && !Directory.Exists(text);
        var (name, path) = isNamed ? (text[..split], text[(split + 1)..]) : (null, text);
        return Directory.Exists(path) ? OfRun(path, name) : OfFile(path, name);
    }

    private NeededEvidence OfRun(string path, string? name)
    {
        var folder = RunFolder.Find(path, path);
        var asked = RunSettings.Read(folder);
        var file = BenchmarkCatalog.Find(asked.Benchmark, asked.Catalog);
        var outcome = EvalDecision.Of(RunEnd.Finished, folder, file.Gates, file.Name, asked.Catalog);
        var need = release.Gate.Evidence.Find(n => n.Benchmark == (name ?? file.Name));
        return need is null || need.Benchmark != file.Name
            ? throw AssayException.Usage($"--evidence: '{path}' is a run of '{file.Name}', which the release does not need.", Fix())
            : RunEvidence.Of(need.Title, RunHead.Of(outcome.Verdict, commit: asked.Commit), benchmarks.GetValueOrDefault(file.Name));
    }

    private NeededEvidence OfFile(string path, string? name)
    {
        var pieces = Pieces(path);
        var need = NeedOf(path, name, pieces);
        var source = Path.GetFileName(path);
        return new NeededEvidence(need.Title, source, [.. pieces.Select(p => new EvidencePiece(p))]) { Missing = $"'{source}' holds no evidence." };
    }

    private NeedEntry NeedOf(string path, string? name, IReadOnlyList<Evidence> pieces)
    {
        var needs = release.Gate.Evidence;
        var fitting = name is not null
            ? needs.Where(n => n.Title == name || n.Benchmark == name || n.Experiment == name || n.Slo == name || n.Canary == name).ToList()
            : needs.Where(n => IsOf(n, pieces)).ToList();
        return fitting is [var only]
            ? only
            : throw AssayException.Usage(
                name is not null ? $"--evidence: the release does not need '{name}'." : $"--evidence: '{path}' does not say for which need it is.",
                Fix()
            );
    }

    // Evidence of experiments, SLOs and canaries names them; what does not is a benchmark's, where there is only one.
    private bool IsOf(NeedEntry need, IReadOnlyList<Evidence> pieces) =>
        need switch
        {
            { Experiment: { } experiment } => pieces.Count > 0 && pieces.All(p => p.Metric.StartsWith(experiment + " ", StringComparison.Ordinal)),
            { Canary: { } canary } => pieces.Count > 0
                && pieces.All(p => $"{p.Metric} ".StartsWith(CanaryEvidence.MetricOf(canary) + " ", StringComparison.Ordinal)),
            { Slo: not null } => pieces.Count > 0 && pieces.All(p => p.Metric.StartsWith("slo ", StringComparison.Ordinal)),
            _ => release.Gate.Evidence.Count(n => n.Benchmark is not null) == 1 && !release.Gate.Evidence.Exists(n => n.Benchmark is null && IsOf(n, pieces)),
        };

    private string Fix() =>
        $"Write --evidence NAME=FILE with one of: {string.Join(", ", release.Gate.Evidence.Select(n => n.Benchmark ?? n.Experiment ?? n.Slo ?? n.Canary))}.";

    private static List<Evidence> Pieces(string path)
    {
        var pieces = new List<Evidence>();
        try
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                throw AssayException.Usage($"'{path}' is larger than 16 MiB.", "Give the evidence of one need, one piece a line.");
            }

            var number = 0;
            foreach (var line in File.ReadLines(path))
            {
                number++;
                if (line.Length > 0)
                {
                    pieces.Add(Parse(line, path, number));
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Usage($"Cannot read '{path}': {e.Message}", "Name a file of evidence, one piece a line, or the folder of a run.", e);
        }

        return pieces.Count <= NeededEvidence.MostPieces
            ? pieces
            : throw AssayException.Usage($"'{path}' holds {pieces.Count} pieces of evidence.", $"Give at most {NeededEvidence.MostPieces}.");
    }

    private static Evidence Parse(string line, string path, int number)
    {
        try
        {
            return Evidence.Parse(line);
        }
        catch (AssayException e)
        {
            throw AssayException.Usage($"{path}:{number}: {e.Message}", e.Fix, e);
        }
    }
}
