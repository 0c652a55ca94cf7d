namespace RagService.Asking;

/// <summary>A question.</summary>
/// <param name="Question">The question, 1 to 2,000 characters.</param>
/// <param name="Language"><c>en</c> or <c>ru</c>; by the question's letters when null.</param>
internal sealed record AskRequest(string? Question, string? Language = null);

/// <summary>An answer.</summary>
/// <param name="Answer">The quoted sentences, or words that say there is no answer.</param>
/// <param name="Found">Whether the documents hold an answer.</param>
/// <param name="Model">What chose the sentences.</param>
/// <param name="Sentences">The sentences, each with the number of its citation.</param>
/// <param name="Citations">The cited passages by number.</param>
/// <param name="Documents">The documents to read: the cited ones, and with the flag <c>see_also</c> up to three more that were found.</param>
/// <param name="Relevance">The share of the question's words that the answer has, 0 to 1; counted offline, no judge ran.</param>
/// <param name="Cached">Whether it came from the service's cache.</param>
/// <param name="TraceId">The trace of this answer.</param>
/// <param name="CorrelationId">The correlation id of this answer.</param>
internal sealed record AskAnswer(
    string Answer,
    bool Found,
    string Model,
    IReadOnlyList<CitedSentence> Sentences,
    IReadOnlyDictionary<int, Citation> Citations,
    IReadOnlyList<string> Documents,
    double Relevance,
    bool Cached,
    string? TraceId,
    string? CorrelationId
);

/// <summary>A sentence with the number of its citation.</summary>
internal sealed record CitedSentence(string Text, int Citation);

/// <summary>Where a sentence stands.</summary>
internal sealed record Citation(string Document, string Heading);
