namespace Assay.Server.Intake.Wire;

/// <summary>How a field's value is laid out: the low three bits of a tag (protobuf encoding, "Message Structure").</summary>
internal static class WireType
{
    public const uint Varint = 0;
    public const uint Fixed64 = 1;
    public const uint Bytes = 2;
    public const uint GroupBegin = 3;
    public const uint GroupEnd = 4;
    public const uint Fixed32 = 5;
}
