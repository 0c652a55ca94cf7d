using System.Globalization;
using Assay.Cli.Showing;
using Assay.Releases.Gates;
using Assay.Server.Releases;

namespace Assay.Cli.Releasing;

/// <summary>A gate's decision, for a terminal of 80 columns.</summary>
internal static class GateView
{
    public static IEnumerable<string> Lines(GateAnswer answer, DateTimeOffset now)
    {
        var decision = answer.Decision;
        return
        [
            .. WrappedText.Lines($"{GateWords.Word(decision.Verdict).ToUpperInvariant()}: {decision.Release}{Commit(decision)}. {decision.Reason}"),
            "",
            $"{"need", -36} {"verdict", -12} {"age", -10} evidence",
            .. decision.Needs.Select(n => Row(n, now)),
            "",
            .. decision.Needs.SelectMany(Words),
            .. GateWords.Approvals(decision.Approvals) is { Length: > 0 } approvals ? WrappedText.Lines(approvals) : [],
            .. WrappedText.Lines(Kept(answer)),
        ];
    }

    private static string Row(NeedDecision need, DateTimeOffset now) =>
        string.Create(
                CultureInfo.InvariantCulture,
                $"{Fit(need.Need, 36), -36} {GateWords.Word(need.Verdict), -12} {Age(need, now), -10} {Fit(need.Source, 19)}"
            )
            .TrimEnd();

    private static IEnumerable<string> Words(NeedDecision need) =>
        WrappedText
            .Lines($"{need.Need}: {need.Reason}")
            .Concat(need.Notes.SelectMany(note => WrappedText.Within("note: " + note, 78).Select(line => "  " + line)));

    private static string Age(NeedDecision need, DateTimeOffset now) =>
        need.At is not { } at ? "-"
        : at > now ? "0 min"
        : Short(now - at);

    private static string Short(TimeSpan age) => age < TimeSpan.FromMinutes(1) ? "< 1 min" : GateWords.Age(age);

    private static string Commit(GateDecision decision) =>
        decision.Commit.Length == 0 ? "" : $", commit {decision.Commit[..Math.Min(12, decision.Commit.Length)]}";

    private static string Kept(GateAnswer answer) =>
        answer is { Link: { } link, Head: { } head }
            ? string.Create(CultureInfo.InvariantCulture, $"In the ledger as link {link}, head {head}.")
            : "Nothing was written down: there is neither a hub nor a data folder.";

    private static string Fit(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";
}
