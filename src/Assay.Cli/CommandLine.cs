using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Assay.Cli.Commands;
using Assay.Models.Calls;

namespace Assay.Cli;

/// <summary>The command line of <c>assay</c>: a table of contents of its groups, and what every command has in common.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, CommandSurroundings surroundings)
    {
        if (args is ["--version"])
        {
            await surroundings.Out.WriteLineAsync(Version);
            return (int)ExitCode.Pass;
        }

        var parsed = Root(surroundings).Parse(args.Length == 0 ? ["--help"] : args);
        var mistyped = parsed.Action == parsed.CommandResult.Command.Action ? Mistyped(parsed, args) : [];
        if (parsed.Action is ParseErrorAction || mistyped.Count > 0)
        {
            await WriteUsageErrorsAsync(parsed, mistyped, surroundings);
            return (int)ExitCode.WrongUsage;
        }

        var stopLimit = (parsed.CommandResult.Command as ExampleCommand)?.StopLimit ?? ExampleCommand.ShortStop;
        using var second = stopLimit > ExampleCommand.ShortStop ? new SecondSignal() : null;
        return await GuardAsync(
            () =>
                parsed.InvokeAsync(
                    new InvocationConfiguration
                    {
                        Output = surroundings.Out,
                        Error = surroundings.Error,
                        EnableDefaultExceptionHandler = false,
                        ProcessTerminationTimeout = stopLimit,
                    }
                ),
            surroundings
        );
    }

    public static string Version { get; } = typeof(CommandLine).Assembly.GetName().Version?.ToString(fieldCount: 3) ?? "0.0.0";

    /// <summary>All commands.</summary>
    public static RootCommand Root(CommandSurroundings surroundings)
    {
        var root = new RootCommand(
            """
            Assay: is this change to a RAG or LLM service safe to ship, and is it still fine now that it has shipped?

            Exit codes: 0 pass, 1 fail, 2 wrong usage or input, 3 inconclusive or no data, 4 infrastructure.
            Every command takes --json: one JSON document on standard output, all else on standard error.
            """
        )
        {
            ServeCommand.Create(surroundings),
            SignInCommand.Create(surroundings),
            TraceCommand.Create(surroundings),
            SloCommand.Create(surroundings),
            RagCommand.Create(surroundings),
            StatsCommand.Create(surroundings),
            PromptCommand.Create(surroundings),
            DataCommand.Create(surroundings),
            EvalCommand.Create(surroundings),
            CanaryCommand.Create(surroundings),
            FlagCommand.Create(surroundings),
            ExperimentCommand.Create(surroundings),
            ReleaseCommand.Create(surroundings),
        };
        HelpWithExamples.AddTo(root);
        return root;
    }

    private static async Task<int> GuardAsync(Func<Task<int>> work, CommandSurroundings surroundings)
    {
        try
        {
            return await work();
        }
        catch (AssayException e)
        {
            await surroundings.Error.WriteLineAsync($"error: {e.Message}\n  fix: {e.Fix}");
            return (int)e.ExitCode;
        }
        catch (ModelCallException e)
        {
            // Its message ends with what to do.
            await surroundings.Error.WriteLineAsync($"error: {e.Message}");
            return (int)ExitCode.Infrastructure;
        }
        catch (OperationCanceledException)
        {
            await surroundings.Error.WriteLineAsync("stopped. Nothing half-written was left behind.");
            return (int)ExitCode.Infrastructure;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            await surroundings.Error.WriteLineAsync($"error: {e.Message}\n  fix: check disk space, memory and permissions, then run the command again.");
            return (int)ExitCode.Infrastructure;
        }
    }

    /// <summary>Options that do not exist: the parser would take them for a path or a question. After <c>--</c> they are meant so.</summary>
    private static List<string> Mistyped(ParseResult parsed, string[] args) =>
        args.Contains("--")
            ? []
            :
            [
                .. parsed
                    .CommandResult.Children.OfType<ArgumentResult>()
                    .SelectMany(a => a.Tokens)
                    .Where(t => t.Value.StartsWith("--", StringComparison.Ordinal))
                    .Select(t => $"There is no option '{t.Value}'. If it is no option, write -- before it."),
            ];

    private static async Task WriteUsageErrorsAsync(ParseResult parsed, IEnumerable<string> mistyped, CommandSurroundings surroundings)
    {
        foreach (var error in parsed.Errors.Select(e => e.Message).Concat(mistyped))
        {
            await surroundings.Error.WriteLineAsync($"error: {error}");
        }

        var path = new List<string>();
        for (var at = parsed.CommandResult; at is not null; at = at.Parent as CommandResult)
        {
            path.Insert(0, at.Command is RootCommand ? "assay" : at.Command.Name);
        }

        await surroundings.Error.WriteLineAsync($"  fix: see `{string.Join(' ', path)} --help`.");
    }
}
