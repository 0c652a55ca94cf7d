using System.Collections;

namespace Assay.Cli;

/// <summary>What a command sees of the world: where it prints, the environment, the clock. Tests hand it their own.</summary>
/// <param name="Out">Results; with <c>--json</c> exactly one JSON document.</param>
/// <param name="Error">Progress, notes and errors.</param>
/// <param name="Environment">Environment variables.</param>
/// <param name="Time">The clock.</param>
/// <param name="IsTerminal">Whether progress may be drawn and colours used on <paramref name="Error"/>.</param>
internal sealed record CommandSurroundings(
    TextWriter Out,
    TextWriter Error,
    IReadOnlyDictionary<string, string> Environment,
    TimeProvider Time,
    bool IsTerminal
)
{
    /// <summary>Opens standard input; empty unless the process has one.</summary>
    public Func<Stream> OpenInput { get; init; } = () => Stream.Null;

    public static CommandSurroundings OfProcess()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return new CommandSurroundings(Console.Out, Console.Error, variables, TimeProvider.System, !Console.IsErrorRedirected)
        {
            OpenInput = Console.OpenStandardInput,
        };
    }
}
