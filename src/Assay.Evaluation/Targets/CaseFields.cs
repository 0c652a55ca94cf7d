using Assay.Evaluation.Datasets;
using Assay.Evaluation.Prompts;

namespace Assay.Evaluation.Targets;

/// <summary>The fields that a case offers to templates.</summary>
internal static class CaseFields
{
    /// <summary><c>id</c>, <c>input</c>, <c>expected</c> and <c>contexts</c> (numbered from 1) as far as the case has them, and its further fields.</summary>
    public static Dictionary<string, string> Of(Case asked)
    {
        var fields = new Dictionary<string, string>(asked.Fields, StringComparer.Ordinal) { ["id"] = asked.Id, ["input"] = asked.Input };
        if (asked.Expected is { } expected)
        {
            fields["expected"] = expected;
        }

        if (asked.Contexts.Count > 0)
        {
            fields["contexts"] = PromptFields.Numbered(asked.Contexts);
        }

        return fields;
    }
}
