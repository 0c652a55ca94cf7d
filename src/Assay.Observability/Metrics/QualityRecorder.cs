using System.Diagnostics;
using System.Diagnostics.Metrics;
using Assay.Observability.Logging;
using Assay.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Assay.Observability.Metrics;

/// <summary>
/// Records how good answers are: scores of metrics and judges, ratings of users, guardrails. Each becomes an event <c>gen_ai.evaluation.result</c> on the
/// current span, which a hub reads as a score of that trace, prompt and variant, and a metric. Needs neither a hub nor ASP.NET. Safe for several threads.
/// </summary>
public sealed class QualityRecorder : IDisposable
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Assay.Quality";

    private const string Scores = "assay_quality_score";
    private const string Ratings = "assay_ratings_total";
    private const string Guardrails = "assay_guardrails_total";

    /// <summary>A rating comes after its answer was sent, so it has a span of its own in the trace of the answer.</summary>
    private const string RatingSpan = "assay.rating";

    private readonly Meter meter = new(Name);
    private readonly ActivitySource source = new(Name);
    private readonly Histogram<double> scores;
    private readonly Counter<long> ratings;
    private readonly Counter<long> guardrails;
    private readonly BoundedLabel scoreNames;
    private readonly BoundedLabel ratingNames;
    private readonly BoundedLabel guardrailNames;
    private readonly ILogger log;

    /// <summary>Creates the instruments that the registry defines.</summary>
    /// <param name="registry">Names and bounds; those that ship with Assay when null.</param>
    public QualityRecorder(TelemetryRegistry? registry = null)
        : this(registry ?? TelemetryRegistry.Default, NullLogger.Instance) { }

    /// <param name="registry">Names and bounds.</param>
    /// <param name="log">Gets a warning for each guardrail that triggers; in a host this is the service's log.</param>
    internal QualityRecorder(TelemetryRegistry registry, ILogger log)
    {
        this.log = log;
        scores = registry.CreateHistogram(meter, Scores);
        ratings = registry.CreateCounter(meter, Ratings);
        guardrails = registry.CreateCounter(meter, Guardrails);
        scoreNames = new BoundedLabel(registry, Scores, "name");
        ratingNames = new BoundedLabel(registry, Ratings, "name");
        guardrailNames = new BoundedLabel(registry, Guardrails, "name");
    }

    /// <summary>Records a score of the answer that the current span makes.</summary>
    /// <param name="name">What was scored, such as <c>relevance</c>; few names.</param>
    /// <param name="value">The score, finite; usually 0 to 1.</param>
    /// <param name="label">A word for it, such as <c>offline</c>.</param>
    /// <param name="explanation">Why; personal data and secrets are redacted.</param>
    /// <exception cref="AssayException">The value is not finite, or the name is empty or too long (exit code 2).</exception>
    public void RecordQualityScore(string name, double value, string? label = null, string? explanation = null)
    {
        Demand(name, value);
        scores.Record(value, scoreNames.Of(name));
        Add(Activity.Current, new Score("quality", name, value, label, explanation));
    }

    /// <summary>Records what a user thought of an answer.</summary>
    /// <param name="value">The rating, finite: -1 to 1, where below 0 is bad, 0 is neither and above 0 is good.</param>
    /// <param name="of">The span of the answer, which may have ended long ago; the current span when null.</param>
    /// <param name="name">What was rated. The default is <c>user_rating</c>.</param>
    /// <param name="comment">What the user said; personal data and secrets are redacted.</param>
    /// <exception cref="AssayException">The value is not between -1 and 1, or the name is empty or too long (exit code 2).</exception>
    public void RecordRating(double value, ActivityContext? of = null, string name = "user_rating", string? comment = null)
    {
        Demand(name, value);
        if (value is < -1 or > 1)
        {
            throw AssayException.Usage($"A rating of {value} is not between -1 and 1.", "Map your scale: 1 star of 5 is -1, 3 are 0, 5 are 1.");
        }

        var label =
            value < 0 ? "negative"
            : value > 0 ? "positive"
            : "neutral";
        ratings.Add(1, ratingNames.Of(name), new KeyValuePair<string, object?>("sentiment", label));
        using var own = of is { } answer ? source.StartActivity(RatingSpan, ActivityKind.Internal, answer, links: LinkToCurrent()) : null;
        Add(own ?? (of is null ? Activity.Current : null), new Score("rating", name, value, label, comment));
    }

    /// <summary>
    /// Records what a guardrail said of the request or answer of the current span. One that triggers is a warning in the log of a service that calls
    /// <c>AddAssayObservability()</c>, and a bad event of an SLO that names its score.
    /// </summary>
    /// <param name="name">The guardrail, such as <c>pii_filter</c>; few names.</param>
    /// <param name="triggered">Whether it found something.</param>
    /// <param name="explanation">What it found, without the text itself; personal data and secrets are redacted.</param>
    /// <exception cref="AssayException">The name is empty or too long (exit code 2).</exception>
    public void RecordGuardrail(string name, bool triggered, string? explanation = null)
    {
        var value = triggered ? 1.0 : 0.0;
        Demand(name, value);
        var label = triggered ? "triggered" : "passed";
        guardrails.Add(1, guardrailNames.Of(name), new KeyValuePair<string, object?>("outcome", label));
        if (triggered)
        {
            log.GuardrailTriggered(name, explanation ?? "no reason given");
        }

        Add(Activity.Current, new Score("guardrail", name, value, label, explanation));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        meter.Dispose();
        source.Dispose();
    }

    private static void Demand(string name, double value)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 64)
        {
            throw AssayException.Usage($"'{name}' is not the name of a score.", "Give 1 to 64 characters, such as relevance.");
        }

        if (!double.IsFinite(value))
        {
            throw AssayException.Usage($"The score {name} is {value}.", "Give a finite number, or record nothing where there is no score.");
        }
    }

    private static ActivityLink[]? LinkToCurrent() => Activity.Current is { } current ? [new ActivityLink(current.Context)] : null;

    private static void Add(Activity? span, in Score score)
    {
        if (span is not { IsAllDataRequested: true })
        {
            return;
        }

        var tags = new ActivityTagsCollection
        {
            [GenAiNames.EvaluationName] = score.Name,
            [GenAiNames.EvaluationValue] = score.Value,
            [GenAiAttributes.ScoreKind] = score.Kind,
        };
        SetIfAny(tags, GenAiNames.EvaluationLabel, score.Label);
        SetIfAny(tags, GenAiNames.EvaluationReason, score.Reason is { } reason ? Redactor.Redact(reason) : null);
        SetIfAny(tags, GenAiAttributes.Prompt, Inherited(span, GenAiAttributes.Prompt));
        CopyVariants(span, tags);
        span.AddEvent(new ActivityEvent(GenAiNames.EvaluationEvent, tags: tags));
    }

    private static void SetIfAny(ActivityTagsCollection tags, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            tags[name] = value;
        }
    }

    /// <summary>The value on the span, or on the nearest span around it.</summary>
    private static string? Inherited(Activity span, string name)
    {
        for (Activity? at = span; at is not null; at = at.Parent)
        {
            if (at.GetTagItem(name) is string value)
            {
                return value;
            }
        }

        return null;
    }

    // A flag's variant stands in two attributes of the span that asked for it, or of one around it: OpenTelemetry's conventions for feature flags.
    private static void CopyVariants(Activity span, ActivityTagsCollection tags)
    {
        foreach (var name in (string[])["feature_flag.key", "feature_flag.result.variant"])
        {
            SetIfAny(tags, name, Inherited(span, name));
        }
    }

    private readonly record struct Score(string Kind, string Name, double Value, string? Label, string? Reason);
}
