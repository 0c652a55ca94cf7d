using Assay.Models.Calls;

namespace Assay.Rag.Live;

/// <summary>Why a stage goes on without its model: reasons of <c>rag_fallbacks_total</c>.</summary>
internal static class LiveFallback
{
    /// <summary>
    /// Whether the pipeline may go on without the model. A refused key or a spent budget is for a person to mend: hiding it behind worse results would
    /// let it stay for weeks.
    /// </summary>
    public static bool Allows(ModelCallException failure) => !failure.StopsWork;

    public static string ReasonOf(ModelFault fault) =>
        fault switch
        {
            ModelFault.Rejected => "model_rejected",
            ModelFault.RateLimited => "model_rate_limited",
            ModelFault.TimedOut => "model_timeout",
            ModelFault.Malformed => "model_malformed",
            ModelFault.CircuitOpen => "model_circuit_open",
            _ => "model_unavailable",
        };
}
