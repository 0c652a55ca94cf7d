using System.Text;
using Assay.Evaluation.Datasets;

namespace Assay.Evaluation.Drafting;

/// <summary>What a drafted benchmark is made of.</summary>
/// <param name="Name">Its name, and that of its files.</param>
/// <param name="Source">The file with the questions, for the comment at the top.</param>
/// <param name="Cases">The cases.</param>
/// <param name="Url">The service that is asked; null for a prompt and a model.</param>
/// <param name="HasJudge">Whether the catalog has the judge <see cref="BenchmarkDraft.Judge"/>.</param>
internal sealed record DraftRequest(string Name, string Source, IReadOnlyList<Case> Cases, string? Url, bool HasJudge);

/// <summary>The text of a benchmark file, written once; from then on it is its owner's.</summary>
internal static class BenchmarkDraft
{
    /// <summary>The judge that is drafted where the catalog has it.</summary>
    public const string Judge = "answer_quality";

    /// <summary>Fewer cases are a smoke test: no interval decides over them.</summary>
    private const int FewestForIntervals = 5;

    public static string Of(DraftRequest request)
    {
        var cases = request.Cases;
        var text = new StringBuilder();
        text.Append(
            $"""
            # Drafted by `assay eval init` from {request.Source}: {cases.Count} questions. It is yours: change what you like.
            # Run it without a model first:  assay eval run {request.Name} --dry-run
            name: {request.Name}
            description: {Quoted($"Questions of {request.Source}.")}
            language: {(AnswerShapes.AreRussian(cases) ? "ru" : "en")}
            {Mode(cases.Count)}
            dataset: ../datasets/{request.Name}.jsonl

            """
        );
        text.Append('\n').Append(Target(request)).Append('\n').Append(Metrics(request)).Append('\n').Append(Gates(request)).Append('\n');
        return text.Append(Limits(request.Name)).ToString().ReplaceLineEndings("\n");
    }

    // A file may be called "q: a #1.csv".
    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Mode(int cases) =>
        cases >= FewestForIntervals
            ? "mode: full"
            : "mode: smoke                       # fewer than 5 cases: gates compare the figures themselves, and a release does not rest on them";

    private static string Target(DraftRequest request) =>
        request.Url is { } url
            ? $$$"""
                # The service that is asked: POST with this body. A path names keys of its JSON answer; [] after a key means each of its items.
                target:
                  http:
                    url: {{{Quoted(url)}}}
                    request: '{"question": "{{input}}"}'
                    answer: answer
                    # contexts: passages[].text           # passages that it used, for faithfulness
                    # retrievedIds: passages[].document   # documents that it found, best first, for recall and mrr
                    timeoutSeconds: 60

                """
            : $"""
                # The prompt is catalog/prompts/{request.Name}_answer@1.yaml. To ask a service instead: `assay eval init … --url http://… --force`.
                target:
                  prompt: {request.Name}_answer@1
                  model: gpt-4.1-mini              # any model of your endpoint

                """;

    private static string Metrics(DraftRequest request)
    {
        var lines = new StringBuilder("metrics:\n");
        lines.Append(
            request.HasJudge
                ? $"  - kind: judge\n    judge: {Judge}          # catalog/judges/{Judge}.yaml; calibrate it: assay eval calibrate {Judge}\n"
                : $"  # A judge reads answers as a person does; write catalog/judges/{Judge}.yaml and take the marks away:\n  # - kind: judge\n  #   judge: {Judge}\n"
        );
        lines.Append(
            AnswerShapes.Of(request.Cases) switch
            {
                AnswerShape.Numbers =>
                    "  - kind: numeric                  # the last number of the answer against the expected one\n    relativeTolerance: 0.01\n",
                AnswerShape.Short => "  - kind: contains                 # the expected words stand in the answer\n    ignoreCase: true\n",
                AnswerShape.Prose =>
                    "  - kind: rouge_l                  # words in common with the expected answer, in its order\n    stem: true\n  - kind: chrf                     # common runs of characters\n",
                _ => "",
            }
        );
        lines.Append(
            request.Cases.All(c => c.Contexts.Count > 0) ? "  - kind: faithfulness             # what the answer claims stands in the passages\n" : ""
        );
        lines.Append(request.Cases.Any(c => c.Relevant.Count > 0) ? RankingMetrics(request) : "");
        return lines.Append("  - kind: latency_ms\n  - kind: cost_usd\n").ToString();
    }

    // A prompt retrieves nothing; only a service has documents to rank.
    private static string RankingMetrics(DraftRequest request)
    {
        var mark = request.Url is null ? "# " : "";
        var why = request.Url is null ? "# For a service that says which documents it found (see `retrievedIds`):" : "# Needs `retrievedIds` above.";
        return $"  {why}\n  {mark}- kind: recall\n  {mark}  k: 5\n  {mark}- kind: mrr\n";
    }

    private static string Gates(DraftRequest request)
    {
        var main = AnswerShapes.Of(request.Cases) switch
        {
            _ when request.HasJudge => ("judge", "atLeast: 0.7\n    warn: 0.75"),
            AnswerShape.Numbers => ("numeric", "atLeast: 0.8\n    warn: 0.85"),
            AnswerShape.Short => ("contains", "atLeast: 0.8\n    warn: 0.85"),
            AnswerShape.Prose => ("rouge_l", "atLeast: 0.2                   # overlap has no natural threshold: set it after the first run\n    warn: 0.25"),
            _ => ("latency_ms", ""),
        };
        var quality = main.Item2.Length == 0 ? "" : $"  - metric: {main.Item1}\n    statistic: mean\n    {main.Item2}\n";
        return $"""
            # The interval decides, not the figure: pass, fail, or how many more cases are needed.
            gates:
            {quality}  - metric: latency_ms
                statistic: mean
                atMost: 10000
              # Once a run is blessed (assay eval bless RUN), a change must not be worse than it by more than the margin:
              # - metric: {main.Item1}
              #   statistic: difference
              #   margin: {(main.Item1 == "latency_ms" ? "500" : "0.03")}

            """;
    }

    private static string Limits(string name) =>
        $$"""
            repeats: 1
            concurrency: 8
            limits: { maxCostUsd: 1.00, maxMinutes: 20 }
            dryRun:
              target: { offline: extract, prompt: {{name}}_answer@1 }   # quotes from the passages; no model, no network
              judge: offline/overlap

            """;
}
