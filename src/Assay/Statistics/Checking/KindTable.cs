using Assay.Statistics.Checking.Kinds;

namespace Assay.Statistics.Checking;

/// <summary>Every kind of case that is known, and what answers it.</summary>
internal static class KindTable
{
    private static readonly Dictionary<string, Func<CaseInputs, AnswerGroup>> Kinds = new(StringComparer.Ordinal)
    {
        ["distribution"] = DistributionKind.Answer,
    };

    public static IEnumerable<string> Names => Kinds.Keys;

    /// <summary>Reads the inputs of a case of this kind and gives the answers; null when the kind is unknown.</summary>
    public static Func<CaseInputs, AnswerGroup>? Find(string kind) => Kinds.GetValueOrDefault(kind);
}
