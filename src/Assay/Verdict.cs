namespace Assay;

/// <summary>What a decision came to. Missing data is never a pass.</summary>
public enum Verdict
{
    /// <summary>The evidence supports the claim.</summary>
    Pass,

    /// <summary>The evidence speaks against the claim.</summary>
    Fail,

    /// <summary>There is evidence, but too little to decide.</summary>
    Inconclusive,

    /// <summary>There is no evidence.</summary>
    NoData,
}
