namespace Assay.Server.Intake.Wire;

/// <summary>What is wrong with bytes that should be a protobuf message.</summary>
internal enum WireFault : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A value reaches beyond the end of its message.</summary>
    Truncated,

    /// <summary>A varint has more than ten bytes, or a tag or length more than 32 bits.</summary>
    VarintTooLong,

    /// <summary>A tag has field number 0 or a wire type that does not exist.</summary>
    BadTag,

    /// <summary>A group ends that did not begin, or does not end.</summary>
    BadGroup,
}

/// <summary>The first fault of a message and the byte at which it stands; no fault by default.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Offset">The byte, from the begin of the outermost message.</param>
internal readonly record struct WireProblem(WireFault Fault, int Offset)
{
    public bool IsPresent => Fault != WireFault.None;

    public override string ToString() =>
        Fault switch
        {
            WireFault.None => "none",
            WireFault.Truncated => $"a value that begins at byte {Offset} reaches beyond the end of its message",
            WireFault.VarintTooLong => $"the number at byte {Offset} is too long",
            WireFault.BadTag => $"there is no field tag at byte {Offset}",
            _ => $"the group at byte {Offset} does not begin or does not end",
        };
}
