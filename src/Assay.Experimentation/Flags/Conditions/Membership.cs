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
        var values = entry.Values!.Distinct(StringComparer.Ordinal).ToArray();
        few = values.Length <= FewValues ? values : [];
        many = values.Length > FewValues ? values.ToFrozenSet(StringComparer.Ordinal) : null;
        numbers = [.. values.Select(NumberText.Parse).OfType<double>().Order()];
        hasTrue = values.Contains("true", StringComparer.OrdinalIgnoreCase);
        hasFalse = values.Contains("false", StringComparer.OrdinalIgnoreCase);
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
