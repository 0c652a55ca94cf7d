using Assay.Prices;
using Assay.Rag.Answering;

namespace RagService.Asking;

/// <summary>An answer that may be given again.</summary>
/// <param name="Answer">The quoted sentences.</param>
/// <param name="Tokens">What the first answer used.</param>
internal sealed record CachedAnswer(QuotedAnswer Answer, TokenUsage Tokens);
