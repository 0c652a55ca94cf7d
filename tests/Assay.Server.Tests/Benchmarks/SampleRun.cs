using System.Net.Http.Headers;
using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Datasets;
using Assay.Evaluation.Gates;
using Assay.Evaluation.Metrics;
using Assay.Evaluation.Storing;
using Assay.Evaluation.Summaries;
using Assay.Evaluation.Targets;
using Assay.Models.Calls;
using Assay.Prices;

namespace Assay.Server.Tests.Benchmarks;

/// <summary>A run as the command hands it in, decided by real gates.</summary>
internal sealed record SampleRun(string Id, DateTimeOffset At)
{
    public string Benchmark { get; init; } = "handbook";

    public string Language { get; init; } = "en";

    public int Cases { get; init; } = 40;

    /// <summary>Cases that are done; all when null.</summary>
    public int? Done { get; init; }

    public bool IsDryRun { get; init; }

    public int Repeats { get; init; } = 1;

    public double? DurationS { get; init; }

    /// <summary>The commit that it began at; empty when unknown.</summary>
    public string Commit { get; init; } = "";

    /// <summary>The mean of the judge's scores.</summary>
    public double Level { get; init; } = 0.86;

    /// <summary>Every so many-th case the target fails; never when 0.</summary>
    public int FailsEvery { get; init; }

    /// <summary>What stands in the texts of the first case.</summary>
    public string Text { get; init; } = "How many days may I carry over?";

    public string? Trace { get; init; }

    public string Target { get; init; } = "prompt handbook_answer@7, gpt-4.1-mini";

    public IReadOnlyList<GateEntry> Entries { get; init; } =
    [
        new()
        {
            Metric = "judge",
            AtLeast = 0.7,
            Warn = 0.8,
        },
        new()
        {
            Metric = "latency",
            Statistic = "p95",
            AtMost = 5000,
        },
    ];

    private static readonly IReadOnlyList<PlannedMetric> Metrics =
    [
        new("judge", "judge fingerprint", MetricScale.Share),
        new("rouge_l", "rouge fingerprint", MetricScale.Share),
    ];

    public RunPlan Plan =>
        new(
            Id,
            Benchmark,
            At,
            new RunContent(new DatasetIdentity("handbook_qa_v1", new string('9', 64), Cases, Cases, 0), Target, "t" + Target, Metrics, Repeats, 7)
            {
                Language = Language,
                IsDryRun = IsDryRun,
                ToolVersion = "0.5.0",
            }
        );

    public IReadOnlyList<CaseOutcome> Outcomes => [.. Enumerable.Range(0, Done ?? (Cases * Repeats)).Select(i => Outcome(i / Repeats, i % Repeats))];

    public RunVerdict Verdict => RunVerdict.Of(RunSummary.Of(Plan, Outcomes), Entries);

    public RunHead Head => RunHead.Of(Verdict, DurationS, Commit);

    public IEnumerable<StoredCase> Lines => Outcomes.Select(o => StoredCase.Of(o, Metrics));

    public async Task<HttpContent> PackedAsync()
    {
        using var packed = new MemoryStream();
        await RunPackage.WriteAsync(packed, Head, Lines, CancellationToken.None);
        return new ByteArrayContent(packed.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/gzip") } };
    }

    public async Task<Answered> SendAsync(HttpClient client) => await Answered.ToAsync(client, HttpMethod.Post, "/api/v1/runs", await PackedAsync());

    private CaseOutcome Outcome(int index, int repeat)
    {
        var asked = new CaseExcerpt($"hb-{index:000}", index == 0 ? Text : $"Question {index}?", $"Reference {index}", null, []);
        if (FailsEvery > 0 && index % FailsEvery == FailsEvery - 1)
        {
            return new CaseOutcome(index, repeat, asked, null, new TargetFault(ModelFault.TimedOut, "no answer in 60 s"), [], []);
        }

        // Scores around the level, the same for each run of the same level, and one case that is far off.
        var score = index == 0 ? Level / 2 : Math.Clamp(Level + (((index * 7 % 11) - 5) * 0.02) + (repeat * 0.003), 0, 1);
        var answer = new Answer(index == 0 ? "Answer: " + Text : $"Answer {index} at {Level}", "gpt-4.1-mini")
        {
            LatencyMs = 800 + (index * 13 % 400),
            Cost = Money.OfDollars(0.0035m),
            TraceId = index == 0 ? Trace : null,
        };
        return new CaseOutcome(
            index,
            repeat,
            asked,
            answer,
            null,
            [new Measurement.Value(Math.Round(score, 4), index == 0 ? "States 10 days: " + Text : "Supported."), new Measurement.Value(0.5)],
            [new CallFacts("gpt-4.1", 900, 1, FromCache: false, null, Money.OfDollars(0.001m))]
        );
    }
}
