using Assay.Cli.Reading;
using Assay.Evaluation.Datasets;

namespace Assay.Cli.Showing;

/// <summary>Datasets and their differences in words.</summary>
internal static class DatasetView
{
    private const int TagsShown = 12;
    private const int CasesShown = 50;
    private const int HashShown = 12;

    /// <summary>Intervals rest on clusters; fewer than this make them wide and their coverage doubtful.</summary>
    private const int FewClusters = 10;

    public static async Task WriteAsync(TextWriter output, DatasetFacts facts)
    {
        var (name, hash, cases, clusters, characters) = facts.Identity;
        await output.WriteLineAsync(
            $"{name}: {NumberText.Counted(cases, "case")} in {NumberText.Counted(clusters, "cluster")} (the largest has {facts.LargestCluster}), {NumberText.Counted(characters, "character")}"
        );
        await output.WriteLineAsync($"sha256 {hash}");
        await output.WriteLineAsync(
            $"with an expected answer {facts.WithExpected}, with contexts {facts.WithContexts}, with relevant documents {facts.WithRelevant}"
        );
        if (facts.Tags.Count > 0)
        {
            await output.WriteLineAsync("tags: " + Shown(facts.Tags.Select(t => $"{t.Tag} {t.Cases}"), facts.Tags.Count));
        }

        if (facts.Fields.Count > 0)
        {
            await output.WriteLineAsync("fields: " + Shown(facts.Fields, facts.Fields.Count));
        }

        foreach (var note in Notes(facts))
        {
            await output.WriteLineAsync("note: " + note);
        }
    }

    public static async Task WriteAsync(TextWriter output, DatasetDiff diff)
    {
        await output.WriteLineAsync($"{diff.From.Name} {diff.From.Hash[..HashShown]} → {diff.To.Name} {diff.To.Hash[..HashShown]}");
        await output.WriteLineAsync($"{diff.Added} added, {diff.Removed} removed, {diff.Changed} changed, {diff.Unchanged} unchanged");
        if (diff.SameCases)
        {
            await output.WriteLineAsync(diff.From.Hash == diff.To.Hash ? "the same dataset" : "the same cases in another order");
        }

        foreach (var change in diff.Listed.Take(CasesShown))
        {
            await WriteChangeAsync(output, change);
        }

        if (diff.Listed.Count > CasesShown)
        {
            await output.WriteLineAsync($"… and {diff.Added + diff.Removed + diff.Changed - CasesShown} more; --json lists up to {DatasetDiff.MaxListed}.");
        }
    }

    private static async Task WriteChangeAsync(TextWriter output, CaseChange change)
    {
        var mark = change.Kind switch
        {
            ChangeKind.Added => "+",
            ChangeKind.Removed => "-",
            _ => "~",
        };
        await output.WriteLineAsync($"{mark} {change.Id}");
        foreach (var part in change.Parts)
        {
            await output.WriteLineAsync($"    {part.Part}: {Text(part.Before)} → {Text(part.After)}");
        }
    }

    private static string Text(string? value) => value is null ? "(none)" : CellText.Shorten(value.ReplaceLineEndings(" "));

    private static IEnumerable<string> Notes(DatasetFacts facts)
    {
        if (facts.SameInput > 0)
        {
            yield return $"the input of an earlier case is repeated in {NumberText.Counted(facts.SameInput, "case")}.";
        }

        if (facts.Identity.Clusters < FewClusters)
        {
            yield return $"results of one cluster are not independent, and there are only {facts.Identity.Clusters}: intervals will be wide.";
        }

        if (facts.WithExpected < facts.Identity.Cases)
        {
            yield return $"no expected answer in {NumberText.Counted(facts.Identity.Cases - facts.WithExpected, "case")}: metrics that compare with one pass over them.";
        }
    }

    private static string Shown(IEnumerable<string> names, int count) =>
        string.Join(", ", names.Take(TagsShown)) + (count > TagsShown ? $" and {count - TagsShown} more" : "");
}
