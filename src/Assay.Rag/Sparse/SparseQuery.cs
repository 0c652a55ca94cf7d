using Assay.Rag.Terms;

namespace Assay.Rag.Sparse;

/// <summary>What a query's terms weigh: idf × how often the query has the term.</summary>
internal static class SparseQuery
{
    public static WeightedTerm[] Weigh(QueryTerms query, SparseIndex index)
    {
        var weighted = new WeightedTerm[query.Terms.Length];
        for (var i = 0; i < weighted.Length; i++)
        {
            weighted[i] = new WeightedTerm(query.Terms[i], query.Counts[i] * index.Idf(query.Terms[i]));
        }

        return weighted;
    }
}
