using Assay.Server.Intake.Bodies;
using Assay.Server.Intake.Wire;

namespace Assay.Server.Intake;

/// <summary>What became of a request, in the codes of gRPC.</summary>
internal enum IntakeCode
{
    /// <summary>Stored, perhaps but for rejected items.</summary>
    Ok = 0,

    /// <summary>The sender is gone.</summary>
    Cancelled = 1,

    /// <summary>The message is not what it should be: never send it again.</summary>
    InvalidArgument = 3,

    /// <summary>The sender's deadline passed.</summary>
    DeadlineExceeded = 4,

    /// <summary>Too much: of one request, or of all at once.</summary>
    ResourceExhausted = 8,

    /// <summary>Not for the hub.</summary>
    Unimplemented = 12,

    /// <summary>The store cannot take it: send again later.</summary>
    Unavailable = 14,
}

/// <summary>What became of a request.</summary>
/// <param name="Code">The outcome.</param>
/// <param name="Message">For a person: why, and what to do; of a request that was taken, the first reason to reject an item.</param>
internal sealed record IntakeOutcome(IntakeCode Code, string Message = "")
{
    private const string Metrics =
        "The hub takes traces and logs; metrics are scraped by Prometheus, as deploy/prometheus/prometheus.yml does. "
        + "Set OTEL_METRICS_EXPORTER=none to stop sending them here.";

    /// <summary>Items that were not taken of a request that was.</summary>
    public int Rejected { get; init; }

    /// <summary>After how many seconds sending again may help; null when it never does.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Why the body could not be read, when it is that.</summary>
    public BodyFault BodyFault { get; init; }

    public static IntakeOutcome MetricsAreScraped { get; } = new(IntakeCode.Unimplemented, Metrics);

    public static IntakeOutcome Malformed(WireProblem problem) => new(IntakeCode.InvalidArgument, $"This is no OTLP message: {problem}. Nothing was stored.");

    /// <summary>A store that is busy is so for parts of a second; OpenTelemetry's exporters add a back-off of their own.</summary>
    public static IntakeOutcome Later(IntakeCode code, string message) => new(code, message) { RetryAfterSeconds = 1 };

    public static IntakeOutcome Of(BodyResult body) =>
        body.Fault switch
        {
            BodyFault.NoRoom => Later(IntakeCode.ResourceExhausted, body.Message) with { BodyFault = body.Fault },
            BodyFault.TooLong => new(IntakeCode.ResourceExhausted, body.Message) { BodyFault = body.Fault },
            BodyFault.NotSupported => new(IntakeCode.Unimplemented, body.Message) { BodyFault = body.Fault },
            _ => new(IntakeCode.InvalidArgument, body.Message) { BodyFault = body.Fault },
        };
}
