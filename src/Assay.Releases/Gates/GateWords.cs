namespace Assay.Releases.Gates;

/// <summary>A gate's decision in words.</summary>
internal static class GateWords
{
    /// <summary>The decision in a sentence.</summary>
    public static string Reason(Verdict verdict, IReadOnlyList<NeedDecision> needs, ApprovalsDecision approvals)
    {
        var those = string.Join(", ", needs.Where(n => n.Verdict == verdict).Select(n => n.Need));
        var people =
            approvals.Needed == 0 ? ""
            : approvals.Lacking == 0 ? " and everybody needed has approved"
            : "";
        return verdict switch
        {
            Verdict.Fail => $"Failed: {those}.",
            Verdict.NoData => $"No data for: {those}." + Open(needs),
            Verdict.Inconclusive when those.Length > 0 => $"Not decided: {those}." + Waiting(approvals),
            Verdict.Inconclusive => $"Every need passes ({needs.Count} of {needs.Count})." + Waiting(approvals),
            _ => $"Every need passes ({needs.Count} of {needs.Count}){people}.",
        };
    }

    /// <summary>A verdict in a word or two.</summary>
    public static string Word(Verdict verdict) =>
        verdict switch
        {
            Verdict.Pass => "pass",
            Verdict.Fail => "FAIL",
            Verdict.Inconclusive => "inconclusive",
            _ => "no data",
        };

    /// <summary>An age in its largest two units: <c>2 d 4 h</c>.</summary>
    public static string Age(TimeSpan age) =>
        age < TimeSpan.FromMinutes(1) ? "less than a minute"
        : age < TimeSpan.FromHours(1) ? $"{(int)age.TotalMinutes} min"
        : age < TimeSpan.FromDays(1) ? $"{(int)age.TotalHours} h {age.Minutes} min"
        : $"{(int)age.TotalDays} d {age.Hours} h";

    /// <summary>Approvals in a sentence; empty when none are needed and none were given.</summary>
    public static string Approvals(ApprovalsDecision approvals)
    {
        var counting = approvals.Given.Where(a => a.Counts).Select(a => a.Name).ToList();
        var refused = approvals.Given.Where(a => !a.Counts).Select(a => $" That of {a.Name} does not count: {a.Problem}.");
        return approvals is { Needed: 0, Given.Count: 0 }
            ? ""
            : $"Approvals: {counting.Count} of {approvals.Needed}" + (counting.Count > 0 ? $" ({string.Join(", ", counting)})." : ".") + string.Concat(refused);
    }

    private static string Open(IReadOnlyList<NeedDecision> needs)
    {
        var open = string.Join(", ", needs.Where(n => n.Verdict == Verdict.Inconclusive).Select(n => n.Need));
        return open.Length == 0 ? "" : $" Not decided: {open}.";
    }

    private static string Waiting(ApprovalsDecision approvals) =>
        approvals.Lacking == 0
            ? ""
            : $" {(approvals.Lacking == 1 ? "1 approval is" : $"{approvals.Lacking} approvals are")} missing ({approvals.Counting} of {approvals.Needed}).";
}
