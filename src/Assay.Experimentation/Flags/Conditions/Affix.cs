namespace Assay.Experimentation.Flags.Conditions;

/// <summary><c>contains</c>, <c>startsWith</c>, <c>endsWith</c>, by characters; capitals count.</summary>
internal sealed class Affix(ConditionEntry entry) : TextCondition(entry)
{
    private readonly string[] values = [.. entry.Values!];
    private readonly string operation = entry.Operator;

    protected override bool Fits(string text)
    {
        foreach (var value in values)
        {
            var fits = operation switch
            {
                "startsWith" => text.StartsWith(value, StringComparison.Ordinal),
                "endsWith" => text.EndsWith(value, StringComparison.Ordinal),
                _ => text.Contains(value, StringComparison.Ordinal),
            };
            if (fits)
            {
                return true;
            }
        }

        return false;
    }
}
