using Assay.Flags;

namespace Assay.Experimentation.Flags.Conditions;

/// <summary>
/// A condition of a rule. Of several values one must fit; of a list of texts one item. An attribute that is missing or of another kind fits nothing,
/// so that <c>notIn</c>, <c>notEquals</c> and <c>absent</c>, which negate, hold for it. Nothing here throws or allocates.
/// </summary>
internal abstract class Condition(ConditionEntry entry)
{
    /// <summary>The name under which a rule asks for the unit's key.</summary>
    public const string Key = "key";

    private readonly string name = entry.Attribute;
    private readonly bool isKey = entry.Attribute == Key;
    private readonly bool isNegated = entry.Operator is "notIn" or "notEquals" or "absent";

    /// <summary>As it was written.</summary>
    public ConditionEntry Entry { get; } = entry;

    /// <summary>Whether it holds for a unit.</summary>
    public bool Holds(in Unit unit)
    {
        var attribute = Of(in unit);
        return Fits(in attribute) != isNegated;
    }

    /// <summary>What it looks at.</summary>
    public UnitAttribute Of(in Unit unit) =>
        !isKey ? unit.Attributes[name]
        : unit.Key.Length > 0 ? new UnitAttribute(Key, unit.Key)
        : default;

    protected abstract bool Fits(in UnitAttribute attribute);
}

/// <summary>A condition about a text, or about any item of a list.</summary>
internal abstract class TextCondition(ConditionEntry entry) : Condition(entry)
{
    protected override bool Fits(in UnitAttribute attribute)
    {
        if (attribute.Type == AttributeType.Text)
        {
            return attribute.Text is { } text && Fits(text);
        }

        if (attribute.Type != AttributeType.List)
        {
            return false;
        }

        for (var i = 0; i < attribute.Items!.Count; i++)
        {
            if (attribute.Items[i] is { } item && Fits(item))
            {
                return true;
            }
        }

        return false;
    }

    protected abstract bool Fits(string text);
}

/// <summary><c>exists</c>, <c>absent</c>.</summary>
internal sealed class Presence(ConditionEntry entry) : Condition(entry)
{
    protected override bool Fits(in UnitAttribute attribute) => attribute.Type != AttributeType.None;
}
