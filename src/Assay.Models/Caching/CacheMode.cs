namespace Assay.Models.Caching;

/// <summary>What the response cache may do.</summary>
public enum CacheMode
{
    /// <summary>Nothing: every call is made.</summary>
    Off,

    /// <summary>Answer what it knows; other calls are made, and not kept.</summary>
    Read,

    /// <summary>Answer what it knows; other calls are made and kept.</summary>
    Write,

    /// <summary>Answer what it knows; other calls fail: nothing is ever paid.</summary>
    Only,
}
