using Assay.Models.Calls;

namespace Assay.Models.Reranking;

/// <summary>Says how well passages answer a query.</summary>
public interface IReranker
{
    /// <summary>The model; offline ones begin with <c>offline/</c>.</summary>
    string Model { get; }

    /// <summary>Scores every passage. Called from many threads at once.</summary>
    /// <param name="query">The query.</param>
    /// <param name="passages">The passages.</param>
    /// <param name="budget">The time that is left for it, retries included; null for the endpoint's own limit.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ModelCallException">No answer, or one that does not score every passage exactly once.</exception>
    Task<RerankedPassages> RerankAsync(string query, IReadOnlyList<string> passages, TimeSpan? budget, CancellationToken cancellationToken);
}

/// <summary>Passages with their scores.</summary>
/// <param name="Scores">One for each passage, in the order in which they were given; more is better; comparable within one query only.</param>
/// <param name="Facts">What the call took.</param>
public sealed record RerankedPassages(IReadOnlyList<double> Scores, CallFacts Facts);
