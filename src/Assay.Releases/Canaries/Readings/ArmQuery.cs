namespace Assay.Releases.Canaries.Readings;

/// <summary>A query of a release file for one arm.</summary>
internal static class ArmQuery
{
    private const string Matcher = "=\"$arm\"";

    /// <summary>
    /// <c>$window</c> is the time since the step began. <c>label="$arm"</c> is the canary's value for the canary, and every other value for control: <c>label!="1.9.0"</c>.
    /// </summary>
    public static string Of(string query, string arm, bool isCanary, string window)
    {
        var value = arm.Replace("\\", "\\\\").Replace("\"", "\\\"");
        return query.Replace(Matcher, (isCanary ? "=\"" : "!=\"") + value + "\"").Replace("$window", window);
    }

    /// <summary>Whether a query tells arms apart.</summary>
    public static bool IsOfArms(string query) => query.Contains(Matcher);
}
