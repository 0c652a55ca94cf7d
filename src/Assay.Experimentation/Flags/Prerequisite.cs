using Assay.Flags;

namespace Assay.Experimentation.Flags;

/// <summary>A flag that must have a variant for a unit.</summary>
internal sealed record Prerequisite(Flag Flag, int Index)
{
    /// <summary>The variant that it must have.</summary>
    public string Variant => Flag.Variants[Index].Name;

    public bool IsMet(in Unit unit) => Flag.Decide(in unit).Index == Index;
}
