using System.Text;
using System.Text.Json.Serialization;

namespace Assay.Statistics;

/// <summary>
/// What a statistical method came to: <see cref="Computed"/> (a plan: <see cref="Planning.PowerPlan"/>), or <see cref="NotComputable"/> with the reason in words.
/// No number in a result is ever NaN or infinite. Differences are treatment − control.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "outcome")]
[JsonDerivedType(typeof(Computed), "computed")]
[JsonDerivedType(typeof(NotComputable), "not_computable")]
[JsonDerivedType(typeof(Planning.PowerPlan), "plan")]
public abstract record StatisticResult
{
    private protected StatisticResult(string method, string reference)
    {
        Method = method;
        Reference = reference;
    }

    /// <summary>The method's name as a reader of a report knows it: <c>Welch's t test</c>.</summary>
    public string Method { get; }

    /// <summary>Where the method's formula is published.</summary>
    public string Reference { get; }

    /// <summary>The computed result, or null when the data did not carry one.</summary>
    [JsonIgnore]
    public Computed? AsComputed => this as Computed;

    /// <summary>Prints what the result has without <see cref="AsComputed"/>, which is the result itself.</summary>
    /// <param name="builder">Where to.</param>
    protected virtual bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Method = ").Append(Method).Append(", Reference = ").Append(Reference);
        return true;
    }
}
