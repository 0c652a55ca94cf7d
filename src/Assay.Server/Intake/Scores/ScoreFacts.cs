using Assay.Server.Intake.Content;
using Assay.Stores;

namespace Assay.Server.Intake.Scores;

/// <summary>What the attributes of an evaluation event say; gen_ai.evaluation.* of OpenTelemetry's semantic conventions, and assay.score.kind.</summary>
internal ref struct ScoreFacts
{
    public ReadOnlySpan<byte> Name;
    public ReadOnlySpan<byte> Label;
    public ReadOnlySpan<byte> Reason;
    public ReadOnlySpan<byte> Kind;
    public ReadOnlySpan<byte> PromptId;
    public ReadOnlySpan<byte> FlagKey;
    public ReadOnlySpan<byte> FlagVariant;
    public double? Value;

    /// <summary>Whether it is a score: it has a name and a finite value.</summary>
    public readonly bool IsScore => !Name.IsEmpty && Value is { } value && double.IsFinite(value);

    public readonly ScoreKind ScoreKind =>
        Kind.SequenceEqual("rating"u8) ? ScoreKind.Rating
        : Kind.SequenceEqual("guardrail"u8) ? ScoreKind.Guardrail
        : ScoreKind.Quality;

    /// <summary>The flag and its variant, when the event names them itself.</summary>
    public readonly string VariantFrom(InternTable texts) => FlagKey.IsEmpty || FlagVariant.IsEmpty ? "" : $"{texts.Get(FlagKey)}={texts.Get(FlagVariant)}";

    /// <summary>Notes an attribute of the event.</summary>
    public void Note(AttributeKey key, in AnyValue value)
    {
        switch (key)
        {
            case AttributeKey.EvaluationName:
                Name = value.Text;
                break;
            case AttributeKey.EvaluationLabel:
                Label = value.Text;
                break;
            case AttributeKey.EvaluationReason:
                Reason = value.Text;
                break;
            case AttributeKey.EvaluationValue:
                Value = value.Double;
                break;
            case AttributeKey.ScoreKind:
                Kind = value.Text;
                break;
            case AttributeKey.PromptId:
                PromptId = value.Text;
                break;
            case AttributeKey.FlagKey:
                FlagKey = value.Text;
                break;
            case AttributeKey.FlagVariant:
                FlagVariant = value.Text;
                break;
        }
    }
}
