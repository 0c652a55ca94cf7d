using Microsoft.Extensions.Logging;

namespace Assay.Observability.Metrics;

/// <summary>The log record of a guardrail that found something.</summary>
internal static partial class GuardrailLog
{
    /// <summary>The component that log records are counted by.</summary>
    public const string Component = "guardrail";

    [LoggerMessage(EventId = 1, EventName = "guardrail_triggered", Level = LogLevel.Warning, Message = "Guardrail {Guardrail} triggered: {Reason}")]
    public static partial void GuardrailTriggered(this ILogger log, string guardrail, string reason);
}
