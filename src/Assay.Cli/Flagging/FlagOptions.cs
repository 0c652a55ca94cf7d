using System.CommandLine;
using Assay.Cli.Commands;

namespace Assay.Cli.Flagging;

/// <summary>What every <c>assay flag</c> command takes: where flags are decided, and <c>--json</c>.</summary>
internal sealed class FlagOptions
{
    private readonly HubChoiceOptions choice = new();
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly Option<string> catalog = new("--catalog")
    {
        Description = "Folder of the catalog, when no hub runs; flags are in its folder flags.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => "catalog",
    };

    /// <summary>The reason of a change.</summary>
    public static Option<string> Reason() =>
        new("--reason")
        {
            Description = "Why, in 1 to 500 characters; it stands in the history and in the audit log.",
            HelpName = "TEXT",
            Required = true,
        };

    /// <summary>The version that a change was made for.</summary>
    public static Option<long?> ExpectedVersion() =>
        NumberOption.Count("--expected-version", "N", "Change the flag only if this is its version, as `assay flag show` tells it; any when left out.");

    /// <summary>The flag.</summary>
    public static Argument<string> Name() => new("name") { Description = "The flag.", HelpName = "NAME" };

    public void AddTo(Command command)
    {
        choice.AddTo(command);
        command.Options.Add(catalog);
        command.Options.Add(json);
    }

    /// <summary>Whether one JSON document is wanted.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(json);

    /// <summary>The hub, or the folder.</summary>
    public Task<FlagSource> OpenAsync(ParseResult parsed, CommandSurroundings surroundings, CancellationToken cancellationToken) =>
        FlagSource.OpenAsync(choice.Read(parsed), parsed.GetValue(catalog)!, surroundings, cancellationToken);
}
