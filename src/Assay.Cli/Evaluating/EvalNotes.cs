using System.Globalization;
using Assay.Cli.Showing;
using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Running;

namespace Assay.Cli.Evaluating;

/// <summary>What is said beside the result, on standard error: what a run will take, and how to go on with one that stopped.</summary>
internal static class EvalNotes
{
    public static async Task BeginAsync(CommandSurroundings surroundings, BenchmarkParts parts, RunEstimate estimate, EvalSession session, RunFolder folder)
    {
        var content = parts.Content;
        var begin = Line(
            $"{parts.File.Name}: {content.Dataset.Cases:#,0} cases{(content.Repeats > 1 ? $" × {content.Repeats} repeats" : "")}, {content.Target}{(content.IsDryRun ? " (dry run: offline models)" : "")}"
        );
        foreach (
            var line in (string[])
                [
                    .. WrappedText.Lines(begin),
                    .. Indented($"{Sentence(estimate)} {session.Concurrency} at once{Limit(session)}."),
                    .. SelfJudged(parts.Calls).SelectMany(Indented),
                    $"  run {folder.Id}",
                ]
        )
        {
            await surroundings.Error.WriteLineAsync(line);
        }
    }

    private static IEnumerable<string> SelfJudged(IReadOnlyList<PlannedCall> calls) =>
        calls
            .Where(call => call.IsJudge)
            .Select(call => call.Model)
            .Distinct()
            .Where(model => calls.Any(call => !call.IsJudge && call.Model == model))
            .Select(model => $"{model} judges its own answers and may favour them; --judge-model names another.");

    private static IEnumerable<string> Indented(string text) => WrappedText.Within(text, 78).Select(line => "  " + line);

    public static async Task EndAsync(CommandSurroundings surroundings, RunOutcome outcome)
    {
        if (outcome.UnusedLimits is { } unused)
        {
            await surroundings.Error.WriteLineAsync("note: " + unused);
        }

        var why = outcome.End switch
        {
            RunEnd.Cancelled => "Stopped",
            RunEnd.OutOfTime => "The time is used up",
            RunEnd.OverBudget => "The money is used up",
            _ => null,
        };
        if (why is not null)
        {
            await surroundings.Error.WriteLineAsync(
                Line($"{why} after {outcome.Summary.Done:#,0} of {outcome.Summary.Plan.Content.Asked:#,0} cases. Nothing is lost; {GoOn(outcome)}")
            );
        }
    }

    // A spending limit is the command's and not the run's: whoever pastes a line without one goes on without any.
    private static string GoOn(RunOutcome outcome) =>
        outcome.End == RunEnd.OverBudget
            ? Line(
                $"${outcome.Summary.Timings.Paid.Dollars:0.00##} are spent. Go on with N dollars for the whole run: assay eval resume {outcome.Folder.Id} --max-cost N"
            )
            : $"go on with: assay eval resume {outcome.Folder.Id}";

    /// <summary>The estimate in words.</summary>
    public static string Sentence(RunEstimate estimate) =>
        estimate.Calls == 0
            ? "No model is called."
            : Line(
                $"About {estimate.Calls:#,0} calls, {estimate.InputTokens:#,0} input and {Most(estimate)} {estimate.OutputTokens:#,0} output tokens, {Cost(estimate)}."
            );

    private static string Cost(RunEstimate estimate) =>
        estimate.Cost is { } cost ? Line($"{Most(estimate)} ${cost.Dollars:0.00##}") : $"cost unknown (no price of {string.Join(", ", estimate.Unpriced)})";

    private static string Most(RunEstimate estimate) => estimate.OutputIsBounded ? "at most" : "about";

    private static string Limit(EvalSession session) => session.Spending is { } limit ? Line($", at most ${limit.Limit.Dollars:0.00##}") : "";

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
