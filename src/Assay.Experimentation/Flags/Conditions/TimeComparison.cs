namespace Assay.Experimentation.Flags.Conditions;

/// <summary><c>before</c>, <c>after</c>: moments as <c>2026-01-31</c> (its begin in UTC) or <c>2026-01-31T12:00:00Z</c> with any offset (RFC 3339).</summary>
internal sealed class TimeComparison(ConditionEntry entry) : TextCondition(entry)
{
    private readonly long[] values = [.. entry.Values!.Select(Read)];
    private readonly Comparison comparison = Comparison.Of(entry.Operator);

    protected override bool Fits(string text)
    {
        if (!Moment.TryParse(text, out var moment))
        {
            return false;
        }

        foreach (var value in values)
        {
            if (comparison.Holds(moment.CompareTo(value)))
            {
                return true;
            }
        }

        return false;
    }

    private static long Read(string text) =>
        Moment.TryParse(text, out var moment) ? moment : throw new FormatException($"'{text}' is no moment; write it like 2026-01-31 or 2026-01-31T12:00:00Z");
}
