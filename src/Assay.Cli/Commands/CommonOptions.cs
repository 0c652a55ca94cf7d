using System.CommandLine;
using Assay.Models.Caching;

namespace Assay.Cli.Commands;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document on standard output." };

    public static Option<string> Data() =>
        new("--data")
        {
            Description = "The hub's data folder.",
            HelpName = "FOLDER",
            DefaultValueFactory = _ => ".assay",
        };

    public static Option<string> Index() =>
        new("--index")
        {
            Description = "Folder that `assay rag run` wrote with --out.",
            HelpName = "FOLDER",
            DefaultValueFactory = _ => "out",
        };

    public static Option<CacheMode?> Cache() =>
        new("--cache")
        {
            Description = "Response cache: off, read (use it, add nothing), write (use it and add; the default), only (never call a model).",
            HelpName = "MODE",
        };

    /// <exception cref="AssayException">The number is not positive (exit code 2).</exception>
    public static int Threads(int? asked) =>
        asked switch
        {
            null => Environment.ProcessorCount,
            > 0 and <= 1024 => asked.Value,
            _ => throw AssayException.Usage($"--threads {asked} is not a number from 1 to 1024.", "Leave it out to use all processors."),
        };
}
