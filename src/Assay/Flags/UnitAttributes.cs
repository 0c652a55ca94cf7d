namespace Assay.Flags;

/// <summary>
/// What rules may ask about a unit: <c>group</c>, <c>plan</c>, <c>app_version</c>. Made once and read often; at most <see cref="Most"/>, found by name.
/// Names are told apart by case; the last of a name counts. A list has the type <see cref="AttributeType.List"/> of <see cref="UnitAttribute"/>.
/// </summary>
public sealed class UnitAttributes
{
    /// <summary>The most attributes of a unit; more are an error of the one who makes them.</summary>
    public const int Most = 64;

    private readonly UnitAttribute[] attributes;

    /// <summary>Attributes of a unit.</summary>
    /// <exception cref="ArgumentException">There are more than <see cref="Most"/>.</exception>
    public UnitAttributes(params IReadOnlyCollection<UnitAttribute> attributes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(attributes.Count, Most, nameof(attributes));
        this.attributes = [.. attributes.GroupBy(a => a.Name, StringComparer.Ordinal).Select(same => same.Last())];
    }

    /// <summary>No attributes.</summary>
    public static UnitAttributes None { get; } = new();

    /// <summary>All of them, in the order in which they were given.</summary>
    public IReadOnlyList<UnitAttribute> All => attributes;

    /// <summary>The attribute of a name; its value is <see cref="AttributeType.None"/> when there is none.</summary>
    public UnitAttribute this[string name]
    {
        get
        {
            foreach (ref readonly var attribute in attributes.AsSpan())
            {
                if (ReferenceEquals(attribute.Name, name) || attribute.Name == name)
                {
                    return attribute;
                }
            }

            return default;
        }
    }
}
