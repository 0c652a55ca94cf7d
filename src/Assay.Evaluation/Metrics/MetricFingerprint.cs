using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Assay.Evaluation.Metrics;

/// <summary>A hash over what shapes a metric's values, its name left out: SHA-256, 64 hexadecimal digits.</summary>
internal static class MetricFingerprint
{
    /// <summary>The hash of a kind and its settings, defaults included, in a fixed order.</summary>
    public static string Of(string kind, params ReadOnlySpan<object?> settings)
    {
        var content = new StringBuilder(kind);
        foreach (var setting in settings)
        {
            var text = Convert.ToString(setting, CultureInfo.InvariantCulture) ?? "";
            content.Append('\n').Append(text.Length).Append(':').Append(text);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content.ToString())));
    }
}
