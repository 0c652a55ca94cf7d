using System.Globalization;
using System.Text.Json;
using Assay.Stores;

namespace Assay.Server.Access;

/// <summary>The audit log: every write with who, what, why and when, in the collection <c>audit</c>. It is only ever added to.</summary>
internal sealed class Audit(IDocumentStore documents, TimeProvider time)
{
    public const string Collection = "audit";

    private long last;

    public async Task WriteAsync(AuditedWrite write, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var record = new AuditRecord(KeyAt(now), now, write.Actor, write.Action, write.Subject, write.Reason);
        var json = JsonSerializer.SerializeToUtf8Bytes(record, AccessJson.Default.AuditRecord);
        await documents.PutAsync(new DocumentWrite(Collection, record.Id, json) { ExpectedVersion = 0, At = now }, cancellationToken);
    }

    public async Task<IReadOnlyList<AuditRecord>> ListAsync(DocumentQuery query, CancellationToken cancellationToken)
    {
        var found = await documents.ListAsync(query, cancellationToken);
        return [.. found.Select(d => JsonSerializer.Deserialize(d.Json.Span, AccessJson.Default.AuditRecord)!)];
    }

    // Ticks that never repeat within the process: two writes of one moment keep their order.
    private string KeyAt(DateTimeOffset now)
    {
        long seen,
            next;
        do
        {
            seen = Interlocked.Read(ref last);
            next = Math.Max(now.UtcTicks, seen + 1);
        } while (Interlocked.CompareExchange(ref last, next, seen) != seen);
        return next.ToString("d19", CultureInfo.InvariantCulture);
    }
}

/// <summary>A write to be told in the audit log.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Action">What was done: <c>token.create</c>.</param>
/// <param name="Subject">To what; empty when the action says it all.</param>
/// <param name="Reason">Why, in the actor's words; empty when none were given.</param>
internal sealed record AuditedWrite(string Actor, string Action, string Subject, string Reason);

/// <summary>A line of the audit log.</summary>
/// <param name="Id">Its id; ids ascend with time.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who: <c>token NAME</c> or <c>browser ID</c>.</param>
/// <param name="Action">What was done: <c>token.create</c>.</param>
/// <param name="Subject">To what.</param>
/// <param name="Reason">Why, in the actor's words; empty when none were given.</param>
internal sealed record AuditRecord(string Id, DateTimeOffset At, string Actor, string Action, string Subject, string Reason);
