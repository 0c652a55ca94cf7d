using Assay.Evaluation.Datasets.Cleaning;

namespace Assay.Cli.Showing;

/// <summary>What a cleaning did, in words.</summary>
internal static class CleaningView
{
    public static async Task WriteAsync(TextWriter output, CleaningManifest manifest, string dataset, string written)
    {
        foreach (var line in Lines(manifest, dataset, written))
        {
            await output.WriteLineAsync(line);
        }
    }

    private static IEnumerable<string> Lines(CleaningManifest manifest, string dataset, string written)
    {
        yield return $"{manifest.Dataset}: {NumberText.Counted(manifest.Cases, "case")} in {NumberText.Counted(manifest.Clusters, "cluster")}, of {NumberText.Counted(manifest.From.Cases, "case")}";
        foreach (var (reason, cases) in manifest.Dropped)
        {
            yield return $"dropped {NumberText.Counted(cases, "case")}: {reason}";
        }

        yield return manifest.Removed.Count == 0
            ? "nothing personal was found by the rules"
            : $"taken out: {string.Join(", ", manifest.Removed.Select(found => $"{found.Key} {found.Value:#,0}"))}";
        yield return $"changed {NumberText.Counted(manifest.Changed, "case")}{Names(manifest)}";
        foreach (var flag in manifest.Flags)
        {
            yield return $"flag {flag.Flag}: {string.Join(", ", flag.Variants.Select(one => $"{one.Key} {one.Value:#,0}"))}, without {flag.Without:#,0}";
        }

        yield return $"dataset:  {dataset}";
        yield return $"manifest: {written}";
        yield return "Rules find e-mail addresses, phone numbers, Telegram names, keys and passwords. Names of";
        yield return "people they cannot know: name them in a file with --words, and read some cases yourself.";
    }

    private static string Names(CleaningManifest manifest) => manifest.Renamed.Count == 0 ? "" : $"; new names for {string.Join(", ", manifest.Renamed)}";
}
