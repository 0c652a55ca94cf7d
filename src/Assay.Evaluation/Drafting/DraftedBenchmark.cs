using System.Text.RegularExpressions;
using Assay.Evaluation.Datasets;
using Assay.Files;

namespace Assay.Evaluation.Drafting;

/// <summary>A benchmark made of somebody's questions: a dataset, a benchmark file and a prompt.</summary>
/// <param name="Name">Its name: <c>assay eval run NAME</c>.</param>
/// <param name="Questions">What was read.</param>
/// <param name="Identity">The dataset that was written.</param>
/// <param name="Files">The files that were written.</param>
internal sealed partial record DraftedBenchmark(string Name, QuestionList Questions, DatasetIdentity Identity, IReadOnlyList<string> Files)
{
    /// <summary>Reads questions and writes the files below a catalog.</summary>
    /// <exception cref="AssayException">
    /// The questions cannot be read, the name is none, or a file is there already and <paramref name="overwrite"/> is false (exit code 2); nothing is written then.
    /// </exception>
    public static DraftedBenchmark Make(DraftOrder order, bool overwrite)
    {
        var name = NameOf(order);
        var dataset = Path.Combine(order.Catalog, "datasets", name + ".jsonl");
        var benchmark = Path.Combine(order.Catalog, "benchmarks", name + ".yaml");
        var prompt = Path.Combine(order.Catalog, "prompts", name + "_answer@1.yaml");
        List<string> files = [dataset, benchmark, prompt];
        if (!overwrite && files.Find(File.Exists) is { } there)
        {
            throw AssayException.Usage($"'{there}' exists.", "Give another name with --name, or write over it with --force.");
        }

        var questions = QuestionList.Read(order.Questions, order.Columns);
        var hasJudge = File.Exists(Path.Combine(order.Catalog, "judges", BenchmarkDraft.Judge + ".yaml"));
        CaseWriter.Write(dataset, questions.Cases);
        AtomicFile.WriteText(benchmark, BenchmarkDraft.Of(new DraftRequest(name, Path.GetFileName(order.Questions), questions.Cases, order.Url, hasJudge)));
        // Where a service is asked the prompt serves dry runs.
        AtomicFile.WriteText(prompt, PromptDraft.Of(name, questions.Cases));
        return new DraftedBenchmark(name, questions, Dataset.Open(dataset).Identity, files);
    }

    private static string NameOf(DraftOrder order)
    {
        var name = order.Name ?? NotInNames().Replace(Path.GetFileName(order.Questions).Split('.')[0].ToLowerInvariant(), "_").Trim('_');
        return ProperName().IsMatch(name)
            ? name
            : throw AssayException.Usage(
                order.Name is null ? $"'{Path.GetFileName(order.Questions)}' gives no name of a benchmark." : $"'{name}' is no name of a benchmark.",
                "Give one with --name: small letters, digits and _, a letter first, at most 50."
            );
    }

    [GeneratedRegex("[^a-z0-9_]+", RegexOptions.NonBacktracking)]
    private static partial Regex NotInNames();

    [GeneratedRegex("^[a-z][a-z0-9_]{0,49}$", RegexOptions.NonBacktracking)]
    private static partial Regex ProperName();
}

/// <summary>What is to be drafted.</summary>
/// <param name="Questions">The CSV file.</param>
/// <param name="Catalog">The folder of the catalog.</param>
/// <param name="Name">The benchmark's name; made from the file's when null.</param>
/// <param name="Url">The service that is asked; null for a prompt.</param>
/// <param name="Columns">Columns by the part of a case that they fill, where names do not tell.</param>
internal sealed record DraftOrder(string Questions, string Catalog, string? Name, string? Url, IReadOnlyDictionary<string, string> Columns);
