using System.CommandLine;
using Assay.Cli.Commands;
using Assay.Cli.Hubs;

namespace Assay.Cli.Releasing;

/// <summary>What every <c>assay release</c> command takes: where releases are decided, and <c>--json</c>.</summary>
internal sealed class ReleaseOptions
{
    private readonly HubChoiceOptions choice = new();
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly Option<string> catalog = new("--catalog")
    {
        Description =
            "Folder of the catalog; releases and their approvers are in its folder releases. A hub that decides has its own for what is not handed in.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => "catalog",
    };

    /// <summary>A release with its version.</summary>
    public static Argument<string> Id() =>
        new("release") { Description = "The release and the candidate's version: rag_plus_plus@1.9.0.", HelpName = "RELEASE@VERSION" };

    public void AddTo(Command command)
    {
        choice.AddTo(command);
        command.Options.Add(catalog);
        command.Options.Add(json);
    }

    /// <summary>Whether one JSON document is wanted.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(json);

    /// <summary>The folder of the catalog.</summary>
    public string Catalog(ParseResult parsed) => parsed.GetValue(catalog)!;

    /// <summary>Which hub or folder.</summary>
    public HubChoice Choice(ParseResult parsed) => choice.Read(parsed);

    /// <summary>The hub, or the folder.</summary>
    public Task<ReleaseSource> OpenAsync(ParseResult parsed, CommandSurroundings surroundings, CancellationToken cancellationToken) =>
        ReleaseSource.OpenAsync(Choice(parsed), Catalog(parsed), surroundings, cancellationToken);
}
