using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Cli.Flagging;
using Assay.Experimentation.Flags;
using Assay.Server.Flags.Ofrep;

namespace Assay.Cli.Commands;

/// <summary><c>assay flag explain</c>: why a unit gets its variant.</summary>
internal static class FlagExplainCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var name = FlagOptions.Name();
        var unit = new Option<string>("--unit")
        {
            Description = "The unit's key: a user, a tenant, a session.",
            HelpName = "KEY",
            Required = true,
        };
        var attributes = new Option<string[]>("--attribute")
        {
            Description = "What rules ask about: name=value; may be given several times. A value is read as JSON where it is some.",
            HelpName = "NAME=VALUE",
        };
        var command = new ExampleCommand(
            "explain",
            "Say what a flag is for a unit, and why: each rule and condition with its outcome, and where the unit stands in the shares.",
            """
            assay flag explain rag_plus_plus --unit user-17
            assay flag explain rag_plus_plus --unit user-17 --attribute group=beta --attribute age=34
            """
        )
        {
            name,
            unit,
            attributes,
        };
        command.Shows(
            new FlagOptions(),
            surroundings,
            (source, parsed, cancellationToken) =>
                source.ExplainAsync(parsed.GetValue(name)!, Body(parsed.GetValue(unit)!, parsed.GetValue(attributes) ?? []), cancellationToken),
            ExplanationView.Lines,
            explained => explained.Evaluation.Error == EvaluationError.None ? ExitCode.Pass : ExitCode.Inconclusive
        );
        return command;
    }

    private static JsonElement Body(string unit, string[] attributes)
    {
        var context = new JsonObject { [OfrepContext.TargetingKey] = unit };
        foreach (var attribute in attributes)
        {
            var split = attribute.IndexOf('=', StringComparison.Ordinal);
            if (split < 1)
            {
                throw AssayException.Usage($"--attribute: '{attribute}' has no value.", "Write name=value, such as group=beta.");
            }

            context[attribute[..split]] = Value(attribute[(split + 1)..]);
        }

        return JsonSerializer.SerializeToElement(new JsonObject { ["context"] = context });
    }

    private static JsonNode? Value(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
