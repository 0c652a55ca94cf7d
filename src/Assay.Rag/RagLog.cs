using Microsoft.Extensions.Logging;

namespace Assay.Rag;

/// <summary>What the pipeline writes into its log. Texts of documents and queries are never among it.</summary>
internal static partial class RagLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Stage {Stage} finished: {Amount} {Unit} in {LatencyMs} ms")]
    public static partial void StageFinished(this ILogger log, string stage, long amount, string unit, double latencyMs);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Stage {Stage} could not do its own work: {Reason}")]
    public static partial void FellBack(this ILogger log, string stage, string reason);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "Document {Source}, line {Line}, could not be read: {Problem}")]
    public static partial void BadDocument(this ILogger log, string source, int? line, string problem);

    [LoggerMessage(EventId = 4, Level = LogLevel.Error, Message = "The run failed: {Problem}")]
    public static partial void RunFailed(this ILogger log, string problem, Exception exception);

    [LoggerMessage(EventId = 5, Level = LogLevel.Warning, Message = "A model over the network gave no answer: {Problem}")]
    public static partial void ModelFailed(this ILogger log, string problem);
}
