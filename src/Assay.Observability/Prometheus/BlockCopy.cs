using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Assay.Observability.Prometheus;

/// <summary>Copies short texts by whole blocks, past their end: a layout moves tens of thousands of them, and exact lengths cost a call each.</summary>
internal static class BlockCopy
{
    private const int Block = 32;

    // Longer runs are better left to the runtime.
    private const int Longest = 256;

    /// <summary>What has to stand behind every text that is copied from or to.</summary>
    public static ReadOnlySpan<byte> Slack => new byte[Block];

    /// <summary>Copies <paramref name="length"/> bytes, and less than a block of whatever follows them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ReadOnlySpan<byte> from, Span<byte> to, int length)
    {
        if (length > Longest || from.Length < length + Block || to.Length < length + Block)
        {
            from[..length].CopyTo(to);
            return;
        }

        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        for (nuint at = 0; at < (nuint)length; at += Block)
        {
            Vector256.LoadUnsafe(ref source, at).StoreUnsafe(ref target, at);
        }
    }
}
