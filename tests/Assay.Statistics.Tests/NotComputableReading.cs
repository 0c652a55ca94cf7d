namespace Assay.Statistics.Tests;

internal static class NotComputableReading
{
    /// <summary>The reason of a result that must not be computable.</summary>
    public static string Reason(this StatisticResult result) => result.ShouldBeOfType<NotComputable>().Reason;
}
