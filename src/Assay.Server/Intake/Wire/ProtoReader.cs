using System.Buffers.Binary;

namespace Assay.Server.Intake.Wire;

/// <summary>
/// Reads a protobuf message field by field without allocating. A message that is not well formed never throws: the first fault is noted with its
/// offset, and from then on every reader that shares the note is at its end. A field with another wire type than its schema says has another tag
/// and is skipped like an unknown one, as protobuf asks.
/// </summary>
/// <example><code>while (reader.Next(out var tag)) { switch (tag) { case SpanTag.Name: name = reader.Bytes(); break; default: reader.Skip(tag); break; } }</code></example>
internal ref struct ProtoReader
{
    // Unknown groups within unknown groups, as deep as protobuf's own recursion limit would be far too deep here.
    private const int DeepestGroup = 16;

    private readonly ReadOnlySpan<byte> data;
    private readonly ref WireProblem problem;
    private readonly int origin;
    private int at;

    /// <summary>A reader of a whole message.</summary>
    /// <param name="data">The message.</param>
    /// <param name="problem">Where the first fault is noted; shared by the readers of nested messages.</param>
    /// <param name="origin">Where the message begins in the outermost one.</param>
    public ProtoReader(ReadOnlySpan<byte> data, ref WireProblem problem, int origin = 0)
    {
        this.data = data;
        this.problem = ref problem;
        this.origin = origin;
    }

    /// <summary>Where the next byte stands in this message.</summary>
    public readonly int Position => at;

    /// <summary>How long the message is.</summary>
    public readonly int Length => data.Length;

    /// <summary>Where the next byte stands in the outermost message.</summary>
    public readonly int Offset => origin + at;

    /// <summary>Reads the next tag: the field number times 8 plus the wire type. False at the end and after a fault.</summary>
    public bool Next(out uint tag)
    {
        tag = 0;
        if (at >= data.Length || problem.IsPresent)
        {
            return false;
        }

        var begin = at;
        var value = data[at] < 0x80 ? data[at++] : Varint();
        tag = (uint)value;
        if (!problem.IsPresent && (value > uint.MaxValue || tag >> 3 == 0 || (tag & 7) > WireType.Fixed32))
        {
            Fail(WireFault.BadTag, begin);
        }

        return !problem.IsPresent;
    }

    /// <summary>Reads a varint; 0 after a fault.</summary>
    public ulong Varint()
    {
        var begin = at;
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (at >= data.Length)
            {
                return Fail(WireFault.Truncated, begin);
            }

            var next = data[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        return Fail(WireFault.VarintTooLong, begin);
    }

    /// <summary>Reads four bytes, little-endian; 0 after a fault.</summary>
    public uint Fixed32()
    {
        if (data.Length - at < 4)
        {
            return (uint)Fail(WireFault.Truncated, at);
        }

        at += 4;
        return BinaryPrimitives.ReadUInt32LittleEndian(data[(at - 4)..]);
    }

    /// <summary>Reads eight bytes, little-endian; 0 after a fault.</summary>
    public ulong Fixed64()
    {
        if (data.Length - at < 8)
        {
            return Fail(WireFault.Truncated, at);
        }

        at += 8;
        return BinaryPrimitives.ReadUInt64LittleEndian(data[(at - 8)..]);
    }

    /// <summary>Reads a string, bytes or a message; empty after a fault.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        var begin = at;
        var length = at < data.Length && data[at] < 0x80 ? data[at++] : Varint();
        if (problem.IsPresent)
        {
            return default;
        }

        if (length > (ulong)(data.Length - at))
        {
            Fail(WireFault.Truncated, begin);
            return default;
        }

        at += (int)length;
        return data.Slice(at - (int)length, (int)length);
    }

    /// <summary>A reader of a nested message; at its end after a fault.</summary>
    public ProtoReader Message()
    {
        var bytes = Bytes();
        return new ProtoReader(bytes, ref problem, origin + at - bytes.Length);
    }

    /// <summary>Passes over the value of a field.</summary>
    public void Skip(uint tag)
    {
        switch (tag & 7)
        {
            case WireType.Varint:
                Varint();
                break;
            case WireType.Fixed64:
                Fixed64();
                break;
            case WireType.Bytes:
                Bytes();
                break;
            case WireType.Fixed32:
                Fixed32();
                break;
            case WireType.GroupBegin:
                SkipGroup(tag >> 3);
                break;
            default:
                Fail(WireFault.BadGroup, at);
                break;
        }
    }

    /// <summary>The bytes from a position on to here.</summary>
    public readonly ReadOnlySpan<byte> Since(int position) => data[position..at];

    private void SkipGroup(uint field)
    {
        var begin = at;
        Span<uint> open = stackalloc uint[DeepestGroup];
        var depth = 0;
        open[0] = field;
        while (Next(out var tag))
        {
            switch (tag & 7)
            {
                case WireType.GroupBegin when depth + 1 < DeepestGroup:
                    open[++depth] = tag >> 3;
                    break;
                case WireType.GroupEnd when open[depth] == tag >> 3:
                    if (depth-- == 0)
                    {
                        return;
                    }

                    break;
                case WireType.GroupBegin:
                case WireType.GroupEnd:
                    Fail(WireFault.BadGroup, begin);
                    return;
                default:
                    Skip(tag);
                    break;
            }
        }

        Fail(WireFault.BadGroup, begin);
    }

    private ulong Fail(WireFault fault, int position)
    {
        if (!problem.IsPresent)
        {
            problem = new WireProblem(fault, origin + position);
        }

        at = data.Length;
        return 0;
    }
}
