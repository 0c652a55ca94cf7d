using System.CommandLine;
using Assay.Evaluation.Prompts;

namespace Assay.Cli.Commands;

/// <summary><c>assay prompt</c>: the prompts of the catalog.</summary>
internal static class PromptCommand
{
    public static Command Create(CommandSurroundings surroundings) =>
        new(
            "prompt",
            """
            List, show, compare and fill in the prompts of the catalog, and bless a version so that it never changes.

            How a prompt is written: docs/reference/en/prompts.md
            """
        )
        {
            PromptListCommand.Create(surroundings),
            PromptShowCommand.Create(surroundings),
            PromptDiffCommand.Create(surroundings),
            PromptRenderCommand.Create(surroundings),
            PromptBlessCommand.Create(surroundings),
        };

    /// <summary>Where the files are.</summary>
    public static Option<string> Catalog() =>
        new("--catalog")
        {
            Description = "Folder of the catalog; prompts are in its folder prompts.",
            HelpName = "FOLDER",
            DefaultValueFactory = _ => "catalog",
        };

    /// <summary>One prompt.</summary>
    public static Argument<string> Prompt() =>
        new("prompt") { Description = "The prompt: name@version, or the name for its newest version.", HelpName = "PROMPT" };

    /// <summary>The prompts of a catalog.</summary>
    /// <exception cref="AssayException">A file is wrong (exit code 2).</exception>
    public static PromptCatalog Read(string catalog) => PromptCatalog.Load(Path.Combine(catalog, PromptCatalog.FolderName));
}
