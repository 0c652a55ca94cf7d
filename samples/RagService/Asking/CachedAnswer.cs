using Assay.Prices;
using Assay.Rag.Answering;

namespace RagService.Asking;

/// <summary>An answer that may be given again.</summary>
/// <param name="Answer">The quoted sentences.</param>
/// <param name="Tokens">What the first answer used.</param>
/// <param name="Found">The documents that were found, best first; the cited ones among them.</param>
internal sealed record CachedAnswer(QuotedAnswer Answer, TokenUsage Tokens, IReadOnlyList<string> Found);

/// <summary>An answer as it is given.</summary>
/// <param name="Answer">The quoted sentences.</param>
/// <param name="Tokens">What it used, or would have used.</param>
/// <param name="Found">The documents that were found, best first; the cited ones among them.</param>
/// <param name="Relevance">The share of the question's words that it has, 0 to 1.</param>
/// <param name="Cached">Whether it was there already.</param>
internal sealed record AskedAnswer(QuotedAnswer Answer, TokenUsage Tokens, IReadOnlyList<string> Found, double Relevance, bool Cached);
