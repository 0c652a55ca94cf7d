using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Assay.Evaluation.Datasets;

/// <summary>128 bits that stand for a text or a case: two of five million cases share them by chance once in 10²⁵ times.</summary>
internal static class CaseFingerprint
{
    public static UInt128 OfText(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>Over every part of the case.</summary>
    public static UInt128 Of(Case found) => Of(JsonSerializer.SerializeToUtf8Bytes(CaseLine.Of(found), CaseJson.Default.CaseLine));

    private static UInt128 Of(byte[] bytes) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(bytes));
}
