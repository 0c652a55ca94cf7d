using System.Diagnostics;
using Assay.Tests.Cli.Evaluating;

namespace Assay.Benchmarks.Evaluating;

/// <summary>Runs of the published command over one catalog of generated cases.</summary>
/// <param name="work">A folder of the bench.</param>
/// <param name="cases">How many cases.</param>
internal sealed class AssayRuns(string work, int cases)
{
    private static readonly Dictionary<string, string> Environment = new() { ["OPENAI_API_KEY"] = "stub-key" };

    private readonly string folder = Path.Combine(work, $"assay-{cases}");
    private int runs;

    /// <summary>How many cases.</summary>
    public int Cases => cases;

    /// <summary>The published command.</summary>
    /// <exception cref="AssayException">There is none (exit code 2).</exception>
    public static string Published
    {
        get
        {
            var path = Path.Combine(RepositoryRoot.Find(), "artifacts", "bin", "assay");
            return File.Exists(path)
                ? path
                : throw AssayException.Usage("No published command in artifacts/bin.", "Run eng/publish.sh, or bench/run.sh eval, which does.");
        }
    }

    /// <summary>Starts the command; the caller measures or kills it.</summary>
    public static ProcessStartInfo Start(string folder, params string[] arguments) => CommandRun.Start(Published, arguments, Environment, folder);

    /// <summary>A run from the beginning.</summary>
    /// <param name="model">Where models are asked.</param>
    /// <param name="concurrency">Cases in flight.</param>
    /// <param name="cached">Whether the response cache is written and used; the same for all such runs.</param>
    /// <exception cref="AssayException">It did not pass (exit code 4).</exception>
    public async Task<CommandCost> RunAsync(Uri model, int concurrency, bool cached = false)
    {
        var data = Path.Combine(folder, cached ? "cached" : $"data-{runs++}");
        JudgedCases.Write(Path.Combine(folder, "catalog"), cases);
        var cost = await CommandRun.MeasureAsync(
            Start(
                folder,
                [
                    .. (string[])["eval", "run", JudgedCases.Benchmark, "--data", data, "--cache", cached ? "write" : "off"],
                    .. (string[])["--endpoint", model.ToString(), "--concurrency", $"{concurrency}"],
                ]
            )
        );
        if (cost.ExitCode != (int)ExitCode.Pass)
        {
            throw AssayException.Infrastructure($"`assay eval run` ended with {cost.ExitCode}: {cost.Output}", "Run it by hand to see why.");
        }

        if (!cached)
        {
            Directory.Delete(data, recursive: true);
        }

        return cost;
    }
}
