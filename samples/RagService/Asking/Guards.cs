using System.Text.RegularExpressions;
using Assay.Observability.Logging;
using Assay.Observability.Metrics;

namespace RagService.Asking;

/// <summary>What stands before the answer: a filter of questions and one of personal data, each a tool with its own span and a record of what it said.</summary>
internal sealed partial class Guards(GenAiSpans spans, QualityRecorder quality)
{
    /// <summary>Whether the question may be answered: it has words, and does not try to steer the answerer.</summary>
    public bool Allows(string question) =>
        spans.Tool(
            "question_filter",
            () =>
            {
                var steers = Steering().IsMatch(question);
                var empty = Words.Count(question) == 0;
                quality.RecordGuardrail(
                    "question_filter",
                    steers || empty,
                    steers ? "it tries to steer the answerer"
                        : empty ? "it has no word"
                        : null
                );
                return !steers && !empty;
            }
        );

    /// <summary>The question without personal data and secrets.</summary>
    public string Clean(string question) =>
        spans.Tool(
            "pii_filter",
            () =>
            {
                var clean = Redactor.Redact(question);
                quality.RecordGuardrail("pii_filter", clean != question, clean != question ? "personal data or a secret was taken out" : null);
                return clean;
            }
        );

    [GeneratedRegex(
        "ignore (all |the )?(previous|above) instructions|system prompt|забудь (все )?(предыдущие )?инструкции|системный промпт",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Steering();
}
