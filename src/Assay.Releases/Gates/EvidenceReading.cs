namespace Assay.Releases.Gates;

/// <summary>Evidence that somebody handed in: JSON may lack what a reader relies on.</summary>
internal static class EvidenceReading
{
    private const int LongestText = 10_000;

    /// <summary>The same with everything in it; what is left out is empty.</summary>
    /// <exception cref="AssayException">What cannot be left out is missing, or a text has no bound (exit code 2).</exception>
    public static Evidence Whole(Evidence? evidence) =>
        evidence is { Metric.Length: > 0 and <= LongestText, Reason.Length: <= LongestText, ToolVersion: not null }
            ? evidence with
            {
                Subject = Whole(evidence.Subject),
                Method = evidence.Method ?? "",
                TraceIds = [.. (evidence.TraceIds ?? []).Where(t => t is not null).Take(Evidence.MostTraces)],
            }
            : throw NotWhole();

    /// <summary>The same with everything in it.</summary>
    public static Candidate Whole(Candidate? candidate) =>
        new()
        {
            Commit = candidate?.Commit ?? "",
            Prompts = candidate?.Prompts ?? [],
            DatasetHash = candidate?.DatasetHash ?? "",
            Flags = candidate?.Flags ?? "",
            Models = candidate?.Models ?? [],
        };

    /// <summary>What is thrown for a piece that is none.</summary>
    public static AssayException NotWhole() =>
        AssayException.Usage(
            "A piece of evidence lacks its metric, its reason or its tool_version, or a text in it is longer than 10,000 characters.",
            "Send what `assay experiment analyze --evidence` writes: subject, metric, verdict, reason, at, tool_version."
        );
}
