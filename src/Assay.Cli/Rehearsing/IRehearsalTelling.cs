using Assay.Releases.Rehearsals;

namespace Assay.Cli.Rehearsing;

/// <summary>Who is told how a rehearsal goes on: lines of a log, or a person who says when.</summary>
internal interface IRehearsalTelling
{
    /// <summary>A part has come about.</summary>
    Task TellAsync(string what);

    /// <summary>The fault comes next; it waits for this.</summary>
    Task BeforeFaultAsync(RehearsalScenario scenario, CancellationToken cancellationToken);

    /// <summary>It is over.</summary>
    /// <returns>What was learned; may be nothing.</returns>
    Task<IReadOnlyList<string>> AfterAsync(RehearsalResult result, CancellationToken cancellationToken);
}

/// <summary>A line for each part, with the time since the begin.</summary>
internal sealed class RehearsalLines(CommandSurroundings surroundings, string name) : IRehearsalTelling
{
    private readonly long started = surroundings.Time.GetTimestamp();

    public Task TellAsync(string what) =>
        surroundings.Error.WriteLineAsync(FormattableString.Invariant($"{surroundings.Time.GetElapsedTime(started).TotalSeconds, 7:0.0} s  {name}: {what}"));

    public Task BeforeFaultAsync(RehearsalScenario scenario, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<IReadOnlyList<string>> AfterAsync(RehearsalResult result, CancellationToken cancellationToken)
    {
        await TellAsync($"{(result.Verdict == Verdict.Pass ? "pass" : "FAIL")}. {result.Reason}");
        return [];
    }
}
