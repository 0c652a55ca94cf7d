using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Assay.Cli;

/// <summary>A command that shows examples below its help.</summary>
internal sealed class ExampleCommand(string name, string description, string examples) : Command(name, description)
{
    /// <summary>How long a command that only reads or computes may take to end after Ctrl+C.</summary>
    public static readonly TimeSpan ShortStop = TimeSpan.FromSeconds(2);

    /// <summary>The same for a command that first does what it has begun: a run is handed in, processes are ended. A second Ctrl+C ends it at once.</summary>
    public static readonly TimeSpan LongStop = TimeSpan.FromSeconds(30);

    /// <summary>How long it may take to end after Ctrl+C before the process ends whatever it does.</summary>
    public TimeSpan StopLimit { get; set; } = ShortStop;

    /// <summary>Command lines and a word about them, one a line.</summary>
    public string Examples { get; } = examples;
}

/// <summary>The usual help, then the command's examples; a list of commands stays a list of one line each.</summary>
internal sealed class HelpWithExamples(SynchronousCommandLineAction help) : SynchronousCommandLineAction
{
    public static void AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpWithExamples((SynchronousCommandLineAction)option.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is ExampleCommand command)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var line in command.Examples.Split('\n'))
            {
                output.WriteLine("  " + line);
            }

            output.WriteLine();
        }

        return code;
    }
}
