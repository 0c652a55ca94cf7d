using Assay.Cli.Showing;
using Assay.Releases.Rehearsals;

namespace Assay.Cli.Rehearsing;

/// <summary>A person who says when the fault comes, and afterwards what was learned.</summary>
/// <param name="lines">What is told all the same.</param>
/// <param name="surroundings">Where it is said.</param>
/// <param name="input">The person's lines.</param>
internal sealed class RehearsalConversation(RehearsalLines lines, CommandSurroundings surroundings, TextReader input) : IRehearsalTelling
{
    /// <summary>The most lessons of a rehearsal.</summary>
    public const int MostLessons = 20;

    private const int LongestLesson = 500;

    public Task TellAsync(string what) => lines.TellAsync(what);

    public async Task BeforeFaultAsync(RehearsalScenario scenario, CancellationToken cancellationToken)
    {
        await SayAsync(
            $"{scenario.Name}: {scenario.What} It is to be found by {scenario.How}. Who would notice it, and what would you do? Press Enter to bring it about."
        );
        await ReadAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<string>> AfterAsync(RehearsalResult result, CancellationToken cancellationToken)
    {
        await lines.AfterAsync(result, cancellationToken);
        foreach (var fact in result.Facts)
        {
            await SayAsync("- " + fact);
        }

        await SayAsync($"The runbook for it: docs/runbooks/en/rollback.md#{result.Scenario}. Press Enter to go on.");
        await ReadAsync(cancellationToken);
        var lessons = new List<string>();
        while (lessons.Count < MostLessons)
        {
            await SayAsync(lessons.Count == 0 ? "What did you learn? (one line; empty for nothing)" : "And what else? (empty to go on)");
            if (await ReadAsync(cancellationToken) is not { } lesson || string.IsNullOrWhiteSpace(lesson))
            {
                break;
            }

            lessons.Add(Whole(lesson));
        }

        return lessons;
    }

    /// <summary>A lesson as it is kept: one line of at most 500 characters.</summary>
    public static string Whole(string lesson)
    {
        var line = string.Concat(lesson.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length <= LongestLesson ? line : line[..LongestLesson];
    }

    private Task SayAsync(string text) => surroundings.Error.WriteLineAsync(string.Join(Environment.NewLine, WrappedText.Lines(text)));

    // A terminal gives its line when it wants to; who stops the command does not wait for it.
    private Task<string?> ReadAsync(CancellationToken cancellationToken) => Task.Run(input.ReadLine, cancellationToken).WaitAsync(cancellationToken);
}
