namespace Assay.Server.Intake.Spans;

/// <summary>Events that mean something to the hub. Source: OpenTelemetry's semantic conventions.</summary>
internal static class EventNames
{
    /// <summary>A score of an answer.</summary>
    public static bool IsScore(ReadOnlySpan<byte> name) => name.SequenceEqual("gen_ai.evaluation.result"u8);

    /// <summary>A flag was asked; before version 1.34 of the conventions the event was called feature_flag.</summary>
    public static bool IsFlag(ReadOnlySpan<byte> name) => name.SequenceEqual("feature_flag.evaluation"u8) || name.SequenceEqual("feature_flag"u8);
}
