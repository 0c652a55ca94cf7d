using Assay.Releases.Files;

namespace Assay.Releases.Gates;

/// <summary>A piece of evidence, and how surely it speaks against the candidate.</summary>
/// <param name="Evidence">The evidence.</param>
/// <param name="FailP">The p-value of the claim that the figure is bad, before any correction; null when it is no matter of chance or nobody said.</param>
internal sealed record EvidencePiece(Evidence Evidence, double? FailP = null);

/// <summary>What was found for a need.</summary>
/// <param name="Title">The need: <c>benchmark handbook</c>.</param>
/// <param name="Source">Where it is from: <c>run 20261121-150233-handbook</c>; empty when there is nothing.</param>
/// <param name="Pieces">The evidence; empty when there is none.</param>
internal sealed record NeededEvidence(string Title, string Source, IReadOnlyList<EvidencePiece> Pieces)
{
    /// <summary>Pieces that a need may have.</summary>
    public const int MostPieces = 500;

    /// <summary>Why there is nothing, as a sentence; empty when there is something.</summary>
    public string Missing { get; init; } = "";

    /// <summary>
    /// Metrics that must be there and pass; the other pieces only may not fail. Null: all that are there must pass. A metric may stand several times, and must be there as often.
    /// </summary>
    public IReadOnlyList<string>? Deciding { get; init; }

    /// <summary>What the evidence must speak about: dataset and prompts; what is empty here is not asked for.</summary>
    public Candidate Expected { get; init; } = new();

    /// <summary>Whether the evidence must say which commit it is about: a benchmark measured one, an SLO did not.</summary>
    public bool MustNameCommit { get; init; }

    /// <summary>Why it decides nothing, sentences: a judge whose calibration is void, a run that did not end.</summary>
    public IReadOnlyList<string> Voids { get; init; } = [];

    /// <summary>What is told and not decided by, sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The same with everything in it that somebody who handed it in left out.</summary>
    /// <exception cref="AssayException">What cannot be left out is missing (exit code 2).</exception>
    public NeededEvidence Whole() =>
        this with
        {
            Pieces = [.. Pieces.Select(p => p is null ? throw EvidenceReading.NotWhole() : p with { Evidence = EvidenceReading.Whole(p.Evidence) })],
            Missing = Missing ?? "",
            Expected = EvidenceReading.Whole(Expected),
            Voids = Voids ?? [],
            Notes = Notes ?? [],
        };

    /// <summary>Nothing was found.</summary>
    public static NeededEvidence None(string title, string missing) => new(title, "", []) { Missing = missing };
}

/// <summary>Who is to go out.</summary>
/// <param name="File">The release file.</param>
/// <param name="Release">The release.</param>
/// <param name="Commit">The commit; empty when nobody named one.</param>
/// <param name="Benchmarks">What benchmarks of the candidate measure, by name, as the catalog beside the release file says it.</param>
internal sealed record GateCandidate(ReleaseFile File, ReleaseId Release, string Commit, IReadOnlyDictionary<string, BenchmarkSubject> Benchmarks)
{
    /// <summary>Whether a commit is the candidate's: one of both may be shortened, to 7 digits at least.</summary>
    public bool IsOf(string commit) => SameCommit(Commit, commit);

    /// <summary>Whether two commits are one, as far as both are written.</summary>
    public static bool SameCommit(string one, string other) =>
        one.Length >= 7
        && other.Length >= 7
        && (one.StartsWith(other, StringComparison.OrdinalIgnoreCase) || other.StartsWith(one, StringComparison.OrdinalIgnoreCase));
}

/// <summary>What a benchmark measures, as its files say it.</summary>
internal sealed record BenchmarkSubject
{
    /// <summary>The hash of the dataset's cases.</summary>
    public string DatasetHash { get; init; } = "";

    /// <summary>The prompt that is asked with, <c>name@version</c>; null for a target without one.</summary>
    public string? TargetPrompt { get; init; }

    /// <summary>Content hashes of the catalog's prompts by <c>name@version</c>.</summary>
    public IReadOnlyDictionary<string, string> Prompts { get; init; } = new Dictionary<string, string>();

    /// <summary>What its gates look at, as evidence names it: <c>judge mean</c>.</summary>
    public IReadOnlyList<string> Gates { get; init; } = [];

    /// <summary>Judges of judged metrics, by the metric.</summary>
    public IReadOnlyDictionary<string, string> Judges { get; init; } = new Dictionary<string, string>();

    /// <summary>Fingerprints of judges as they were when they were calibrated, by the judge.</summary>
    public IReadOnlyDictionary<string, string> Calibrated { get; init; } = new Dictionary<string, string>();

    /// <summary>The same with everything in it that somebody who handed it in left out.</summary>
    public BenchmarkSubject Whole() =>
        this with
        {
            DatasetHash = DatasetHash ?? "",
            Prompts = Prompts ?? new Dictionary<string, string>(),
            Gates = Gates ?? [],
            Judges = Judges ?? new Dictionary<string, string>(),
            Calibrated = Calibrated ?? new Dictionary<string, string>(),
        };
}

/// <summary>Where evidence comes from: the rooms of a hub, a store, files.</summary>
internal interface IEvidenceSource
{
    /// <summary>What there is for a need. That there is nothing is an answer, not an error.</summary>
    /// <exception cref="AssayException">The need names what the catalog does not have (exit code 2), or the source cannot be read (exit code 4).</exception>
    Task<NeededEvidence> FindAsync(NeedEntry need, GateCandidate candidate, CancellationToken cancellationToken);
}
