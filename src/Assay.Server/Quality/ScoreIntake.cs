using Assay.Observability.Logging;
using Assay.Server.Intake;
using Assay.Stores;

namespace Assay.Server.Quality;

/// <summary>Stores scores. What a score does not say of its service, operation, variant and prompt its trace says, as far as it has arrived.</summary>
internal sealed class ScoreIntake(IEventStore store, EventGate gate)
{
    /// <summary>Stores scores and tells the observers of the new ones.</summary>
    /// <exception cref="StoreBusyException">Nothing was stored; send it again later.</exception>
    public async Task<ScoresReport> TakeAsync(IReadOnlyList<ScoreDraft> drafts, CancellationToken cancellationToken)
    {
        var requests = await RequestsAsync(drafts, cancellationToken);
        var scores = drafts.Select(draft => Event(draft, requests.GetValueOrDefault(draft.Trace))).ToList();
        var report = await gate.StoreAsync(new EventBatch { Scores = scores });
        return new ScoresReport(report.New.Scores.Count, report.Duplicates, report.TooLate.Scores is > 0 and var late ? late : null);
    }

    /// <summary>The event of a score.</summary>
    /// <param name="draft">What was sent.</param>
    /// <param name="request">The request of its trace; null when it is not known.</param>
    internal static ScoreEvent Event(ScoreDraft draft, SpanEvent? request) =>
        new()
        {
            Key = draft.Key,
            Source = Source(draft, request),
            TimeNanos = (draft.At - DateTimeOffset.UnixEpoch).Ticks * 100, // A tick is 100 nanoseconds.
            Kind = draft.Kind,
            Name = draft.Name,
            Value = draft.Value,
            Label = Redactor.Redact(draft.Label),
            Reason = Redactor.Redact(draft.Reason),
            Operation = Or(draft.Operation, request?.Name),
            Variant = Or(draft.Variant, request?.Variant),
            Prompt = Or(draft.Prompt, request?.Prompt),
            Trace = draft.Trace,
            Span = draft.Span,
        };

    private static TelemetrySource Source(ScoreDraft draft, SpanEvent? request)
    {
        // A version belongs to its service: another service's score does not take the version of the request.
        var known = draft.Service.Length == 0 || draft.Service == request?.Source.Service ? request?.Source : null;
        return new TelemetrySource(
            Or(draft.Service, Or(known?.Service ?? "", "unknown_service")),
            Or(draft.Version, known?.Version),
            Or(draft.Environment, known?.Environment),
            ReadOnlyMemory<byte>.Empty,
            ""
        );
    }

    private static string Or(string said, string? known) => said.Length > 0 ? said : known ?? "";

    private static bool LacksContext(ScoreDraft draft) => draft.Trace.IsPresent && (draft.Service.Length == 0 || draft.Operation.Length == 0);

    private async Task<Dictionary<TraceId, SpanEvent?>> RequestsAsync(IReadOnlyList<ScoreDraft> drafts, CancellationToken cancellationToken)
    {
        var requests = new Dictionary<TraceId, SpanEvent?>();
        foreach (var trace in drafts.Where(LacksContext).Select(draft => draft.Trace).Distinct())
        {
            var stored = await store.GetTraceAsync(trace, cancellationToken);
            requests[trace] = stored is null ? null : RequestOf(stored.Spans);
        }

        return requests;
    }

    /// <summary>The request that the user saw: the first, with the prompt of the first span that has one.</summary>
    private static SpanEvent? RequestOf(IReadOnlyList<SpanEvent> spans)
    {
        var request = spans.FirstOrDefault(span => span.IsRequest);
        return request is null || request.Prompt.Length > 0
            ? request
            : request with
            {
                Prompt = spans.FirstOrDefault(span => span.Prompt.Length > 0)?.Prompt ?? "",
            };
    }
}

/// <summary>What became of scores.</summary>
/// <param name="Stored">New ones, on disk.</param>
/// <param name="Duplicates">Those that were there already, by key.</param>
/// <param name="TooLate">Those that are older than what was deleted, and were refused; absent when there are none.</param>
internal sealed record ScoresReport(int Stored, int Duplicates, int? TooLate = null);
