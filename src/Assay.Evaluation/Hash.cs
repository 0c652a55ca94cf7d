using System.Security.Cryptography;
using System.Text;

namespace Assay.Evaluation;

/// <summary>Fingerprints: SHA-256 over parts, so that no two lists of parts have the same one by being joined differently.</summary>
internal static class Hash
{
    /// <summary>64 hexadecimal digits.</summary>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes((long)bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
