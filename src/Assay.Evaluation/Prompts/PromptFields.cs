using Assay.Evaluation.Datasets;
using Assay.Evaluation.Targets;

namespace Assay.Evaluation.Prompts;

/// <summary>The fields that a prompt is filled with.</summary>
public static class PromptFields
{
    /// <summary>
    /// The fields of a case: <c>id</c>, <c>input</c>, <c>expected</c> when there is one, <c>contexts</c> when there are some (numbered, see <see cref="Numbered"/>),
    /// and its further fields.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Of(Case asked) => CaseFields.Of(asked);

    /// <summary>Passages as a prompt shows them: each after its number in brackets, from 1, a blank line between two.</summary>
    public static string Numbered(IEnumerable<string> passages) => string.Join("\n\n", passages.Index().Select(p => $"[{p.Index + 1}] {p.Item.Trim()}"));
}
