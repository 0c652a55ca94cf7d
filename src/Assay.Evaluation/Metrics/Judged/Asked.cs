using Assay.Evaluation.Datasets;
using Assay.Evaluation.Prompts;

namespace Assay.Evaluation.Metrics.Judged;

/// <summary>What a judged metric shows the model, besides the fields of the case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Answer">The answer; empty when the metric does not show it.</param>
/// <param name="Contexts">The passages, best first; empty when the metric does not show them.</param>
internal sealed record Asked(Case Case, string Answer, IReadOnlyList<string> Contexts)
{
    /// <summary>What was asked: its language is the language of the prompt.</summary>
    public string Input => Case.Input;

    /// <summary>The characters of all texts.</summary>
    public long Length => (long)Case.Input.Length + Answer.Length + (Case.Expected?.Length ?? 0) + Contexts.Sum(text => (long)text.Length);

    /// <summary>The fields of the prompt: those of the case, and <c>input</c>, <c>answer</c>, <c>expected</c>, <c>contexts</c>.</summary>
    public IReadOnlyDictionary<string, string> Fields() =>
        new Dictionary<string, string>(Case.Fields, StringComparer.Ordinal)
        {
            ["input"] = Case.Input,
            ["answer"] = Answer,
            ["expected"] = Case.Expected ?? "",
            ["contexts"] = PromptFields.Numbered(Contexts),
        };
}
