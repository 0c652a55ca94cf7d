namespace Assay.Evaluation.Datasets;

/// <summary>What a dataset holds, for whoever is about to run it.</summary>
/// <param name="Identity">Which cases.</param>
/// <param name="WithExpected">Cases with a reference answer.</param>
/// <param name="WithContexts">Cases with passages.</param>
/// <param name="WithRelevant">Cases with judged documents.</param>
/// <param name="SameInput">Cases whose input another case before them has, word for word.</param>
/// <param name="LargestCluster">Cases of the largest cluster; 1 when no cluster is named.</param>
/// <param name="Tags">Cases by tag, the most frequent first; at most <see cref="MaxTags"/>.</param>
/// <param name="Fields">Names of further fields, at most <see cref="MaxTags"/>.</param>
public sealed record DatasetFacts(
    DatasetIdentity Identity,
    int WithExpected,
    int WithContexts,
    int WithRelevant,
    int SameInput,
    int LargestCluster,
    IReadOnlyList<TagCount> Tags,
    IReadOnlyList<string> Fields
)
{
    /// <summary>Tags and fields that are listed.</summary>
    public const int MaxTags = 200;

    /// <summary>Reads a dataset once more and counts.</summary>
    /// <exception cref="AssayException">A line is wrong (exit code 2).</exception>
    public static DatasetFacts Of(Dataset dataset)
    {
        var (expected, contexts, relevant, same) = (0, 0, 0, 0);
        var inputs = new HashSet<UInt128>();
        var clusters = new Dictionary<string, int>(StringComparer.Ordinal);
        var tags = new Dictionary<string, int>(StringComparer.Ordinal);
        var fields = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var one in dataset.Read())
        {
            expected += one.Expected is null ? 0 : 1;
            contexts += one.Contexts.Count > 0 ? 1 : 0;
            relevant += one.Relevant.Count > 0 ? 1 : 0;
            same += inputs.Add(CaseFingerprint.OfText(one.Input)) ? 0 : 1;
            Count(clusters, one.Cluster is null ? [] : [one.Cluster]);
            Count(tags, one.Tags.Distinct());
            fields.UnionWith(one.Fields.Keys.Where(_ => fields.Count < MaxTags));
        }

        List<TagCount> shown =
        [
            .. tags.OrderByDescending(t => t.Value).ThenBy(t => t.Key, StringComparer.Ordinal).Take(MaxTags).Select(t => new TagCount(t.Key, t.Value)),
        ];
        return new DatasetFacts(dataset.Identity, expected, contexts, relevant, same, clusters.Values.DefaultIfEmpty(1).Max(), shown, [.. fields]);
    }

    private static void Count(Dictionary<string, int> counts, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }
    }
}

/// <summary>How many cases have a tag.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Cases">Cases that have it.</param>
public sealed record TagCount(string Tag, int Cases);
