using Assay.Prices;

namespace Assay.Evaluation.Running;

/// <summary>How far a run is.</summary>
/// <param name="Done">Cases done, repeats included, those of an earlier start too.</param>
/// <param name="Total">Cases to do.</param>
/// <param name="Faults">Cases whose target failed.</param>
/// <param name="JudgeErrors">Measurements that failed.</param>
/// <param name="InFlight">Cases being worked on.</param>
/// <param name="Concurrency">Cases that may be worked on at once now; less than the maximum after 429s.</param>
/// <param name="Spent">What was paid since this start, as far as prices are known.</param>
/// <param name="Unpriced">Calls since this start whose price is unknown.</param>
public sealed record RunProgress(int Done, int Total, int Faults, int JudgeErrors, int InFlight, int Concurrency, Money Spent, int Unpriced);

/// <summary>Why a run ended.</summary>
public enum RunEnd
{
    /// <summary>Every case is done.</summary>
    Finished,

    /// <summary>Someone stopped it; it can be resumed.</summary>
    Cancelled,

    /// <summary>Its time is used up; it can be resumed.</summary>
    OutOfTime,

    /// <summary>Its money is used up; it can be resumed.</summary>
    OverBudget,
}
