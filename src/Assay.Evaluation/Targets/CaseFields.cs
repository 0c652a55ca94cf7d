using System.Globalization;
using System.Text;
using Assay.Evaluation.Datasets;

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
            fields["contexts"] = Numbered(asked.Contexts);
        }

        return fields;
    }

    private static string Numbered(IReadOnlyList<string> contexts)
    {
        var text = new StringBuilder();
        for (var i = 0; i < contexts.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : "\n\n")}[{i + 1}] {contexts[i]}");
        }

        return text.ToString();
    }
}
