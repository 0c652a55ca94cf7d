using System.Text;
using System.Text.Json;
using Assay.Releases.Canaries.Judging;
using Assay.Releases.Ledger;

namespace Assay.Releases.Canaries;

/// <summary>Something that the ledger is to be told, kept with the state until it was: a crash between the two loses nothing and tells nothing twice.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Key">See <see cref="LedgerEntry.Key"/>.</param>
/// <param name="Actor">Who.</param>
/// <param name="At">When.</param>
/// <param name="Body">What is told.</param>
internal sealed record CanaryNote(LedgerKind Kind, string Key, string Actor, DateTimeOffset At, CanaryNoteBody Body)
{
    /// <summary>For a link of the kind <c>evidence</c>: its JSON, told in place of the body; null for others.</summary>
    public string? Evidence { get; init; }

    /// <summary>As the ledger takes it.</summary>
    public LedgerEntry ToEntry(string release) =>
        new(
            release,
            Kind,
            Key,
            Actor,
            At,
            Evidence is { } evidence ? Encoding.UTF8.GetBytes(evidence) : JsonSerializer.SerializeToUtf8Bytes(Body, CanaryJson.Default.CanaryNoteBody)
        );
}

/// <summary>What the ledger is told of a canary.</summary>
/// <param name="Step">The step, from 1.</param>
/// <param name="Percent">The canary's share of traffic.</param>
/// <param name="Reason">Why, in sentences.</param>
internal sealed record CanaryNoteBody(int Step, decimal Percent, string Reason)
{
    /// <summary>The look at the step, from 1; null when it is no look.</summary>
    public int? Look { get; init; }

    /// <summary>What it came to; null when nothing was judged.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>The commit; null when unknown.</summary>
    public string? Commit { get; init; }

    /// <summary>Why it was started without an open gate.</summary>
    public string? Forced { get; init; }

    /// <summary>Requests of the canary on the step; null when it is no look.</summary>
    public long? Requests { get; init; }

    /// <summary>The metrics.</summary>
    public IReadOnlyList<MetricJudgement>? Metrics { get; init; }
}
