using System.Globalization;
using Assay.Releases.Files;
using Assay.Statistics;

namespace Assay.Releases.Gates;

/// <summary>Decides one need.</summary>
internal static class NeedJudge
{
    // Clocks of two machines differ by less; evidence from further ahead has a wrong time, and its age is unknown.
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(5);

    // A sum over all cases is no sample: it has no interval and needs none.
    private const string Counted = "sum";

    /// <summary>Decides.</summary>
    /// <param name="need">What is needed.</param>
    /// <param name="found">What was found.</param>
    /// <param name="candidate">Who is to go out.</param>
    /// <param name="corrected">Corrected p-values of fails.</param>
    /// <param name="now">The time.</param>
    public static NeedDecision Decide(
        NeedEntry need,
        NeededEvidence found,
        GateCandidate candidate,
        IReadOnlyDictionary<EvidencePiece, double> corrected,
        DateTimeOffset now
    )
    {
        if (found.Pieces.Count == 0)
        {
            var missing = found.Missing.Length > 0 ? found.Missing : "There is no evidence.";
            return new NeedDecision(need.Title, Verdict.NoData, missing, found.Source, []) { Notes = found.Notes };
        }

        var figures = found.Pieces.Select(p => Figure(p, corrected)).Concat(need.Margins.Select(m => Margin(m.Key, m.Value, found.Pieces))).ToList();
        var (verdict, reason) = Unusable(need, found, candidate, now) ?? Judged(found, figures);
        return new NeedDecision(need.Title, verdict, reason, found.Source, figures) { At = found.Pieces.Min(p => p.Evidence.At), Notes = found.Notes };
    }

    // Why evidence decides nothing, in neither direction: about another candidate there is no data at all, the rest is too weak.
    private static (Verdict, string)? Unusable(NeedEntry need, NeededEvidence found, GateCandidate candidate, DateTimeOffset now) =>
        OtherCandidate(found, candidate) is { } other ? (Verdict.NoData, other)
        : found.Pieces.Any(p => p.Evidence.IsSmoke)
            ? (Verdict.Inconclusive, "It is smoke evidence: points decided, or offline models answered. No release rests on that.")
        : Old(need, found, now) is { } old ? (Verdict.Inconclusive, old)
        : found.Voids.Count > 0 ? (Verdict.Inconclusive, string.Join(" ", found.Voids))
        : null;

    private static string? OtherCandidate(NeededEvidence found, GateCandidate candidate)
    {
        foreach (var subject in found.Pieces.Select(p => p.Evidence.Subject))
        {
            if (candidate.Commit.Length > 0 && subject.Commit.Length > 0 && !candidate.IsOf(subject.Commit))
            {
                return $"It is about commit {Short(subject.Commit)}, not about {Short(candidate.Commit)}.";
            }

            if (candidate.Commit.Length > 0 && subject.Commit.Length == 0 && found.MustNameCommit)
            {
                return "It does not say which commit it measured.";
            }

            if (found.Expected.DatasetHash.Length > 0 && subject.DatasetHash != found.Expected.DatasetHash)
            {
                return $"It measured another dataset: {Short(subject.DatasetHash)}, the catalog has {Short(found.Expected.DatasetHash)}.";
            }

            if (found.Expected.Prompts.FirstOrDefault(p => !subject.Prompts.Contains(p)) is { } prompt)
            {
                return $"It did not ask with the prompt {prompt}" + (subject.Prompts.Count > 0 ? $", but with {string.Join(", ", subject.Prompts)}." : ".");
            }
        }

        return null;
    }

    private static string? Old(NeedEntry need, NeededEvidence found, DateTimeOffset now)
    {
        var (oldest, newest) = (found.Pieces.Min(p => p.Evidence.At), found.Pieces.Max(p => p.Evidence.At));
        var age = now - oldest;
        // A file was checked before it came here; one that was not asks for what is made this moment.
        var most = Durations.TryRead(need.MaxAge) ?? TimeSpan.Zero;
        return newest - now > ClockSlack ? $"It bears a time that has not come yet ({newest.UtcDateTime:yyyy-MM-dd HH:mm}Z): its age is unknown."
            : age > most ? $"It is {GateWords.Age(age)} old; {need.MaxAge} are allowed."
            : null;
    }

    private static (Verdict, string) Judged(NeededEvidence found, IReadOnlyList<NeedFigure> figures)
    {
        if (Lacking(found) is { Count: > 0 } lacking)
        {
            return (Verdict.NoData, $"There is no evidence of {string.Join(", ", lacking)}.");
        }

        // Margins decide beside the pieces; they stand behind them.
        var deciding = figures.Where((f, i) => i >= found.Pieces.Count || found.Deciding is null || found.Deciding.Contains(f.Metric)).ToList();
        foreach (var verdict in (Verdict[])[Verdict.Fail, Verdict.NoData, Verdict.Inconclusive])
        {
            var those = (verdict == Verdict.Fail ? figures : deciding).Where(f => f.Verdict == verdict).ToList();
            if (those.Count > 0)
            {
                return (verdict, string.Join(" ", those.Select(f => $"{f.Metric}: {f.Reason}")));
            }
        }

        return (
            Verdict.Pass,
            deciding is [var only] ? $"{only.Metric}: {only.Reason}" : $"Everything that is needed passes ({deciding.Count} of {deciding.Count})."
        );
    }

    private static List<string> Lacking(NeededEvidence found)
    {
        var there = found.Pieces.Select(p => p.Evidence.Metric).ToList();
        return [.. (found.Deciding ?? []).Where(metric => !there.Remove(metric)).Select(metric => $"'{metric}'")];
    }

    private static NeedFigure Figure(EvidencePiece piece, IReadOnlyDictionary<EvidencePiece, double> corrected)
    {
        var evidence = piece.Evidence;
        var failP = corrected.TryGetValue(piece, out var p) ? p : (double?)null;
        var isOpen = evidence.Verdict == Verdict.Fail && failP > ReleaseGate.Alpha;
        return new NeedFigure(
            evidence.Metric,
            isOpen ? Verdict.Inconclusive : evidence.Verdict,
            isOpen
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{evidence.Reason} Beside the other needs that is not proven: p = {piece.FailP:0.####}, corrected by Holm {failP:0.####}."
                )
                : evidence.Reason
        )
        {
            Estimate = evidence.Estimate,
            Low = evidence.Interval?.Low,
            High = evidence.Interval?.High,
            Limit = evidence.Threshold?.Value,
            N = evidence.N,
            Method = evidence.Method,
            FailP = failP,
            Hash = EvidenceHash.Of(evidence),
        };
    }

    private static NeedFigure Margin(string metric, MarginEntry margin, IReadOnlyList<EvidencePiece> pieces)
    {
        var limit = new Threshold(margin.AtLeast is null ? ThresholdSide.AtMost : ThresholdSide.AtLeast, (margin.AtLeast ?? margin.AtMost)!.Value);
        var side = limit.Side == ThresholdSide.AtLeast ? "at least" : "at most";
        var title = string.Create(CultureInfo.InvariantCulture, $"{metric} {side} {limit.Value}");
        if (pieces.FirstOrDefault(p => p.Evidence.Metric == metric)?.Evidence is not { Estimate: { } estimate } evidence)
        {
            return new NeedFigure(title, Verdict.NoData, "There is no such figure.") { Limit = limit.Value };
        }

        var ends = evidence.Interval ?? (evidence.Method == Counted ? new Interval(estimate, estimate, 1) : null);
        var (verdict, reason) = Within(limit, estimate, ends);
        return new NeedFigure(title, verdict, reason)
        {
            Estimate = estimate,
            Low = ends?.Low,
            High = ends?.High,
            Limit = limit.Value,
            N = evidence.N,
            Method = evidence.Method,
        };
    }

    private static (Verdict, string) Within(Threshold limit, double estimate, Interval? interval)
    {
        var figure = string.Create(CultureInfo.InvariantCulture, $"{estimate:0.####}");
        if (interval is not { } ends)
        {
            return (Verdict.Inconclusive, $"{figure}, without an interval: how sure that is nobody knows.");
        }

        var (worst, best) = limit.Side == ThresholdSide.AtLeast ? (ends.Low, ends.High) : (ends.High, ends.Low);
        var shown = ends.Low == ends.High ? figure : string.Create(CultureInfo.InvariantCulture, $"{figure}, interval {End(ends.Low)} to {End(ends.High)}");
        return worst is { } w && limit.Holds(w) ? (Verdict.Pass, $"{shown}: within the margin.")
            : best is { } b && !limit.Holds(b) ? (Verdict.Fail, $"{shown}: beyond the margin.")
            : (Verdict.Inconclusive, $"{shown}: the interval reaches over the margin; more data is needed.");
    }

    private static string End(double? end) => end is { } e ? e.ToString("0.####", CultureInfo.InvariantCulture) : "unbounded";

    private static string Short(string hash) =>
        hash.Length == 0 ? "none"
        : hash.Length > 12 ? hash[..12]
        : hash;
}

/// <summary>Names pieces of evidence by what they say.</summary>
internal static class EvidenceHash
{
    /// <summary>The hash of its JSON, 64 hexadecimal digits.</summary>
    public static string Of(Evidence evidence) => Ledger.LedgerHash.Of(System.Text.Encoding.UTF8.GetBytes(evidence.ToJson()));
}
