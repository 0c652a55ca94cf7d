using System.CommandLine;
using Assay.Cli.Flagging;
using Assay.Files;
using Assay.Server.Flags;

namespace Assay.Cli.Commands;

/// <summary><c>assay flag export</c>: what was decided, written back as catalog files.</summary>
internal static class FlagExportCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var output = new Option<string?>("--out")
        {
            Description = "Folder to write the files to, such as catalog/flags; without it they go to standard output.",
            HelpName = "FOLDER",
        };
        var command = new ExampleCommand(
            "export",
            "Write the catalog files that overrides change, with the overrides in them; commit them, and the files say what is in force. Comments above the first key are kept, others are not.",
            """
            assay flag export
            assay flag export --out catalog/flags
            """
        )
        {
            output,
        };
        command.Shows(
            new FlagOptions(),
            surroundings,
            async (source, parsed, cancellationToken) =>
            {
                var files = await source.ExportAsync(cancellationToken);
                var folder = parsed.GetValue(output);
                return new Exported(folder, folder is null ? files.Files : Write(folder, files.Files));
            },
            Lines
        );
        return command;
    }

    private static IReadOnlyList<ExportedFile> Write(string folder, IReadOnlyList<ExportedFile> files)
    {
        // All names first: nothing is written when one of them leads out of the folder.
        var places = files.Select(f => (Place: PlaceOf(folder, f.Path), f.Text)).ToList();
        places.ForEach(p => AtomicFile.WriteText(p.Place, p.Text));
        return files;
    }

    private static string PlaceOf(string folder, string path)
    {
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        var place = Path.GetFullPath(Path.Combine(root, path));
        return place.StartsWith(root, StringComparison.Ordinal)
            ? place
            : throw AssayException.Usage($"The hub names a file outside of the folder: '{FlagName.Shown(path)}'.", "Check --hub: this is no hub of yours.");
    }

    private static IEnumerable<string> Lines(Exported exported) =>
        exported.Files.Count == 0 ? ["Nothing to export: every flag is as its file says."]
        : exported.Folder is { } folder ? exported.Files.Select(f => $"{Path.Combine(folder, f.Path)}: {string.Join(", ", f.Changed)}")
        : exported.Files.Select(f => $"# {f.Path}\n{f.Text.TrimEnd('\n')}");

    /// <summary>What was exported.</summary>
    private sealed record Exported(string? Folder, IReadOnlyList<ExportedFile> Files);
}
