namespace Assay.Tests;

/// <summary>
/// How long tests wait for what comes soon. It only ends what hangs, on a machine that is slow and busy too: no test has a shorter bound of its own, and a time
/// limit that a test is about is met by something that hangs.
/// </summary>
internal static class Patience
{
    /// <summary>For anything on this machine.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>For what comes over the network once, such as packages.</summary>
    public static readonly TimeSpan OfDownloads = TimeSpan.FromMinutes(15);
}
