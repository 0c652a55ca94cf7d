namespace Assay.Models.Calls;

/// <summary>A model call that gave no answer. The message names the endpoint, what it said and what to do; never a key or a prompt.</summary>
public sealed class ModelCallException(ModelFault fault, string message, CallFacts? facts = null, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why.</summary>
    public ModelFault Fault { get; } = fault;

    /// <summary>What the attempts took; null when nothing was sent.</summary>
    public CallFacts? Facts { get; } = facts;

    /// <summary>Whether all further calls would fail alike, so that the work must stop.</summary>
    public bool StopsWork => Fault is ModelFault.Refused or ModelFault.OverBudget || IsOfDeadEndpoint;

    /// <summary>Whether the endpoint is proven dead, and the caller asked to be told so.</summary>
    internal bool IsOfDeadEndpoint { get; init; }
}
