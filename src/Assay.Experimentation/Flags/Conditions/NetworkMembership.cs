using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace Assay.Experimentation.Flags.Conditions;

/// <summary><c>cidr</c>: an address in one of several networks, IPv4 or IPv6. An IPv4 address within IPv6 (<c>::ffff:10.0.0.1</c>) counts as IPv4.</summary>
internal sealed class NetworkMembership(ConditionEntry entry) : TextCondition(entry)
{
    private readonly Network[] networks = [.. entry.Values!.Select(Read)];

    protected override bool Fits(string text)
    {
        if (!NetworkAddress.TryParse(text, out var address))
        {
            return false;
        }

        foreach (var network in networks)
        {
            if ((address & network.Mask) == network.Address)
            {
                return true;
            }
        }

        return false;
    }

    private static Network Read(string text)
    {
        var slash = text.IndexOf('/');
        var isV4 = !text.Contains(':');
        var most = isV4 ? 32 : 128;
        if (
            slash < 0
            || !NetworkAddress.TryParse(text.AsSpan(0, slash), out var address)
            || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            || bits > most
        )
        {
            throw new FormatException($"'{text}' is no network; write it like 10.0.0.0/8 or 2001:db8::/32");
        }

        bits += 128 - most;
        var mask = bits == 0 ? UInt128.Zero : UInt128.MaxValue << (128 - bits);
        return (address & mask) == address
            ? new Network(address, mask)
            : throw new FormatException($"'{text}' has bits behind its mask; the network is {NetworkAddress.Text(address & mask, isV4)}/{text[(slash + 1)..]}");
    }

    private readonly record struct Network(UInt128 Address, UInt128 Mask);
}

/// <summary>Addresses as 128 bits, IPv4 in <c>::ffff:0:0/96</c> (RFC 4291, 2.5.5.2), read without allocating.</summary>
internal static class NetworkAddress
{
    private const int Groups = 8;

    private static readonly UInt128 V4 = (UInt128)0xFFFF << 32;

    public static bool TryParse(ReadOnlySpan<char> text, out UInt128 address)
    {
        if (text.Contains(':'))
        {
            return TryParseV6(text, out address);
        }

        var parsed = TryParseV4(text, out var four);
        address = V4 | four;
        return parsed;
    }

    public static string Text(UInt128 address, bool isV4)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, address);
        return new IPAddress(isV4 ? bytes[12..] : bytes).ToString();
    }

    /// <summary>Four numbers in decimal, without zeros in front, which some would read as octal.</summary>
    private static bool TryParseV4(ReadOnlySpan<char> text, out uint address)
    {
        address = 0;
        for (var i = 0; i < 4; i++)
        {
            var dot = i < 3 ? text.IndexOf('.') : text.Length;
            if (dot is < 1 or > 3 || (dot > 1 && text[0] == '0') || Digits.Leading(text[..dot]) < dot)
            {
                return false;
            }

            var part = int.Parse(text[..dot], NumberStyles.None, CultureInfo.InvariantCulture);
            if (part > 255)
            {
                return false;
            }

            address = (address << 8) | (uint)part;
            text = i < 3 ? text[(dot + 1)..] : default;
        }

        return true;
    }

    /// <summary>Groups before and behind <c>::</c>, which stands for at least one group of zeros (RFC 4291, 2.2).</summary>
    private static bool TryParseV6(ReadOnlySpan<char> text, out UInt128 address)
    {
        address = 0;
        var gap = text.IndexOf("::");
        if (gap < 0)
        {
            return TryParseGroups(text, out address, out var all) && all == Groups;
        }

        if (!TryParseGroups(text[..gap], out var high, out var before) || !TryParseGroups(text[(gap + 2)..], out var low, out var behind))
        {
            return false;
        }

        address = before == 0 ? low : (high << (16 * (Groups - before))) | low;
        return before + behind < Groups && !text[..gap].Contains('.');
    }

    private static bool TryParseGroups(ReadOnlySpan<char> text, out UInt128 value, out int count)
    {
        (value, count) = (0, 0);
        if (text.IsEmpty)
        {
            return true;
        }

        while (true)
        {
            var colon = text.IndexOf(':');
            var group = colon < 0 ? text : text[..colon];
            if (colon < 0 && group.Contains('.'))
            {
                if (!TryParseV4(group, out var four))
                {
                    return false;
                }

                (value, count) = ((value << 32) | four, count + 2);
                return count <= Groups;
            }

            if (group.Length is 0 or > 4 || !ushort.TryParse(group, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits))
            {
                return false;
            }

            (value, count) = ((value << 16) | bits, count + 1);
            if (colon < 0 || count > Groups)
            {
                return count <= Groups;
            }

            text = text[(colon + 1)..];
        }
    }
}
