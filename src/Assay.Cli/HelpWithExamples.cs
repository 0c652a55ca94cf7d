using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Assay.Cli;

/// <summary>A command that shows examples below its help.</summary>
internal sealed class ExampleCommand(string name, string description, string examples) : Command(name, description)
{
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
