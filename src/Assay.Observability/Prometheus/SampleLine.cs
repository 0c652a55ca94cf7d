using System.Runtime.InteropServices;

namespace Assay.Observability.Prometheus;

/// <summary>What is known of one line of the page: the value it shows and where its tail (value and exemplar) stands.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct SampleLine
{
    /// <summary>The bits of the value that the tail shows.</summary>
    public long Bits;

    /// <summary>Where the tail begins, counted from the start of the table's text.</summary>
    public int TailAt;

    /// <summary>The length of the tail in the page.</summary>
    public short TailLength;

    /// <summary>The length of the new tail that waits for a layout because it does not fit the old place; 0 where none waits.</summary>
    public short WaitingLength;
}

/// <summary>The exemplar that a line shows, or will show.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct SampleExemplar
{
    public long Ticks;
    public double Value;
    public string? TraceId;
    public string? SpanId;

    /// <summary>Whether the line does not show it yet.</summary>
    public bool IsNew;
}
