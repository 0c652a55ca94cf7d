using Assay.Releases.Rehearsals;

namespace Assay.Cli.Rehearsing;

/// <summary>Rehearsals one after the other, each on a stage of its own.</summary>
/// <param name="order">What is rehearsed.</param>
/// <param name="surroundings">Where it is told.</param>
internal sealed class RehearsalSession(RehearsalOrder order, CommandSurroundings surroundings)
{
    /// <summary>Rehearses all of it.</summary>
    /// <param name="keep">Is given all results so far after each: what was rehearsed stays, should the next not end.</param>
    /// <param name="cancellationToken">Takes the stage down.</param>
    /// <exception cref="AssayException">A stage does not work (exit code 4).</exception>
    public async Task<RehearsalReport> RunAsync(Func<RehearsalReport, Task> keep, CancellationToken cancellationToken)
    {
        var began = surroundings.Time.GetUtcNow();
        using var input = order.IsInteractive ? new StreamReader(surroundings.OpenInput()) : TextReader.Null;
        var results = new List<RehearsalResult>();
        foreach (var (scenario, time) in order.Scenarios.SelectMany(s => Enumerable.Range(1, order.Times).Select(t => (s, t))))
        {
            results.Add(await RehearseAsync(scenario, time, input, cancellationToken));
            await keep(RehearsalReport.Of(CommandLine.Version, began, results));
        }

        return RehearsalReport.Of(CommandLine.Version, began, results);
    }

    private async Task<RehearsalResult> RehearseAsync(RehearsalScenario scenario, int time, TextReader input, CancellationToken cancellationToken)
    {
        var lines = new RehearsalLines(surroundings, order.Times == 1 ? scenario.Name : FormattableString.Invariant($"{scenario.Name} {time}/{order.Times}"));
        IRehearsalTelling tell = order.IsInteractive ? new RehearsalConversation(lines, surroundings, input) : lines;
        var budget = order.BudgetOf(scenario);
        var result = RehearsalResult.Of(scenario, time, budget, await MeasureAsync(scenario, budget, tell, cancellationToken));
        return result with { Lessons = [.. order.Lessons, .. await tell.AfterAsync(result, cancellationToken)] };
    }

    private async Task<RehearsalMeasures> MeasureAsync(
        RehearsalScenario scenario,
        RehearsalBudget budget,
        IRehearsalTelling tell,
        CancellationToken cancellationToken
    )
    {
        await tell.TellAsync("a hub and a sample service are started");
        await using var stage = await Stage.OpenAsync(order.ServicePath, order.Keeps, surroundings, cancellationToken);
        if (order.Keeps)
        {
            await tell.TellAsync($"they keep what they do in {stage.Folder}");
        }

        return await new Rehearsal(scenario, budget, stage, tell, surroundings.Time).RunAsync(cancellationToken);
    }
}
