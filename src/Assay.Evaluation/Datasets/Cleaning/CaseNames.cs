namespace Assay.Evaluation.Datasets.Cleaning;

/// <summary>
/// Names for cases, clusters and documents in the place of their own. Of each sort all are renamed or none: a mark in the place of a few would make two
/// clusters one, and a new name could be another case's old one.
/// </summary>
/// <param name="Cases">For ids of cases; null when they stay.</param>
/// <param name="Clusters">For clusters; null when they stay.</param>
/// <param name="Documents">For ids of documents; null when they stay.</param>
internal sealed record CaseNames(Pseudonyms? Cases, Pseudonyms? Clusters, Pseudonyms? Documents)
{
    /// <summary>Which must go: those among which something personal is found, or all.</summary>
    /// <param name="cases">The cases that stay.</param>
    /// <param name="texts">What is personal.</param>
    /// <param name="all">Whether all of them go.</param>
    public static CaseNames For(IEnumerable<Case> cases, TextStripping texts, bool all)
    {
        var (ids, clusters, documents) = (all, all, all);
        foreach (var one in cases)
        {
            ids = ids || texts.IsNeeded(one.Id);
            clusters = clusters || (one.Cluster is { } cluster && texts.IsNeeded(cluster));
            documents = documents || one.Relevant.Keys.Any(texts.IsNeeded);
            if (ids && clusters && documents)
            {
                break;
            }
        }

        return new(ids ? new("case") : null, clusters ? new("cluster") : null, documents ? new("document") : null);
    }
}
