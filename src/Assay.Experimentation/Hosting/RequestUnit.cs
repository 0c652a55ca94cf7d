using Assay.Flags;

namespace Assay.Experimentation.Hosting;

/// <summary>
/// The unit of the current request, as <see cref="UnitMiddleware.UseAssayUnits"/> made it. Take it as a parameter and hand it on:
/// <c>flags.IsEnabled("new_ranking", unit)</c>. One per request.
/// </summary>
public sealed class RequestUnit
{
    /// <summary>The unit; its key is empty when the request names none, or outside of a request.</summary>
    public Unit Value { get; internal set; }

    /// <summary>The unit itself.</summary>
    public static implicit operator Unit(RequestUnit unit) => unit.Value;
}
