using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Assay.Stores;

namespace Assay.Server.Decisions;

/// <summary>Decisions as documents; those of one trace have keys that begin with its id.</summary>
internal sealed class DecisionLog(IDocumentStore documents, TimeProvider time)
{
    public const string Collection = "decisions";

    private const string NoTrace = "none";

    /// <summary>Records a decision, once for each key of a sender.</summary>
    public async Task<RecordedDecision> RecordAsync(DecisionRequest request, string recordedBy, CancellationToken cancellationToken)
    {
        var decision = Made(request, recordedBy);
        var json = JsonSerializer.SerializeToUtf8Bytes(decision, DecisionsJson.Default.Decision);
        var write = new DocumentWrite(Collection, decision.Id, json) { ExpectedVersion = 0, At = decision.At };
        var outcome = await documents.PutAsync(write, cancellationToken);
        if (outcome.Done)
        {
            return new RecordedDecision(decision, IsNew: true, IsSame: true);
        }

        var there = await FindAsync(decision.Id, cancellationToken) ?? decision;
        return new RecordedDecision(there, IsNew: false, there.SaysTheSameAs(decision));
    }

    public async Task<Decision?> FindAsync(string id, CancellationToken cancellationToken) =>
        id.Length is > 0 and <= 256 && !id.Any(char.IsControl) && await documents.GetAsync(Collection, id, cancellationToken) is { } found ? Read(found) : null;

    public async Task<IReadOnlyList<Decision>> ListAsync(DecisionQuery query, CancellationToken cancellationToken)
    {
        var found = await documents.ListAsync(
            new DocumentQuery(Collection)
            {
                KeyPrefix = query.Trace is { } trace ? trace + "-" : null,
                From = query.From,
                Before = query.Before,
                Skip = query.Skip,
                Limit = query.Limit,
            },
            cancellationToken
        );
        return [.. found.Select(Read)];
    }

    private Decision Made(DecisionRequest request, string recordedBy)
    {
        // Read and written again: ids are kept in lower case.
        var trace = TraceId.TryParse(request.TraceId, out var traceId) ? traceId.ToString() : null;
        var span = SpanId.TryParse(request.SpanId, out var spanId) ? spanId.ToString() : null;
        return new Decision(
            $"{trace ?? NoTrace}-{request.Key ?? NewKey()}",
            request.At ?? time.GetUtcNow(),
            request.By,
            recordedBy,
            request.Subject,
            request.Choice,
            request.Verdict,
            request.Reason,
            request.Inputs ?? [],
            trace,
            span
        );
    }

    private string NewKey() =>
        time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture) + "-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    private static Decision Read(Document document) => JsonSerializer.Deserialize(document.Json.Span, DecisionsJson.Default.Decision)!;
}

/// <summary>Which decisions to list.</summary>
/// <param name="Trace">Of this trace; null for all.</param>
/// <param name="From">At or after this time.</param>
/// <param name="Before">Before this time.</param>
/// <param name="Skip">How many to pass over.</param>
/// <param name="Limit">How many at most.</param>
internal sealed record DecisionQuery(TraceId? Trace, DateTimeOffset? From, DateTimeOffset? Before, int Skip, int Limit);

/// <summary>A decision as recorded.</summary>
/// <param name="Decision">What is kept.</param>
/// <param name="IsNew">False when its key was there already.</param>
/// <param name="IsSame">Whether what is kept under the key says what was sent.</param>
internal sealed record RecordedDecision(Decision Decision, bool IsNew, bool IsSame);
