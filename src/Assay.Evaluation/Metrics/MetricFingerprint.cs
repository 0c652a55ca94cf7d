using System.Globalization;

namespace Assay.Evaluation.Metrics;

/// <summary>A hash over what shapes a metric's values, its name left out: SHA-256, 64 hexadecimal digits.</summary>
internal static class MetricFingerprint
{
    /// <summary>The hash of a kind and its settings, defaults included, in a fixed order.</summary>
    public static string Of(string kind, params IEnumerable<object?> settings) =>
        Hash.Of([kind, .. settings.Select(setting => Convert.ToString(setting, CultureInfo.InvariantCulture) ?? "")]);
}
