using Assay.Experimentation.Experiments;
using Assay.Server.Flags;

namespace Assay.Cli.Experimenting;

/// <summary>Experiments of a catalog for commands.</summary>
internal static class ExperimentFiles
{
    /// <summary>All of them, built once so that a file that is wrong is refused with its line.</summary>
    public static IReadOnlyList<ExperimentFile> Read(string catalog)
    {
        var files = ExperimentCatalog.Read(catalog);
        ExperimentSet.Build(files);
        return files;
    }

    /// <exception cref="AssayException">There is no such experiment (exit code 2).</exception>
    public static ExperimentFile Need(string catalog, string name) =>
        Read(catalog).FirstOrDefault(e => e.Name == name)
        ?? throw AssayException.Usage(
            $"There is no experiment '{name}'.",
            $"`assay experiment list` shows all; an experiment is made by a file in {Path.Combine(catalog, ExperimentCatalog.Folder)}."
        );

    // A name goes into an address: what can be none is not sent.
    public static string Known(string name) =>
        FlagName.IsOne(name)
            ? name
            : throw AssayException.Usage(
                $"'{FlagName.Shown(name)}' cannot be an experiment's name.",
                "Names are 1 to 64 of a-z 0-9 _ - . and begin with a letter."
            );
}
