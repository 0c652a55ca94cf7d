namespace Assay.Flags;

/// <summary>
/// Whom a flag or an experiment decides for: a user, a tenant, a session. Making one allocates nothing, so that it can be made per request.
/// </summary>
/// <param name="key">What stays the same for the unit, such as a user's id: any text, at most <see cref="MaxKeyBytes"/> in UTF-8 (a longer one is cut there). Empty when unknown.</param>
/// <param name="attributes">What rules may ask about it; none when left out.</param>
public readonly struct Unit(string key, UnitAttributes? attributes = null)
{
    /// <summary>The longest key that counts, in bytes of UTF-8: what comes after is not looked at, so that a hostile id costs no more than a long one.</summary>
    public const int MaxKeyBytes = 1024;

    /// <summary>What stays the same for the unit; never null.</summary>
    public string Key => key ?? "";

    /// <summary>What rules may ask about it; never null.</summary>
    public UnitAttributes Attributes => attributes ?? UnitAttributes.None;

    /// <summary>A unit without attributes.</summary>
    public static implicit operator Unit(string key) => new(key);
}
