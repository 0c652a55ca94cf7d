using System.Globalization;

namespace Assay.Tests.Cli.Evaluating;

/// <summary>A catalog with one benchmark: questions of which each is answered and then judged by a rubric of its own, two calls a case, none like another.</summary>
internal static class JudgedCases
{
    public const string Benchmark = "release_gates";

    private const string BenchmarkFile = """
        name: release_gates
        description: Questions about release gates, each judged by its own rubric.
        dataset: ../datasets/cases.jsonl
        target:
          prompt: brief_answer@1
        metrics:
          - kind: judge
            judge: names_a_gate
        gates:
          - metric: judge
            statistic: mean
            atLeast: 0.7
        """;

    private const string AnswerPrompt = """
        name: brief_answer
        version: 1
        description: Answers briefly.
        model: stub
        parameters:
          temperature: 0
          maxOutputTokens: 64
        inputs: [input]
        user: "Answer briefly: {{input}}"
        """;

    private const string JudgePrompt = """
        name: judge_rubric
        version: 1
        description: Scores an answer against a rubric.
        parameters:
          temperature: 0
          maxOutputTokens: 64
        inputs: [input, answer, expected, scale]
        system: |
          You grade an answer against a rubric. {{scale}}
          Reply with one JSON object and nothing else: {"reason": "<why>", "score": <score>}
        user: |
          <question>{{input}}</question>
          <answer>{{answer}}</answer>
          <rubric>{{expected}}</rubric>
        """;

    private const string Judge = """
        name: names_a_gate
        kind: rubric
        description: Scores an answer by the rubric of its case.
        prompts: [judge_rubric@1]
        model: stub
        threshold: 0.5
        """;

    /// <summary>Writes the catalog.</summary>
    /// <param name="folder">Where; made when it is not there.</param>
    /// <param name="cases">How many.</param>
    public static void Write(string folder, int cases)
    {
        Write(folder, $"benchmarks/{Benchmark}.yaml", [BenchmarkFile]);
        Write(folder, "prompts/brief_answer@1.yaml", [AnswerPrompt]);
        Write(folder, "prompts/judge_rubric@1.yaml", [JudgePrompt]);
        Write(folder, "judges/names_a_gate.yaml", [Judge]);
        Write(folder, "datasets/cases.jsonl", Enumerable.Range(0, cases).Select(Case));
    }

    /// <summary>What a case asks.</summary>
    public static string Question(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"Case {number}: which release gate protects change #{number * 7919L % 10007}, and why?");

    /// <summary>What it is judged by.</summary>
    public static string Rubric(int number) => string.Create(CultureInfo.InvariantCulture, $"Rubric {number}: the answer names a gate and gives a reason.");

    private static string Case(int number) => $$"""{"id": "case-{{number}}", "input": "{{Question(number)}}", "expected": "{{Rubric(number)}}"}""";

    private static void Write(string folder, string name, IEnumerable<string> lines)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllLines(path, lines);
    }
}
