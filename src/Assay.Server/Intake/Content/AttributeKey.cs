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

    /// <summary>What a model or a tool was asked and used, by one of the names in <see cref="Telemetry.GenAiNames"/>.</summary>
    ModelCall,

    /// <summary>What a span of generative AI does.</summary>
    Operation,

    PromptId,
    CorrelationId,
    DatabaseSystem,
    SpanKindByLibrary,
    FlagKey,
    FlagVariant,
    FallbackUsed,
    FallbackReason,
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
