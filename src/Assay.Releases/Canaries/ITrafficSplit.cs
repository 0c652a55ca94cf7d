namespace Assay.Releases.Canaries;

/// <summary>What gives a canary its share of traffic: a flag's percentage, weighted upstreams, a command.</summary>
internal interface ITrafficSplit
{
    /// <summary>Gives the canary a share of traffic. Asking twice for the same share changes nothing the second time.</summary>
    /// <param name="percent">0 to 100.</param>
    /// <param name="reason">Why, for the history of whatever is changed.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="AssayException">
    /// Traffic could not be moved, or not lastingly (exit code 4): ask <see cref="ReadAsync"/> what it is, and set it again.
    /// </exception>
    Task SetAsync(decimal percent, string reason, CancellationToken cancellationToken);

    /// <summary>The share as it is now, read from whatever moves traffic; null when that cannot be read.</summary>
    Task<decimal?> ReadAsync(CancellationToken cancellationToken);
}
