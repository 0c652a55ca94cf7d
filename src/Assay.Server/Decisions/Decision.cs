using System.Text.Json.Serialization;
using Assay.Server.Hosting;

namespace Assay.Server.Decisions;

/// <summary>What an agent or a gate decided, on which inputs and why.</summary>
/// <param name="Id">Its id; ids of one trace begin with the trace's id.</param>
/// <param name="At">When it was decided.</param>
/// <param name="By">Who decided: an agent, a gate, a person.</param>
/// <param name="RecordedBy">Whose token recorded it.</param>
/// <param name="Subject">What was decided about.</param>
/// <param name="Choice">What was decided.</param>
/// <param name="Verdict">The verdict, where the decision is one; else null.</param>
/// <param name="Reason">Why.</param>
/// <param name="Inputs">On what it was decided.</param>
/// <param name="TraceId">The trace in which it was decided; null when unknown.</param>
/// <param name="SpanId">The span in which it was decided; null when unknown.</param>
internal sealed record Decision(
    string Id,
    DateTimeOffset At,
    string By,
    string RecordedBy,
    string Subject,
    string Choice,
    // Null is written too: a document without the field is refused when it is read.
    [property: JsonConverter(typeof(SnakeCaseEnum<Verdict>)), JsonIgnore(Condition = JsonIgnoreCondition.Never)] Verdict? Verdict,
    string Reason,
    IReadOnlyList<DecisionInput> Inputs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? TraceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? SpanId
)
{
    /// <summary>Whether it is the same decision sent again; when and by whom it was recorded does not matter.</summary>
    public bool SaysTheSameAs(Decision other) =>
        (By, Subject, Choice, Verdict, Reason, TraceId, SpanId)
            == (other.By, other.Subject, other.Choice, other.Verdict, other.Reason, other.TraceId, other.SpanId)
        && Inputs.SequenceEqual(other.Inputs);
}

/// <summary>Something that a decision was made on.</summary>
/// <param name="Name">What it is: <c>relevance</c>, <c>gate.latency_p95_ms</c>.</param>
/// <param name="Value">Its value as text.</param>
/// <param name="Source">Where it came from, such as an address of the hub; null when not given.</param>
internal sealed record DecisionInput(string Name, string Value, string? Source = null);

/// <summary>A decision to record.</summary>
/// <param name="By">Who decided: 1 to 128 characters.</param>
/// <param name="Subject">What was decided about: 1 to 256 characters.</param>
/// <param name="Choice">What was decided: 1 to 1,000 characters.</param>
/// <param name="Reason">Why: 1 to 4,000 characters.</param>
/// <param name="Inputs">On what it was decided, at most 100; empty when left out.</param>
/// <param name="Verdict">pass, fail, inconclusive or no_data, where the decision is a verdict.</param>
/// <param name="TraceId">The trace, 32 hex digits.</param>
/// <param name="SpanId">The span, 16 hex digits.</param>
/// <param name="At">When it was decided; now when left out.</param>
/// <param name="Key">The sender's own key, 1 to 64 of <c>a-z A-Z 0-9 . _ -</c>: the same decision sent twice is recorded once.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record DecisionRequest(
    string By,
    string Subject,
    string Choice,
    string Reason,
    IReadOnlyList<DecisionInput>? Inputs = null,
    [property: JsonConverter(typeof(SnakeCaseEnum<Verdict>))] Verdict? Verdict = null,
    string? TraceId = null,
    string? SpanId = null,
    DateTimeOffset? At = null,
    string? Key = null
)
{
    private const int MostInputs = 100;

    /// <exception cref="AssayException">A value is wrong (exit code 2).</exception>
    public void Check()
    {
        Length("by", By, 128);
        Length("subject", Subject, 256);
        Length("choice", Choice, 1_000);
        Length("reason", Reason, 4_000);
        foreach (var input in Inputs ?? [])
        {
            Length("inputs.name", input.Name, 128);
            Length("inputs.value", input.Value, 4_000, least: 0);
            Length("inputs.source", input.Source ?? "-", 1_000);
        }

        Require(
            Inputs is not { Count: > MostInputs },
            $"There are {Inputs?.Count} inputs.",
            $"Send at most {MostInputs}; name a document with more as their source."
        );
        Require(
            TraceId is null || Stores.TraceId.TryParse(TraceId, out _),
            $"trace_id '{Shorten(TraceId)}' is no trace id.",
            "Send 32 hex digits, or leave it out."
        );
        Require(SpanId is null || Stores.SpanId.TryParse(SpanId, out _), $"span_id '{Shorten(SpanId)}' is no span id.", "Send 16 hex digits, or leave it out.");
        Require(Key is null || IsKey(Key), $"key '{Shorten(Key)}' is no key.", "Send 1 to 64 of a-z A-Z 0-9 . _ -, or leave it out.");
    }

    private static bool IsKey(string key) => key.Length is > 0 and <= 64 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    private static void Length(string name, string text, int most, int least = 1) =>
        Require(text.Length >= least && text.Length <= most, $"{name} has {text.Length} characters.", $"Send {least} to {most}.");

    private static void Require(bool isWell, string problem, string fix)
    {
        if (!isWell)
        {
            throw AssayException.Usage(problem, fix);
        }
    }

    private static string Shorten(string? text) => text is { Length: > 40 } ? text[..40] + "…" : text ?? "";
}
