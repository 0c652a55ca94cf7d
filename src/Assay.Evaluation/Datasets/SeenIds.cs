using System.Security.Cryptography;
using System.Text;

namespace Assay.Evaluation.Datasets;

/// <summary>The ids of a dataset so far, by 128 bits of their SHA-256: two ids of one dataset do not meet by chance.</summary>
internal sealed class SeenIds(string path)
{
    private readonly Dictionary<UInt128, int> lines = [];

    public int Count => lines.Count;

    public void Add(string id, int line)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        var key = new UInt128(BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash[8..]));
        if (!lines.TryAdd(key, line))
        {
            throw AssayException.Usage($"{path}:{line}: The id '{id}' stands on line {lines[key]} already.", "Give every case an id of its own.");
        }

        if (lines.Count > Limits.Cases)
        {
            throw AssayException.Usage($"'{path}' holds more than {Limits.Cases:#,0} cases.", "Split it, or draw a sample.");
        }
    }
}
