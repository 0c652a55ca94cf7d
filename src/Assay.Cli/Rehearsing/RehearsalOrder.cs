using Assay.Releases.Rehearsals;

namespace Assay.Cli.Rehearsing;

/// <summary>What is to be rehearsed.</summary>
/// <param name="Scenarios">The scenarios, in order.</param>
/// <param name="Times">How often each.</param>
/// <param name="ServicePath">The program of the sample service.</param>
internal sealed record RehearsalOrder(IReadOnlyList<RehearsalScenario> Scenarios, int Times, string ServicePath)
{
    /// <summary>The most times.</summary>
    public const int MostTimes = 100;

    private const string Folder = "artifacts";
    private static readonly string Program = Path.Combine("rag-service", OperatingSystem.IsWindows() ? "RagService.exe" : "RagService");

    /// <summary>What is allowed until it is found; null for each scenario's own.</summary>
    public TimeSpan? Detect { get; init; }

    /// <summary>What is allowed until all is well; null for each scenario's own.</summary>
    public TimeSpan? Restore { get; init; }

    /// <summary>Whether a person says when.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Whether the folders of the stages stay.</summary>
    public bool Keeps { get; init; }

    /// <summary>Lessons that were known before, kept with each result.</summary>
    public IReadOnlyList<string> Lessons { get; init; } = [];

    /// <summary>The budget of a scenario.</summary>
    public RehearsalBudget BudgetOf(RehearsalScenario scenario)
    {
        var detect = Detect ?? scenario.Budget.Detect;
        var restore = Restore ?? scenario.Budget.Restore;
        // What was found late was not restored before.
        return new RehearsalBudget(detect, restore > detect ? restore : detect);
    }

    /// <summary>The program of the sample service: the one that is named, or the one that was built with this program.</summary>
    /// <exception cref="AssayException">There is none (exit code 2).</exception>
    public static string FindService(string? named)
    {
        string[] places = named is not null ? [named] : [Path.Combine(Folder, Program), Path.Combine(AppContext.BaseDirectory, "..", Program)];
        return places.Select(Path.GetFullPath).FirstOrDefault(File.Exists)
            ?? throw AssayException.Usage(
                $"There is no sample service '{places[0]}'.",
                "Build it in the repository with `make up` or `eng/publish.sh` and run the command there, or name its program with --service."
            );
    }
}
