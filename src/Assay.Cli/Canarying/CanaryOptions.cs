using System.CommandLine;
using Assay.Cli.Commands;
using Assay.Cli.Hubs;

namespace Assay.Cli.Canarying;

/// <summary>What the commands of canaries have in common.</summary>
internal sealed class CanaryOptions
{
    private readonly HubChoiceOptions choice = new();
    private readonly Option<bool> json = CommonOptions.Json();

    /// <summary>The release.</summary>
    public static Argument<string> Release() =>
        new("release") { Description = "The release: its name, or name@version for one that is not the latest.", HelpName = "RELEASE" };

    /// <summary>Why.</summary>
    public static Option<string> Reason() =>
        new("--reason")
        {
            Description = "Why, in 1 to 500 characters; it stands in the ledger and in the audit log.",
            HelpName = "TEXT",
            Required = true,
        };

    public void AddTo(Command command)
    {
        choice.AddTo(command);
        command.Options.Add(json);
    }

    public bool IsJson(ParseResult parsed) => parsed.GetValue(json);

    public HubChoice Choice(ParseResult parsed) => choice.Read(parsed);
}
