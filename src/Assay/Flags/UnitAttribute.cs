namespace Assay.Flags;

/// <summary>The type of an attribute.</summary>
public enum AttributeType
{
    /// <summary>There is no value.</summary>
    None,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A finite number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Several texts, such as the groups of a user.</summary>
    List,
}

/// <summary>One attribute of a unit.</summary>
public readonly record struct UnitAttribute
{
    /// <summary>The most texts of a list; more are an error of the one who makes it.</summary>
    public const int MostItems = 1000;

    private UnitAttribute(string name, AttributeType type) => (Name, Type) = (name, type);

    /// <summary>A text.</summary>
    public UnitAttribute(string name, string value)
        : this(name, AttributeType.Text) => Text = value;

    /// <summary>A number; one that is not finite counts as no value.</summary>
    public UnitAttribute(string name, double value)
        : this(name, double.IsFinite(value) ? AttributeType.Number : AttributeType.None) => Number = value;

    /// <summary>True or false.</summary>
    public UnitAttribute(string name, bool value)
        : this(name, AttributeType.Boolean) => Number = value ? 1 : 0;

    /// <summary>Several texts.</summary>
    public UnitAttribute(string name, IReadOnlyCollection<string> values)
        : this(name, AttributeType.List)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(values.Count, MostItems, nameof(values));
        Items = [.. values];
    }

    /// <summary>Its name.</summary>
    public string Name { get; } = "";

    /// <summary>Its type.</summary>
    public AttributeType Type { get; }

    /// <summary>The text; null unless it is one.</summary>
    public string? Text { get; }

    /// <summary>The number, or 1 for true and 0 for false.</summary>
    public double Number { get; }

    /// <summary>The texts; null unless it is a list.</summary>
    public IReadOnlyList<string>? Items { get; }
}
