using System.Text;

namespace Assay.Observability.Prometheus;

/// <summary>The names of a histogram's samples.</summary>
internal readonly record struct HistogramNames(byte[] Bucket, byte[] Sum, byte[] Count)
{
    public static HistogramNames Of(string name) =>
        new(Encoding.UTF8.GetBytes(name + "_bucket"), Encoding.UTF8.GetBytes(name + "_sum"), Encoding.UTF8.GetBytes(name + "_count"));
}
