namespace Assay.Evaluation.Datasets.Cleaning;

/// <summary>Makes a case without personal data of one that may have some.</summary>
/// <param name="texts">Takes it out of texts.</param>
/// <param name="names">New names for ids.</param>
/// <param name="without">Fields that are left out.</param>
internal sealed class CaseStripping(TextStripping texts, CaseNames names, IReadOnlySet<string> without)
{
    /// <summary>Cases that are not what they were.</summary>
    public int Changed { get; private set; }

    /// <exception cref="AssayException">The name of a field holds something personal (exit code 2).</exception>
    public Case Strip(Case one)
    {
        var clean = new Case(names.Cases?.Of(one.Id) ?? one.Id, texts.Strip(one.Input))
        {
            Expected = one.Expected is { } expected ? texts.Strip(expected) : null,
            Contexts = [.. one.Contexts.Select(texts.Strip)],
            Relevant = one.Relevant.ToDictionary(
                document => names.Documents?.Of(document.Key) ?? document.Key,
                document => document.Value,
                StringComparer.Ordinal
            ),
            Cluster = one.Cluster is { } cluster ? names.Clusters?.Of(cluster) ?? cluster : null,
            Tags = [.. one.Tags.Select(texts.Strip)],
            Fields = Fields(one),
        };
        Changed += CaseFingerprint.Of(clean) == CaseFingerprint.Of(one) ? 0 : 1;
        return clean;
    }

    // A channel that is a cluster under another name would give the cluster's name away.
    private Dictionary<string, string> Fields(Case one) =>
        one
            .Fields.Where(field => !without.Contains(field.Key))
            .ToDictionary(
                field =>
                    texts.IsNeeded(field.Key)
                        ? throw AssayException.Usage(
                            $"The name of a field of case '{one.Id}' holds personal data.",
                            "Rename the field, or leave it out with --without."
                        )
                        : field.Key,
                field =>
                    names.Clusters is { } clusters && one.Cluster is { } cluster && IsSame(field.Value, cluster)
                        ? clusters.Of(cluster)
                        : texts.Strip(field.Value),
                StringComparer.Ordinal
            );

    private static bool IsSame(string value, string cluster) => ChannelBlacklist.Plain(value) == ChannelBlacklist.Plain(cluster);
}
