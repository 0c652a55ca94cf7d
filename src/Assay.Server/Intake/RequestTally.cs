namespace Assay.Server.Intake;

/// <summary>What was done to the events of one request.</summary>
internal sealed class RequestTally
{
    /// <summary>Items that were not taken, and the first reason.</summary>
    public int Rejected { get; private set; }

    /// <summary>Why the first item was not taken; empty when all were.</summary>
    public string FirstProblem { get; private set; } = "";

    /// <summary>Prompts, answers and chunks left out.</summary>
    public int ContentDropped { get; set; }

    /// <summary>Attributes left out because there were too many.</summary>
    public int AttributesDropped { get; set; }

    /// <summary>Texts and values that were cut at their bound.</summary>
    public int Truncated { get; set; }

    /// <summary>Texts with personal data or secrets taken out.</summary>
    public int Redacted { get; set; }

    /// <summary>Times that were missing or out of range.</summary>
    public int TimesMissing { get; set; }

    /// <summary>Ends before their begins.</summary>
    public int NegativeDurations { get; set; }

    /// <summary>Scores without a name or a finite value.</summary>
    public int ScoresIncomplete { get; set; }

    /// <summary>Counts items that the store refused, as events of their time were deleted already.</summary>
    public void RejectLate(int count)
    {
        if (count > 0 && Rejected == 0)
        {
            FirstProblem = "items ended before the time up to which telemetry was deleted; see --keep-days and --keep-gib";
        }

        Rejected += count;
    }

    public void Reject(string problem)
    {
        if (Rejected++ == 0)
        {
            FirstProblem = problem;
        }
    }
}
