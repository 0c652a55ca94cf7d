namespace RagService.Injecting;

/// <summary>Memory that questions left behind on purpose. It is bounded, and given back when the fault has ended.</summary>
internal sealed class HeldMemory
{
    /// <summary>The most that is held, in MiB: enough to be seen, too little to hurt the machine.</summary>
    public const int MostMegaBytes = 192;

    private readonly Lock gate = new();
    private readonly List<byte[]> held = [];
    private int megaBytes;

    /// <summary>What is held, in MiB.</summary>
    public int MegaBytes
    {
        get
        {
            lock (gate)
            {
                return megaBytes;
            }
        }
    }

    /// <summary>Holds so much more; false when that is beyond the bound, and nothing more is held.</summary>
    public bool TryHold(int more)
    {
        lock (gate)
        {
            if (megaBytes + more > MostMegaBytes)
            {
                return false;
            }

            var block = GC.AllocateUninitializedArray<byte>(more << 20);
            // Memory that nobody has written to is not taken from the machine.
            block.AsSpan().Fill(1);
            held.Add(block);
            megaBytes += more;
            return true;
        }
    }

    /// <summary>Gives all of it back.</summary>
    public void Release()
    {
        lock (gate)
        {
            held.Clear();
            megaBytes = 0;
        }
    }
}
