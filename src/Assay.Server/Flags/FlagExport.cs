using Assay.Experimentation.Flags;

namespace Assay.Server.Flags;

/// <summary>Flags as catalog files, with what was decided since in them.</summary>
internal static class FlagExport
{
    /// <summary>The files that overrides change.</summary>
    /// <param name="state">The flags.</param>
    /// <param name="folder">The catalog's folder of flags.</param>
    /// <exception cref="AssayException">What is in force would be refused as files (exit code 2).</exception>
    public static IReadOnlyList<ExportedFile> Of(FlagState state, string folder)
    {
        Demand(state.Files.Values.Select(f => InForce(state, f)));
        return
        [
            .. state
                .Files.Values.GroupBy(f => PathOf(folder, f), StringComparer.Ordinal)
                .Where(g => g.Any(f => Differs(state, f)))
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => Write(state, folder, g.Key, [.. g.OrderBy(f => f.Place.Line)])),
        ];
    }

    /// <summary>The file of a flag within the folder.</summary>
    public static string PathOf(string folder, FlagFile flag) =>
        flag.Place.Path.Length == 0 ? flag.Name + ".yaml" : Path.GetRelativePath(folder, flag.Place.Path).Replace(Path.DirectorySeparatorChar, '/');

    private static ExportedFile Write(FlagState state, string folder, string path, IReadOnlyList<FlagFile> flags) =>
        new(
            path,
            [.. flags.Where(f => Differs(state, f)).Select(f => f.Name)],
            Head(Path.Combine(folder, path)) + FlagYaml.Write(flags.Select(f => InForce(state, f)))
        );

    private static bool Differs(FlagState state, FlagFile flag) => EffectiveFlag.Differs(state.InForceOf(flag.Name));

    private static FlagFile InForce(FlagState state, FlagFile flag) => EffectiveFlag.Of(flag, state.InForceOf(flag.Name));

    // Shares alone may be decided over rules with which no file may have them; whoever commits files must not find that out at the next start of the hub.
    private static void Demand(IEnumerable<FlagFile> flags)
    {
        try
        {
            _ = FlagSet.Build(flags, []);
        }
        catch (AssayException e)
        {
            throw AssayException.Usage(
                $"A hub would refuse what is in force as files: {e.Message}",
                $"{e.Fix} Decide rules that fit the shares with `assay flag set NAME --rules FILE`, then export again.",
                e
            );
        }
    }

    // What people wrote above everything is kept; comments between keys have no place in what is written anew.
    private static string Head(string path) =>
        File.Exists(path) ? string.Concat(File.ReadLines(path).TakeWhile(line => line.StartsWith('#')).Select(line => line + "\n")) : "";
}

/// <summary>A catalog file to write.</summary>
/// <param name="Path">Its path within the catalog's folder of flags, with slashes.</param>
/// <param name="Changed">The flags of it that are other than the file says.</param>
/// <param name="Text">All of it, as YAML.</param>
internal sealed record ExportedFile(string Path, IReadOnlyList<string> Changed, string Text);

/// <summary>Catalog files to write.</summary>
internal sealed record FlagFiles(IReadOnlyList<ExportedFile> Files);
