namespace Assay.Server.Intake.Content;

/// <summary>What an attribute's key means to the hub.</summary>
internal enum AttributeKey : byte
{
    /// <summary>Nothing in particular.</summary>
    Plain,

    /// <summary>Its value is what people wrote or models answered.</summary>
    Content,

    /// <summary>Its value is a secret whatever it looks like.</summary>
    Secret,

    Operation,
    ToolName,
    PromptId,
    PromptName,
    PromptVersion,
    CorrelationId,
    DatabaseSystem,
    SpanKindByLibrary,
    FlagKey,
    FlagVariant,
    EvaluationName,
    EvaluationValue,
    EvaluationLabel,
    EvaluationReason,
    ScoreKind,
    ServiceName,
    ServiceVersion,
    Environment,
    OlderEnvironment,
    EventName,
    ExceptionMessage,
    ExceptionType,
}
