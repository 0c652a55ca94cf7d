namespace Assay.Rag.Sparse;

/// <summary>Constants of BM25F (Robertson, Zaragoza: The Probabilistic Relevance Framework: BM25 and Beyond, 2009, section 3.6).</summary>
internal static class SparseOptions
{
    /// <summary>Saturation of term frequency; the customary value.</summary>
    public const double K1 = 1.2;

    /// <summary>Length normalisation, for both fields; the customary value.</summary>
    public const double B = 0.75;

    /// <summary>A word in the title field counts as much as this many in the body.</summary>
    public const double TitleWeight = 2.5;
}
