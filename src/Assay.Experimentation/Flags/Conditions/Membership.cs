using System.Collections.Frozen;
using System.Globalization;
using Assay.Flags;

namespace Assay.Experimentation.Flags.Conditions;

/// <summary><c>in</c>, <c>notIn</c>, <c>equals</c>, <c>notEquals</c>: texts by their characters, numbers by their value (5 and 5.0 are one), booleans by <c>true</c> and <c>false</c>.</summary>
internal sealed class Membership : TextCondition
{
    /// <summary>Up to so many values a walk along them is faster than a look-up.</summary>
    private const int FewValues = 4;

    private readonly string[] few;
    private readonly FrozenSet<string>? many;
    private readonly double[] numbers;
    private readonly bool hasTrue;
    private readonly bool hasFalse;

    public Membership(ConditionEntry entry)
        : base(entry)
    {
        // Loops, because tens of thousands of these are made when flags are loaded.
        var values = entry.Values!;
        few = values.Count <= FewValues ? [.. values] : [];
        many = values.Count > FewValues ? values.ToFrozenSet(StringComparer.Ordinal) : null;
        var found = new List<double>();
        foreach (var value in values)
        {
            if (NumberText.Parse(value) is { } number)
            {
                found.Add(number);
            }

            hasTrue |= value.Equals("true", StringComparison.OrdinalIgnoreCase);
            hasFalse |= value.Equals("false", StringComparison.OrdinalIgnoreCase);
        }

        found.Sort();
        numbers = [.. found];
    }

    protected override bool Fits(in UnitAttribute attribute) =>
        attribute.Type switch
        {
            AttributeType.Number => Array.BinarySearch(numbers, attribute.Number) >= 0,
            AttributeType.Boolean => attribute.Number != 0 ? hasTrue : hasFalse,
            _ => base.Fits(in attribute),
        };

    protected override bool Fits(string text)
    {
        foreach (var value in few)
        {
            if (value == text)
            {
                return true;
            }
        }

        return many?.Contains(text) == true;
    }
}

/// <summary>Numbers in texts: digits with a point, whatever the machine's language.</summary>
internal static class NumberText
{
    /// <summary>Null when it is none or not finite.</summary>
    public static double? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
