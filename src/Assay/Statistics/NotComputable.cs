using System.Text.Json.Serialization;

namespace Assay.Statistics;

/// <summary>The data do not carry a result: too few values, no variance, values that are not finite. Never a pass, never a winner.</summary>
public sealed record NotComputable : StatisticResult
{
    [JsonConstructor]
    internal NotComputable(string method, string reference, string reason)
        : base(method, reference) => Reason = reason;

    /// <summary>Why, as half a sentence: <c>the control has 1 value; a variance needs 2</c>.</summary>
    public string Reason { get; }
}
