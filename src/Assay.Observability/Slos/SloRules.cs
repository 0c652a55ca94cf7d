using System.Text.RegularExpressions;

namespace Assay.Observability.Slos;

/// <summary>What a definition must keep to, wherever it comes from.</summary>
internal static partial class SloRules
{
    public const double LeastTarget = 0.000_001;
    public const double GreatestTarget = 0.999_999;

    /// <exception cref="AssayException">A value is out of its range (exit code 2).</exception>
    public static void Check(SloDefinition slo)
    {
        ArgumentNullException.ThrowIfNull(slo);
        if (Faults(slo).FirstOrDefault() is var (problem, fix) && problem is not null)
        {
            throw AssayException.Usage($"SLO '{slo.Name}': {problem}", fix);
        }
    }

    public static bool IsName(string name) => Name().IsMatch(name);

    private static IEnumerable<(string Problem, string Fix)> Faults(SloDefinition slo)
    {
        if (!IsName(slo.Name))
        {
            yield return ("its name is not 1 to 64 of a-z, 0-9, '-' and '.', a letter first.", "Name it as in ask-availability.");
        }

        if (slo.Service.Length is 0 or > 128)
        {
            yield return ("it has no service.", "Name the service as its service.name says, in 1 to 128 characters.");
        }

        if (!(slo.Target is >= LeastTarget and <= GreatestTarget))
        {
            yield return ("its target is not from 0.000001 to 0.999999.", "Write the share of good events, such as 0.999: a target of 1 has no budget.");
        }

        if (slo.Indicator.JudgesDurations && !(slo.Indicator.Threshold > 0 && double.IsFinite(slo.Indicator.Threshold)))
        {
            yield return ("its greatest duration is not above 0.", "Give milliseconds, such as 500.");
        }

        if (!double.IsFinite(slo.Indicator.Threshold))
        {
            yield return ("its threshold is no number.", "Give a score, such as 0.5.");
        }
    }

    [GeneratedRegex(@"^[a-z][a-z0-9.-]{0,63}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
