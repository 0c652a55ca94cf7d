using Assay.Flags;

namespace Assay.Experimentation.Flags.Conditions;

/// <summary><c>less</c>, <c>atMost</c>, <c>greater</c>, <c>atLeast</c>: numbers, also those that a client sends as text.</summary>
internal sealed class NumberComparison(ConditionEntry entry) : TextCondition(entry)
{
    private readonly double[] values = [.. entry.Values!.Select(Read)];
    private readonly Comparison comparison = Comparison.Of(entry.Operator);

    protected override bool Fits(in UnitAttribute attribute) => attribute.Type == AttributeType.Number ? Fits(attribute.Number) : base.Fits(in attribute);

    protected override bool Fits(string text) => NumberText.Parse(text) is { } number && Fits(number);

    private bool Fits(double number)
    {
        foreach (var value in values)
        {
            if (comparison.Holds(number.CompareTo(value)))
            {
                return true;
            }
        }

        return false;
    }

    private static double Read(string text) => NumberText.Parse(text) ?? throw new FormatException($"'{text}' is no number");
}
