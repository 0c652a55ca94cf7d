using Assay.Prices;

namespace Assay.Models.Calls;

/// <summary>What came of one attempt: an answer that was read, or a failure.</summary>
internal sealed record Attempt(ReadAnswer? Answer, ReadOnlyMemory<byte> Body, CallFailure? Failure)
{
    public static Attempt Failed(CallFailure failure) => new(Answer: null, default, failure);
}

/// <summary>An answer that is what the protocol says.</summary>
/// <param name="Value">What it says.</param>
/// <param name="Model">Who answered; empty when the answer does not say.</param>
/// <param name="Tokens">Tokens; null when not reported, or reported in contradiction.</param>
/// <param name="FinishReason">Why the model stopped; null when not said.</param>
internal sealed record ReadAnswer(object Value, string Model, TokenUsage? Tokens, string? FinishReason = null);

/// <summary>Reads the body of a 200.</summary>
/// <exception cref="MalformedAnswerException">It is not what the protocol says.</exception>
internal delegate ReadAnswer AnswerReader(ReadOnlyMemory<byte> body);

/// <summary>An answer is not what the protocol says. Never leaves this assembly: it becomes a <see cref="ModelCallException"/>.</summary>
internal sealed class MalformedAnswerException(string problem, Exception? inner = null) : Exception(problem, inner);
