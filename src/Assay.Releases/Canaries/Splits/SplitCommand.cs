using Assay.Processes;

namespace Assay.Releases.Canaries.Splits;

/// <summary>Runs what moves traffic.</summary>
internal static class SplitCommand
{
    /// <summary>A command that takes longer is killed: traffic is then in an unknown state and set again.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private const int MostShown = 300;

    /// <summary>Runs it; done when it ends with 0.</summary>
    /// <exception cref="AssayException">It could not be started, took too long or ended otherwise (exit code 4).</exception>
    public static async Task RunAsync(IReadOnlyList<string> command, TimeProvider time, CancellationToken cancellationToken)
    {
        var answer = await BoundedProcess.RunAsync(new ProcessCall(command[0], [.. command.Skip(1)], Limit), time, cancellationToken);
        if (answer is { Ending: ProcessEnding.Exited, ExitCode: 0 })
        {
            return;
        }

        throw AssayException.Infrastructure(
            $"`{string.Join(' ', command)}` {HowItEnded(answer)}.{Shown(answer)}",
            "Run it by hand on the machine of the hub, mend it, and look again: it is tried at every look."
        );
    }

    private static string HowItEnded(ProcessAnswer answer) =>
        answer.Ending switch
        {
            ProcessEnding.Exited => $"ended with exit code {answer.ExitCode}",
            ProcessEnding.NotFound => "was not found",
            ProcessEnding.TimedOut => $"did not end within {Limit.TotalSeconds:0} s",
            ProcessEnding.TooMuchOutput => "wrote more than 64 KiB",
            _ => "could not be started",
        };

    private static string Shown(ProcessAnswer answer)
    {
        var said = (answer.Error.Length > 0 ? answer.Error : answer.Output).Trim();
        var line = string.Concat(said.Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length == 0 ? "" : $" It said: {(line.Length > MostShown ? line[..MostShown] + "…" : line)}";
    }
}
