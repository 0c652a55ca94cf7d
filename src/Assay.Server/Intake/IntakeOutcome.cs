using Assay.Server.Intake.Wire;

namespace Assay.Server.Intake;

/// <summary>What became of a request, in the codes of gRPC; HTTP has the same ones in other numbers.</summary>
internal enum IntakeCode
{
    /// <summary>Stored, perhaps but for rejected items.</summary>
    Ok = 0,

    /// <summary>The message is not what it should be: never send it again.</summary>
    InvalidArgument = 3,

    /// <summary>The sender's deadline passed.</summary>
    DeadlineExceeded = 4,

    /// <summary>Too much at once: send again later.</summary>
    ResourceExhausted = 8,

    /// <summary>Not for the hub.</summary>
    Unimplemented = 12,

    /// <summary>The hub failed.</summary>
    Internal = 13,

    /// <summary>The store cannot take it: send again later.</summary>
    Unavailable = 14,
}

/// <summary>What became of a request.</summary>
/// <param name="Code">The outcome.</param>
/// <param name="Message">For a person: why, and what to do; of a request that was taken, the first reason to reject an item.</param>
/// <param name="Rejected">Items that were not taken of a request that was.</param>
internal sealed record IntakeOutcome(IntakeCode Code, string Message = "", int Rejected = 0)
{
    public static IntakeOutcome Malformed(WireProblem problem) => new(IntakeCode.InvalidArgument, $"This is no OTLP message: {problem}. Nothing was stored.");

    /// <summary>Whether sending again may help.</summary>
    public bool IsRetryable => Code is IntakeCode.ResourceExhausted or IntakeCode.Unavailable;
}
