namespace Assay.Releases.Rehearsals;

/// <summary>The scenarios, in the order in which they are rehearsed.</summary>
internal static class RehearsalScenarios
{
    // From the fault: telemetry leaves a service within one second, a look comes every one to two, and a share of failures needs some ten of them: about two seconds of the stage's
    // traffic. That is five to six seconds when all goes well; the budget is two and a half times that, since a machine is busy now and then. See docs/guide/rehearsals.md.
    private static readonly RehearsalBudget Usual = new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(20));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RehearsalScenario> All { get; } =
    [
        new("canary_failure", "The candidate fails 80 % of its questions from the first one on.", new RehearsalFault("errors") { Percent = 80 }, Usual)
        {
            IsBroken = true,
            FoundBy = [RehearsalStage.Errors],
            How = "the plain rule for what fails grossly, at the first look that sees it",
        },
        new("error_spike", "30 % of the candidate's questions begin to fail.", new RehearsalFault("errors") { Percent = 30 }, Usual)
        {
            FoundBy = [RehearsalStage.Errors],
            How = "the sequential test of its errors against control's",
        },
        new("latency_degradation", "The candidate's answers begin to take 1.5 s longer.", new RehearsalFault("latency") { Ms = 1_500 }, Usual)
        {
            FoundBy = [RehearsalStage.Latency],
            How = "the sequential test of its P95 against control's",
        },
        new("health_check_failure", "The candidate says that it is not ready, and answers nobody.", new RehearsalFault("readiness"), Usual)
        {
            FoundBy = [RehearsalStage.Ready],
            How = "the probe of its readiness",
        },
        new("memory_leak", "Each question of the candidate leaves 2 MiB of memory behind.", new RehearsalFault("memory") { MegaBytes = 2 }, Usual)
        {
            FoundBy = [RehearsalStage.Memory, RehearsalStage.Errors],
            How = "the probe of its memory before questions fail, or their errors once memory is used up",
        },
        new(
            "dependency_failure",
            "What the candidate answers from is away: questions wait 0.8 s and fail.",
            new RehearsalFault("dependency") { Ms = 800 },
            Usual
        )
        {
            FoundBy = [RehearsalStage.Errors, RehearsalStage.Latency],
            How = "its errors, or its P95, whichever is proven first",
        },
    ];

    /// <summary>Those that were named, in the order of <see cref="All"/>; all when none was.</summary>
    /// <exception cref="AssayException">There is no such scenario (exit code 2).</exception>
    public static IReadOnlyList<RehearsalScenario> Named(IReadOnlyCollection<string> names)
    {
        var known = All.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        return names.FirstOrDefault(n => !known.Contains(n)) is { } unknown
                ? throw AssayException.Usage(
                    $"There is no scenario '{string.Concat(unknown.Take(80).Where(c => !char.IsControl(c)))}'.",
                    $"Name one of {string.Join(", ", known)}; `assay release rehearse --list` tells what each breaks."
                )
            : names.Count == 0 ? All
            : [.. All.Where(s => names.Contains(s.Name))];
    }
}
