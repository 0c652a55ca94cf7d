namespace Assay.Experimentation.Flags;

/// <summary>How large flags may be, so that reading and asking them has a bound.</summary>
internal static class Limits
{
    /// <summary>Flags of a set.</summary>
    public const int Flags = 50_000;

    /// <summary>Variants of a flag.</summary>
    public const int Variants = 64;

    /// <summary>Rules of a flag.</summary>
    public const int Rules = 200;

    /// <summary>Conditions of a rule.</summary>
    public const int Conditions = 32;

    /// <summary>Values of a condition.</summary>
    public const int Values = 10_000;

    /// <summary>Characters of a value of a condition.</summary>
    public const int ValueCharacters = 1024;

    /// <summary>Bytes of a variant's value in JSON.</summary>
    public const int VariantBytes = 64 << 10;

    /// <summary>Flags that must be looked at for one, its prerequisites and theirs, each as often as it is met.</summary>
    public const int FlagsLookedAt = 100;

    /// <summary>Characters of a name.</summary>
    public const int NameCharacters = 64;
}
