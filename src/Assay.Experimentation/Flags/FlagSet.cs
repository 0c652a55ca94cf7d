using System.Collections.Frozen;
using System.Security.Cryptography;
using Assay.Flags;

namespace Assay.Experimentation.Flags;

/// <summary>All flags at a moment. Never changes, is safe for any number of threads, and asking it allocates nothing.</summary>
internal sealed class FlagSet
{
    private const int FingerprintBytes = 16;

    private static readonly FlagEvaluation NotFound = new() { Error = EvaluationError.FlagNotFound };

    private readonly FrozenDictionary<string, Flag> flags;
    private readonly Lazy<IReadOnlyList<Flag>> all;
    private readonly Lazy<string> fingerprint;

    private FlagSet(IReadOnlyDictionary<string, Flag> flags)
    {
        this.flags = flags.ToFrozenDictionary(StringComparer.Ordinal);
        all = new Lazy<IReadOnlyList<Flag>>(() => [.. flags.Values.OrderBy(f => f.Name, StringComparer.Ordinal)]);
        fingerprint = new Lazy<string>(() => Convert.ToHexStringLower(SHA256.HashData(SnapshotDocument.OfFlags(All))[..FingerprintBytes]));
    }

    /// <summary>No flags.</summary>
    public static FlagSet Empty { get; } = Build([], []);

    /// <summary>Every flag by name.</summary>
    public IReadOnlyList<Flag> All => all.Value;

    /// <summary>The same for the same definitions, overrides and versions, whoever made them: the first 16 bytes of their SHA-256 in hexadecimal digits.</summary>
    public string Fingerprint => fingerprint.Value;

    /// <summary>Flags from files and what was decided since; an override of a flag without file is left out, of several the latest counts.</summary>
    /// <exception cref="AssayException">A file or an override does not fit: cycle, unknown operator or variant, shares above 100 %, … (exit code 2); the message names its place.</exception>
    public static FlagSet Build(IEnumerable<FlagFile> files, IEnumerable<FlagOverride> overrides) => new(FlagSetBuilding.Build(files, overrides));

    /// <summary>Flags as a snapshot has them: whoever made it decided what is in force, and what changes nothing there was allowed there.</summary>
    /// <exception cref="AssayException">A flag does not fit (exit code 2).</exception>
    public static FlagSet InForce(IEnumerable<FlagFile> flags, IEnumerable<FlagOverride> switches) =>
        new(FlagSetBuilding.Build(flags, switches, areInForce: true));

    /// <summary>A flag, or null.</summary>
    public Flag? Find(string? name) => name is null ? null : flags.GetValueOrDefault(name);

    /// <summary>What a flag is for a unit, and why; never throws.</summary>
    public FlagEvaluation Evaluate(string? flag, in Unit unit) =>
        flag is not null && flags.TryGetValue(flag, out var found) ? found.Decide(in unit).Evaluation : NotFound;

    /// <summary>The same with every rule's outcome, for a person who asks why; null when there is no such flag.</summary>
    public FlagExplanation? Explain(string? flag, in Unit unit) => Find(flag) is { } found ? FlagExplanation.Of(found, in unit) : null;
}
